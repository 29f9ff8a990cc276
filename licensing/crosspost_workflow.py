"""The table of cross-posts: what a look at a copy, or the desk, makes of it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.workflows.moves import Move, Reason, Reasons, Workflow
from licensing.models import Crosspost, CrosspostStatus

DECLARED, VERIFIED = CrosspostStatus.DECLARED, CrosspostStatus.VERIFIED
NON_COMPLIANT, RESOLVED = CrosspostStatus.NON_COMPLIANT, CrosspostStatus.RESOLVED
GONE = CrosspostStatus.GONE
CHANGE = "licensing.change_crosspost"


def _a_look_says_so(crosspost: Crosspost, *, by, at: datetime) -> Reasons:
    if by is not None:
        return [_("A look at the page says so, or nobody. Ask for another look.")]
    return []


CROSSPOST = Workflow(
    "cross-post",
    statuses=CrosspostStatus.choices,
    initial=DECLARED,
    moves=[
        Move(
            "verify",
            frozenset({DECLARED, GONE}),
            VERIFIED,
            CHANGE,
            gettext_lazy("Verify"),
            gettext_lazy("All that is owed stands on the page. Only a look at it does this."),
            is_unattended=True,
            hindrances=_a_look_says_so,
        ),
        Move(
            "object",
            frozenset({DECLARED, VERIFIED, RESOLVED, GONE}),
            NON_COMPLIANT,
            CHANGE,
            gettext_lazy("Object"),
            gettext_lazy("Something is to be put right. Only a look at the page does this."),
            is_unattended=True,
            hindrances=_a_look_says_so,
        ),
        Move(
            "resolve",
            frozenset({NON_COMPLIANT}),
            RESOLVED,
            CHANGE,
            gettext_lazy("Settle"),
            gettext_lazy("It was put right, or settled with the outlet as it stands."),
            reason=Reason.REQUIRED,
            is_unattended=True,
        ),
        Move(
            "mark_gone",
            frozenset({DECLARED, VERIFIED, NON_COMPLIANT, RESOLVED}),
            GONE,
            CHANGE,
            gettext_lazy("Mark as gone"),
            gettext_lazy("The copy no longer stands there. Nobody looks any more."),
            reason=Reason.OPTIONAL,
            is_unattended=True,
        ),
    ],
)
