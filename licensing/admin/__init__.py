"""The desks of rights in the admin."""

from licensing.admin.attribution import AttributionTemplateAdmin
from licensing.admin.canned import CannedAnswerAdmin
from licensing.admin.clearances import ClearanceAdmin
from licensing.admin.complaints import ComplaintAdmin
from licensing.admin.crossposts import CrosspostAdmin
from licensing.admin.fees import FeeScheduleAdmin
from licensing.admin.grants import GrantAdmin
from licensing.admin.own_notices import OwnNoticeAdmin
from licensing.admin.partners import PartnerAdmin
from licensing.admin.recalls import RecallAdmin
from licensing.admin.requests import PermissionRequestAdmin
from licensing.admin.rules import GrantRuleAdmin
from licensing.admin.terms import UsageTermsAdmin
from licensing.admin.terms_assignments import TermsAssignmentAdmin
from licensing.admin.wordings import LetterWordingAdmin

__all__ = [
    "AttributionTemplateAdmin",
    "CannedAnswerAdmin",
    "ClearanceAdmin",
    "ComplaintAdmin",
    "CrosspostAdmin",
    "FeeScheduleAdmin",
    "GrantAdmin",
    "GrantRuleAdmin",
    "LetterWordingAdmin",
    "OwnNoticeAdmin",
    "PartnerAdmin",
    "PermissionRequestAdmin",
    "RecallAdmin",
    "TermsAssignmentAdmin",
    "UsageTermsAdmin",
]
