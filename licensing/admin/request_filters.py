"""What narrows the queue of permission requests down: whose turn, whose case, whether late."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Publication
from cms.choosers import is_key
from licensing.ages import BANDS
from licensing.models import PermissionRequest, RequestedArticle, RequestStatus
from licensing.models.request import OPEN, OURS_TO_DO
from licensing.places import country_name

ANSWERS = "licensing.answer_permissionrequest"
TURNS = {
    "ours": (_("Ours to do"), OURS_TO_DO),
    "theirs": (_("Waiting for them"), tuple(one for one in OPEN if one not in OURS_TO_DO)),
    "settled": (
        _("Settled"),
        tuple(one for one in RequestStatus if one not in (*OPEN, RequestStatus.HELD)),
    ),
    "unconfirmed": (_("E-mail not confirmed"), (RequestStatus.HELD,)),
    "all": (_("All"), tuple(RequestStatus)),
}


def colleagues() -> QuerySet[User]:
    """Who works on requests, by name."""
    found = get_user_model().objects.with_perm(
        ANSWERS, backend="django.contrib.auth.backends.ModelBackend", include_superusers=False
    )
    return found.filter(is_active=True).order_by("last_name", "first_name", "username")


def name_of(user) -> str:
    return user.get_full_name() or user.get_username()


class Menu(admin.SimpleListFilter):
    """A filter that folds away; it says what it is set to."""

    template = "admin/licensing/permissionrequest/_filter.html"


class MenuOfChoices(admin.ChoicesFieldListFilter):
    """The same for a column with choices."""

    template = Menu.template


class MenuOfYesNo(admin.BooleanFieldListFilter):
    """The same for yes and no."""

    template = Menu.template


class TurnFilter(admin.SimpleListFilter):
    """Whose turn it is; what waits for us unless somebody looks for something. Shown as tabs."""

    title = _("turn")
    parameter_name = "turn"
    template = "admin/licensing/permissionrequest/_tabs_say_it.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.is_search = bool(request.GET.get("q"))

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _statuses) in TURNS.items()]

    @property
    def turn(self) -> str:
        """What is shown; whoever searches searches all."""
        return self.value() or ("all" if self.is_search else "ours")

    def queryset(self, request, queryset):
        if self.turn == "all" or self.turn not in TURNS:
            return queryset
        return queryset.filter(status__in=TURNS[self.turn][1])


class OwnerFilter(Menu):
    """Mine, nobody's, a colleague's."""

    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        others = [user for user in colleagues() if user.pk != request.user.pk]
        named = [(str(user.pk), name_of(user)) for user in others]
        return [("me", _("Mine")), ("nobody", _("Nobody's")), *named]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "me":
            return queryset.filter(owner=request.user)
        if value == "nobody":
            return queryset.filter(owner=None)
        return queryset.filter(owner=value) if value and is_key(value) else queryset


class LateFilter(Menu):
    """What we should have answered already."""

    title = _("promise")
    parameter_name = "late"

    def lookups(self, request, model_admin):
        return [("1", _("Late"))]

    def queryset(self, request, queryset):
        return queryset.late() if self.value() == "1" else queryset


class AgeFilter(Menu):
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


class PublicationFilter(Menu):
    """The publication of an article that is asked for."""

    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request, model_admin):
        asked_for = RequestedArticle.objects.filter(article__publication=OuterRef("pk"))
        found = Publication.objects.filter(Exists(asked_for)).order_by("name")
        return [(str(key), name) for key, name in found.values_list("pk", "name")]

    def queryset(self, request, queryset):
        if not (self.value() and is_key(self.value())):
            return queryset
        asked = Article.objects.filter(pk=OuterRef("article"), publication=self.value())
        rows = RequestedArticle.objects.filter(Exists(asked), permission_request=OuterRef("pk"))
        return queryset.filter(Exists(rows))


class CountryFilter(Menu):
    """Where the outlet is."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        found = PermissionRequest.objects.exclude(outlet_country="").order_by()
        codes = found.values_list("outlet_country", flat=True).distinct()
        return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(outlet_country=self.value()) if self.value() else queryset
