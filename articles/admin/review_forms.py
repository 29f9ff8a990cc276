"""What the moves after a review are told: comments that are still open do not hold them up."""

from django.utils.translation import ngettext

from articles.admin.forms import ArticleMoveForm, PublishForm, ScheduleForm
from cms.workflows.admin import MoveForm


class NamesOpenComments(MoveForm):
    """Says how many comments nobody has resolved."""

    @property
    def consequences(self) -> list[str]:
        number = self.row.comments.open().count()
        told = ngettext("%(number)d comment is open.", "%(number)d comments are open.", number)
        return [*super().consequences, *([told % {"number": number}] if number else [])]


class ReviewedApproveForm(NamesOpenComments, ArticleMoveForm):
    """For “Approve”."""


class ReviewedScheduleForm(NamesOpenComments, ScheduleForm):
    """For “Schedule”."""


class ReviewedPublishForm(NamesOpenComments, PublishForm):
    """For “Publish”."""


REVIEW_FORMS = {
    "approve": ReviewedApproveForm,
    "schedule": ReviewedScheduleForm,
    "publish": ReviewedPublishForm,
}
