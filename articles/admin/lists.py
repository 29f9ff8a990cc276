"""The list of articles: its columns, what it is narrowed by, what it finds, what it gives away.

The names of the parameters are relied on by links elsewhere: ``status__exact``, ``language``,
``origin``, ``author``, ``publication``, ``region``, ``theme``, ``report``, ``by``, ``mine``,
``scheduled``, ``published``.
"""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.admin import desk_filters
from articles.admin.sorting import SortingMixin
from articles.models import Article, Author, Byline, Publication, ReportEntry, UnsavedWork
from articles.search import search
from cms.choosers import is_key
from cms.desks.admin import DeskMixin
from cms.desks.filters import DayFilter, MenuFilter, RowFilter, YesFilter, choices_of
from cms.text import comma

# The questions that the list's own filters ask; one more app asks by way of ``id__exact``.
OFFERED = {
    "id__exact",
    "author",
    "by",
    "language",
    "mine",
    "origin",
    "publication",
    "published",
    "region",
    "report",
    "scheduled",
    "status__exact",
    "theme",
    *desk_filters.ASKED,
}
# Names that are looked up before the articles that bear them.
MOST_NAMES = 50
MOST_COLLEAGUES = 200


class OriginFilter(MenuFilter):
    """Ours, or carried from elsewhere."""

    title = _("origin")
    parameter_name = "origin"

    def lookups(self, request, model_admin):
        return [("ours", _("Ours")), ("carried", _("First published elsewhere"))]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(originating_publication__isnull=self.value() == "ours")


