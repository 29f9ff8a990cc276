"""Tells Django about this desk."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        """What this desk registers stands in the modules that say it."""
        autodiscover_modules("converters", "panels")
