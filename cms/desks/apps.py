"""Tells Django about the lists of the desks, and the filters people keep of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesksConfig(AppConfig):
    name = "cms.desks"
    label = "desks"
    verbose_name = _("Lists")
