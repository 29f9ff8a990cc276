"""The doors to what a reader has saved, which the site itself never learns: the page that the
reader's browser fills, and the worker that keeps the copies there.
"""

from django.shortcuts import render
from django.views.generic import View

from cms.sitepolicy.texts import house_texts


class SavedView(View):
    """A page without articles; the browser adds those it keeps."""

    def get(self, request):
        return render(request, "articles/saved.html", {"texts": house_texts()})


class ServiceWorkerView(View):
    """The script that answers without the net; it stands at the root, to answer for every page."""

    def get(self, request):
        response = render(
            request, "articles/service_worker.js", content_type="text/javascript; charset=utf-8"
        )
        response["Cache-Control"] = "no-cache"
        return response
