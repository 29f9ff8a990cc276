"""Followers: who asked, and who gets digests."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from articles.following import actions, headings, noting
from articles.following.headings import Heading, whole_site
from articles.models import Follower

_numbers = count(1)


def heading_of(row) -> Heading:
    """What following calls ``row``."""
    return Heading(headings.kind_of(row), row.pk, str(row), row.slug)


def make_asked(*rows, email: str = "", at: datetime | None = None, **told) -> Follower:
    """Somebody who has not confirmed; without ``rows`` of the whole site."""
    return actions.ask(
        email or f"reader{next(_numbers)}@press.example",
        what=[heading_of(row) for row in rows] or [whole_site()],
        **{"frequency": "daily", "language": "en", "at": at, **told},
    )


def make_follower(*rows, at: datetime | None = None, **told) -> Follower:
    """Somebody who confirmed at ``at``, when all that is out by now had been noted."""
    at = at or timezone.now()
    noting.note(at=max(at, timezone.now()))
    follower = make_asked(*rows, at=at, **told)
    actions.confirm(
        follower,
        what=[heading_of(row) for row in rows] or [whole_site()],
        frequency=follower.frequency,
        language=follower.language,
        at=at,
    )
    follower.refresh_from_db()
    return follower


def the_next_morning(follower: Follower) -> datetime:
    """A moment after the next digest is due."""
    follower.refresh_from_db()
    return follower.due_at + timedelta(minutes=5)
