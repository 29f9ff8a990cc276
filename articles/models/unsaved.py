"""What somebody is writing and has not saved: only theirs to see, and gone once it is saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnsavedWorkQuerySet(models.QuerySet):
    """Unsaved work that is …"""

    def of(self, user):
        """… theirs, newest first, without the texts."""
        return self.filter(owner=user).defer("form").order_by("-kept_at", "-pk")


class UnsavedWork(models.Model):
    """The form of an article as it stood in one tab, a few seconds ago or when that tab died."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who")
    )
    # Empty for an article that was never saved, or whose draft somebody has deleted since.
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("article"),
    )
    # Stands in the form itself, so that each tab keeps its own.
    key = models.CharField(_("key"), max_length=40)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    form = models.JSONField(_("form"), help_text=_("Each field's name with what was posted."))
    kept_at = models.DateTimeField(_("kept"))

    objects = UnsavedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved work")
        verbose_name_plural = _("unsaved work")
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key"], name="a_form_is_kept_once_for_whom_it_belongs_to"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "article", "-kept_at"], name="unsaved_work_of_one"),
            # The clock throws away what is old.
            models.Index(fields=["kept_at"], name="unsaved_work_oldest"),
        ]

    def __str__(self):
        return self.headline or str(_("Without a headline"))
