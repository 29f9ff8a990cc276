"""``CaseMixin``: rows that are read on pages of their own, and never edited nor deleted there.

It knows no kind of row: whatever the desk, whoever may not look is not told what there is, and a
page stands among the others of its desk.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from cms.choosers import is_key


class CaseMixin(admin.ModelAdmin):
    """Put it before DeskMixin and WorkflowAdminMixin. Templates of a desk stand in a folder that is
    named after its model.
    """

    def desk_path(self, pattern: str, view, name: str):
        """An address of this desk, known as ``admin:<app>_<model>_<name>``."""
        page = never_cache(self.admin_site.admin_view(view))
        return path(pattern, page, name=f"{self.opts.app_label}_{self.opts.model_name}_{name}")

    def case_path(self, pattern: str, view, name: str):
        """An address below that of a row."""
        return self.desk_path(f"<path:object_id>/{pattern}", view, name)

    def case_url(self, row, place: str = "") -> str:
        """Where ``row`` is read, or a place there."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_change"
        address = reverse(f"{self.admin_site.name}:{name}", args=[row.pk])
        return f"{address}#{place}" if place else address

    def case(self, request, object_id, permission: str = ""):
        """The row. 403 before 404: whoever may not look is not told what there is."""
        may = not permission or request.user.has_perm(permission)
        if not (self.has_view_permission(request) and may):
            raise PermissionDenied
        row = self.get_object(request, object_id) if is_key(object_id) else None
        if row is None:
            raise Http404
        return row

    def history_view(self, request, object_id, extra_context=None):
        self.case(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def has_delete_permission(self, request, obj=None):
        return False

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def page_of_case(self, request, row, template: str, status: int = 200, **context):
        """A page about one row, or about none, with the way back and what its form needs."""
        form = context.get("form")
        found = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "row_url": self.case_url(row) if row else "",
            "media": self.media + form.media if form else self.media,
            **context,
        }
        name = f"admin/{self.opts.app_label}/{self.opts.model_name}/{template}.html"
        return TemplateResponse(request, name, found, status=status)
