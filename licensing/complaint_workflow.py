"""The table of complaints: what may follow, under which name, and by whose leave."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.workflows.moves import Move, Reason, Reasons, Workflow
from licensing.models import Complaint, ComplaintStatus

RECEIVED, ACKNOWLEDGED = ComplaintStatus.RECEIVED, ComplaintStatus.ACKNOWLEDGED
UPHELD, REJECTED = ComplaintStatus.UPHELD, ComplaintStatus.REJECTED
COUNTER_NOTICE, CLOSED = ComplaintStatus.COUNTER_NOTICE, ComplaintStatus.CLOSED
ACKNOWLEDGE = "licensing.acknowledge_complaint"
DECIDE = "licensing.decide_complaint"
COUNTER = "licensing.counter_complaint"


def _it_says_of_what(complaint: Complaint, *, by, at: datetime) -> Reasons:
    if complaint.subjects.exists():
        return []
    return [_("Nobody has said yet which article or picture it is about.")]


def _something_is_withheld(complaint: Complaint, *, by, at: datetime) -> Reasons:
    return [] if complaint.is_withholding else [_("Nothing is withheld because of it.")]


def _it_can_be_looked_at(complaint: Complaint, *, by, at: datetime) -> Reasons:
    if complaint.erased_at:
        return [_("Who complained is forgotten.")]
    if not complaint.is_withholding:
        return []
    return [_("What it is about is withheld. Restore that first.")]


COMPLAINT = Workflow(
    "complaint",
    statuses=ComplaintStatus.choices,
    initial=RECEIVED,
    moves=[
        Move(
            "acknowledge",
            frozenset({RECEIVED}),
            ACKNOWLEDGED,
            ACKNOWLEDGE,
            gettext_lazy("Acknowledge"),
            gettext_lazy("It is complete, and somebody looks at it; the complainant is told."),
        ),
        Move(
            "uphold",
            frozenset({ACKNOWLEDGED}),
            UPHELD,
            DECIDE,
            gettext_lazy("Uphold and withhold"),
            gettext_lazy(
                "What it is about leaves every public page at once; its address says that it is "
                "withheld (451), and nothing more."
            ),
            reason=Reason.REQUIRED,
            is_grave=True,
            hindrances=_it_says_of_what,
        ),
        Move(
            "reject",
            frozenset({ACKNOWLEDGED, COUNTER_NOTICE}),
            REJECTED,
            DECIDE,
            gettext_lazy("Reject"),
            gettext_lazy("It is not founded. What was withheld because of it comes back."),
            reason=Reason.REQUIRED,
        ),
        Move(
            "counter",
            frozenset({UPHELD}),
            COUNTER_NOTICE,
            COUNTER,
            gettext_lazy("File a counter-notice"),
            gettext_lazy(
                "The author, or we, say why it may stand. It goes to the complainant; until it is "
                "decided nothing comes back."
            ),
            is_unattended=True,
        ),
        Move(
            "close",
            frozenset({UPHELD, REJECTED, COUNTER_NOTICE}),
            CLOSED,
            DECIDE,
            gettext_lazy("Close"),
            gettext_lazy("It is over. What is withheld stays withheld."),
            reason=Reason.REQUIRED,
        ),
        Move(
            "restore",
            frozenset({UPHELD, COUNTER_NOTICE, CLOSED}),
            CLOSED,
            DECIDE,
            gettext_lazy("Restore and close"),
            gettext_lazy(
                "What was withheld comes back: the complainant agrees, or ten to fourteen working "
                "days after the counter-notice nobody has gone to court."
            ),
            reason=Reason.REQUIRED,
            is_grave=True,
            hindrances=_something_is_withheld,
        ),
        Move(
            "reopen",
            frozenset({REJECTED, CLOSED}),
            ACKNOWLEDGED,
            DECIDE,
            gettext_lazy("Reopen"),
            gettext_lazy("It is looked at once more, with a new day for the answer."),
            reason=Reason.REQUIRED,
            hindrances=_it_can_be_looked_at,
        ),
    ],
)
