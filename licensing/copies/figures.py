"""How often copies were read: of a grant, of an article, and in a period by outlet and article.

Sums are made by the database, from the number of a day and host; nothing else is known.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article
from licensing import succession
from licensing.models import Grant, Readings
from licensing.plots import Plot, bars, columns
from licensing.reports import Period

DAYS, MONTHS = 30, 12
MOST_NAMED = 10
MOST_IN_A_REPORT = 50


@dataclass(frozen=True)
class Read:
    """What was counted: all of it, and of late by day or month, and by host."""

    total: int
    since: date
    spans: list[tuple[str, int]]
    hosts: list[tuple[str, int]]
    # Whether a span is a month.
    by_month: bool

    @property
    def plot(self) -> Plot:
        labels = [label for label, _number in self.spans]
        values = [number for _label, number in self.spans]
        return columns(labels, [("one", _("Readings"), values)])


def of_grant(grant: Grant, *, on: date) -> Read | None:
    """Under a grant, and under those that it took the place of."""
    return _read(Readings.objects.filter(pixel__grant__in=succession.before(grant)), on=on)


def of_article(article: Article, *, on: date) -> Read | None:
    """All copies of an article that carry a pixel."""
    return _read(Readings.objects.filter(pixel__article=article), on=on)


def of_copy(crosspost, *, on: date) -> Read | None:
    """Of one article on one host, under whatever grant."""
    rows = Readings.objects.filter(pixel__article=crosspost.article_id, host=crosspost.host)
    return _read(rows, on=on)


def _read(rows: QuerySet, *, on: date) -> Read | None:
    """Nothing where nothing was counted."""
    first = rows.order_by("day").values_list("day", flat=True).first()
    if first is None:
        return None
    by_month = on - first > timedelta(days=2 * DAYS)
    spans = _months(rows, on) if by_month else _days(rows, on)
    total = rows.aggregate(total=Sum("number"))["total"]
    return Read(total, first, spans, _by(rows, "host")[:MOST_NAMED], by_month)


def _days(rows: QuerySet, on: date) -> list[tuple[str, int]]:
    days = [on - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    found = dict(_sums(rows.filter(day__gte=days[0]), "day"))
    return [(date_format(day, "j M"), found.get(day, 0)) for day in days]


def _months(rows: QuerySet, on: date) -> list[tuple[str, int]]:
    first = on.replace(day=1)
    for _back in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return by_month(rows, Period(first, on))


def _sums(rows: QuerySet, by: str):
    return rows.order_by().values_list(by).annotate(total=Sum("number"))


def _by(rows: QuerySet, column: str) -> list[tuple[str, int]]:
    found = _sums(rows, column).order_by("-total", column)[:MOST_IN_A_REPORT]
    return [(name or _("not named by the browser"), number) for name, number in found]


# --- In a period ------------------------------------------------------------------------------


def in_period(period: Period) -> QuerySet:
    """What was counted from the first to the last day."""
    return Readings.objects.filter(day__range=period)


def by_month(rows: QuerySet, period: Period) -> list[tuple[str, int]]:
    """Month by month, those without a reading, too."""
    months = rows.filter(day__range=period).annotate(month=TruncMonth("day"))
    found = dict(_sums(months, "month"))
    return [(date_format(month, "M y"), found.get(month, 0)) for month in period.months]


def by_outlet(rows: QuerySet) -> list[tuple[str, int]]:
    """The outlets that hold the grants, the most read first; nobody's name where there is none."""
    found = _sums(rows, "pixel__grant__licensee_outlet").order_by("-total")
    return [(name or _("without an outlet"), number) for name, number in found[:MOST_IN_A_REPORT]]


def by_article(rows: QuerySet) -> list[tuple[str, int]]:
    """The articles, the most read first."""
    columns_of_it = ["pixel__article", "pixel__article__headline"]
    sums = rows.order_by().values_list(*columns_of_it).annotate(total=Sum("number"))
    found = sums.order_by("-total", "pixel__article")[:MOST_IN_A_REPORT]
    return [(headline, number) for _key, headline, number in found]


def by_host(rows: QuerySet) -> list[tuple[str, int]]:
    """Where the copies were read, as browsers say it."""
    return _by(rows, "host")


def drawn(found: list[tuple[str, int]]) -> Plot:
    """The first few as bars."""
    return bars((name, number, f"{number:,}") for name, number in found[:MOST_NAMED])


def today() -> date:
    """The day of the house."""
    return timezone.localdate()
