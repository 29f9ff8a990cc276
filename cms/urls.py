"""Every address of the site, each desk under its own.

Pages around the articles are there once for each language; the language stands in the address,
so that a page is the same for whoever asks for it.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

handler404 = "articles.views.errors.not_found"

urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url="/static/site/icon.svg", permanent=False)),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("articles.site_urls")),
        path("", include("licensing.site_urls")),
        prefix_default_language=False,
    ),
    path("", include("articles.urls")),
    path("", include("licensing.urls")),
]
