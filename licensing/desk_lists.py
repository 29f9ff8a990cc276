"""The lists that the desk gets by mail in the morning: what is late, and which grants end."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import ngettext

from articles import addresses
from cms.outbox.actions import enqueue
from licensing.letters import is_promised
from licensing.models import Grant, GrantStatus, PermissionRequest
from licensing.request_letters import desk_address, house_of_ours

MOST_LISTED = 50
# On the clock of the house.
MORNING = 6


def late_requests(*, at: datetime) -> bool:
    """The requests past the day on which we promised an answer, oldest promise first."""
    rows = PermissionRequest.objects.late(at).order_by("promised_by", "pk")
    return _send(
        rows,
        key=f"desk-late-{timezone.localdate(at)}",
        name="late",
        at=at,
    )


def ending_grants(*, at: datetime, days: int) -> bool:
    """The grants whose last day comes within so many days."""
    today = timezone.localdate(at)
    rows = Grant.objects.filter(
        status=GrantStatus.ACTIVE, valid_until__range=(today, today + timedelta(days=days))
    )
    year, week, _day = today.isocalendar()
    return _send(
        rows.select_related("permission_request").order_by("valid_until", "pk"),
        key=f"desk-ending-{year}-{week}",
        name="ending",
        at=at,
    )


def _subject(name: str, number: int) -> str:
    if name == "late":
        said = ngettext(
            "%d request is past its promised day", "%d requests are past their promised day", number
        )
    else:
        said = ngettext("%d licence ends soon", "%d licences end soon", number)
    return said % number


def _case(row: PermissionRequest | Grant) -> PermissionRequest:
    return row.permission_request if isinstance(row, Grant) else row


def _send(rows: QuerySet, *, key: str, name: str, at: datetime) -> bool:
    """Returns whether it was written now."""
    address = desk_address(house_of_ours())
    is_early = timezone.localtime(at).hour < MORNING
    if not address or is_early or is_promised(key) or not (number := rows.count()):
        return False
    with translation.override(settings.LANGUAGE_CODE):
        subject = _subject(name, number)
    shown = [(row, addresses.site() + _case(row).get_admin_url()) for row in rows[:MOST_LISTED]]
    enqueue(
        to=address,
        subject=subject,
        template=f"licensing/mail/desk_{name}",
        context={
            "rows": shown,
            "more": number - len(shown),
            "subject": subject,
            "language": settings.LANGUAGE_CODE,
        },
        key=key,
    )
    return True
