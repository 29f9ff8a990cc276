"""What is done with checklists: begin one, tick a point, take a tick back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, ChecklistPoint, ChecklistTick
from cms.workflows.actions import MoveNotAllowed, NotYours


def may_tick(user, article: Article) -> bool:
    """Whoever may approve the article answers for what was checked in it."""
    return (
        user.is_active
        and user.has_perm("articles.approve_article")
        and article.may_be_seen_by(user)
    )


@transaction.atomic
def tick(
    article: Article,
    point: ChecklistPoint,
    *,
    by,
    seen: int | None = None,
    at: datetime | None = None,
) -> ChecklistTick:
    """Puts on record that ``by`` finds the point in order; of two at once the first is on record.

    ``seen`` is the number of the revision that was read. Raises NotYours, or MoveNotAllowed where
    the point is not asked of this article.
    """
    if not may_tick(by, article):
        raise NotYours([_("You may not tick the checklist of this article.")])
    if not ChecklistPoint.objects.for_article(article).filter(pk=point.pk).exists():
        raise MoveNotAllowed([_("This point is not asked of this article.")])
    newest = article.revisions.values_list("number", flat=True).first() or 0
    ticked, _is_new = ChecklistTick.objects.get_or_create(
        article=article,
        point=point,
        taken_back_at=None,
        defaults={
            "revision": newest if seen is None else min(max(seen, 0), newest),
            "by": by,
            "at": at or timezone.now(),
        },
    )
    return ticked


@transaction.atomic
def take_back(article: Article, point: ChecklistPoint, *, by, at: datetime | None = None) -> None:
    """Says that the point is not in order after all; who had ticked it stays on record."""
    if not may_tick(by, article):
        raise NotYours([_("You may not tick the checklist of this article.")])
    article.checklist_ticks.filter(point=point, taken_back_at=None).update(
        taken_back_by=by, taken_back_at=at or timezone.now()
    )


@transaction.atomic
def begin(*, by) -> list[ChecklistPoint]:
    """The three points nearly every newsroom asks, where there is no list yet."""
    if not by.has_perm("articles.add_checklistpoint"):
        raise NotYours([_("You may not change the checklist.")])
    if ChecklistPoint.objects.exists():
        raise MoveNotAllowed([_("There is a checklist already.")])
    kinds = ChecklistPoint.Kind
    usual = [
        (
            kinds.FACTS,
            _("Fact check"),
            _("Names, figures, dates and quotations are compared with their sources."),
        ),
        (
            kinds.LAW,
            _("Law"),
            _("Nobody is accused without an answer; privacy and court orders are kept."),
        ),
        (
            kinds.PICTURE_RIGHTS,
            _("Picture rights"),
            _("Every picture may be shown here, for long enough, with its credit."),
        ),
    ]
    return [
        ChecklistPoint.objects.create(kind=kind, label=label, help=told, position=10 * place)
        for place, (kind, label, told) in enumerate(usual, start=1)
    ]
