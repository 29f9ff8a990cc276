"""Saved filters as tabs above a list: kept in one step, renamed and deleted where they stand."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.choosers import is_key
from cms.desks import actions
from cms.desks.changelist import PLACES
from cms.desks.models import SavedFilter
from cms.text import legible
from cms.workflows.actions import MoveNotAllowed, NotYours

# What belongs to an address and to no filter.
NOT_KEPT = {*PLACES, "p", "all", "e", "_popup", "_to_field", "_facets"}
# Own ones and those of colleagues; more tabs than this nobody reads.
MOST_TABS = 100


@dataclass(frozen=True)
class Tab:
    """A saved filter as the list shows it."""

    kept: SavedFilter
    url: str
    is_current: bool
    may_be_changed: bool
    owner: str


class KeepingMixin(admin.ModelAdmin):
    """The addresses that keep, rename and discard; each of them takes a POST and nothing else."""

    def get_urls(self):
        named = f"{self.opts.app_label}_{self.opts.model_name}"

        def page(pattern, view, name):
            asked = never_cache(self.admin_site.admin_view(view))
            return path(pattern, asked, name=f"{named}_{name}")

        return [
            page("keep-filter/", self.keep_filter_view, "keep_filter"),
            page("rename-filter/<int:key>/", self.rename_filter_view, "rename_filter"),
            page("discard-filter/<int:key>/", self.discard_filter_view, "discard_filter"),
            *super().get_urls(),
        ]

    def may_share_filters(self, request) -> bool:
        """Whether this person sees the filters that colleagues share, and shares own ones."""
        return self.has_view_permission(request)

    def filter_tabs(self, request, changelist) -> list[Tab]:
        """What the list offers this person to open."""
        now = _said(QueryDict(changelist.query_of_the_list))
        return [
            Tab(
                kept,
                f"?{kept.query}",
                _said(QueryDict(kept.query)) == now,
                kept.may_be_changed_by(request.user),
                "" if kept.owner_id == request.user.pk else _name_of(kept.owner),
            )
            for kept in self._filters_offered(request).select_related("owner")[:MOST_TABS]
        ]

    # --- the verbs ---

    def keep_filter_view(self, request):
        """Keeps what the list is narrowed to under the name that was typed."""
        self._ask_for_filters(request)
        query = self._query_kept(request.POST.get("query", ""))
        name = request.POST.get("name", "")
        wants_to_share = bool(request.POST.get("is_shared"))
        is_shared = wants_to_share and self.may_share_filters(request)
        desk = self.opts.label_lower
        return self._answer_of_filter(
            request,
            query,
            _("The filter “%s” is kept."),
            lambda: actions.keep(desk, name, query, by=request.user, is_shared=is_shared),
        )

    def rename_filter_view(self, request, key):
        """Gives a tab another name."""
        kept = self._one_filter(request, key)
        name = request.POST.get("name", "")
        said = _("The filter is called “%s” now.")
        return self._answer_of_filter(
            request, kept.query, said, lambda: actions.rename(kept, name, by=request.user)
        )

    def discard_filter_view(self, request, key):
        """Takes a tab away; the rows stay."""
        kept = self._one_filter(request, key)
        said = _("The filter “%s” is deleted.")

        def discard():
            actions.discard(kept, by=request.user)
            return kept

        return self._answer_of_filter(request, kept.query, said, discard)

    def _ask_for_filters(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _filters_offered(self, request):
        found = SavedFilter.objects.of(self.opts.label_lower)
        with_shared = self.may_share_filters(request)
        return found.offered_to(request.user, with_shared=with_shared)

    def _one_filter(self, request, key) -> SavedFilter:
        """A filter that is offered to whoever asks; of others there is nothing to know."""
        self._ask_for_filters(request)
        if not is_key(key):
            raise Http404
        return get_object_or_404(self._filters_offered(request), pk=key)

    def _answer_of_filter(self, request, query, said, act):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            kept = act()
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
        else:
            messages.success(request, said % kept.name)
        named = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        address = reverse(f"{self.admin_site.name}:{named}")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def _query_kept(self, query: str) -> str:
        """What of an address belongs to the filter, written in one way."""
        asked = QueryDict(legible(query)[: 4 * actions.LONGEST_QUERY], mutable=True)
        for name in NOT_KEPT & asked.keys():
            del asked[name]
        return asked.urlencode()


def _said(asked: QueryDict) -> list:
    return sorted((name, value) for name, values in asked.lists() for value in values if value)


def _name_of(user) -> str:
    return user.get_full_name() or user.get_username()
