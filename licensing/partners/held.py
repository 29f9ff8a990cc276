"""What a partner was given before, held against what ``decide`` answers now: what changed, what is
taken back, what is granted again. What is written down of it: ``licensing.actions.deliveries``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from articles.models import Article
from licensing.models import Delivery, Partner

# How long a change, or that an article is taken back, stands in the feed.
TOLD_FOR = timedelta(days=30)
# So many of each at most, the last first; and so many are asked about at one visit.
MOST_CHANGED, MOST_TAKEN_BACK, MOST_ASKED = 30, 100, 60
# Changes of which nobody tells are found out within a day.
ASKED_AGAIN = timedelta(days=1)


@dataclass
class Held:
    """What a visit has to look at, by the key of the article; ``rows`` grow as pages are read."""

    partner: Partner
    at: datetime
    rows: dict[int, Delivery] = field(default_factory=dict)

    def add(self, rows: Iterable[Delivery]) -> None:
        for row in rows:
            self.rows.setdefault(row.article_id, row)

    @property
    def taken_back(self) -> list[Delivery]:
        """What is no longer granted, the last first."""
        since = self.at - TOLD_FOR
        gone = [row for row in self.rows.values() if row.gone_at and row.gone_at > since]
        gone.sort(key=lambda row: (row.gone_at, row.pk), reverse=True)
        return gone[:MOST_TAKEN_BACK]

    @property
    def changed(self) -> list[Delivery]:
        """What is another than it was, or granted again, the last first."""
        since = self.at - TOLD_FOR
        rows = [
            row
            for row in self.rows.values()
            if row.gone_at is None and row.changed_at and row.changed_at > since
        ]
        rows.sort(key=lambda row: (row.changed_at, row.pk), reverse=True)
        return rows[:MOST_CHANGED]

    def news(self, rows: Iterable[Delivery]) -> list[Delivery]:
        """Those of ``rows``, which go out now, that are not known already; in one order."""
        found = [
            row
            for row in rows
            if (before := self.rows.get(row.article_id)) is None or _is_news(before, row)
        ]
        return sorted(found, key=lambda row: row.article_id)


def has_changed(row: Delivery, article: Article, pictures: list[str]) -> bool:
    """Whether ``article``, with these pictures, is another than when ``row`` was given last."""
    return (
        article.newest_revision != row.revision_id
        or (row.is_whole and pictures != row.pictures)
        or any(correction.dated > row.last_at for correction in article.corrections.all())
    )


def _is_news(before: Delivery, row: Delivery) -> bool:
    """Whether what goes out differs, was announced, or is written down for the first time today."""
    same = ("revision_id", "grant_id", "is_whole", "pictures", "slug")
    is_announced = before.changed_at is not None and before.changed_at > before.last_at
    return (
        is_announced
        or row.last_at - before.last_at >= ASKED_AGAIN
        or any(getattr(before, name) != getattr(row, name) for name in same)
    )
