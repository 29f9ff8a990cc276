"""How many articles came out in each of the last weeks, ours and carried ones.

Only what came out since the first of these weeks is read, by the index of what is newest.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Article

WEEKS = 12
WEEK = timedelta(days=7)
# More than any house publishes in so many weeks; whatever was let in at once cannot hold a page up.
MOST_READ = 50_000


@dataclass(frozen=True)
class Week:
    """A week, by its Monday: how many of ours came out, and how many that we carry."""

    monday: date
    ours: int
    carried: int


def begins(day: date) -> datetime:
    """The instant at which ``day`` begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def out_in_week(articles, monday: date, *, at: datetime):
    """Those of ``articles`` (a QuerySet) that came out in that week and can be seen at ``at``."""
    return _out_between(articles, begins(monday), min(begins(monday + WEEK), _just_after(at)), at)


def _out_between(articles, first: datetime, last: datetime, at: datetime):
    """Whether each is live is asked one by one, within these days.

    Asked for all that is live, a database may rather look through whatever was ever published.
    """
    live = Article.objects.live(at).filter(pk=OuterRef("pk"))
    return articles.filter(Exists(live), published_at__gte=first, published_at__lt=last)


def _just_after(at: datetime) -> datetime:
    return at + timedelta(microseconds=1)


def weeks(*, at: datetime) -> list[Week]:
    """The last weeks, the oldest first; this one is not over."""
    last = monday_of(timezone.localdate(at))
    mondays = [last - WEEK * back for back in range(WEEKS - 1, -1, -1)]
    since = _out_between(Article.objects.all(), begins(mondays[0]), _just_after(at), at)
    counts = {}
    for place, monday in enumerate(mondays):
        within = Q(published_at__gte=begins(monday), published_at__lt=begins(monday + WEEK))
        for name, is_ours in (("ours", True), ("carried", False)):
            of_this_kind = within & Q(originating_publication__isnull=is_ours)
            counts[f"{name}_{place}"] = Count("pk", filter=of_this_kind)
    found = since.newest_first()[:MOST_READ].aggregate(**counts)
    return [
        Week(monday, found[f"ours_{place}"], found[f"carried_{place}"])
        for place, monday in enumerate(mondays)
    ]
