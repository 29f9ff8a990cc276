"""How much was published when: years and months of what is live, for the archive.

Of a long archive the months are counted a year at a time, so that no page counts everything by
month; a year is counted within the span of the index of dates.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, IntegerField, Min, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Article
from cms.moments import FIRST_YEAR_OF_PRINT, LAST_YEAR

# So many articles are counted by month at once.
FEW = 5000
# So many years are listed; older ones are reached from year to year.
MOST_YEARS = 100


@dataclass(frozen=True)
class Month:
    """A month, and how many articles it has."""

    first: date
    count: int


@dataclass(frozen=True)
class Year:
    """A year, how many articles it has, and its months with articles where they are known."""

    number: int
    count: int
    months: tuple[Month, ...] = ()


@dataclass(frozen=True)
class Span:
    """From ``begins`` up to, not including, ``ends``."""

    begins: datetime
    ends: datetime

    def of(self, articles):
        """Those of ``articles`` (a QuerySet) published within."""
        return articles.filter(published_at__gte=self.begins, published_at__lt=self.ends)


def _moment(year: int, month: int = 1) -> datetime:
    return timezone.make_aware(datetime(year, month, 1))


def span(year: int, month: int | None = None) -> Span | None:
    """The year or the month in the site's own time zone; ``None`` for one beyond reason."""
    if not FIRST_YEAR_OF_PRINT <= year <= LAST_YEAR or (month and not 1 <= month <= 12):
        return None
    if month is None:
        return Span(_moment(year), _moment(year + 1))
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return Span(_moment(year, month), _moment(*following))


def years(*, at: datetime) -> list[Year]:
    """The years in which something was published, newest first."""
    live = Article.objects.live(at).order_by()
    if live.values("pk")[: FEW + 1].count() <= FEW:
        return _years_of(_counted_by_month(live))
    first = _local(live.newest_first().reverse().values_list("published_at", flat=True)[0]).year
    last = _local(live.newest_first().values_list("published_at", flat=True)[0]).year
    numbers = range(last, max(first, last - MOST_YEARS), -1)
    numbers = [*numbers, first] if first not in numbers else list(numbers)
    counted = _counts({number: span(number) for number in numbers}, live)
    return [Year(number, counted[number]) for number in numbers if counted[number]]


def without_gaps(found: list[Year]) -> list[tuple[int, int]]:
    """(year, count) of every year from the first to the last, as far as a plot reaches."""
    if not found:
        return []
    counted = {year.number: year.count for year in found}
    last = max(counted)
    return [
        (year, counted.get(year, 0))
        for year in range(max(min(counted), last - MOST_YEARS), last + 1)
    ]


def firsts(year: int) -> list[date]:
    """The first day of each month of ``year``."""
    return [date(year, month, 1) for month in range(1, 13)]


def months(year: int, *, at: datetime) -> list[Month]:
    """The months of ``year`` in which something was published, in their order."""
    live = Article.objects.live(at).order_by()
    counted = _counts({month: span(year, month) for month in range(1, 13)}, live)
    return [Month(date(year, month, 1), count) for month, count in counted.items() if count]


def neighbours(reach: Span, *, at: datetime) -> tuple[date | None, date | None]:
    """The day before and the day after ``reach`` nearest to it on which something was published."""
    live = Article.objects.live(at)
    before = live.filter(published_at__lt=reach.begins).newest_first()
    after = live.filter(published_at__gte=reach.ends).newest_first().reverse()
    found = (rows.values_list("published_at", flat=True)[:1] for rows in (before, after))
    return tuple(next((_local(moment).date() for moment in rows), None) for rows in found)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _counts(spans: dict[int, Span], live) -> dict[int, int]:
    """How many of ``live`` each of ``spans`` has: one query."""
    parts = [
        reach.of(live)
        .annotate(place=Value(place, output_field=IntegerField()))
        .values("place")
        .annotate(number=Count("pk"))
        .values_list("place", "number")
        for place, reach in spans.items()
    ]
    found = dict(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])
    return {place: found.get(place, 0) for place in spans}


def _counted_by_month(live) -> list[Month]:
    rows = live.annotate(month=TruncMonth("published_at")).values("month")
    counted = rows.annotate(number=Count("pk"), oldest=Min("published_at")).order_by("-month")
    return [Month(_local(row["oldest"]).date().replace(day=1), row["number"]) for row in counted]


def _years_of(counted: list[Month]) -> list[Year]:
    """Months, newest first, gathered into years, whose months stand in their order."""
    gathered: dict[int, list[Month]] = {}
    for month in counted:
        gathered.setdefault(month.first.year, []).insert(0, month)
    return [
        Year(number, sum(month.count for month in found), tuple(found))
        for number, found in gathered.items()
    ]