class LanguageFilter(MenuFilter):
    """The languages there are articles in: each is looked for once in the index."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        named = languages.choices()
        asked = {
            f"in_{place}": Exists(Article.objects.filter(language=code))
            for place, (code, _name) in enumerate(named)
        }
        found = Article.objects.order_by("pk").annotate(**asked).values(*asked).first() or {}
        return [pair for place, pair in enumerate(named) if found.get(f"in_{place}")]

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class ScheduledFilter(YesFilter):
    """What has a date and waits for it."""

    title = _("schedule")
    parameter_name = "scheduled"
    label = _("Scheduled")

    def narrowed(self, queryset, request):
        return queryset.scheduled()


class MineFilter(YesFilter):
    """What I entered."""

    title = _("entered by")
    parameter_name = "mine"
    label = _("Mine")

    def narrowed(self, queryset, request):
        return queryset.filter(created_by=request.user)


class ColleagueFilter(MenuFilter):
    """Who entered it."""

    title = _("entered by")
    parameter_name = "by"

    def lookups(self, request, model_admin):
        if not request.user.has_perm("articles.view_every_article"):
            return []
        found = get_user_model().objects.filter(is_staff=True, is_active=True)
        named = found.order_by("last_name", "first_name", "username")[:MOST_COLLEAGUES]
        return [(str(user.pk), user.get_full_name() or user.get_username()) for user in named]

    def queryset(self, request, queryset):
        return queryset.filter(created_by=self.value()) if self.value() else queryset


class AuthorFilter(RowFilter):
    """Who signs it, in whichever role."""

    title = _("author")
    parameter_name = "author"

    def field_of(self, model):
        return Byline._meta.get_field("author")

    def narrowed(self, queryset, row):
        return queryset.by(row)


class PublicationFilter(RowFilter):
    """Where it appeared, or was first published."""

    title = _("publication")
    parameter_name = "publication"

    def field_of(self, model):
        return model._meta.get_field("publication")

    def narrowed(self, queryset, row):
        return queryset.of(row)


class RegionFilter(RowFilter):
    """The part of the world, with its parts."""

    title = _("region")
    parameter_name = "region"

    def field_of(self, model):
        return model._meta.get_field("regions")

    def narrowed(self, queryset, row):
        return queryset.in_region(row)


class ThemeFilter(RowFilter):
    """The matter, with those within it."""

    title = _("theme")
    parameter_name = "theme"

    def field_of(self, model):
        return model._meta.get_field("themes")

    def narrowed(self, queryset, row):
        return queryset.on_theme(row)


class ReportFilter(RowFilter):
    """The in-depth report."""

    title = _("in-depth report")
    parameter_name = "report"

    def field_of(self, model):
        return ReportEntry._meta.get_field("report")

    def narrowed(self, queryset, row):
        return queryset.linked(ReportEntry.objects.filter(report=row), "article")


class PublishedFilter(DayFilter):
    """The date that readers see."""

    title = _("published")
    parameter_name = "published"
    column = "published_at"


class ArticleListMixin(DeskMixin, SortingMixin):
    """The desk on which all articles lie."""

    list_display = ["headline", "state", "signed", "origin", "published_on", "saved_on"]
    list_filter = [
        choices_of("status"),
        LanguageFilter,
        OriginFilter,
        AuthorFilter,
        PublicationFilter,
        RegionFilter,
        ThemeFilter,
        ReportFilter,
        ColleagueFilter,
        MineFilter,
        ScheduledFilter,
        PublishedFilter,
        *desk_filters.FILTERS,
    ]
    # Each of these orders has an index.
    list_orders = {
        "state": ["status", "-updated_at", "-pk"],
        "published_on": ["published_at", "pk"],
        "saved_on": ["updated_at", "pk"],
        "headline": ["headline", "pk"],
    }
    sortable_by = ["headline", "state", "published_on", "saved_on"]
    ordering = ["-updated_at", "-pk"]
    actions = None
    bulk_moves = (
        "submit",
        "approve",
        "send_back",
        "schedule",
        "unschedule",
        "publish",
        "withdraw",
        "reinstate",
    )

    search_fields = ["headline"]
    search_numbers = ("slug",)
    search_help_text = _(
        "Headline, author, publication, or #number. Words of the headline are looked for in the "
        "20,000 articles entered last, and whole words in everything that is published."
    )

    # --- who may what ---

    def lookup_allowed(self, lookup, value, request):
        """What the list offers and no more: whoever may ask for beginnings can read any column."""
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    def may_share_filters(self, request):
        """The editors among themselves: a name says what they are after."""
        return request.user.has_perm("articles.edit_any_article")

    def changelist_view(self, request, extra_context=None):
        """Where somebody has not saved something, the list leads there."""
        has_unsaved = UnsavedWork.objects.filter(owner_id=request.user.pk).exists()
        return super().changelist_view(
            request, {"has_unsaved_work": has_unsaved, **(extra_context or {})}
        )

    # --- search ---

    def search_keys(self, request, queryset, term):
        """Beside headlines and numbers: who signs, where it appeared, the readers' own index."""
        if is_key(term.removeprefix("#")):
            return super().search_keys(request, queryset, term)
        plain = queryset.order_by("-pk")
        authors, outlets = (_named_so(model, term) for model in (Author, Publication))
        signed = Byline.objects.filter(author__in=authors, article=OuterRef("pk"))
        return [
            *super().search_keys(request, queryset, term),
            plain.filter(Exists(signed)).values_list("pk", flat=True) if authors else [],
            plain.filter(
                Q(publication__in=outlets) | Q(originating_publication__in=outlets)
            ).values_list("pk", flat=True)
            if outlets
            else [],
            self._of_the_readers(queryset, term),
        ]

    def _of_the_readers(self, queryset, term):
        live = queryset.live().order_by()
        return search(live, term, size=0, is_literal=True).keys

    # --- columns ---

    @admin.display(description=_("state"), ordering="status")
    def state(self, article):
        label = _("Scheduled") if article.is_scheduled() else article.get_status_display()
        return format_html('<span class="status status-{}">{}</span>', article.status, label)

    @admin.display(description=_("published"), ordering="published_at")
    def published_on(self, article):
        return _short(article.published_at)

    @admin.display(description=_("last saved"), ordering="updated_at")
    def saved_on(self, article):
        return _short(article.updated_at)

    @admin.display(description=_("signed by"))
    def signed(self, article):
        return signed_by(article) or "—"

    @admin.display(description=_("origin"))
    def origin(self, article):
        return article.originating_publication or "—"

    # --- the file ---

    def sheet_rows(self, changelist):
        return changelist.queryset.select_related("created_by").prefetch_related(
            "regions", "themes", "report_entries__report"
        )

    sheet = [
        (_("Number"), lambda article: article.pk),
        (_("Headline"), lambda article: article.headline),
        (_("State"), lambda article: article.get_status_display()),
        (_("Signed by"), lambda article: signed_by(article)),
        (_("Publication"), lambda article: article.publication.name),
        (_("First published in"), lambda article: str(article.originating_publication or "")),
        (_("Language"), lambda article: article.language),
        (_("Published"), lambda article: article.published_at),
        (_("Embargo until"), lambda article: article.embargo_until),
        (_("Carried until"), lambda article: article.carry_until),
        (_("Last saved"), lambda article: article.updated_at),
        (_("Words"), lambda article: article.word_count),
        (_("Regions"), lambda article: _joined(article.regions.all())),
        (_("Themes"), lambda article: _joined(article.themes.all())),
        (_("Reports"), lambda article: _joined(e.report for e in article.report_entries.all())),
        (_("Entered by"), lambda article: _name(article.created_by)),
        (_("Slug"), lambda article: article.slug),
    ]


def signed_by(article) -> str:
    """The names in the byline, from rows that are loaded."""
    return comma().join(byline.author.name for byline in article.bylines.all())


def _named_so(model, term: str) -> list[int]:
    """The keys of those called so, every word of it somewhere in the name."""
    rows = model.objects.order_by("-pk")
    for word in term.split():
        rows = rows.filter(name__icontains=word)
    return list(rows.values_list("pk", flat=True)[:MOST_NAMES])


def _joined(rows) -> str:
    return "; ".join(str(row) for row in rows)


def _name(user) -> str:
    return user.get_full_name() or user.get_username()


def _short(moment) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else "—"
