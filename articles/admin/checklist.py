"""The desk of the checklist: what is looked at before an article goes out."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import checking
from articles.models import ChecklistPoint
from cms.choosers import ChooserMixin
from cms.workflows.actions import MoveNotAllowed, NotYours


@admin.register(ChecklistPoint)
class ChecklistPointAdmin(ChooserMixin, admin.ModelAdmin):
    """Points in their order, changed where they are listed."""

    fields = ["label", "help", "kind", "publication", "is_required", "is_active", "position"]
    list_display = ["label", "kind", "publication", "is_required", "is_active", "position"]
    list_editable = ["is_required", "is_active", "position"]
    list_select_related = ["publication"]
    autocomplete_fields = ["publication"]
    ordering = ["position", "pk"]
    actions = None
    change_list_template = "admin/articles/checklistpoint/change_list.html"

    def get_urls(self):
        begin = self.admin_site.admin_view(self.begin_view)
        return [
            path("begin/", begin, name="articles_checklistpoint_begin"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request, obj=None):
        """What somebody has ticked stays on record: it is put out of use instead."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.ticks.exists())

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """In the list a field has no label of its own: it says its name itself."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.list_editable:
            field.widget.attrs["aria-label"] = str(field.label)
        return field

    def changelist_view(self, request, extra_context=None):
        may_begin = self.has_add_permission(request) and not ChecklistPoint.objects.exists()
        return super().changelist_view(request, {"may_begin": may_begin} | (extra_context or {}))

    def begin_view(self, request):
        """The usual points, where there is none yet. POST only."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            made = checking.begin(by=request.user)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            for point in made:
                self.log_addition(request, point, [{"added": {}}])
            messages.success(request, _("The checklist has begun. Change it as you need."))
        return HttpResponseRedirect(reverse("admin:articles_checklistpoint_changelist"))
