"""The list of copies: where each stands, in what state, since when; and what it is narrowed by."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.desks.admin import DeskMixin
from cms.desks.filters import MenuFilter, RowFilter, YesFilter, choices_of
from cms.text import legible
from licensing.compliance.failures import sentence
from licensing.compliance.findings import due, from_json
from licensing.models import Crosspost, CrosspostCheck, CrosspostStatus
from licensing.wording import said

SIGNS = {
    CrosspostStatus.DECLARED: "○",
    CrosspostStatus.VERIFIED: "✔",
    CrosspostStatus.NON_COMPLIANT: "!",
    CrosspostStatus.RESOLVED: "↺",
    CrosspostStatus.GONE: "■",
}
# Hosts of the copies told of last are offered; any other may be asked for by its name.
LATEST, MOST_HOSTS = 500, 30
LONGEST_HOST = 255
OFFERED = {
    *("status__exact", "found_by__exact", "host", "article", "grant", "due", "id__exact"),
}


class HostFilter(MenuFilter):
    """The copies on one host."""

    title = gettext_lazy("host")
    parameter_name = "host"

    def lookups(self, request, model_admin):
        newest = Crosspost.objects.order_by("-declared_at", "-pk").values_list("host", flat=True)
        found = dict.fromkeys(newest[:LATEST])
        hosts = sorted(list(found)[:MOST_HOSTS])
        asked = legible(request.GET.get(self.parameter_name, "")).strip().lower()[:LONGEST_HOST]
        return [(host, host) for host in dict.fromkeys([*hosts, *filter(None, [asked])])]

    def queryset(self, request, queryset):
        return queryset.filter(host=self.value()) if self.value() else queryset


class DueFilter(YesFilter):
    """What the clock looks at next."""

    title = gettext_lazy("looks")
    parameter_name = "due"
    label = gettext_lazy("Waits for a look")

    def narrowed(self, queryset, request):
        return queryset.filter(next_check_at__lte=timezone.now())


class ArticleFilter(RowFilter):
    """The copies of one article."""

    title = gettext_lazy("article")
    parameter_name = "article"

    def field_of(self, model):
        return model._meta.get_field("article")

    def narrowed(self, queryset, row):
        return queryset.filter(article=row)


class GrantFilter(RowFilter):
    """The copies under one licence."""

    title = gettext_lazy("grant")
    parameter_name = "grant"

    def field_of(self, model):
        return model._meta.get_field("grant")

    def narrowed(self, queryset, row):
        return queryset.filter(grant=row)


class CrosspostListMixin(DeskMixin):
    """The list and what it is narrowed down by."""

    change_list_template = "admin/licensing/crosspost/change_list.html"
    list_display = ["copy", "where", "state", "last_look", "next_look"]
    list_filter = [
        choices_of("status"),
        choices_of("found_by"),
        HostFilter,
        ArticleFilter,
        GrantFilter,
        DueFilter,
    ]
    show_facets = admin.ShowFacets.NEVER
    sortable_by: tuple[str, ...] = ()
    search_numbers = ("grant__number", "url", "host")
    search_fields = ["url", "outlet", "article__headline", "grant__number"]
    search_help_text = gettext_lazy("Address, host, outlet, headline, number of a licence.")
    actions = None

    def get_queryset(self, request):
        looks = CrosspostCheck.objects.filter(crosspost=OuterRef("pk")).order_by("-at", "-pk")
        rows = Crosspost.objects.select_related("article", "grant").defer("article__body")
        return rows.annotate(
            latest_failure=Subquery(looks.values("failure")[:1]),
            latest_findings=Subquery(looks.filter(failure="").values("findings")[:1]),
        ).order_by("-declared_at", "-pk")

    def changelist_view(self, request, extra_context=None):
        told = {
            "title": _("Copies elsewhere"),
            "seen_url": reverse("admin:licensing_crosspost_seen"),
            "readings_url": reverse("admin:licensing_crosspost_readings"),
        }
        return super().changelist_view(request, {**told, **(extra_context or {})})

    def lookup_allowed(self, lookup, value, request):
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("Copy of"))
    def copy(self, crosspost):
        return format_html(
            '<bdi lang="{}">{}</bdi>', crosspost.article.language, crosspost.article.headline
        )

    @admin.display(description=gettext_lazy("Where it stands"))
    def where(self, crosspost):
        number = crosspost.grant.number if crosspost.grant else _("without a licence")
        return format_html(
            '{}<small><bdi dir="ltr">{}</bdi></small><small>{} · {}</small>',
            crosspost.outlet or crosspost.host,
            shortened(crosspost.url),
            number,
            crosspost.get_found_by_display(),
        )

    @admin.display(description=gettext_lazy("Status"))
    def state(self, crosspost):
        number = len(due(from_json(crosspost.latest_findings or [])))
        is_amiss = number and crosspost.status == CrosspostStatus.NON_COMPLIANT
        words = ngettext("%d thing to put right", "%d things to put right", number) % number
        return format_html("{}<small>{}</small>", state(crosspost), words if is_amiss else "")

    @admin.display(description=gettext_lazy("Last look"))
    def last_look(self, crosspost):
        failure = crosspost.latest_failure
        return format_html(
            "{}<small>{}</small>",
            _day(crosspost.last_check_at) or _("none yet"),
            said(sentence(failure)) if failure else "",
        )

    @admin.display(description=gettext_lazy("Next look"))
    def next_look(self, crosspost):
        return next_look_in_words(crosspost)

    sheet = [
        (gettext_lazy("Address"), lambda row: row.url),
        (gettext_lazy("Host"), lambda row: row.host),
        (gettext_lazy("Outlet"), lambda row: row.outlet),
        (gettext_lazy("Article"), lambda row: row.article.headline),
        (gettext_lazy("Grant"), lambda row: row.grant.number if row.grant else ""),
        (gettext_lazy("Status"), lambda row: row.get_status_display()),
        (gettext_lazy("How found"), lambda row: row.get_found_by_display()),
        (gettext_lazy("Known since"), lambda row: row.declared_at),
        (gettext_lazy("Last look"), lambda row: row.last_check_at),
        (
            gettext_lazy("To put right"),
            lambda row: "; ".join(
                said(one.sentence) for one in due(from_json(row.latest_findings or []))
            ),
        ),
    ]


def shortened(url: str) -> str:
    """As much of an address as a list has room for."""
    return url if len(url) <= 80 else f"{url[:79]}…"


def state(crosspost):
    """The status with its sign."""
    return format_html(
        '<span class="status copy-{}"><span aria-hidden="true">{}</span> {}</span>',
        crosspost.status,
        SIGNS[crosspost.status],
        crosspost.get_status_display(),
    )


def next_look_in_words(crosspost) -> str:
    """A day, or that it is due, or that nobody looks any more."""
    when = crosspost.next_check_at
    if when is None:
        return _("nobody looks any more")
    return _("waits for the clock") if when <= timezone.now() else _day(when)


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""
