"""Tells Django about this desk."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    name = "licensing"
    verbose_name = _("Rights")

    def ready(self):
        """What this desk registers with the newsroom stands in the modules that say it."""
        autodiscover_modules(
            "gate",
            "withholding",
            "notices",
            "announcements",
            "syndication",
            "allowed_uses",
            "panels",
            "recalls",
        )
