"""The rows of the rights desk."""

from licensing.models.attribution import AttributionTemplate
from licensing.models.clearance import (
    Clearance,
    ClearanceEvent,
    ClearanceStatus,
    Scope,
)
from licensing.models.correspondence import ClearanceEvidence, ClearanceLink, ClearanceMessage
from licensing.models.terms import TermsAssignment, TermsVersion, UsageTerms

__all__ = [
    "AttributionTemplate",
    "Clearance",
    "ClearanceEvent",
    "ClearanceEvidence",
    "ClearanceLink",
    "ClearanceMessage",
    "ClearanceStatus",
    "Scope",
    "TermsAssignment",
    "TermsVersion",
    "UsageTerms",
]
