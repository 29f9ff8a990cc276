"""The desks of rights in the admin."""

from licensing.admin.attribution import AttributionTemplateAdmin
from licensing.admin.clearances import ClearanceAdmin
from licensing.admin.terms import UsageTermsAdmin
from licensing.admin.terms_assignments import TermsAssignmentAdmin

__all__ = ["AttributionTemplateAdmin", "ClearanceAdmin", "TermsAssignmentAdmin", "UsageTermsAdmin"]
