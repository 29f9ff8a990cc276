"""What the desk did in a time: how fast, how often yes, for how much. Counted by the database.

Days are days of the calendar: asked on Monday and answered on Wednesday is two days.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.ages import BANDS
from licensing.models import (
    GrantedArticle,
    Invoice,
    PermissionRequest,
    PermissionRequestEvent,
    RequestStatus,
)
from licensing.models.clearance import day_begins
from licensing.places import country_name
from licensing.rights.questions import ASKABLE
from licensing.rights.vocabulary import Use
from licensing.wording import use_name

# How a request can have ended; what was merged or goes on elsewhere is none of these.
OUTCOMES = (
    RequestStatus.GRANTED,
    RequestStatus.DECLINED,
    RequestStatus.REFERRED,
    RequestStatus.WITHDRAWN,
    RequestStatus.LAPSED,
)


class Period(NamedTuple):
    """From ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return day_begins(self.first), day_begins(self.last + timedelta(days=1))

    @property
    def months(self) -> list[date]:
        """The first days of all its months."""
        found, month = [], self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return found


class AnswerTime(NamedTuple):
    """How long those answered in a month had waited; ``None`` where nobody was answered."""

    month: date
    count: int
    median: int | None
    ninety: int | None


class Fee(NamedTuple):
    """What was billed, less what was cancelled, without tax."""

    label: str
    currency: str
    bills: int
    net: Decimal


def answer_times(period: Period) -> list[AnswerTime]:
    """Month by month how long the first answer took: for half of them, and for nine in ten."""
    since, until = period.moments
    waited = ExpressionWrapper(
        TruncDate("answered_at") - TruncDate("received_at"), output_field=DurationField()
    )
    rows = (
        PermissionRequest.objects.by_hand()
        .filter(answered_at__gte=since, answered_at__lt=until)
        .exclude(received_at=None)
        .annotate(month=TruncMonth("answered_at"), waited=waited)
        .order_by()
        .values("month", "waited")
        .annotate(count=Count("pk"))
    )
    by_month: dict[date, dict[int, int]] = {}
    for row in rows:
        days = by_month.setdefault(_month(row["month"]), {})
        days[row["waited"].days] = days.get(row["waited"].days, 0) + row["count"]
    return [_answer_time(month, by_month.get(month, {})) for month in period.months]


def _month(moment) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _answer_time(month: date, days: dict[int, int]) -> AnswerTime:
    return AnswerTime(month, sum(days.values()), _reached(days, 50), _reached(days, 90))


def _reached(days: dict[int, int], percent: int) -> int | None:
    """The least number of days within which so many percent were answered."""
    total, so_far = sum(days.values()), 0
    for number, count in sorted(days.items()):
        so_far += count
        if so_far * 100 >= total * percent:
            return number
    return None


def settled(period: Period) -> QuerySet:
    """The requests settled in ``period``, each with its ``outcome``, whatever became of it since.

    One that was closed for good ended as it stood before.
    """
    since, until = period.moments
    ends = PermissionRequestEvent.objects.filter(
        permission_request=OuterRef("pk"), to_status__in=OUTCOMES
    )
    return (
        PermissionRequest.objects.by_hand()
        .filter(settled_at__gte=since, settled_at__lt=until)
        .annotate(outcome=Subquery(ends.order_by("-number").values("to_status")[:1]))
        .exclude(outcome=None)
        .order_by()
    )


def outcomes_by_month(period: Period) -> list[tuple[date, dict[str, int]]]:
    """Month by month how many ended in which way."""
    rows = (
        settled(period)
        .annotate(month=TruncMonth("settled_at"))
        .values("month", "outcome")
        .annotate(count=Count("pk"))
    )
    found: dict[date, dict[str, int]] = {month: {} for month in period.months}
    for row in rows:
        found[_month(row["month"])][row["outcome"]] = row["count"]
    return list(found.items())


def grant_rate(counts: dict[str, int]) -> int | None:
    """Of a hundred that were decided by us, how many were granted; ``None`` where none was."""
    granted = counts.get(RequestStatus.GRANTED, 0)
    decided = granted + counts.get(RequestStatus.DECLINED, 0)
    return round(100 * granted / decided) if decided else None


def outcomes_by_use(period: Period) -> list[tuple[str, dict[str, int]]]:
    """Use by use how many ended in which way; a use that nobody asked for is left out."""
    rows = settled(period).values("use", "outcome").annotate(count=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["use"], {})[row["outcome"]] = row["count"]
    return [(use_name(use), found[use]) for use in ASKABLE if use in found]


def open_by_age(*, on: date) -> list[tuple[str, int]]:
    """How long what is open has been with us, from the newest to the oldest."""
    counts = {f"from_{band.first}": Count("pk", filter=band.received(on=on)) for band in BANDS}
    found = PermissionRequest.objects.open().aggregate(**counts)
    return [(band.label, found[f"from_{band.first}"]) for band in BANDS]


# --- Money ------------------------------------------------------------------------------------


def billed(period: Period) -> QuerySet:
    """Bills of ``period``, and the credit notes that take some of them back."""
    since, until = period.moments
    return Invoice.objects.filter(issued_at__gte=since, issued_at__lt=until).order_by()


def fees_by_use(period: Period) -> list[Fee]:
    rows = _summed(billed(period).values("currency", by=F("permission_request__use")))
    return _fees((use_name(Use(row["by"])), row) for row in rows)


def fees_by_month(period: Period) -> list[tuple[date, str, Decimal]]:
    """Month, currency, and what was billed in it; the oldest month first."""
    rows = billed(period).annotate(month=TruncMonth("issued_at")).values("month", "currency")
    found = rows.annotate(net=Sum("net")).order_by("month", "currency")
    return [(_month(row["month"]), row["currency"], row["net"]) for row in found]


def fees_by_territory(period: Period) -> list[Fee]:
    """By the country of a licence where it is for one, else as several or the whole world."""
    rows = _summed(billed(period).values("currency", by=F("grant__particulars__territories")))
    return _fees((_territory(row["by"]), row) for row in rows)


def _territory(countries) -> str:
    if not countries:
        return _("The whole world, or not said")
    return country_name(countries[0]) if len(countries) == 1 else _("Several countries")


def fees_by_publication(period: Period) -> list[Fee]:
    """By the publication of the first article of the licence."""
    first = GrantedArticle.objects.filter(grant=OuterRef("grant")).order_by("position", "pk")
    rows = billed(period).annotate(by=Subquery(first.values("article__publication__name")[:1]))
    return _fees((row["by"] or "—", row) for row in _summed(rows.values("currency", "by")))


def _summed(rows: QuerySet) -> QuerySet:
    return rows.annotate(net=Sum("net"), bills=Count("pk", filter=Q(cancels=None)))


def _fees(rows: Iterable[tuple[str, dict]]) -> list[Fee]:
    """Those of one label and currency together, the largest first."""
    found: dict[tuple[str, str], Fee] = {}
    for label, row in rows:
        key = (label, row["currency"])
        before = found.get(key, Fee(*key, 0, Decimal(0)))
        found[key] = Fee(*key, before.bills + row["bills"], before.net + row["net"])
    return sorted(found.values(), key=lambda fee: (fee.currency, -fee.net, fee.label))
