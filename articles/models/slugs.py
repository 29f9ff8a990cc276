"""Addresses that last: a slug once used keeps leading to what it named."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.text import validate_name


class Slugged(models.Model):
    """A row with an address of its own."""

    slug = models.SlugField(
        _("slug"),
        max_length=200,
        unique=True,
        allow_unicode=True,
        help_text=_(
            "The last part of the address. Letters of any script, digits and hyphens. "
            "When it changes, the old address keeps leading here."
        ),
    )

    class Meta:
        abstract = True


class FormerSlug(models.Model):
    """An address that a row has left; readers who ask for it are sent on (301)."""

    model = models.CharField(_("kind"), max_length=40)
    slug = models.SlugField(_("former slug"), max_length=200, allow_unicode=True)
    row_id = models.PositiveBigIntegerField(_("row"))
    left_at = models.DateTimeField(_("left on"), auto_now_add=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "slug"], name="a_former_address_leads_to_one_row"
            )
        ]
        indexes = [models.Index(fields=["model", "row_id"])]

    def __str__(self):
        return f"{self.model}/{self.slug}"


class Named(Slugged):
    """A row with a name and an address."""

    name = models.CharField(
        _("name"),
        max_length=200,
        validators=[validate_name],
        help_text=_("As readers see it."),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.name
