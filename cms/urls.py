"""Every address of the site, each desk under its own."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url="/static/site/icon.svg", permanent=False)),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
    path("", include("licensing.urls")),
]
