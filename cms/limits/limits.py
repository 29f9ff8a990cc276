"""How often somebody may do what has a limit: counted in rows, so that every process counts alike.

Who it was is kept as a keyed hash, which the clock throws away after a day.
"""

import hashlib
import hmac
import ipaddress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from cms.limits.models import Attempt

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PURPOSE = "cms.limits"
EVERYBODY = "everybody"
# Of an IPv6 address, what one household or company has.
NETWORK = 64


class TooMany(Exception):
    """This was done often enough for now; ``wait`` is until when."""

    def __init__(self, wait: timedelta):
        self.wait = wait
        super().__init__(f"Too many; wait {wait}.")


class Limit(NamedTuple):
    """At most so many times within a while."""

    most: int
    within: timedelta


def take(what: str, limits: dict[str, Limit], *, at: datetime, **who: str) -> None:
    """Counts one more of ``what``. Raises TooMany, and then does not count it.

    It is counted first and looked at afterwards: of many who come at once none slips through.
    """
    taken = [Attempt(what=f"{what}:{by}", who=_hashed(by, who.get(by, "")), at=at) for by in limits]
    for attempt in taken:
        attempt.save()
    waits = [
        limit.within
        for (limit, attempt) in zip(limits.values(), taken, strict=True)
        if _count(attempt, limit, at=at) > limit.most
    ]
    if waits:
        Attempt.objects.filter(pk__in=[attempt.pk for attempt in taken]).delete()
        raise TooMany(max(waits))


def address_of(request) -> str:
    """Where a request comes from. What a proxy says counts only where one stands before us: the
    last name in its list is the one that it saw itself.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return ""
    # As one that came over IPv4 is called where both are listened to.
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6:
        return str(ipaddress.ip_network((address, NETWORK), strict=False))
    return str(address)


def _count(attempt: Attempt, limit: Limit, *, at: datetime) -> int:
    same = Attempt.objects.filter(what=attempt.what, who=attempt.who)
    return same.filter(at__gt=at - limit.within).count()


def _hashed(by: str, who: str) -> str:
    """What is kept of somebody."""
    said = f"{PURPOSE}:{by}:{who.strip().casefold()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
