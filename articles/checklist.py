"""An article's checklist: what is asked of it, who ticked what, and what is still open."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.models import Article, ChecklistPoint, ChecklistTick

# What a tick was given for: where these have changed since, somebody should look again.
LOOKED_AT = ("headline", "standfirst", "body")


@dataclass(frozen=True)
class Line:
    """A point as an article's checklist shows it. ``is_stale``: the text has changed since."""

    point: ChecklistPoint
    tick: ChecklistTick | None
    is_stale: bool = False


def unticked(article: Article) -> QuerySet[ChecklistPoint]:
    """The required points that nobody has ticked."""
    ticked = ChecklistTick.objects.filter(article=article.pk, taken_back_at=None)
    points = ChecklistPoint.objects.for_article(article).filter(is_required=True)
    return points.exclude(pk__in=ticked.values("point"))


def reasons(article: Article) -> list[str]:
    """Why it may not go out yet, in sentences."""
    return [_("Not ticked yet: %(point)s.") % {"point": point} for point in unticked(article)]


def lines(article: Article) -> list[Line]:
    """The whole list in its order, in three queries."""
    ticks = {
        tick.point_id: tick
        for tick in article.checklist_ticks.filter(taken_back_at=None).select_related("by")
    }
    numbers = {tick.revision for tick in ticks.values()}
    stale = {
        revision.number
        for revision in article.revisions.filter(number__in=numbers)
        if any(revision.content.get(name) != getattr(article, name) for name in LOOKED_AT)
    }
    found = []
    for point in ChecklistPoint.objects.for_article(article):
        tick = ticks.get(point.pk)
        found.append(Line(point, tick, bool(tick) and tick.revision in stale))
    return found
