"""The list of licences: whose, for what, until when; its filters, and the same as a spreadsheet."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from articles.models import Article
from cms.desks.admin import DeskMixin
from cms.desks.bulk import BulkMovesMixin
from cms.desks.filters import MenuFilter, RowFilter, choices_of
from licensing.models import Grant, GrantedArticle, GrantStatus
from licensing.money import FALLBACK, formatted
from licensing.places import country_name
from licensing.rights import currencies
from licensing.rights.vocabulary import Use
from licensing.wording import use_name

OFFERED = {
    "status__exact",
    "use__exact",
    "is_exclusive__exact",
    "id__exact",
    "ends",
    "publication",
}
SOON = 30
SIGNS = {
    GrantStatus.PENDING_PAYMENT: "⧗",
    GrantStatus.ACTIVE: "✔",
    GrantStatus.EXPIRED: "■",
    GrantStatus.REVOKED: "⊘",
    GrantStatus.SUPERSEDED: "↷",
}


class EndsFilter(MenuFilter):
    """What ends soon, while it counts."""

    title = gettext_lazy("end")
    parameter_name = "ends"

    def lookups(self, request, model_admin):
        return [
            ("30", gettext_lazy("Within 30 days")),
            ("90", gettext_lazy("Within 90 days")),
            ("never", gettext_lazy("Without an end")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "never":
            return queryset.endless()
        if self.value() not in ("30", "90"):
            return queryset
        today = timezone.localdate()
        return queryset.ending_between(today, today + timedelta(days=int(self.value())))


class ExclusiveFilter(MenuFilter):
    """Those that shut others out, and those that do not."""

    title = gettext_lazy("exclusive")
    parameter_name = "is_exclusive__exact"

    def lookups(self, request, model_admin):
        return [("1", gettext_lazy("Yes")), ("0", gettext_lazy("No"))]

    def queryset(self, request, queryset):
        return queryset.filter(is_exclusive=self.value() == "1") if self.value() else queryset


class GrantedPublicationFilter(RowFilter):
    """The publication of an article that is licensed."""

    title = gettext_lazy("publication")
    parameter_name = "publication"

    def field_of(self, model):
        return Article._meta.get_field("publication")

    def narrowed(self, queryset, row):
        article = Article.objects.filter(pk=OuterRef("article"), publication=row)
        rows = GrantedArticle.objects.filter(Exists(article), grant=OuterRef("pk"))
        return queryset.filter(Exists(rows))


class GrantListMixin(DeskMixin, BulkMovesMixin):
    """The list and what it is narrowed down by."""

    change_list_template = "admin/licensing/grant/change_list.html"
    list_display = ["licence", "licensee_shown", "given_for", "days", "price"]
    list_filter = [
        choices_of("status"),
        choices_of("use"),
        ExclusiveFilter,
        EndsFilter,
        GrantedPublicationFilter,
    ]
    show_facets = admin.ShowFacets.NEVER
    sortable_by: tuple[str, ...] = ()
    search_numbers = ("number", "permission_request__number")
    search_fields = [
        "number",
        "licensee_name",
        "licensee_outlet",
        "granted__headline",
        "permission_request__number",
    ]
    search_help_text = gettext_lazy("Number of a licence or request, licensee, outlet, headline.")
    actions = None
    bulk_moves = ("revoke",)

    def get_queryset(self, request):
        granted = GrantedArticle.objects.order_by("position", "pk")
        rows = Grant.objects.select_related("permission_request")
        return rows.prefetch_related(Prefetch("granted", granted)).order_by("-issued_at", "-pk")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Licences"), **(extra_context or {})})

    def lookup_allowed(self, lookup, value, request):
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("Licence"))
    def licence(self, grant):
        return format_html("{}{}", grant.number, state(grant))

    @admin.display(description=gettext_lazy("Licensee"))
    def licensee_shown(self, grant):
        country = country_name(grant.licensee_country) if grant.licensee_country else ""
        return format_html(
            "{}<small>{}</small><small>{}</small>",
            grant.licensee_outlet or grant.licensee_name,
            grant.licensee_name if grant.licensee_outlet else "",
            country,
        )

    @admin.display(description=gettext_lazy("For what"))
    def given_for(self, grant):
        headlines = [row.headline for row in grant.granted.all()]
        shown = format_html_join("", "<li>{}</li>", ((one,) for one in headlines[:2]))
        left = len(headlines) - 2
        return format_html(
            '<span class="use">{} {}</span><ul class="headlines">{}</ul><small>{}</small>',
            use_name(Use(grant.use)),
            exclusive_mark(grant),
            shown,
            ngettext("and %d more", "and %d more", left) % left if left > 0 else "",
        )

    @admin.display(description=gettext_lazy("Days"))
    def days(self, grant):
        first = date_format(grant.valid_from, "SHORT_DATE_FORMAT")
        last = (
            date_format(grant.valid_until, "SHORT_DATE_FORMAT")
            if grant.valid_until
            else _("without an end")
        )
        return format_html("{} – {}{}", first, last, ends_mark(grant))

    @admin.display(description=gettext_lazy("Fee"))
    def price(self, grant):
        return fee_in_words(grant)

    sheet = [
        (gettext_lazy("Number"), lambda grant: grant.number),
        (gettext_lazy("Status"), lambda grant: grant.get_status_display()),
        (gettext_lazy("Request"), lambda grant: grant.permission_request.number),
        (gettext_lazy("Use"), lambda grant: use_name(Use(grant.use))),
        (
            gettext_lazy("Articles"),
            lambda grant: "; ".join(row.headline for row in grant.granted.all()),
        ),
        (gettext_lazy("Licensee"), lambda grant: grant.licensee_name),
        (gettext_lazy("Outlet"), lambda grant: grant.licensee_outlet),
        (gettext_lazy("Country"), lambda grant: grant.licensee_country),
        (gettext_lazy("First day"), lambda grant: grant.valid_from),
        (gettext_lazy("Last day"), lambda grant: grant.valid_until),
        (gettext_lazy("Exclusive"), lambda grant: _("Yes") if grant.is_exclusive else _("No")),
        (gettext_lazy("Fee"), lambda grant: _amount(grant)),
        (gettext_lazy("Currency"), lambda grant: grant.currency),
    ]


def _amount(grant: Grant):
    return currencies.money(grant.fee, grant.currency).amount if grant.currency else 0


def state(grant):
    """The status with its sign."""
    return format_html(
        '<span class="status grant-{}"><span aria-hidden="true">{}</span> {}</span>',
        grant.status,
        SIGNS[grant.status],
        grant.get_status_display(),
    )


def exclusive_mark(grant):
    return (
        format_html('<span class="exclusive">{}</span>', _("exclusive"))
        if (grant.is_exclusive)
        else ""
    )


def ends_mark(grant):
    """“ends in 12 days”, where it counts and ends soon."""
    if grant.status != GrantStatus.ACTIVE or grant.valid_until is None:
        return ""
    left = (grant.valid_until - timezone.localdate()).days
    if not 0 <= left <= SOON:
        return ""
    said = ngettext("ends in %d day", "ends in %d days", left) % left if left else _("ends today")
    return format_html('<span class="mark mark-today">! {}</span>', said)


def fee_in_words(grant) -> str:
    if not grant.fee:
        return _("Free of charge")
    return formatted(grant.money, get_language() or FALLBACK)
