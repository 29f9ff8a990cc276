"""Which colleagues want no letters about their articles."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WithoutLetters(models.Model):
    """A colleague who looks at the desk instead; whoever is not here gets letters."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="without_letters"
    )

    class Meta:
        verbose_name = _("colleague without letters")
        verbose_name_plural = _("colleagues without letters")
        default_permissions = ()

    def __str__(self):
        return str(self.user)
