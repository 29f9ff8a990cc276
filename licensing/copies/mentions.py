"""The clock's round of webmentions: whether the page links to the article, and is a copy of it.

A page that only links is a mention, and none of our business; one that has our text is a copy.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from cms.fetching import GUARD, Guard
from licensing.actions import webmentions
from licensing.compliance import checks
from licensing.compliance.matching import match
from licensing.compliance.owing import owed
from licensing.compliance.rules import SHARE, WORDS, Owed
from licensing.models import Crosspost, Outcome, Webmention
from licensing.rights.attribution import Form
from licensing.rights.attribution_links import place
from licensing.rights.attribution_pages import read

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=15)
MOST_AT_A_STROKE = 10
LONGEST_STROKE = timedelta(seconds=20)


@dataclass
class Round:
    """What was looked at."""

    copies: int = 0
    others: int = 0
    failed: int = 0

    def __str__(self):
        counts = {"copies": self.copies, "none": self.others, "failed": self.failed}
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count)

    @property
    def has_trouble(self) -> bool:
        return bool(self.failed)


def make(
    *,
    now: Callable[[], datetime] = timezone.now,
    is_stopping: Callable[[], bool] = lambda: False,
    guard: Guard = GUARD,
) -> Round:
    """Looks at what was told. Not to be called in a transaction."""
    made, began = Round(), now()
    keys = list(Webmention.objects.due(began).values_list("pk", flat=True)[:MOST_AT_A_STROKE])
    for key in keys:
        if is_stopping() or now() - began > LONGEST_STROKE:
            break
        at = now()
        # The UPDATE asks once more what is due: of two clocks one claims it.
        if not Webmention.objects.due(at).filter(pk=key).order_by().update(look_at=at + CLAIM):
            continue
        mention = Webmention.objects.select_related("article").get(pk=key)
        try:
            outcome = look(mention, at=at, guard=guard)
            webmentions.record(mention, outcome, at=now())
        except Exception:
            logger.exception("This webmention could not be looked at: %s", key)
            Webmention.objects.filter(pk=key).update(look_at=None, outcome=Outcome.NOTHING)
            made.failed += 1
            continue
        if outcome is Outcome.COPY:
            made.copies += 1
        else:
            made.others += 1
    return made


def look(mention: Webmention, *, at: datetime, guard: Guard = GUARD) -> Outcome:
    """What the page is. Touches no row."""
    if not mention.article.is_live(at):
        return Outcome.MENTION
    seen = checks.look(mention.source, guard=guard, keeps_text=False)
    if seen.fetched.failure:
        return Outcome.NOTHING
    asked = Crosspost(article=mention.article, url=mention.source, declared_at=at)
    is_copy = any(
        _links(seen, dues.work.url) and _has_text(seen, dues)
        for _revision, dues in owed(asked, at=at)
    )
    return Outcome.COPY if is_copy else Outcome.MENTION


def _links(seen: checks.Seen, url: str) -> bool:
    """What the standard asks of whoever sends a webmention."""
    return bool(read(seen.fetched.html, Form.WEB_HTML, [place(url)]).linked)


def _has_text(seen: checks.Seen, dues: Owed) -> bool:
    text = match(dues.paragraphs, seen.page.blocks, known=dues.known)
    return text.share >= SHARE or text.words_found >= WORDS
