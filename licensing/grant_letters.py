"""The letters about grants, to licensees; each promised once."""

from datetime import datetime

from licensing import request_letters
from licensing.models import Grant, GrantEvent, GrantStatus


def revoked(grant: Grant, event: GrantEvent) -> None:
    """It no longer counts, and why."""
    if event.by is None and event.from_status == GrantStatus.PENDING_PAYMENT:
        # It never counted; the letter about the request says that nothing is to be paid.
        return
    _tell(grant, "revoked", f"grant-event-{event.pk}-revoked", at=event.at, text=event.reason)


def expired(grant: Grant, event: GrantEvent) -> None:
    """Its last day has passed."""
    _tell(grant, "expired", f"grant-event-{event.pk}-expired", at=event.at)


def extended(grant: Grant, *, at: datetime) -> None:
    """It counts longer."""
    _tell(grant, "extended", f"grant-{grant.pk}-extended", at=at)


def ends_soon(grant: Grant, *, days: int, at: datetime) -> bool:
    """Its last day is near, and it can be renewed. ``days`` names the letter."""
    return _tell(grant, "grant_ending", f"grant-{grant.pk}-ends-in-{days}", at=at)


def _tell(grant: Grant, letter: str, key: str, *, at: datetime, **told) -> bool:
    return request_letters.tell(
        grant.permission_request, letter, at=at, key=key, grant=grant, **told
    )
