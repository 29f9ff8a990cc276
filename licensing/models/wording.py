"""The words of our letters, as the house changed them: versioned, per letter and language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.text import validate_name, validate_text
from cms.written_once import WrittenOnce, WrittenOnceQuerySet


class LetterWordingQuerySet(WrittenOnceQuerySet):
    """Wordings that are …"""

    def in_force(self):
        """… the newest of their letter and language."""
        later = LetterWording.objects.filter(
            letter=models.OuterRef("letter"),
            language=models.OuterRef("language"),
            version__gt=models.OuterRef("version"),
        )
        return self.exclude(models.Exists(later))


class LetterWording(WrittenOnce):
    """What a letter says in one language. An empty text means: as it came with the product."""

    letter = models.CharField(_("letter"), max_length=40, help_text=_("Which letter is worded so."))
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        help_text=_("The language of the letter."),
    )
    version = models.PositiveIntegerField(_("version"), editable=False)
    subject = models.CharField(
        _("subject"),
        max_length=120,
        blank=True,
        validators=[validate_name],
        help_text=_("One line."),
    )
    text = models.TextField(
        _("text"),
        max_length=5000,
        blank=True,
        validators=[validate_text],
        help_text=_("What the letter says; what stands in braces is filled in."),
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = LetterWordingQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        verbose_name = _("wording of a letter")
        verbose_name_plural = _("wordings of letters")
        ordering = ["letter", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "language", "version"],
                name="a_letter_has_each_version_once",
            )
        ]

    def __str__(self):
        return f"{self.letter} · {self.get_language_display()} · v{self.version}"
