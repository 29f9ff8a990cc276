"""The clock's round of copies that are due: some at once, one of each outlet, and not for long.

Mail and duties wait behind it, so what is not done in time is left to the next stroke. Whatever a
page does to us, the others are looked at all the same.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from cms.fetching import GUARD, Guard
from licensing.compliance import checks, fetch
from licensing.models import Crosspost

logger = logging.getLogger(__name__)

# How long a copy belongs to the clock that claimed it: longer than any look takes.
CLAIM = timedelta(minutes=15)
# After a fault of ours the copy is left alone for so long.
REST = timedelta(days=1)
# So many are fetched at a time; no new ones are begun after so long.
AT_A_TIME, LONGEST_STROKE = 8, timedelta(seconds=20)
MOST_AT_A_STROKE = 48
# So many of those that wait are read for their outlets at a time.
WAITING = 500


@dataclass
class Round:
    """What was looked at."""

    seen: int = 0
    unseen: int = 0
    failed: int = 0

    def __str__(self):
        counts = {"seen": self.seen, "not to be seen": self.unseen, "failed": self.failed}
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count)

    @property
    def has_trouble(self) -> bool:
        return bool(self.failed)


def make(
    *,
    now: Callable[[], datetime] = timezone.now,
    is_stopping: Callable[[], bool] = lambda: False,
    guard: Guard = GUARD,
    seconds: float = fetch.SECONDS,
) -> Round:
    """Looks at copies that are due. Not to be called in a transaction."""
    made, began = Round(), now()
    due = iter(_due(began))
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        while not is_stopping() and now() - began < LONGEST_STROKE:
            if not (batch := _claimed(due, at=now())):
                break
            looks = [
                pool.submit(checks.look, crosspost.url, guard=guard, seconds=seconds)
                for crosspost in batch
            ]
            for crosspost, look in zip(batch, looks, strict=True):
                _record(crosspost, look.result, made, at=now())
    return made


def _due(at: datetime) -> list[int]:
    """Of each outlet the one that waits longest, lest one outlet keep the others waiting."""
    found: dict[str, int] = {}
    while len(found) < MOST_AT_A_STROKE:
        others = Crosspost.objects.due(at).exclude(host__in=list(found))
        waiting = list(others.values_list("host", "pk")[:WAITING])
        for host, key in waiting:
            found.setdefault(host, key)
        if len(waiting) < WAITING:
            break
    return list(found.values())[:MOST_AT_A_STROKE]


def _claimed(due, *, at: datetime) -> list[Crosspost]:
    """The next ones that no other clock has claimed: the UPDATE asks once more what is due."""
    claimed = []
    for key in due:
        rows = Crosspost.objects.due(at).filter(pk=key).order_by()
        if rows.update(next_check_at=at + CLAIM):
            claimed.append(Crosspost.objects.select_related("grant").get(pk=key))
        if len(claimed) == AT_A_TIME:
            break
    return claimed


def _record(crosspost: Crosspost, seen: Callable, made: Round, *, at: datetime) -> None:
    try:
        done = checks.record(crosspost, seen(), at=at)
    except Exception:
        logger.exception("This copy could not be looked at: %s", crosspost.pk)
        Crosspost.objects.filter(pk=crosspost.pk).update(next_check_at=at + REST)
        made.failed += 1
        return
    if done.failure:
        made.unseen += 1
    else:
        made.seen += 1
