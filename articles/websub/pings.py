"""The hub is told, one feed at a time, outside of any transaction; at least once each.

Who is killed after the hub has taken a ping and before that is written down tells it once more.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.models import HubPing
from articles.websub import hub
from articles.websub.promises import UNTIL_CACHES_FORGET
from cms import outgoing

logger = logging.getLogger(__name__)

# How long a ping belongs to the clock that claimed it: longer than the hub may take to answer.
CLAIM = timedelta(seconds=60)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
GIVEN_UP_AFTER = timedelta(days=1)
# At a stroke, and for how long: mail and duties wait behind it. The rest comes with the next one.
MOST_AT_A_STROKE, LONGEST_STROKE = 500, timedelta(seconds=30)


@dataclass
class Told:
    """What became of the pings that were due."""

    taken: int = 0
    postponed: int = 0
    given_up: int = 0

    def __str__(self):
        counts = {
            "taken": self.taken,
            "to be tried again": self.postponed,
            "given up": self.given_up,
        }
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count)

    @property
    def has_trouble(self) -> bool:
        return bool(self.given_up)


def tell(
    *, now: Callable[[], datetime] = timezone.now, is_stopping: Callable[[], bool] = lambda: False
) -> Told:
    """Makes the pings that are due. A hub that does not answer is left alone until next time."""
    told = Told()
    if not (address := hub.address()):
        return told
    began = now()
    for key in list(HubPing.objects.due(began).values_list("pk", flat=True)[:MOST_AT_A_STROKE]):
        if is_stopping() or now() - began >= LONGEST_STROKE:
            break
        if not (ping := _claimed(key, at=now())):
            continue
        try:
            status = outgoing.post(
                address,
                [("hub.mode", "publish"), ("hub.url", ping.topic), ("hub.topic", ping.topic)],
            )
        except outgoing.NoAnswer as failure:
            _postponed(ping, str(failure), told, at=now())
            break
        if 200 <= status < 300:
            _taken(ping, status, told, at=now())
        else:
            _postponed(ping, f"HTTP {status}", told, at=now())
    return told


def _claimed(key: int, *, at: datetime) -> HubPing | None:
    # The UPDATE asks once more whether it is due, so that of two clocks one gets it.
    if HubPing.objects.due(at).filter(pk=key).order_by().update(due_at=at + CLAIM):
        return HubPing.objects.get(pk=key)
    return None


def _taken(ping: HubPing, status: int, told: Told, *, at: datetime) -> None:
    row = HubPing.objects.filter(pk=ping.pk)
    row.update(taken_at=at, answer=f"HTTP {status}", tries=0, failing_since=None)
    # Has the feed changed again meanwhile, the hub may have read it before that.
    if not row.filter(promised_at=ping.promised_at).update(due_at=None):
        row.update(due_at=at + UNTIL_CACHES_FORGET)
    told.taken += 1


def _postponed(ping: HubPing, answer: str, told: Told, *, at: datetime) -> None:
    row = HubPing.objects.filter(pk=ping.pk)
    since = ping.failing_since or at
    if at - since >= GIVEN_UP_AFTER:
        row.update(due_at=None, given_up_at=at, answer=answer[:200], tries=0, failing_since=None)
        told.given_up += 1
        logger.error("The hub did not take %s for a day (%s): given up.", ping.topic, answer)
        return
    wait = min(FIRST_WAIT * 2 ** min(ping.tries, 10), LONGEST_WAIT)
    row.update(due_at=at + wait, failing_since=since, tries=ping.tries + 1, answer=answer[:200])
    told.postponed += 1
    logger.warning("The hub did not take %s (%s); next try in %s.", ping.topic, answer, wait)
