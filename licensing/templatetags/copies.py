"""What the newsroom asks of copies: those of an article or a grant, and how often they are read."""

from dataclasses import dataclass

from django import template

from articles.models import Article
from licensing.copies import figures
from licensing.copies.figures import Read
from licensing.models import Crosspost, CrosspostStatus, Grant, Sighting
from licensing.succession import before

register = template.Library()
MOST_SHOWN = 6


@dataclass(frozen=True)
class Copies:
    """The newest copies, how many there are and are not in order, and what was read of them."""

    rows: list[Crosspost]
    number: int
    amiss: int
    sightings: list[Sighting]
    read: Read | None


@register.simple_tag
def copies_of_article(article: Article) -> Copies:
    """Whoever asks has looked whether they may be shown."""
    return _copies(
        article.crossposts.all(),
        Sighting.objects.open().filter(pixel__article=article),
        figures.of_article(article, on=figures.today()),
    )


@register.simple_tag
def copies_of_grant(grant: Grant) -> Copies:
    """With those under the grants that it took the place of."""
    keys = before(grant)
    return _copies(
        Crosspost.objects.filter(grant__in=keys),
        Sighting.objects.open().filter(pixel__grant__in=keys),
        figures.of_grant(grant, on=figures.today()),
    )


def _copies(rows, sightings, read: Read | None) -> Copies:
    # Those that are amiss first.
    amiss = rows.filter(status=CrosspostStatus.NON_COMPLIANT)
    shown = list(amiss[:MOST_SHOWN])
    shown += rows.exclude(status=CrosspostStatus.NON_COMPLIANT)[: MOST_SHOWN - len(shown)]
    seen = list(sightings.order_by("-first_at", "-pk")[:MOST_SHOWN])
    return Copies(shown, rows.count(), amiss.count(), seen, read)
