"""Dated notices that a published text was put right."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.moments import validate_moment, validate_past
from cms.text import validate_text


class Correction(models.Model):
    """One notice; the article stays live, the reader is told."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        RETRACTION = "retraction", _("Retraction")

    class Placement(models.TextChoices):
        TOP = "top", _("Above the text")
        END = "end", _("Below the text")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="corrections"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.CORRECTION)
    text = models.TextField(
        _("notice"),
        max_length=4000,
        validators=[validate_text],
        help_text=_("What was wrong and what is right, in one or two sentences."),
    )
    dated = models.DateTimeField(
        _("dated"), default=timezone.now, validators=[validate_moment, validate_past]
    )
    placement = models.CharField(
        _("placement"), max_length=4, choices=Placement, default=Placement.END
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-dated", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"
