"""The house texts' desk: whoever saves writes a new version; the old wordings stay readable."""

from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.richtext.admin import RichTextAdminMixin
from cms.richtext.templatetags.richtext import rich
from cms.sitepolicy.actions import write_version
from cms.sitepolicy.models import SitePolicy


class VersionFilter(admin.SimpleListFilter):
    """The newest wordings, or every one there ever was."""

    title = gettext_lazy("versions")
    parameter_name = "versions"

    def lookups(self, request, model_admin):
        return [("all", gettext_lazy("Every version"))]

    def choices(self, changelist):
        for choice in super().choices(changelist):
            if choice["display"] == _("All"):
                choice["display"] = _("Newest only")
            yield choice

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        newest = SitePolicy.objects.filter(
            kind=OuterRef("kind"), language=OuterRef("language")
        ).order_by("-version")
        return queryset.filter(pk=Subquery(newest.values("pk")[:1]))


@admin.register(SitePolicy)
class SitePolicyAdmin(RichTextAdminMixin, admin.ModelAdmin):
    """House texts by kind and language."""

    fields = ["kind", "language", "text", "valid_from"]
    list_display = ["kind", "language", "version", "valid_from", "created_by"]
    list_filter = [VersionFilter, "kind", "language"]
    list_select_related = ["created_by"]
    list_per_page = 100
    search_fields = ["text"]
    actions = None
    change_form_template = "admin/sitepolicy/sitepolicy/change_form.html"

    def has_change_permission(self, request, obj=None):
        """A version is followed, never changed: the page of one only shows it."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        return ["kind", "language", "version", "wording", "valid_from", "created_by", "created_at"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    @admin.display(description=gettext_lazy("wording"))
    def wording(self, policy):
        return format_html('<div class="wording">{}</div>', rich(policy.text))

    def get_changeform_initial_data(self, request):
        """``?follow=<key>`` starts from a wording that stands."""
        initial = super().get_changeform_initial_data(request)
        followed = SitePolicy.objects.filter(pk=_key(request.GET.get("follow"))).first()
        if followed:
            initial |= {
                "kind": followed.kind,
                "language": followed.language,
                "text": followed.text,
            }
        return initial

    def save_model(self, request, obj, form, change):
        written = write_version(
            kind=obj.kind,
            language=obj.language,
            text=obj.text,
            by=request.user,
            # What counted on a day that has passed is not rewritten.
            valid_from=max(obj.valid_from, timezone.now()),
        )
        obj.pk, obj.version = written.pk, written.version

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, _("Version %(number)d is written.") % {"number": obj.version})
        return HttpResponseRedirect(reverse("admin:sitepolicy_sitepolicy_changelist"))


def _key(value) -> int | None:
    return int(value) if value and value.isdecimal() and len(value) < 19 else None
