"""By which use readers may narrow a list ("what may I cross-post?"); the desk of rights says it.

Unknown is never yes: an article about which nothing is known answers to no use.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet


@dataclass(frozen=True)
class Uses:
    """``choices()`` → (key, label) of each; ``narrow(articles, use, at)`` → those that may be."""

    choices: Callable[[], list[tuple[str, str]]]
    narrow: Callable[[QuerySet, str, datetime], QuerySet]


_registered: list[Uses] = []


def register(uses: Uses) -> None:
    """From now on lists can be narrowed by ``uses``."""
    _registered[:] = [uses]


def choices() -> list[tuple[str, str]]:
    """The uses one can ask for; none where no desk of rights is there."""
    return _registered[0].choices() if _registered else []


def narrow(articles: QuerySet, use: str, *, at: datetime) -> QuerySet:
    """Those of ``articles`` that may be used like this, by anybody, as of ``at``."""
    return _registered[0].narrow(articles, use, at) if _registered else articles.none()
