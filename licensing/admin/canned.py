"""The desk's canned answers in the admin: words to start a letter from."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy

from cms.choosers import is_key
from licensing.models import CannedAnswer


@admin.register(CannedAnswer)
class CannedAnswerAdmin(admin.ModelAdmin):
    """A name, a language, the words."""

    list_display = ["name", "language", "beginning"]
    list_filter = ["language"]
    search_fields = ["name", "text"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["name", "language"]
    actions = None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "text":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if not is_key(object_id):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    @admin.display(description=gettext_lazy("text"))
    def beginning(self, canned):
        return canned.text[:100]
