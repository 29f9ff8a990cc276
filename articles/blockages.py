"""What keeps approved articles from going out, each with its reasons at the hour it is due.

Whether an article may go out is asked of every desk, one article after the other; so only those
next on the way out are looked at, however many lie approved.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from articles import readiness
from articles.models import Article, Status

MOST_LOOKED_AT = 12


@dataclass(frozen=True)
class Blockage:
    """An article, and why it cannot go out."""

    article: Article
    reasons: list[str]


def blockages(articles, *, at: datetime) -> tuple[list[Blockage], bool]:
    """Those of ``articles`` (a QuerySet) that are approved and blocked, the next to go out first.

    Also whether more are approved than were looked at.
    """
    waiting = articles.filter(status=Status.APPROVED).order_by(
        F("published_at").asc(nulls_last=True), "updated_at", "pk"
    )
    # The keys first: what is sorted is small.
    keys = list(waiting.values_list("pk", flat=True)[: MOST_LOOKED_AT + 1])
    rows = Article.objects.select_related(
        "publication", "originating_publication", "featured_image"
    ).prefetch_related("bylines__author", "gallery__image", "hops__publication")
    known = rows.in_bulk(keys[:MOST_LOOKED_AT])
    found = [
        Blockage(article, reasons)
        for article in (known[key] for key in keys if key in known)
        if (reasons := readiness.blockers(article, at=out_at(article, at=at)))
    ]
    return found, len(keys) > MOST_LOOKED_AT


def out_at(article: Article, *, at: datetime) -> datetime:
    """When it is due to be seen: its hour or the end of its embargo, but not before now."""
    return max(filter(None, (at, article.published_at, article.embargo_until)))
