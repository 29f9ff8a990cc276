"""Mail is promised here, in the caller's transaction; nothing is sent before it commits.

The words are stored as they are. post_office's own ``mail.send`` would compile them once more as
a template, and what a visitor typed would run.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from post_office.models import PRIORITY, STATUS, Email

from cms.outbox.letters import MailRefused, list_headers, one_address, one_line, words
from cms.outbox.models import PromisedMail

LONGEST_KEY = PromisedMail._meta.get_field("key").max_length


@transaction.atomic
def enqueue(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict,
    language: str = settings.LANGUAGE_CODE,
    key: str = "",
    at: datetime | None = None,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> PromisedMail:
    """Promises a mail made of ``<template>.txt`` and ``<template>.html``; ``promise.email`` is it.

    A second promise under the same ``key`` returns the first and writes nothing. ``at`` is the
    moment before which it does not leave; ``headers`` are those of a list. Raises MailRefused.
    """
    if len(key) > LONGEST_KEY:
        raise MailRefused(_("The key of a mail may have %d characters.") % LONGEST_KEY)
    # Whoever comes second waits here until the first has committed.
    promise, is_new = PromisedMail.objects.get_or_create(
        key=key or uuid4().hex, defaults={"template": template}
    )
    if is_new:
        with translation.override(language):
            text, html = words(template, context)
            line = str(subject)
        promise.email = write(
            to=to,
            subject=line,
            text=text,
            html=html,
            at=at,
            reply_to=reply_to,
            headers=headers,
        )
        promise.save(update_fields=["email"])
    return promise


def write(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    at: datetime | None = None,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> Email:
    """The row of a mail that is all there. Raises MailRefused."""
    said = {"Auto-Submitted": "auto-generated", **list_headers(headers or {})}
    if reply_to:
        said["Reply-To"] = one_address(reply_to)
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Email.objects.create(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[one_address(to)],
        cc=[],
        bcc=[],
        subject=one_line(subject),
        message=text,
        html_message=html,
        headers=said,
        # However often it is tried, it is the same mail.
        message_id=f"<{uuid4()}@{sender.rpartition('@')[2]}>",
        priority=PRIORITY.medium,
        status=STATUS.queued,
        scheduled_time=at,
    )


def resend(email: Email) -> bool:
    """Puts a mail that was sent or given up back into the queue. Returns whether it did."""
    if email.status not in (STATUS.sent, STATUS.failed):
        return False
    fresh = {"status": STATUS.queued, "scheduled_time": None, "number_of_retries": 0}
    seen = Email.objects.filter(pk=email.pk, status=email.status)
    return bool(seen.update(**fresh))
