"""Followers as the managing editor sees them: how many follow what, and who is to be erased.

Addresses are shown with most of the name left out, and found by whoever types one in full.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from articles.following import actions
from articles.following.headings import WHOLE_SITE, Heading, known
from articles.models import Follower, Following, Frequency
from articles.models.follower import HEADINGS
from cms.choosers import is_key

ERASES = "articles.erase_follower"
OFFERED = {"frequency__exact", "language__exact", "confirmed_at__isempty"}
MOST_NAMED = 50


@admin.register(Follower)
class FollowerAdmin(admin.ModelAdmin):
    """To be read; a reader changes it on a page of their own."""

    list_display = ["address", "frequency", "language", "asked_at", "confirmed_at", "due_at"]
    list_display_links = ["address"]
    list_filter = ["frequency", "language", ("confirmed_at", admin.EmptyFieldListFilter)]
    search_fields = ["=email"]
    search_help_text = gettext_lazy("A whole address; a part of one finds nobody.")
    ordering = ["-pk"]
    list_per_page = 50
    show_full_result_count = False
    fields = readonly_fields = [
        "address",
        "what",
        "frequency",
        "language",
        "asked_at",
        "confirmed_at",
        "due_at",
    ]
    actions = None
    change_form_template = "admin/articles/follower/change_form.html"
    change_list_template = "admin/articles/follower/change_list.html"

    # --- who may what ---

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        """Of who has stopped there is nothing to see."""
        return super().get_queryset(request).current()

    def lookup_allowed(self, lookup, value, request):
        """What the list offers and no more: whoever may ask for beginnings can read an address."""
        return lookup in OFFERED and super().lookup_allowed(lookup, value, request)

    # --- what is shown ---

    @admin.display(description=gettext_lazy("e-mail"))
    def address(self, follower):
        return follower.masked

    @admin.display(description=gettext_lazy("follows"))
    def what(self, follower):
        named = known(link.key for link in follower.followings.all())
        return ", ".join(heading.name for heading in named.values())

    def changelist_view(self, request, extra_context=None):
        """The list, below the figures."""
        figures = _figures() if self.has_view_permission(request) else {}
        return super().changelist_view(request, (extra_context or {}) | figures)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One follower, with the button that erases."""
        told = {"may_erase": request.user.has_perm(ERASES)}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | told)

    # --- erasing ---

    def get_urls(self):
        erase = never_cache(self.admin_site.admin_view(self.erase_view))
        return [
            path("<path:object_id>/erase/", erase, name="articles_follower_erase"),
            *super().get_urls(),
        ]

    def erase_view(self, request, object_id):
        """GET asks, POST erases the address and ends all mail to it."""
        if not (self.has_view_permission(request) and request.user.has_perm(ERASES)):
            raise PermissionDenied
        follower = self.get_object(request, object_id) if is_key(object_id) else None
        if follower is None:
            raise Http404
        if request.method == "POST":
            actions.stop(follower)
            follower.refresh_from_db()
            self.log_change(request, follower, "Erased.")
            self.message_user(request, _("The address is erased."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:articles_follower_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Erase this follower?"),
            "follower": follower,
        }
        return TemplateResponse(request, "admin/articles/follower/erase.html", context)


def _figures() -> dict:
    """How many follow, how often, and what most of all."""
    followings = Following.objects.confirmed()
    counts = {WHOLE_SITE: followings.of_the_whole_site().count()}
    for kind in HEADINGS:
        links = followings.filter(**{f"{kind}__isnull": False})
        most = links.order_by().values_list(kind).annotate(number=Count("pk")).order_by("-number")
        counts |= {(kind, pk): number for pk, number in most[:MOST_NAMED]}
    ranked = sorted(counts.items(), key=lambda row: -row[1])[:MOST_NAMED]
    named: dict[tuple, Heading] = known([key for key, number in ranked if number])
    totals = Follower.objects.current().aggregate(
        confirmed=Count("confirmed_at"),
        waiting=Count("pk", filter=Q(confirmed_at=None)),
        daily=Count("confirmed_at", filter=Q(frequency=Frequency.DAILY)),
    )
    return {
        "totals": totals,
        "followed": [(named[key], number) for key, number in ranked if key in named],
    }
