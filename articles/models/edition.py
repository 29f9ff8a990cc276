"""Typeset editions: one PDF for each thing an article has said in print."""

from django.db import models
from django.utils.translation import gettext_lazy as _


def edition_path(edition: "PdfEdition", filename: str) -> str:
    """A name of our own making."""
    return f"editions/{edition.article_id}/{edition.fingerprint}.pdf"


class PdfEdition(models.Model):
    """A PDF, or somebody's claim to be making it. The fingerprint is of all that is printed."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="pdf_editions"
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    file = models.FileField(_("file"), upload_to=edition_path, blank=True, max_length=200)
    claimed_at = models.DateTimeField(_("begun"))
    warnings = models.JSONField(_("warnings"), default=list, blank=True)

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
