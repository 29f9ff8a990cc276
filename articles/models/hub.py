"""What the hub of the feeds knows of the articles, and what it has yet to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnnouncedArticle(models.Model):
    """An article as it stood in the feeds when they were last compared with the rows.

    ``sign`` is a number that changes with its corrections and its places in reports; ``topics`` are
    the listings it stood in, such as ``region:3``.
    """

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    updated_at = models.DateTimeField()
    sign = models.PositiveBigIntegerField()
    topics = models.JSONField(default=list)

    class Meta:
        verbose_name = _("announced article")
        verbose_name_plural = _("announced articles")

    def __str__(self):
        return str(self.article_id)


class HubPingQuerySet(models.QuerySet):
    """Pings that are …"""

    def due(self, at):
        """… to be made by ``at``, the longest promised first."""
        return self.filter(due_at__lte=at).order_by("due_at", "pk")

    def waiting(self):
        """… still to be made."""
        return self.filter(due_at__isnull=False)

    def taken(self):
        """… known to the hub."""
        return self.filter(due_at=None, given_up_at=None)

    def given_up(self):
        """… not tried any more."""
        return self.filter(given_up_at__isnull=False)


class HubPing(models.Model):
    """The promise to tell the hub that one feed has changed; kept until the hub has taken it.

    ``due_at`` is empty where nothing is left to tell: it was taken, or given up.
    """

    # An address of 200 letters, nine signs each where they are Chinese.
    topic = models.CharField(_("feed"), max_length=2500, unique=True)
    promised_at = models.DateTimeField(_("promised"))
    due_at = models.DateTimeField(_("next try"), null=True, db_index=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries that failed"), default=0)
    taken_at = models.DateTimeField(_("last taken by the hub"), null=True)
    given_up_at = models.DateTimeField(_("given up"), null=True)
    answer = models.CharField(_("last answer"), max_length=200, blank=True)

    objects = HubPingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ping to the hub")
        verbose_name_plural = _("pings to the hub")

    def __str__(self):
        return self.topic
