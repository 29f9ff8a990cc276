"""What rests on a clearance: the articles that nothing else lets us carry, and those that wait."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from articles.models import Article, Status
from licensing.chain import Clearances, picture_rights, text_rights
from licensing.gate import bears_on
from licensing.models import Clearance, Scope
from licensing.rights.carriage import is_carried
from licensing.rights.facts import Right

# Beyond this many a page does not look further, it says “more than”.
MOST = 500


class Reliance(NamedTuple):
    """Articles by what a clearance means to them, the newest first; withdrawn ones stay out.

    ``resting``: carried, and not without it. ``lacking``: not carried as things stand. Of a
    picture: the articles that show it, all ``resting`` where it may be shown by this alone.
    """

    concerned: int
    resting: list[Article]
    lacking: list[Article]
    is_more: bool = False

    @property
    def leaving(self) -> list[Article]:
        """What readers would miss if it ended now."""
        return [article for article in self.resting if article.is_live()]


def reliance(clearance: Clearance, *, at: datetime) -> Reliance:
    """What rests on ``clearance`` at ``at``."""
    articles = list(
        concerned(clearance)
        .select_related("publication", "originating_publication")
        .prefetch_related("bylines__author", "hops__publication")
        .newest_first()[: MOST + 1]
    )
    is_more = len(articles) > MOST
    articles = articles[:MOST]
    resting, lacking = [], []
    for article, rights in _rights(clearance, articles):
        if not is_carried(rights, at):
            lacking.append(article)
        elif not is_carried(_without(rights, clearance.pk), at):
            resting.append(article)
    return Reliance(len(articles), resting, lacking, is_more)


def concerned(clearance: Clearance) -> QuerySet[Article]:
    """The articles that it is about, as far as they may still be shown."""
    if clearance.scope == Scope.IMAGE:
        shown = Q(featured_image=clearance.image_id) | Q(gallery__image=clearance.image_id)
        keys = Article.objects.filter(shown).values("pk")
        articles = Article.objects.filter(pk__in=keys)
    else:
        articles = bears_on(clearance)
    return articles.exclude(status=Status.WITHDRAWN)


def _rights(clearance: Clearance, articles: list[Article]):
    if clearance.scope == Scope.IMAGE:
        found = picture_rights(clearance.image, Clearances(images=[clearance.image]))
        return [(article, found) for article in articles]
    clearances = Clearances(articles)
    return [(article, text_rights(article, clearances)) for article in articles]


def _without(rights: Iterable[Right], key: int) -> list[Right]:
    """The chain of title as it would be if the clearance of this ``key`` were not."""
    return [
        right._replace(
            routes=tuple(
                tuple(tuple(one for one in group if one.key != key) for group in route)
                for route in right.routes
            )
        )
        for right in rights
    ]
