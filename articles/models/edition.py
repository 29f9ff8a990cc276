"""Typeset editions: one file for each thing an article has said in print, or on its card."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def edition_path(edition: "PdfEdition", filename: str) -> str:
    """A name of our own making."""
    return f"editions/{edition.article_id}/{edition.fingerprint}.pdf"


def card_path(card: "ShareCard", filename: str) -> str:
    """A name of our own making."""
    return f"cards/{card.article_id or 'site'}/{card.fingerprint}.png"


class Edition(models.Model):
    """A file, or somebody's claim to be making it. The fingerprint is of all that it says."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    claimed_at = models.DateTimeField(_("begun"))

    # What is written when it is finished.
    made_fields = ("file",)

    class Meta:
        abstract = True


class PdfEdition(Edition):
    """An article as a PDF."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="pdf_editions"
    )
    file = models.FileField(_("file"), upload_to=edition_path, blank=True, max_length=200)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)

    made_fields = ("file", "warnings")

    class Meta:
        verbose_name = _("PDF edition")
        verbose_name_plural = _("PDF editions")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="the_same_edition_is_made_once"
            )
        ]

    def __str__(self):
        return f"{self.article} · {self.fingerprint[:8]}"


class ShareCard(Edition):
    """The picture that stands for an article where its address is shared; without an article, for
    the site in one of its languages.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="share_cards", null=True
    )
    language = models.CharField(_("language"), max_length=35)
    file = models.FileField(_("file"), upload_to=card_path, blank=True, max_length=200)

    class Meta:
        verbose_name = _("share card")
        verbose_name_plural = _("share cards")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"],
                condition=Q(article__isnull=False),
                name="the_same_card_of_an_article_is_made_once",
            ),
            models.UniqueConstraint(
                fields=["language", "fingerprint"],
                condition=Q(article=None),
                name="the_same_card_of_the_site_is_made_once",
            ),
        ]

    def __str__(self):
        return f"{self.article or self.language} · {self.fingerprint[:8]}"
