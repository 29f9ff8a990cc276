"""The rows of the rights desk."""

from licensing.models.allowed import AllowedUse, KnownUses
from licensing.models.attribution import AttributionTemplate
from licensing.models.casework import (
    CannedAnswer,
    RequestFile,
    RequestLink,
    RequestMessage,
    RequestNote,
)
from licensing.models.clearance import (
    Clearance,
    ClearanceEvent,
    ClearanceStatus,
    Scope,
)
from licensing.models.correspondence import ClearanceEvidence, ClearanceLink, ClearanceMessage
from licensing.models.grant import (
    Grant,
    GrantedArticle,
    GrantEvent,
    GrantRule,
    GrantRuleVersion,
    GrantStatus,
)
from licensing.models.money import (
    Counter,
    FeeSchedule,
    FeeScheduleVersion,
    Invoice,
    InvoiceKind,
    Payment,
    Quote,
)
from licensing.models.request import (
    DeclineCode,
    PermissionRequest,
    PermissionRequestEvent,
    RequestedArticle,
    RequestStatus,
)
from licensing.models.terms import TermsAssignment, TermsVersion, UsageTerms
from licensing.models.wording import LetterWording

__all__ = [
    "AllowedUse",
    "AttributionTemplate",
    "CannedAnswer",
    "Clearance",
    "ClearanceEvent",
    "ClearanceEvidence",
    "ClearanceLink",
    "ClearanceMessage",
    "ClearanceStatus",
    "Counter",
    "DeclineCode",
    "FeeSchedule",
    "FeeScheduleVersion",
    "Grant",
    "GrantEvent",
    "GrantRule",
    "GrantRuleVersion",
    "GrantStatus",
    "GrantedArticle",
    "Invoice",
    "InvoiceKind",
    "KnownUses",
    "LetterWording",
    "Payment",
    "PermissionRequest",
    "PermissionRequestEvent",
    "Quote",
    "RequestFile",
    "RequestLink",
    "RequestMessage",
    "RequestNote",
    "RequestStatus",
    "RequestedArticle",
    "Scope",
    "TermsAssignment",
    "TermsVersion",
    "UsageTerms",
]
