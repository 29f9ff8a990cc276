"""Hosts that fetched a counting pixel, of which nobody told us the address; and how often copies
are read.
"""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery, Sum
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.choosers import is_key
from cms.workflows.actions import NotYours
from licensing.actions import counting
from licensing.admin.crosspost_forms import AddressForm
from licensing.admin.request_reports import PeriodForm, asked_period
from licensing.copies import figures
from licensing.models import Readings, Sighting

MOST_SHOWN = 100
# The usual period is the last twelve months and what has passed of this one.
THIRTEEN_MONTHS = timedelta(days=396)


class ReadingsForm(PeriodForm):
    """From when to when, not longer: each day of each copy has rows of its own."""

    longest, too_long = THIRTEEN_MONTHS, gettext_lazy("At most thirteen months, please.")


class SightingsMixin(admin.ModelAdmin):
    """Pages beside the list of copies."""

    def get_urls(self):
        return [
            self.desk_path("seen/", self.seen_view, "seen"),
            self.desk_path("seen/<str:key>/enter/", self.seen_enter_view, "seen_enter"),
            self.desk_path("seen/<str:key>/dismiss/", self.seen_dismiss_view, "seen_dismiss"),
            self.desk_path("readings/", self.readings_view, "readings"),
            *super().get_urls(),
        ]

    def seen_view(self, request):
        """Where copies seem to stand, the newest first, with what was read there."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = list(open_sightings()[: MOST_SHOWN + 1])
        return self.page_of_case(
            request,
            None,
            "seen",
            title=_("Copies that nobody told us of"),
            rows=rows[:MOST_SHOWN],
            is_cut=len(rows) > MOST_SHOWN,
            may_enter=self.has_add_permission(request),
            may_dismiss=self.has_change_permission(request),
        )

    def _sighting(self, key: str) -> Sighting:
        """The row, or 404: also once its address was told."""
        rows = Sighting.objects.select_related("pixel__article", "pixel__grant")
        row = rows.filter(pk=key).first() if is_key(key) else None
        if row is None:
            raise Http404
        return row

    def seen_enter_view(self, request, key):
        """GET asks for the address, with the host filled in; POST enters the copy."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        row = self._sighting(key)
        start = {"url": f"https://{row.host}/"}
        form = AddressForm(request.POST if request.method == "POST" else None, initial=start)
        if form.is_valid():
            try:
                copy, is_new = counting.enter_sighting(
                    row, url=form.cleaned_data["url"], by=request.user
                )
            except NotYours as refusal:
                raise PermissionDenied from refusal
            except ValidationError as fault:
                form.add_error(None, fault.messages)
            else:
                self.told_of(request, copy, is_new=is_new)
                return HttpResponseRedirect(copy.get_admin_url())
        title = _("A copy seems to stand at %(host)s") % {"host": row.host}
        return self.page_of_case(
            request,
            None,
            "seen_enter",
            title=title,
            form=form,
            sighting=row,
            start=start["url"],
            back=reverse("admin:licensing_crosspost_seen"),
        )

    def seen_dismiss_view(self, request, key):
        """POST alone takes it off the list."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self._sighting(key)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            counting.dismiss(row, by=request.user)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        messages.success(request, _("%(host)s is no longer shown here.") % {"host": row.host})
        return HttpResponseRedirect(reverse("admin:licensing_crosspost_seen"))

    def readings_view(self, request):
        """In a period: month by month, by outlet, by article, by host."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form, period = asked_period(request.GET, ReadingsForm)
        rows = figures.in_period(period)
        months = figures.by_month(rows, period)
        total = sum(number for _month, number in months)
        parts = [
            ("outlets", _("By outlet"), _("Outlet"), figures.by_outlet(rows)),
            ("articles", _("By article"), _("Article"), figures.by_article(rows)),
            ("hosts", _("By host"), _("Host"), figures.by_host(rows)),
        ]
        return self.page_of_case(
            request,
            None,
            "readings",
            title=_("How often copies are read"),
            form=form,
            total=total,
            months=months,
            plot=figures.columns(
                [label for label, _number in months],
                [("one", _("Readings"), [number for _label, number in months])],
            ),
            parts=[
                {"name": name, "title": title, "head": head, "rows": found}
                | {"plot": figures.drawn(found)}
                for name, title, head, found in parts
                if found
            ],
        )


def open_sightings():
    """Those that wait for somebody to look, with how often the copy was read there."""
    read = Readings.objects.filter(pixel=OuterRef("pixel"), host=OuterRef("host"))
    total = read.order_by().values("pixel").annotate(total=Sum("number")).values("total")
    rows = Sighting.objects.open().select_related("pixel__article", "pixel__grant")
    rows = rows.defer("pixel__article__body").annotate(total=Subquery(total))
    return rows.order_by("-first_at", "-pk")
