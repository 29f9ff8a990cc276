"""The way a text came to us after it was first published: translated here, cross-posted there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.moments import validate_moment
from cms.text import validate_single_line


class OriginHop(models.Model):
    """One step between the originating publication and our page."""

    class Step(models.TextChoices):
        TRANSLATED = "translated", _("Translated")
        CROSSPOSTED = "crossposted", _("Cross-posted")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="hops")
    step = models.CharField(
        _("step"), max_length=12, choices=Step, help_text=_("What was done with the text there.")
    )
    publication = models.ForeignKey(
        "articles.Publication",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("publication"),
        help_text=_("Who did it."),
    )
    url = models.URLField(
        _("address there"),
        max_length=1000,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Where it stands there, in full."),
    )
    date = models.DateField(
        _("date"),
        null=True,
        blank=True,
        validators=[validate_moment],
        help_text=_("The day on which it ran there."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("In the order of the days, the earliest first.")
    )

    class Meta:
        verbose_name = _("step on the way here")
        verbose_name_plural = _("steps on the way here")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.get_step_display()}: {self.publication}"
