"""Which articles are which: the states, and the one rule of what the public may see."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
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
FEW_LINKS = 2000


def _is_live(at: datetime) -> Q:
    return Q(
        Q(embargo_until=None) | Q(embargo_until__lte=at),
        Q(carry_until=None) | Q(carry_until__gt=at),
        status__in=MAY_BE_LIVE,
        published_at__lte=at,
    )


class ArticleQuerySet(models.QuerySet):
    """Articles that are …"""

    def live(self, at: datetime | None = None):
        """… public at ``at``: the only rule of visibility, for every page, count, feed and file."""
        return self.filter(_is_live(at or timezone.now()))

    def withdrawn(self, at: datetime | None = None):
        """… taken back, as far as the public may know of it: an embargo covers the notice too."""
        at = at or timezone.now()
        return self.filter(
            Q(embargo_until=None) | Q(embargo_until__lte=at), status=Status.WITHDRAWN
        )

    def scheduled(self, at: datetime | None = None):
        """… approved with a date, and nobody outside has seen them yet."""
        at = at or timezone.now()
        return self.filter(
            Q(published_at__gt=at) | Q(published_at__isnull=False, embargo_until__gt=at),
            status=Status.APPROVED,
        )

    def due_between(self, first: datetime, last: datetime):
        """… whose date, or embargo if that is later, comes from ``first`` up to before ``last``."""
        no_later = Q(embargo_until=None) | Q(embargo_until__lt=last)
        without_a_later_date = Q(published_at=None) | Q(published_at__lt=last)
        return self.filter(
            Q(no_later, published_at__gte=first, published_at__lt=last)
            | Q(without_a_later_date, embargo_until__gte=first, embargo_until__lt=last)
        ).exclude(status=Status.WITHDRAWN)

    def with_correction_due(self):
        """… changed after readers had seen them, of which readers have still to be told."""
        return self.filter(correction_due_since__isnull=False)

    def visible_to(self, user):
        """… that somebody of the newsroom may see: every one, or own ones and the public's."""
        if user.has_perm("articles.view_every_article"):
            return self
        # Each row is asked: a list of all that is live would be made anew for every page.
        return self.filter(Q(created_by=user) | _is_live(timezone.now()))

    def in_region(self, region):
        """… about this part of the world or a part of it."""
        return self.under("regions", region.family())

    def on_theme(self, theme):
        """… on this matter or one within it."""
        return self.under("themes", theme.family())

    def under(self, field: str, keys):
        """… linked by ``field`` (regions, themes) to a heading with one of ``keys``."""
        links = getattr(self.model, field).through.objects
        return self.linked(links.filter(**{f"{field.removesuffix('s')}__in": keys}), "article")

    def by(self, author, *, role: str = ""):
        """… in which this author (a row or its key) has a part: this one, or any."""
        bylines = self.model._meta.get_field("bylines").related_model.objects.filter(author=author)
        if role:
            bylines = bylines.filter(role=role)
        return self.linked(bylines, "article")

    def tagged(self, tag):
        """… with this tag (a row or its key)."""
        items = self.model.tags.through.objects.filter(
            tag=tag, content_type__app_label="articles", content_type__model="article"
        )
        return self.linked(items, "object_id")

    def linked(self, links, article: str):
        """… to which any of ``links`` (a QuerySet) points by its field ``article``.

        A few are looked up and sorted; of many, the newest articles are asked one by one, which
        soon fills a page. Either way round costs the other case a walk through the whole archive.
        """
        if links.order_by().values(article)[: FEW_LINKS + 1].count() > FEW_LINKS:
            return self.filter(models.Exists(links.filter(**{article: models.OuterRef("pk")})))
        return self.filter(pk__in=links.order_by().values(article))

    def of(self, publication):
        """… that appeared under this publication, or were first published there."""
        return self.filter(Q(publication=publication) | Q(originating_publication=publication))

    def passing_through(self, publication):
        """… of this outlet (a row or its key), or that it carried or translated on the way here."""
        hops = self.model._meta.get_field("hops").related_model.objects
        passed = hops.filter(publication=publication).values("article")
        return self.filter(
            Q(originating_publication=publication) | Q(publication=publication) | Q(pk__in=passed)
        )

    def versions_of(self, heads):
        """… one of these texts (keys of their first versions), in whatever language."""
        return self.filter(Q(pk__in=heads) | Q(translation_of__in=heads))

    def once_a_text(self, language: str, at: datetime | None = None):
        """… in ``language``, or not live in it: of a text that is, no other version."""
        versions = self.model.objects.live(at).filter(language=language)
        head = Coalesce(models.OuterRef("translation_of"), models.OuterRef("pk"))
        is_here = versions.filter(Q(pk=models.OuterRef("translation_of")) | Q(translation_of=head))
        return self.filter(Q(language=language) | ~models.Exists(is_here))

    def newest_first(self):
        """… in the order of every listing; the key makes the order total."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """… with all that a card in a listing shows: three queries, whatever their number."""
        return self.select_related("publication", "featured_image").prefetch_related(
            "bylines__author"
        )
