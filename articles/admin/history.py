"""The past of authors, publications and pictures: to be read, never written."""

from django.http import Http404, HttpResponseNotAllowed
from simple_history.admin import SimpleHistoryAdmin

from cms.choosers import is_key


class HistoryAdmin(SimpleHistoryAdmin):
    """Shows what a row once said.

    The library's own page of one version saves whatever is posted to it, for everybody who may
    see the row: here nothing is posted to it. A made-up key is not found; its answer is a 500.
    """

    def revert_disabled(self, request, obj=None):
        return True

    def history_view(self, request, object_id, extra_context=None):
        if not is_key(object_id):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not (is_key(object_id) and is_key(version_id)):
            raise Http404
        return super().history_form_view(request, object_id, version_id, extra_context)
