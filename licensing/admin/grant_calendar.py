"""The calendar of ends: which licences and clearances end in the months to come."""

from datetime import date, timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from licensing.models import Clearance, Grant
from licensing.plots import columns

# This month and the twelve after it, so that what was given for a year today is seen.
MONTHS = 13
MOST_SHOWN = 600


class GrantCalendarMixin(admin.ModelAdmin):
    """Adds the page that looks a year ahead."""

    def get_urls(self):
        view = never_cache(self.admin_site.admin_view(self.calendar_view))
        return [path("calendar/", view, name="licensing_grant_calendar"), *super().get_urls()]

    def calendar_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        sees_clearances = request.user.has_perm("licensing.view_clearance")
        months = calendar(on=timezone.localdate(), with_clearances=sees_clearances)
        series = [("one", _("Licences"), [len(month["grants"]) for month in months])]
        if sees_clearances:
            ends = [len(month["clearances"]) for month in months]
            series.append(("two", _("Clearances"), ends))
        labels = [date_format(month["first"], "M y") for month in months]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What ends when"),
            "months": months,
            "is_empty": not any(month["grants"] or month["clearances"] for month in months),
            "plot": columns(labels, series),
            "sees_clearances": sees_clearances,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/licensing/grant/calendar.html", context)


def calendar(*, on: date, with_clearances: bool) -> list[dict]:
    """The months from this one on, each with what ends in it, by day."""
    firsts = [on.replace(day=1)]
    while len(firsts) <= MONTHS:
        firsts.append((firsts[-1] + timedelta(days=32)).replace(day=1))
    until = firsts[-1] - timedelta(days=1)
    grants = Grant.objects.ending_between(on, until)
    rows = list(grants.order_by("valid_until", "pk")[:MOST_SHOWN])
    clearances: list[Clearance] = []
    if with_clearances:
        found = Clearance.objects.ending_by(until).filter(valid_until__gte=on)
        found = found.select_related("article", "author", "publication", "image")
        clearances = list(found.order_by("valid_until", "pk")[:MOST_SHOWN])
    return [
        {
            "first": first,
            "grants": [row for row in rows if _is_in(row.valid_until, first)],
            "clearances": [row for row in clearances if _is_in(row.valid_until, first)],
        }
        for first in firsts[:-1]
    ]


def _is_in(day: date, first: date) -> bool:
    return (day.year, day.month) == (first.year, first.month)
