"""How the map of articles is cut: a file a month, and a month with very many into several.

A file is named by its month and, but for the first, by the key it begins behind, so that what is
added later changes no name.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncMonth

from articles.models import Article, Correction

# The protocol allows 50,000 addresses in 50 MB; an article with its translations is long.
MOST_ADDRESSES = 40_000


@dataclass(frozen=True)
class Shard:
    """A file: articles of a month whose keys come after ``behind``."""

    year: int
    month: int
    behind: int = 0
    changed: datetime | None = None


def shards(*, at: datetime) -> list[Shard]:
    """Every file in which something is public, oldest first: one row a month comes from the
    database, and one more for each file by which a month has more than one.
    """
    live = Article.objects.live(at)
    corrected = dict(
        _by_month(
            Correction.objects.filter(article__in=live, dated__lte=at), "article__published_at"
        )
        .annotate(last=Max("dated"))
        .values_list("month", "last")
    )
    months = _by_month(live, "published_at").annotate(
        count=Count("pk"), published=Max("published_at"), saved=Max("updated_at")
    )
    found = []
    for row in months.order_by("month"):
        month = row["month"]
        known = [row["published"], row["saved"], corrected.get(month)]
        changed = max(moment for moment in known if moment and moment <= at)
        edges = [0, *_edges(month, row["count"], at)]
        found += [Shard(month.year, month.month, edge, changed) for edge in edges]
    return found


def _by_month(rows: QuerySet, field: str) -> QuerySet:
    return rows.order_by().annotate(month=TruncMonth(field, tzinfo=UTC)).values("month")


def _edges(month: datetime, count: int, at: datetime) -> list[int]:
    """The keys behind which the second file of a month begins, the third …"""
    edges: list[int] = []
    while count > MOST_ADDRESSES:
        before = articles(month.year, month.month, edges[-1] if edges else 0, at=at)
        edges.append(before.values_list("pk", flat=True)[MOST_ADDRESSES - 1])
        count -= MOST_ADDRESSES
    return edges


def articles(year: int, month: int, behind: int, *, at: datetime) -> QuerySet:
    """What is live of a month, by key, behind one; more than one file's worth perhaps."""
    first = datetime(year, month, 1, tzinfo=UTC)
    last = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    live = Article.objects.live(at).filter(published_at__gte=first, published_at__lt=last)
    return live.filter(pk__gt=behind).order_by("pk")
