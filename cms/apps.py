"""What the site tells Django at start: its own admin, and roles kept in step after migrate."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from cms import roles


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")

    def ready(self):
        post_migrate.connect(roles.sync, dispatch_uid="cms.roles.sync")


class NewsroomAdminConfig(AdminConfig):
    default_site = "cms.admin.NewsroomAdminSite"
