"""The figures of the rights desk on the first page: each a plot, and the same as a table."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from moneyed import Money

from cms.panels import Cell, Figures
from licensing import reports
from licensing.ages import ours_by_age
from licensing.models import Grant, GrantStatus, PermissionRequest, RequestStatus
from licensing.models.request import OPEN
from licensing.money import FALLBACK, formatted
from licensing.plots import bars, columns
from licensing.reports import Period
from licensing.rights.questions import ASKABLE
from licensing.wording import use_name

TEMPLATE = "admin/licensing/permissionrequest/_plot.html"
MONTHS = 6


def waiting_by_age(*, at: datetime) -> Figures:
    """What waits for us, by age; of each band what is past the day we promised."""
    found = ours_by_age(on=timezone.localdate(at))
    series = [
        ("one", _("In time"), [total - late for _band, total, late in found]),
        ("late", _("Late"), [late for _band, _total, late in found]),
    ]
    return Figures(
        "ages",
        "",
        [_("Age"), _("Ours to do"), _("Late")],
        [
            [
                Cell(band.label),
                _count(total, "permissionrequest", turn="ours", age=band.first),
                _count(late, "permissionrequest", turn="ours", age=band.first, late=1),
            ]
            for band, total, late in found
        ],
        TEMPLATE,
        columns([_short(band) for band, _total, _late in found], series)
        if any(total for _band, total, _late in found)
        else None,
        _("Days since each was received."),
    )


def _short(band) -> str:
    return f"{band.first}–{band.last}" if band.last is not None else f"{band.first}+"


def requests_by_state() -> Figures:
    """What is open, by how far it has come."""
    rows = PermissionRequest.objects.open().order_by().values("status").annotate(count=Count("pk"))
    numbers = {row["status"]: row["count"] for row in rows}
    found = [(RequestStatus(one), numbers.get(one, 0)) for one in OPEN]
    return Figures(
        "states",
        _("Open requests, by state"),
        [_("State"), _("Requests")],
        [
            [
                Cell(str(status.label)),
                _count(number, "permissionrequest", turn="all", status__exact=status.value),
            ]
            for status, number in found
        ],
        TEMPLATE,
        bars((str(status.label), number, str(number)) for status, number in found)
        if numbers
        else None,
    )


def answer_time(*, at: datetime) -> Figures:
    """For how long those had waited who were answered, month by month."""
    found = reports.answer_times(_months(at))
    names = [_("Half were answered within"), _("Nine in ten within")]
    series = [
        ("one", names[0], [one.median for one in found]),
        ("two", names[1], [one.ninety for one in found]),
    ]
    return Figures(
        "answers",
        _("Answer time, in days"),
        [_("Month"), *names],
        [
            [Cell(_month(one.month)), Cell(_or_none(one.median)), Cell(_or_none(one.ninety))]
            for one in found
        ],
        TEMPLATE,
        columns([_month(one.month) for one in found], series)
        if any(one.count for one in found)
        else None,
        _("From receipt to the first quote, grant or no."),
        _("All figures"),
        reverse("admin:licensing_permissionrequest_reports"),
    )


def grants_by_use() -> Figures:
    """Which uses are licensed now."""
    active = Grant.objects.filter(status=GrantStatus.ACTIVE).order_by()
    numbers = {row["use"]: row["count"] for row in active.values("use").annotate(count=Count("pk"))}
    found = [(use, numbers[use]) for use in ASKABLE if use in numbers]
    return Figures(
        "uses",
        _("Active licences, by use"),
        [_("Use"), _("Licences")],
        [
            [
                Cell(use_name(use)),
                _count(number, "grant", use__exact=use.value, status__exact="active"),
            ]
            for use, number in found
        ],
        TEMPLATE,
        bars((use_name(use), number, str(number)) for use, number in found) if found else None,
    )


def fees(*, at: datetime) -> Figures:
    """What was billed, month by month; of several currencies the table tells, the plot the first.

    Sums of two currencies are no sum.
    """
    period = _months(at)
    found = reports.fees_by_month(period)
    totals: dict[str, dict[date, float]] = {}
    for month, currency, net in found:
        # More taken back than billed is no bar.
        totals.setdefault(currency, {})[month] = max(0.0, float(net))
    # The currency in which most months were billed.
    most = max(totals, key=lambda code: (len(totals[code]), code), default="")
    series = [("one", most, [totals[most].get(month) for month in period.months])] if most else []
    return Figures(
        "fees",
        _("Fees billed each month, in %(currency)s") % {"currency": most}
        if most
        else _("Fees billed each month"),
        [_("Month"), _("Billed, net")],
        [[Cell(_month(month)), Cell(_money(net, code))] for month, code, net in found],
        TEMPLATE,
        columns([_month(month) for month in period.months], series) if series else None,
        _("Less what was cancelled, without tax."),
        _("All figures"),
        reverse("admin:licensing_permissionrequest_reports"),
    )


def _months(at: datetime) -> Period:
    today = timezone.localdate(at)
    first = today.replace(day=1)
    for _back in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return Period(first, today)


def _month(first: date) -> str:
    return date_format(first, "M y")


def _or_none(value) -> str:
    return "—" if value is None else str(value)


def _money(net, currency: str) -> str:
    return formatted(Money(net, currency), get_language() or FALLBACK)


def _count(number: int, model: str, **asked) -> Cell:
    """A figure that leads to its rows, where there are any."""
    address = reverse(f"admin:licensing_{model}_changelist")
    return Cell(str(number), f"{address}?{urlencode(asked)}" if number else "")
