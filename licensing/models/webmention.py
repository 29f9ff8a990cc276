"""Webmentions: somebody says that a page of theirs links to an article; looked at by the clock."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Outcome(models.TextChoices):
    """What a look at the page came to."""

    WAITING = "waiting", "waiting"
    COPY = "copy", "copy"
    MENTION = "mention", "mention"
    NOTHING = "nothing", "nothing"


class WebmentionQuerySet(models.QuerySet):
    """Webmentions that are …"""

    def due(self, at: datetime | None = None):
        """… to be looked at now, the longest waiting first."""
        waiting = self.filter(look_at__lte=at or timezone.now())
        return waiting.order_by("look_at", "pk")


class Webmention(models.Model):
    """One page and one article: told a thousand times it is one row, thrown away after a while."""

    source = models.CharField(max_length=500)
    # As licensing.copies.addresses writes it.
    source_key = models.CharField(max_length=64)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField()
    # Null where nobody is to look any more.
    look_at = models.DateTimeField(null=True)
    looks = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)

    objects = WebmentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "source_key"], name="a_page_mentions_an_article_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["look_at"],
                condition=Q(look_at__isnull=False),
                name="webmentions_to_look_at",
            ),
            models.Index(fields=["received_at"], name="webmentions_by_age"),
        ]

    def __str__(self):
        return self.source
