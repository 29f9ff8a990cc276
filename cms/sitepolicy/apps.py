"""Tells Django about the house texts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitePolicyConfig(AppConfig):
    name = "cms.sitepolicy"
    label = "sitepolicy"
    verbose_name = _("House texts")
