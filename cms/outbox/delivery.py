"""Delivery: each mail that is due is claimed, sent and marked, one at a time, by the clock.

Not post_office's own sender: its lock file outlives a killed process, knows one machine only, and
a batch is marked at its end, so that whoever is killed in the middle sends it all again.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from post_office.models import STATUS, Email
from post_office.settings import get_backend, get_max_retries, get_retry_timedelta

from cms.text import CONTROL

logger = logging.getLogger(__name__)

# How long a mail belongs to whoever claimed it. Is that process killed, another takes the mail
# after this while; it may then arrive twice, under the same Message-ID.
CLAIM = timedelta(seconds=60)


@dataclass
class Delivery:
    """What became of the mail that was due."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    is_server_away: bool = False

    def __str__(self):
        counts = {"sent": self.sent, "to be tried again": self.postponed, "given up": self.failed}
        said = [f"{count} {what}" for what, count in counts.items() if count]
        if self.is_server_away:
            said.append("the mail server takes nothing now, the rest waits")
        return f"Mail: {', '.join(said)}." if said else ""

    @property
    def has_trouble(self) -> bool:
        """Whether somebody should look."""
        return bool(self.failed or self.is_server_away)


class ServerAway(Exception):
    """The mail server cannot be reached or refuses us: no fault of any mail."""


def due(at: datetime) -> QuerySet[Email]:
    """The mails that may leave at ``at``, oldest first."""
    has_come = Q(scheduled_time=None) | Q(scheduled_time__lte=at)
    waiting = Email.objects.filter(has_come, status__in=[STATUS.queued, STATUS.requeued])
    return waiting.order_by("pk")


def deliver(
    *, now: Callable[[], datetime] = timezone.now, is_stopping: Callable[[], bool] = lambda: False
) -> Delivery:
    """Sends what is due; safe to be called twice at once. Never inside a transaction.

    A mail that the server refuses is tried again later, each time after twice the while, and then
    given up, with a line in its log. While the server is away everything waits as it is.
    """
    delivery = Delivery()
    connection = None
    try:
        for key in list(due(now()).values_list("pk", flat=True)):
            if is_stopping():
                break
            # Before the claim: who waits for a server in vain has nothing to give back.
            connection = connection or _opened()
            if not (email := _claimed(key, at=now())):
                continue
            try:
                email.dispatch(commit=False, disconnect_after_delivery=False, connection=connection)
            except Exception as failure:
                _not_sent(email, failure, delivery, at=now())
                # What was said on this line cannot be known; the next mail gets a new one.
                _close(connection)
                connection = None
            else:
                _became(email, STATUS.sent, scheduled_time=None, last_updated=now())
                delivery.sent += 1
    except ServerAway as absence:
        delivery.is_server_away = True
        logger.error("The mail server takes nothing: %s", absence)
    finally:
        _close(connection)
    return delivery


def _opened() -> BaseEmailBackend:
    connection = get_connection(get_backend())
    try:
        connection.open()
    except (OSError, SMTPException) as failure:
        raise ServerAway(type(failure).__name__) from failure
    return connection


def _close(connection: BaseEmailBackend | None) -> None:
    # Whatever a server says to a goodbye, the mail is on its way or not.
    with suppress(OSError, SMTPException):
        if connection:
            connection.close()


def _claimed(key: int, *, at: datetime) -> Email | None:
    # The UPDATE asks once more whether the mail is due, so that of two clocks one gets it.
    if due(at).filter(pk=key).order_by().update(scheduled_time=at + CLAIM):
        return Email.objects.get(pk=key)
    return None


@transaction.atomic
def _not_sent(email: Email, failure: Exception, delivery: Delivery, *, at: datetime) -> None:
    if not Email.objects.select_for_update().filter(pk=email.pk).exists():
        # Erased meanwhile.
        return
    kind = type(failure).__name__
    # Shown to the administrator; the site's own log gets no address and no word of the mail.
    email.logs.create(
        status=STATUS.failed, exception_type=kind, message=CONTROL.sub("", str(failure))[:2000]
    )
    tries = email.number_of_retries or 0
    if tries < get_max_retries():
        wait = get_retry_timedelta() * 2**tries
        changes = {"scheduled_time": at + wait, "number_of_retries": tries + 1}
        _became(email, STATUS.requeued, last_updated=at, **changes)
        delivery.postponed += 1
        logger.warning("Mail %s was not taken (%s); next try at %s.", email.pk, kind, at + wait)
    else:
        _became(email, STATUS.failed, last_updated=at, scheduled_time=None)
        delivery.failed += 1
        logger.error("Mail %s was not taken (%s) and is given up.", email.pk, kind)


def _became(email: Email, status: int, **changes) -> None:
    Email.objects.filter(pk=email.pk).update(**{"status": status, **changes})
