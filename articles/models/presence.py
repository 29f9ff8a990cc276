"""Who has an article open for writing: one at a time, as long as their tab says so."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A tab tells of itself every 15 seconds; of three that are lost none is missed.
ACTIVE = timedelta(seconds=60)


class Editing(models.Model):
    """The one tab that writes in an article."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who")
    )
    key = models.CharField(_("key"), max_length=40)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last active"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")

    def __str__(self):
        return f"{self.user} · {self.article_id}"

    def is_active(self, at: datetime | None = None) -> bool:
        """Whether the tab has told of itself lately."""
        return self.seen_at > (at or timezone.now()) - ACTIVE
