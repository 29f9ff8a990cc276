"""The page of reports: a period, plots drawn by the server, each with its table and as CSV."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from moneyed import Money

from cms.desks.sheets import csv_response
from cms.moments import DayInput, validate_moment
from licensing import reports
from licensing.models import RequestStatus
from licensing.money import FALLBACK, formatted
from licensing.plots import Plot, bars, columns
from licensing.reports import OUTCOMES, Fee, Period
from licensing.rights import currencies

A_YEAR = timedelta(days=364)
LONGEST = timedelta(days=366 * 5)


class PeriodForm(forms.Form):
    """From when to when, five years at most."""

    longest, too_long = LONGEST, gettext_lazy("At most five years, please.")

    since = forms.DateField(
        label=gettext_lazy("From"), widget=DayInput(), validators=[validate_moment]
    )
    until = forms.DateField(
        label=gettext_lazy("To"), widget=DayInput(), validators=[validate_moment]
    )

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It ends before it begins."))
        elif since and until and until - since > self.longest:
            self.add_error("since", self.too_long)
        return cleaned


class Report(NamedTuple):
    """One report: its figures as a table, and as a plot where there are any."""

    name: str
    title: str
    explanation: str
    header: list[str]
    # As people read them, and as a spreadsheet does.
    rows: list[list[str]]
    cells: list[list]
    plots: list[tuple[str, Plot]]


class RequestReportsMixin(admin.ModelAdmin):
    """Adds the page of reports and its files."""

    def get_urls(self):
        def page(pattern: str, view, name: str):
            return path(
                pattern,
                never_cache(self.admin_site.admin_view(view)),
                name=f"licensing_permissionrequest_{name}",
            )

        return [
            page("reports/", self.reports_view, "reports"),
            page("reports/<slug:name>.csv", self.report_csv_view, "report_csv"),
            *super().get_urls(),
        ]

    def reports_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        form, period = asked_period(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Reports"),
            "form": form,
            "reports": [make(period) for make in REPORTS.values()],
            "query": f"since={period.first}&until={period.last}",
            "media": self.media,
        }
        template = "admin/licensing/permissionrequest/reports.html"
        return TemplateResponse(request, template, context)

    def report_csv_view(self, request, name):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if name not in REPORTS:
            raise Http404
        _form, period = asked_period(request.GET)
        report = REPORTS[name](period)
        return csv_response(f"{name}-{period.first}-{period.last}", report.header, report.cells)


def asked_period(query, form_class=PeriodForm) -> tuple[PeriodForm, Period]:
    """The period that was asked for; the last twelve months where none was, or none that is one."""
    today = timezone.localdate()
    usual = Period((today - A_YEAR).replace(day=1), today)
    if not query:
        return form_class(initial={"since": usual.first, "until": usual.last}), usual
    form = form_class(query)
    if not form.is_valid():
        return form, usual
    return form, Period(form.cleaned_data["since"], form.cleaned_data["until"])


def _month(first: date) -> str:
    return date_format(first, "M y")


def _or_none(value) -> str:
    return "—" if value is None else str(value)


def _answer_times(period: Period) -> Report:
    found = reports.answer_times(period)
    names = [_("Half were answered within"), _("Nine in ten within")]
    plots = []
    if any(one.count for one in found):
        drawn = columns(
            [_month(one.month) for one in found],
            [
                ("one", names[0], [one.median for one in found]),
                ("two", names[1], [one.ninety for one in found]),
            ],
        )
        plots = [(_("Days"), drawn)]
    header = [_("Month"), _("Answered"), f"{names[0]} ({_('days')})", f"{names[1]} ({_('days')})"]
    return Report(
        "answer-time",
        _("Answer time"),
        _("Days of the calendar from receipt to the first quote, grant or no."),
        header,
        [
            [_month(one.month), str(one.count), _or_none(one.median), _or_none(one.ninety)]
            for one in found
        ],
        [[one.month.isoformat(), one.count, one.median, one.ninety] for one in found],
        plots,
    )


def _grant_rate(period: Period) -> Report:
    found = reports.outcomes_by_month(period)
    rates = [reports.grant_rate(counts) for _first, counts in found]
    plots = []
    if any(counts for _first, counts in found):
        labels = [_month(first) for first, _counts in found]
        plots = [(_("Percent"), columns(labels, [("one", _("Granted"), rates)], top=100))]
    statuses = [RequestStatus(one) for one in OUTCOMES]
    figures = [[counts.get(one, 0) for one in OUTCOMES] for _first, counts in found]
    return Report(
        "grant-rate",
        _("Grant rate"),
        _("Of what we decided in a month, granted or declined, how much was granted."),
        [_("Month"), *(str(one.label) for one in statuses), _("Granted, in percent")],
        [
            [_month(first), *map(str, counted), _or_none(rate)]
            for (first, _counts), counted, rate in zip(found, figures, rates, strict=True)
        ],
        [
            [first.isoformat(), *counted, rate]
            for (first, _counts), counted, rate in zip(found, figures, rates, strict=True)
        ],
        plots,
    )


def _open_by_age(period: Period) -> Report:
    found = reports.open_by_age(on=timezone.localdate())
    is_empty = not any(count for _label, count in found)
    return Report(
        "open-by-age",
        _("Open today, by age"),
        _("Whatever period is chosen: what is open now, since it was received."),
        [_("Age"), _("Open")],
        [[label, str(count)] for label, count in found],
        [[label, count] for label, count in found],
        [] if is_empty else [("", bars((label, count, str(count)) for label, count in found))],
    )


def _by_use(period: Period) -> Report:
    found = reports.outcomes_by_use(period)
    totals = [(use, sum(counts.values())) for use, counts in found]
    statuses = [RequestStatus(one) for one in OUTCOMES]
    figures = [[use, *(counts.get(one, 0) for one in OUTCOMES)] for use, counts in found]
    return Report(
        "uses",
        _("Requests by use and outcome"),
        _("What was settled in this period, by what was asked for and how it ended."),
        [_("Use"), *(str(one.label) for one in statuses)],
        [[str(one) for one in row] for row in figures],
        figures,
        [("", bars((use, count, str(count)) for use, count in totals))] if totals else [],
    )


def _money_report(
    name: str, title, by: str, found: Callable[[Period], list[Fee]]
) -> Callable[[Period], Report]:
    """A report of fees; one plot for each currency, because sums of two are no sum."""

    def made(period: Period) -> Report:
        fees = found(period)
        plots = [
            (
                code,
                bars(
                    (fee.label, float(fee.net), _money(fee)) for fee in fees if fee.currency == code
                ),
            )
            for code in sorted({fee.currency for fee in fees})
        ]
        return Report(
            name,
            str(title),
            _("Billed in this period less what was cancelled, without tax."),
            [str(by), _("Currency"), _("Invoices"), _("Billed, net")],
            [[fee.label, fee.currency, str(fee.bills), _money(fee)] for fee in fees],
            [
                [fee.label, fee.currency, fee.bills, currencies.money(fee.net, fee.currency).amount]
                for fee in fees
            ],
            plots,
        )

    return made


def _money(fee: Fee) -> str:
    return formatted(Money(fee.net, fee.currency), get_language() or FALLBACK)


REPORTS: dict[str, Callable[[Period], Report]] = {
    "answer-time": _answer_times,
    "grant-rate": _grant_rate,
    "open-by-age": _open_by_age,
    "uses": _by_use,
    "fees-by-use": _money_report(
        "fees-by-use", gettext_lazy("Fees by use"), gettext_lazy("Use"), reports.fees_by_use
    ),
    "fees-by-territory": _money_report(
        "fees-by-territory",
        gettext_lazy("Fees by territory"),
        gettext_lazy("Territory"),
        reports.fees_by_territory,
    ),
    "fees-by-publication": _money_report(
        "fees-by-publication",
        gettext_lazy("Fees by publication"),
        gettext_lazy("Publication of the first article"),
        reports.fees_by_publication,
    ),
}
