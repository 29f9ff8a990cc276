"""Which articles are which: the states, and the one rule of what the public may see."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Editorial states. “Scheduled” is not one: it is approved with a date that lies ahead."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNAPPROVED = (Status.DRAFT, Status.IN_REVIEW)
# An approved article with a date was scheduled; its hour may strike while no worker runs.
MAY_BE_LIVE = (Status.APPROVED, Status.PUBLISHED)


class ArticleQuerySet(models.QuerySet):
    """Articles that are …"""

    def live(self, at: datetime | None = None):
        """… public at ``at``: the only rule of visibility, for every page, count, feed and file."""
        at = at or timezone.now()
        return self.filter(
            Q(embargo_until=None) | Q(embargo_until__lte=at),
            Q(carry_until=None) | Q(carry_until__gt=at),
            status__in=MAY_BE_LIVE,
            published_at__lte=at,
        )

    def withdrawn(self, at: datetime | None = None):
        """… taken back, as far as the public may know of it: an embargo covers the notice too."""
        at = at or timezone.now()
        return self.filter(
            Q(embargo_until=None) | Q(embargo_until__lte=at), status=Status.WITHDRAWN
        )

    def visible_to(self, user):
        """… that somebody of the newsroom may see: every one, or own ones and the public's."""
        if user.has_perm("articles.view_every_article"):
            return self
        live = self.model.objects.live()
        return self.filter(Q(created_by=user) | Q(pk__in=live.values("pk")))

    def in_region(self, region):
        """… about this part of the world or a part of it."""
        return self._under(self.model.regions.through, region=region)

    def on_theme(self, theme):
        """… on this matter or one within it."""
        return self._under(self.model.themes.through, theme=theme)

    def _under(self, through, **heading):
        ((name, row),) = heading.items()
        links = through.objects.filter(
            article=models.OuterRef("pk"), **{f"{name}__in": row.family()}
        )
        return self.filter(models.Exists(links))

    def by(self, author):
        """… in which this author has a part, whatever the role."""
        return self.filter(pk__in=author.bylines.values("article"))

    def of(self, publication):
        """… that appeared under this publication, or were first published there."""
        return self.filter(Q(publication=publication) | Q(originating_publication=publication))

    def newest_first(self):
        """… in the order of every listing; the key makes the order total."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """… with all that a card in a listing shows: three queries, whatever their number."""
        return self.select_related("publication", "featured_image").prefetch_related(
            "bylines__author"
        )
