"""Who hears of articles that have changed: desks that keep something worked out of them.

They hear it in the transaction of the change, so that what they keep stands or falls with it.
"""

from collections.abc import Callable

from django.db.models import QuerySet

from articles.models import Article

# ``hearer(articles)``, a QuerySet of those that may have changed: one or all of them.
Hearer = Callable[[QuerySet[Article]], None]
_hearers: list[Hearer] = []


def register(hearer: Hearer) -> Hearer:
    """A decorator: from now on the function hears of every change."""
    if hearer not in _hearers:
        _hearers.append(hearer)
    return hearer


def tell(articles: QuerySet[Article]) -> None:
    """Says that ``articles`` are saved, moved, joined to a report or told apart by their origin."""
    for hearer in _hearers:
        hearer(articles)
