"""How a publication wants to be credited, where it differs from our usual lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cms.text import validate_text


class AttributionTemplate(models.Model):
    """The credit lines of one publication. An empty line stands for our usual one."""

    publication = models.OneToOneField(
        "articles.Publication",
        on_delete=models.CASCADE,
        related_name="attribution_template",
        verbose_name=_("publication"),
        help_text=_("Whose texts are credited so. Empty: everybody’s who has none of their own."),
    )
    web = models.CharField(
        _("on the web"),
        max_length=500,
        blank=True,
        validators=[validate_text],
        help_text=_("The line that a copy on the web must show."),
    )
    print_line = models.CharField(
        _("in print"),
        max_length=500,
        blank=True,
        validators=[validate_text],
        help_text=_("The line that a printed copy must show."),
    )
    broadcast = models.CharField(
        _("on air"),
        max_length=500,
        blank=True,
        validators=[validate_text],
        help_text=_("What is said where the text is read out."),
    )
    translated = models.CharField(
        _("of a translation"),
        max_length=500,
        blank=True,
        validators=[validate_text],
        help_text=_("What a translation adds."),
    )
    edited = models.CharField(
        _("of an edited text"),
        max_length=500,
        blank=True,
        validators=[validate_text],
        help_text=_("What an edited version adds."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attribution template")
        verbose_name_plural = _("attribution templates")
        ordering = ["publication__name"]

    def __str__(self):
        return str(self.publication)
