"""Which mail was promised under which key; the mail itself is a row of django-post-office."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from post_office.models import Email


class PromisedMail(models.Model):
    """One promise; it outlives the mail, so that what was sent is not sent anew years later."""

    key = models.CharField(_("key"), max_length=200, unique=True, editable=False)
    template = models.CharField(_("what it is"), max_length=200, editable=False)
    email = models.OneToOneField(
        Email,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="promise",
        verbose_name=_("mail"),
    )
    created_at = models.DateTimeField(_("promised"), auto_now_add=True)

    class Meta:
        verbose_name = _("promised mail")
        verbose_name_plural = _("promised mail")

    def __str__(self):
        return f"{self.template} · {self.key}"
