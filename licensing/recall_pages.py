"""The page of a recall: what happened to a text, what to do, and where copies of it stand."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from licensing import copyholders, recall_letters
from licensing.models import Crosspost, PermissionRequest, RecalledCopy
from licensing.passages import Passages
from licensing.recall_words import Said, said_of
from licensing.republication import query, takeable

MOST_COPIES = 50


class Link(NamedTuple):
    """A recall on the page of a request."""

    words: str
    headline: str
    address: str


@dataclass(frozen=True)
class RecallPage:
    """A recall as its holder sees it. ``text_address``: where the text as it is now can be had, or
    ``is_in_feed``; ``back``: the page of the licence, which a partner has not.
    """

    copy: RecalledCopy
    said: Said
    language: str
    passages: Passages
    copies: list[Crosspost]
    text_address: str
    is_in_feed: bool
    back: str
    expires_at: datetime


def recall_page(copy: RecalledCopy, *, expires_at: datetime, at: datetime, token="") -> RecallPage:
    """What is shown of ``copy`` to whoever holds ``token``, of a licence; or to the partner."""
    found, said = copy.recall, said_of(copy.recall, at=at)
    copies = copyholders.known_copies(copy)
    differences = recall_letters.Differences()
    return RecallPage(
        copy=copy,
        said=said,
        language=found.article.language,
        passages=differences.of(copy, get_language(), at=at),
        copies=list(copies.order_by("-declared_at", "-pk")[:MOST_COPIES]),
        text_address=_text_address(copy, said, token, at=at) if copy.grant else "",
        is_in_feed=bool(copy.partner) and said.is_public and copyholders.is_in_feed(copy),
        back=reverse("licensing:permission", args=[token]) if copy.grant else "",
        expires_at=expires_at,
    )


def _text_address(copy: RecalledCopy, said: Said, token: str, *, at: datetime) -> str:
    article = copy.recall.article
    if not said.is_public or copy.recall.takes_back:
        return ""
    if article.pk not in {row.article_id for row in takeable(copy.grant, at=at)}:
        return ""
    return f"{reverse('licensing:held_copy', args=[token])}?{query(article=article.slug)}"


def open_on(permission_request: PermissionRequest, token: str) -> list[Link]:
    """What the holder of ``permission_request`` has still to answer, newest first."""
    rows = RecalledCopy.objects.silent().filter(grant__permission_request=permission_request)
    rows = rows.select_related("recall", "revision").order_by("-recall__at", "-pk")
    return [
        Link(row.recall.get_cause_display(), row.headline, recall_letters.path(row, token))
        for row in rows[:MOST_COPIES]
    ]
