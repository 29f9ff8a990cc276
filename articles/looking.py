"""Looks where links lead, one or many of them, and keeps what was found."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.utils import timezone

from articles.links import Link
from articles.models.links import LONGEST, LinkCheck, key_of
from cms.clock import duty
from cms.fetching import Answer, NotFetched, Why, look
from cms.limits.limits import DAY, HOUR, Limit, take

# One after the other, without a script: so long may the page take.
SECONDS = 30
# So that nobody has us knock at doors for them: four long articles an hour.
LIMITS = {"user": Limit(400, HOUR), "all": Limit(5_000, DAY)}
LOOK_AT_LINK = "look at a link"
KEPT = timedelta(days=180)
GONE = frozenset([404, 410])
# An answer to machines; a person may well be shown the page.
REFUSING = frozenset([401, 403, 405, 406, 407, 418, 429, 451, 999])
Outcome = LinkCheck.Outcome


def outcome_of(answer: Answer) -> str:
    """What the answer says of the link."""
    if answer.status in GONE:
        return Outcome.DEAD
    if answer.status in REFUSING:
        return Outcome.REFUSED
    if answer.status >= 400:
        return Outcome.FAILED
    return Outcome.MOVED if answer.moved_to else Outcome.ALIVE


def outcome_without_answer(why: Why) -> str:
    if why in {Why.UNKNOWN_HOST, Why.NO_ADDRESS}:
        return Outcome.DEAD
    return Outcome.CLOSED if why == Why.NOT_PUBLIC else Outcome.FAILED


def look_at(address: str, *, by, seconds: float = 10, seek: Callable = look) -> LinkCheck:
    """Looks there and keeps what was found. Raises TooMany where ``by`` has looked enough."""
    at = timezone.now()
    take(LOOK_AT_LINK, LIMITS, at=at, user=str(by.pk), all="")
    found: dict = {"code": None, "moved_to": ""}
    try:
        answer = seek(address, seconds=seconds)
        found |= {"outcome": outcome_of(answer), "code": answer.status}
        if found["outcome"] == Outcome.MOVED and len(answer.moved_to) <= LONGEST:
            found["moved_to"] = answer.moved_to
    except NotFetched as failure:
        found["outcome"] = outcome_without_answer(failure.why)
    check, _is_new = LinkCheck.objects.update_or_create(
        key=key_of(address), defaults={**found, "address": address[:LONGEST], "checked_at": at}
    )
    return check


def look_at_all(links: list[Link], *, by, seek: Callable = look) -> int:
    """Looks at every address of ``links`` while there is time, those never looked at first.

    Says how many were not reached. Raises TooMany.
    """
    end = monotonic() + SECONDS
    addresses = list(dict.fromkeys(link.address for link in links if link.is_web))
    known = dict(LinkCheck.objects.of(addresses).values_list("address", "checked_at"))
    addresses.sort(key=lambda address: known[address].timestamp() if address in known else 0)
    for number, address in enumerate(addresses):
        left = end - monotonic()
        if left <= 0:
            return len(addresses) - number
        look_at(address, by=by, seconds=min(left, 10), seek=seek)
    return 0


@duty("old checks of links are thrown away")
def throw_away_checks(*, at: datetime) -> str:
    """A link that nobody has asked about for half a year is nobody's."""
    LinkCheck.objects.filter(checked_at__lt=at - KEPT).delete()
    return ""
