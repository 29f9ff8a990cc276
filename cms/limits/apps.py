"""Tells Django about the limits of attempts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LimitsConfig(AppConfig):
    name = "cms.limits"
    label = "limits"
    verbose_name = _("Limits")
