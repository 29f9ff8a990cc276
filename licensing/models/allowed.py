"""What ``decide`` answered, kept so that a million articles can be narrowed by it."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q

from articles.models import Article
from licensing.rights.vocabulary import Use

# So long that it stands for “without an end”, and so long ago that it stands for “not known”.
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class AllowedUse(models.Model):
    """A stretch of time in which an article may be used like this by everybody, without asking."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    use = models.CharField(max_length=20, choices=[(use.value, use.value) for use in Use])
    since = models.DateTimeField()
    # The first moment at which it may not, or of which nothing has been worked out.
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["use", "article", "since"], name="a_use_is_allowed_once_from_each_moment"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="an_allowed_use_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.article_id}: {self.use} {self.since:%Y-%m-%d} – {self.until:%Y-%m-%d}"


class KnownUses(models.Model):
    """Until when the allowed uses of an article are all there is to know; its row is held by
    whoever works them out. ``NEVER``: something changed, and nobody has looked since.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    until = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.article_id}: {self.until:%Y-%m-%d}"
