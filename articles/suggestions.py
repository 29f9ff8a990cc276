"""What an editor may want to place next: the newest for the front page, the nearest for a report.

Unlike ``articles.related`` it knows what readers do not see yet, as far as whoever asks may.
Looked at are the newest articles and those published nearest to the report: so many and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from articles.models import Article, Byline, Status
from articles.models.visibility import MAY_BE_LIVE
from articles.related import TIES, Tie

MOST_SHOWN = 8
# So many are weighed against each other.
NEWEST = 150
NEAREST = 75
APPROVED = 50
# Of so many articles of a report the headings are gathered.
MOST_GATHERED = 200
REPORT, TAG, THEME, REGION = TIES
DESK_TIES = (THEME, TAG, REGION, Tie(Byline, "article", "author", 3), REPORT)


@dataclass(frozen=True)
class Suggested:
    """An article that fits, and the kinds of heading it shares."""

    article: Article
    shares: tuple[str, ...] = ()


def newest(placed: Sequence[int], *, at: datetime, most: int = MOST_SHOWN) -> list[Suggested]:
    """The newest live articles that are not among ``placed`` and by which the house stands."""
    # The few that are placed are looked over, not asked for.
    standing = Article.objects.live(at).filter(retracted_at=None)
    found = standing.newest_first().for_cards()[: most + len(placed)]
    return [Suggested(article) for article in found if article.pk not in placed][:most]


def fitting(
    placed: Sequence[int], *, user, at: datetime, most: int = MOST_SHOWN
) -> list[Suggested]:
    """The articles nearest to those ``placed``, live or still to come, that ``user`` may see."""
    placed = list(placed)[:MOST_GATHERED]
    if not placed:
        return newest(placed, at=at, most=most)
    standing = Article.objects.visible_to(user).filter(retracted_at=None)
    weighed = standing.filter(pk__in=_near(placed, at))
    for tie in DESK_TIES:
        links = tie.shared_with_any(placed).filter(**{tie.article: OuterRef("pk")})
        weighed = weighed.annotate(**{f"shared_{tie.heading}": Subquery(links.values("pk")[:1])})
    names = [f"shared_{tie.heading}" for tie in DESK_TIES]
    shares = {
        key: tuple(
            tie.heading for tie, link in zip(DESK_TIES, links, strict=True) if link is not None
        )
        for key, *links in weighed.order_by().values_list("pk", *names)
        if key not in placed
    }
    weights = {tie.heading: tie.weight for tie in DESK_TIES}
    best = sorted(
        (key for key, shared in shares.items() if shared),
        key=lambda key: (-sum(weights[heading] for heading in shares[key]), -key),
    )[:most]
    articles = Article.objects.for_cards().in_bulk(best)
    return [Suggested(articles[key], shares[key]) for key in best if key in articles]


def _near(placed: list[int], at: datetime) -> set[int]:
    """The keys of the articles looked at, each few by an index."""
    public = Article.objects.filter(status__in=MAY_BE_LIVE, published_at__isnull=False)
    public = public.newest_first().values_list("pk", flat=True)
    dates = public.filter(pk__in=placed).values_list("published_at", flat=True)
    dates = list(dates)
    moment = dates[len(dates) // 2] if dates else at
    approved = Article.objects.filter(status=Status.APPROVED).order_by("-updated_at", "-pk")
    few = (
        public[:NEWEST],
        public.filter(published_at__lt=moment)[:NEAREST],
        public.filter(published_at__gte=moment).reverse()[:NEAREST],
        approved.values_list("pk", flat=True)[:APPROVED],
    )
    return {key for keys in few for key in keys}
