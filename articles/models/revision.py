"""Immutable snapshots of an article: what it said, as of when, by whose hand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RevisionsAreImmutable(Exception):
    """Somebody tried to change a snapshot."""


class RevisionQuerySet(models.QuerySet):
    """Reads and adds; refuses the rest."""

    def update(self, **kwargs):
        raise RevisionsAreImmutable("A revision is never changed.")

    def delete(self):
        raise RevisionsAreImmutable("A revision is never deleted but with its draft.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise RevisionsAreImmutable("A revision is never changed.")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise RevisionsAreImmutable("A revision is never changed.")
        return super().bulk_create(objs, *args, **kwargs)


class Revision(models.Model):
    """Everything an editor entered, as it stood after one save."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("saved"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("saved by"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="revisions_of_an_article_are_numbered"
            )
        ]

    def __str__(self):
        return f"{self.article} · r{self.number}"

    def save(self, **kwargs):
        """Adds the snapshot. Raises RevisionsAreImmutable when it stands already."""
        if not self._state.adding:
            raise RevisionsAreImmutable("A revision is never changed.")
        # Never an UPDATE, even where somebody chose the key of a snapshot that stands.
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise RevisionsAreImmutable("A revision is never deleted but with its draft.")
