"""The editorial table: which status an article may move to, under which name, by whose leave."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import readiness
from articles.models import Article, Status
from cms.workflows.moves import Move, Reason, Reasons, Workflow


def _it_has_a_body(article: Article, *, by, at: datetime) -> Reasons:
    return readiness.gaps(article)


def _a_second_pair_of_eyes(article: Article, *, by, at: datetime) -> Reasons:
    if not settings.TWO_PAIRS_OF_EYES:
        return []
    writers = set(article.revisions.values_list("created_by", flat=True)) | {article.created_by_id}
    if writers != {by.pk}:
        return []
    return [_("You alone wrote this. Somebody else must approve it.")]


def _nothing_blocks_it(article: Article, *, by, at: datetime) -> Reasons:
    return readiness.blockers(article, at=at)


def _it_is_not_public_yet(article: Article, *, by, at: datetime) -> Reasons:
    if article.has_been_public(at):
        return [_("It is public already. Withdraw it instead.")]
    return []


def _it_is_out(article: Article, *, by, at: datetime) -> Reasons:
    if article.status == Status.PUBLISHED or article.has_been_public(at):
        return []
    return [_("It has not been public yet. Send it back instead.")]


def _it_is_scheduled(article: Article, *, by, at: datetime) -> Reasons:
    return [] if article.is_scheduled(at) else [_("It is not scheduled.")]


EDITORIAL = Workflow(
    "article",
    statuses=Status.choices,
    initial=Status.DRAFT,
    moves=[
        Move(
            "submit",
            frozenset({Status.DRAFT}),
            Status.IN_REVIEW,
            "articles.submit_article",
            gettext_lazy("Submit for review"),
            gettext_lazy("Hands the text to an editor. You can no longer change it yourself."),
            hindrances=_it_has_a_body,
        ),
        Move(
            "approve",
            frozenset({Status.IN_REVIEW}),
            Status.APPROVED,
            "articles.approve_article",
            gettext_lazy("Approve"),
            gettext_lazy("The text is right and may be published."),
            reason=Reason.OPTIONAL,
            hindrances=_a_second_pair_of_eyes,
        ),
        Move(
            "send_back",
            frozenset({Status.IN_REVIEW, Status.APPROVED}),
            Status.DRAFT,
            "articles.approve_article",
            gettext_lazy("Send back"),
            gettext_lazy("Returns the text to its writer, with what is to be done."),
            reason=Reason.REQUIRED,
            hindrances=_it_is_not_public_yet,
        ),
        Move(
            "schedule",
            frozenset({Status.APPROVED}),
            Status.APPROVED,
            "articles.publish_article",
            gettext_lazy("Schedule"),
            gettext_lazy("Readers see it from the moment you name, without anybody's doing."),
            # The verb asks what blocks it at the moment named: a right may begin until then.
            hindrances=_it_is_not_public_yet,
        ),
        Move(
            "unschedule",
            frozenset({Status.APPROVED}),
            Status.APPROVED,
            "articles.publish_article",
            gettext_lazy("Take off the schedule"),
            gettext_lazy("It stays approved and waits for a new date."),
            hindrances=_it_is_scheduled,
        ),
        Move(
            "publish",
            frozenset({Status.APPROVED}),
            Status.PUBLISHED,
            "articles.publish_article",
            gettext_lazy("Publish"),
            gettext_lazy("Readers see it at once."),
            hindrances=_nothing_blocks_it,
        ),
        Move(
            "withdraw",
            frozenset({Status.PUBLISHED, Status.APPROVED}),
            Status.WITHDRAWN,
            "articles.withdraw_article",
            gettext_lazy("Withdraw"),
            gettext_lazy(
                "Takes it off every public page. Its address says when, and what you tell (410)."
            ),
            reason=Reason.REQUIRED,
            is_grave=True,
            hindrances=_it_is_out,
        ),
        Move(
            "reinstate",
            frozenset({Status.WITHDRAWN}),
            Status.PUBLISHED,
            "articles.withdraw_article",
            gettext_lazy("Reinstate"),
            gettext_lazy("Makes a withdrawn article public again, under its old date."),
            reason=Reason.REQUIRED,
            hindrances=_nothing_blocks_it,
        ),
    ],
)
