"""What a recall says to holders of copies: what happened, what to do now, what can be answered.

It says no more than readers are told at that moment: of a text that is not public any more neither
what was put right in it, nor what a notice said of that.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from articles import withheld
from articles.models import Article
from licensing import withholding
from licensing.models import Recall, RecallAnswer, RecallCause
from licensing.models.recall import GONE

# What happened, and what is to be done.
CHANGED = (
    gettext_lazy("Something was put right in a text that you hold"),
    gettext_lazy(
        "Please bring your copy up to date, or take it down. Whoever reads it there should not be "
        "told less than our own readers."
    ),
)
SAID = {
    RecallCause.RETRACTION: (
        gettext_lazy("We no longer stand by a text that you hold"),
        gettext_lazy("Please take your copy down, or place this notice above it."),
    ),
    RecallCause.WITHDRAWAL: (
        gettext_lazy("A text that you hold is no longer public with us"),
        gettext_lazy("Please take your copy down, too."),
    ),
    RecallCause.WITHHOLDING: (
        gettext_lazy("A text that you hold is withheld after a complaint"),
        gettext_lazy("Please take your copy down, too."),
    ),
    RecallCause.PICTURE: (
        gettext_lazy("A picture in a text that you hold is withheld after a complaint"),
        gettext_lazy("Please take the picture out of your copy. The text may stay."),
    ),
}
REMOVED = (RecallAnswer.REMOVED, gettext_lazy("I took it down"))
NOT_USED = (RecallAnswer.NOT_USED, gettext_lazy("I never used the text"))
ANSWERS = {
    RecallCause.RETRACTION: [
        REMOVED,
        (RecallAnswer.PUT_RIGHT, gettext_lazy("I placed the notice above it")),
        NOT_USED,
    ],
    RecallCause.WITHDRAWAL: [REMOVED, NOT_USED],
    RecallCause.WITHHOLDING: [REMOVED, NOT_USED],
    RecallCause.PICTURE: [
        (RecallAnswer.PUT_RIGHT, gettext_lazy("I took the picture out")),
        (RecallAnswer.REMOVED, gettext_lazy("I took the whole copy down")),
        (RecallAnswer.NOT_USED, gettext_lazy("I never used the picture")),
    ],
}
ANSWERS_TO_A_CHANGE = [
    (RecallAnswer.PUT_RIGHT, gettext_lazy("I brought it up to date")),
    REMOVED,
    NOT_USED,
]


@dataclass(frozen=True)
class Said:
    """``cause`` is why a copy may not stay as it is now, which may be more than what it was."""

    cause: RecallCause
    is_public: bool
    is_over: bool
    notice: str

    @property
    def what(self) -> Promise:
        return SAID.get(self.cause, CHANGED)[0]

    @property
    def to_do(self) -> Promise:
        return SAID.get(self.cause, CHANGED)[1]

    @property
    def answers(self) -> list[tuple[str, Promise]]:
        return ANSWERS.get(self.cause, ANSWERS_TO_A_CHANGE)


def said_of(found: Recall, *, at: datetime) -> Said:
    """What is said of it at ``at``."""
    cause, key = RecallCause(found.cause), found.article_id
    is_public = Article.objects.live(at).filter(pk=key).exists()
    if is_public:
        is_over = cause in GONE or _is_shown_again(found)
        # Whoever brought a text back does not repeat why it was away.
        notice = "" if is_over else found.notice
        return Said(cause, is_public=True, is_over=is_over, notice=notice)
    is_withheld = key in withheld.moments(keys=[key])
    notices = withheld.withdrawal_notices([key], at=at)
    # Its picture may be shown again: a text that was taken back since is to be taken down with it.
    is_over = _is_shown_again(found) and not is_withheld and key not in notices
    cause = RecallCause.WITHHOLDING if is_withheld else RecallCause.WITHDRAWAL
    return Said(cause, is_public=False, is_over=is_over, notice=notices.get(key, ""))


def _is_shown_again(found: Recall) -> bool:
    return found.image is not None and withholding.picture_withheld(found.image) is None
