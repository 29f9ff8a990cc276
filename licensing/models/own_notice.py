"""Our own notices: what we wrote to somebody who uses a text of ours without leave."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.text import validate_name, validate_single_line, validate_text

LONGEST_NOTICE = 10_000


class OwnNotice(models.Model):
    """A notice as it was sent, with the look at the page that it rests on, and the answer to it."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="own_notices",
        verbose_name=_("article"),
    )
    # None where no copy is known at that address.
    crosspost = models.ForeignKey(
        "licensing.Crosspost",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="own_notices",
        verbose_name=_("cross-post"),
    )
    evidence = models.ForeignKey(
        "licensing.CrosspostCheck",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("evidence"),
    )
    url = models.URLField(_("address"), max_length=500, validators=[validate_single_line])
    sent_to = models.EmailField(_("sent to"))
    subject = models.CharField(_("subject"), max_length=150, validators=[validate_name])
    text = models.TextField(
        _("text"),
        max_length=LONGEST_NOTICE,
        validators=[validate_text, MaxLengthValidator(LONGEST_NOTICE)],
    )
    sent_at = models.DateTimeField(_("sent"), editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("sent by"),
    )
    answer = models.TextField(
        _("answer"),
        max_length=LONGEST_NOTICE,
        blank=True,
        validators=[validate_text, MaxLengthValidator(LONGEST_NOTICE)],
        help_text=_("What came back, word for word."),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    class Meta:
        verbose_name = _("notice of ours")
        verbose_name_plural = _("notices of ours")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["-sent_at", "-id"], name="own_notices_newest_first")]

    def __str__(self):
        return self.number

    def get_admin_url(self) -> str:
        return reverse("admin:licensing_ownnotice_change", args=[self.pk])
