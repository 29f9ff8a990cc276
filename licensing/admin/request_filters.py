"""What narrows the queue of permission requests down: whose turn, whose case, whether late."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from cms.desks.filters import DayFilter, MenuFilter, RowFilter, YesFilter
from licensing.ages import BANDS
from licensing.models import RequestedArticle
from licensing.models.request import Turn
from licensing.places import countries

MOST_NAMED = 1000
ANSWERS = "licensing.answer_permissionrequest"
# The tabs of the queue: whose turn it is, and all.
TURNS = {**dict(Turn.choices), "all": _("All")}


def colleagues() -> QuerySet[User]:
    """Who works on requests, by name."""
    found = get_user_model().objects.with_perm(
        ANSWERS, backend="django.contrib.auth.backends.ModelBackend", include_superusers=False
    )
    return found.filter(is_active=True).order_by("last_name", "first_name", "username")


def name_of(user) -> str:
    return user.get_full_name() or user.get_username()


class TurnFilter(admin.SimpleListFilter):
    """Whose turn it is; what waits for us unless somebody looks for something. Shown as tabs."""

    title = _("turn")
    parameter_name = "turn"
    template = "admin/licensing/permissionrequest/_tabs_say_it.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.is_search = bool(request.GET.get("q"))

    def lookups(self, request, model_admin):
        return TURNS.items()

    @property
    def turn(self) -> str:
        """What is shown; whoever searches searches all."""
        return self.value() or ("all" if self.is_search else "ours")

    def chosen_in_words(self) -> str:
        """Nothing: the tab says it."""
        return ""

    def queryset(self, request, queryset):
        return queryset.filter(turn=self.turn) if self.turn in Turn.values else queryset


class OwnerFilter(MenuFilter):
    """Mine, nobody's, a colleague's."""

    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        self.me = str(request.user.pk)
        others = [user for user in colleagues() if user.pk != request.user.pk]
        named = [(str(user.pk), name_of(user)) for user in others]
        return [("me", _("Mine")), ("nobody", _("Nobody's")), *named]

    def value(self):
        """Whoever is named by a colleague's link finds the own cases, too."""
        return "me" if self.used_parameters.get("owner") == self.me else super().value()

    def queryset(self, request, queryset):
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(owner={"me": self.me, "nobody": None}.get(value, value))


class LateFilter(YesFilter):
    """What we should have answered already."""

    title = _("promise")
    parameter_name = "late"
    label = _("Late")

    def narrowed(self, queryset, request):
        return queryset.late()


class AgeFilter(MenuFilter):
    """How long it has been with us; the value is the least number of days."""

    title = _("age")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [(str(band.first), band.label) for band in BANDS]

    def queryset(self, request, queryset):
        for band in BANDS:
            if self.value() == str(band.first):
                return queryset.filter(band.received(on=timezone.localdate()))
        return queryset


class AskedFilter(DayFilter):
    """The day on which it was asked."""

    title = _("asked")
    parameter_name = "asked"
    column = "created_at"


class PublicationFilter(RowFilter):
    """The publication of an article that is asked for; a made-up one narrows nothing."""

    title = _("publication")
    parameter_name = "publication"

    def field_of(self, model):
        return Article._meta.get_field("publication")

    def queryset(self, request, queryset):
        return self.narrowed(queryset, self.row) if self.row else queryset

    def narrowed(self, queryset, row):
        rows = RequestedArticle.objects.filter(article__publication=row)
        few = list(rows.values_list("permission_request", flat=True)[: MOST_NAMED + 1])
        # What is seldom asked for is not looked for row by row.
        if len(few) <= MOST_NAMED:
            return queryset.filter(pk__in=few)
        return queryset.filter(Exists(rows.filter(permission_request=OuterRef("pk"))))

    def chosen_in_words(self) -> str:
        return str(self.row) if self.row else ""


class CountryFilter(MenuFilter):
    """Where the outlet is."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        return countries()

    def queryset(self, request, queryset):
        return queryset.filter(outlet_country=self.value()) if self.value() else queryset
