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
from licensing.models.complaint import (
    Complaint,
    ComplaintEvent,
    ComplaintLink,
    ComplaintMessage,
    ComplaintStatus,
    ComplaintSubject,
    CounterNotice,
)
from licensing.models.correspondence import ClearanceEvidence, ClearanceLink, ClearanceMessage
from licensing.models.counting import Pixel, ReaderOfTheDay, Readings, SaltOfTheDay, Sighting
from licensing.models.crosspost import (
    Crosspost,
    CrosspostCheck,
    CrosspostEvent,
    CrosspostStatus,
    FoundBy,
)
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
from licensing.models.own_notice import OwnNotice
from licensing.models.partner import Delivery, Partner
from licensing.models.recall import Recall, RecallAnswer, RecallCause, RecalledCopy
from licensing.models.request import (
    CameBy,
    DeclineCode,
    PermissionRequest,
    PermissionRequestEvent,
    RequestedArticle,
    RequestStatus,
)
from licensing.models.terms import TermsAssignment, TermsVersion, UsageTerms
from licensing.models.webmention import Outcome, Webmention
from licensing.models.wording import LetterWording

__all__ = [
    "AllowedUse",
    "AttributionTemplate",
    "CameBy",
    "CannedAnswer",
    "Clearance",
    "ClearanceEvent",
    "ClearanceEvidence",
    "ClearanceLink",
    "ClearanceMessage",
    "ClearanceStatus",
    "Complaint",
    "ComplaintEvent",
    "ComplaintLink",
    "ComplaintMessage",
    "ComplaintStatus",
    "ComplaintSubject",
    "Counter",
    "CounterNotice",
    "Crosspost",
    "CrosspostCheck",
    "CrosspostEvent",
    "CrosspostStatus",
    "DeclineCode",
    "Delivery",
    "FeeSchedule",
    "FeeScheduleVersion",
    "FoundBy",
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
    "Outcome",
    "OwnNotice",
    "Partner",
    "Payment",
    "PermissionRequest",
    "PermissionRequestEvent",
    "Pixel",
    "Quote",
    "ReaderOfTheDay",
    "Readings",
    "Recall",
    "RecallAnswer",
    "RecallCause",
    "RecalledCopy",
    "RequestFile",
    "RequestLink",
    "RequestMessage",
    "RequestNote",
    "RequestStatus",
    "RequestedArticle",
    "SaltOfTheDay",
    "Scope",
    "Sighting",
    "TermsAssignment",
    "TermsVersion",
    "UsageTerms",
    "Webmention",
]
