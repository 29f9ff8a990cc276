"""What is done with clearances: entered, asked for, granted, refused, revoked, ended.

Whatever changes what we hold writes down anew, in the same transaction, until when each article
that rests on it is carried.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.workflows.actions import MoveNotAllowed, NotYours, perform
from licensing import asking, gate, letters, links
from licensing.models import (
    Clearance,
    ClearanceEvent,
    ClearanceLink,
    ClearanceMessage,
    ClearanceStatus,
)
from licensing.workflow import CLEARANCE

CLOCK = "The clock"
# What a rights holder may settle on the link.
SETTLED_BY_LINK = ("covers", "passes_on", "conditions", "attribution", "valid_until")
MOST_MESSAGES_A_DAY = 20
LONGEST_MESSAGE = ClearanceMessage._meta.get_field("text").max_length


def enter(*, by, at: datetime | None = None, **fields) -> Clearance:
    """A clearance that is still needed. Raises ValidationError where its fields make no sense."""
    clearance = Clearance(created_by=by, **fields)
    clearance.full_clean()
    clearance.save()
    return clearance


@transaction.atomic
def request(
    clearance: Clearance, *, by, at: datetime | None = None, message: str = ""
) -> ClearanceEvent:
    """Writes to the rights holder, with a secret link; links sent before end."""
    at = at or timezone.now()
    event = _move(clearance, "request", by=by, at=at)
    links.revoke(clearance, at=at)
    link, token = links.make(clearance, at=at)
    if message.strip():
        _say(clearance, text=message, by=by, at=at)
    letters.ask(clearance, link, token, message=message.strip(), by=by)
    return event


@transaction.atomic
def grant(
    clearance: Clearance, *, by, at: datetime | None = None, reason: str = ""
) -> ClearanceEvent:
    """Records that we may rely on it; what it frees comes back to the public pages."""
    _wait_for_others(clearance)
    return _settle(clearance, "grant", by=by, at=at, reason=reason)


@transaction.atomic
def refuse(clearance: Clearance, *, by, reason: str, at: datetime | None = None) -> ClearanceEvent:
    """Records that the rights holder said no."""
    return _settle(clearance, "refuse", by=by, at=at, reason=reason)


@transaction.atomic
def revoke(clearance: Clearance, *, by, reason: str, at: datetime | None = None) -> ClearanceEvent:
    """Ends it now; what rests on it alone leaves the public pages in the same transaction."""
    return _settle(clearance, "revoke", by=by, at=at, reason=reason)


@transaction.atomic
def expire(clearance: Clearance, *, at: datetime | None = None, by=None) -> ClearanceEvent:
    """Records that its last day has passed. Raises MoveNotAllowed where it has not."""
    return _settle(clearance, "expire", by=by, at=at, actor=CLOCK)


@transaction.atomic
def reopen(
    clearance: Clearance, *, by, at: datetime | None = None, reason: str = ""
) -> ClearanceEvent:
    """Makes it a need again, to be changed and asked for anew."""
    return _settle(clearance, "reopen", by=by, at=at, reason=reason)


def _settle(clearance, name: str, *, by, at: datetime | None, reason: str = "", actor: str = ""):
    """A move after which nobody waits for an answer and what we hold may differ."""
    at = at or timezone.now()
    event = _move(clearance, name, by=by, at=at, reason=reason, actor=actor)
    links.revoke(clearance, at=at)
    gate.refresh(clearance, at=max(at, timezone.now()))
    return event


def _wait_for_others(clearance: Clearance) -> None:
    """Of two who grant for the same at once the second waits, and sees what the first granted."""
    subject = clearance.subject
    rows = type(subject).objects.order_by().select_for_update(no_key=True)
    list(rows.filter(pk=subject.pk).values_list("pk"))


def _move(clearance, name: str, *, by, at, reason: str = "", actor: str = "") -> ClearanceEvent:
    return perform(clearance, CLEARANCE, name, by=by, at=at, reason=reason, actor=actor)


@transaction.atomic
def remind(clearance: Clearance, *, number: int, asked: datetime, at: datetime) -> bool:
    """Writes to a rights holder who has not answered, with a fresh link.

    Returns whether it did: the same reminder of the same question is written once.
    """
    key = f"clearance-{clearance.pk}-{asked:%Y%m%dT%H%M%S%f}-reminder-{number}"
    if letters.is_promised(key) or not letters.can_be_sent_to(clearance.contact):
        return False
    if _status_now(clearance) != ClearanceStatus.REQUESTED:
        return False
    links.revoke(clearance, at=at)
    link, token = links.make(clearance, at=at)
    letters.remind(clearance, link, token, key=key)
    return True


# --- On the secret link -----------------------------------------------------------------------


class LinkIsClosed(MoveNotAllowed):
    """The link has been answered, revoked, or is too old."""


@transaction.atomic
def grant_by_link(
    link: ClearanceLink,
    *,
    name: str,
    terms: Mapping[str, object],
    seen: str = "",
    at: datetime | None = None,
) -> ClearanceEvent:
    """The rights holder says yes, to what ``terms`` (of SETTLED_BY_LINK) names.

    ``seen`` is the fingerprint (``licensing.asking``) of what the page showed them; whoever was
    shown something else is asked to look again. Raises LinkIsClosed or MoveNotAllowed, and then
    changes nothing.
    """
    at = at or timezone.now()
    _wait_for_others(link.clearance)
    clearance = _claim(link, at=at)
    if seen and seen != asking.fingerprint(clearance):
        raise MoveNotAllowed([_("What we ask for has changed meanwhile. Please look again.")])
    settled = [field for field in SETTLED_BY_LINK if field in terms]
    for field in settled:
        setattr(clearance, field, _each_once(terms[field]))
    _make_sense(clearance)
    clearance.save(update_fields=settled)
    event = _settle(clearance, "grant", by=None, at=at, actor=_on_the_link(link, name))
    letters.tell_desk_of_answer(clearance, event)
    return event


@transaction.atomic
def refuse_by_link(
    link: ClearanceLink, *, name: str, reason: str = "", at: datetime | None = None
) -> ClearanceEvent:
    """The rights holder says no. Raises LinkIsClosed."""
    at = at or timezone.now()
    clearance = _claim(link, at=at)
    actor = _on_the_link(link, name)
    reason = reason.strip() or _("No reason was given.")
    event = _settle(clearance, "refuse", by=None, at=at, reason=reason, actor=actor)
    letters.tell_desk_of_answer(clearance, event)
    return event


@transaction.atomic
def ask_by_link(
    link: ClearanceLink, *, name: str, text: str, at: datetime | None = None
) -> ClearanceMessage:
    """The rights holder asks something; the link stays open. Raises LinkIsClosed or its parent."""
    at = at or timezone.now()
    # Of many who ask at once each is counted.
    clearance = Clearance.objects.select_for_update().get(pk=link.clearance_id)
    link.refresh_from_db()
    if not link.is_open(at):
        raise LinkIsClosed([_("This link takes no more questions.")])
    today = clearance.messages.filter(by=None, sent_at__date=timezone.localdate(at))
    if today.count() >= MOST_MESSAGES_A_DAY:
        raise MoveNotAllowed([_("That is enough for one day. Please write again tomorrow.")])
    message = _say(clearance, text=text, name=name, at=at)
    letters.tell_desk_of_question(clearance, message)
    return message


def _claim(link: ClearanceLink, *, at: datetime) -> Clearance:
    """Takes the answer of ``link``. Returns the clearance as it stands now, and held."""
    # Whoever settles it at the desk takes the clearance first and its links after it, too.
    clearance = Clearance.objects.select_for_update(of=("self",)).get(pk=link.clearance_id)
    if not links.claim(link, at=at):
        raise LinkIsClosed([_("This link has been used, or is no longer valid.")])
    link.clearance = clearance
    return clearance


def _each_once(value):
    if not isinstance(value, list):
        return value
    return [each for place, each in enumerate(value) if each not in value[:place]]


def _on_the_link(link: ClearanceLink, name: str) -> str:
    return f"{name.strip()} <{link.sent_to}>"


# --- Correspondence ---------------------------------------------------------------------------


@transaction.atomic
def answer(clearance: Clearance, *, by, text: str, at: datetime | None = None) -> ClearanceMessage:
    """Writes to the rights holder, with a fresh link. Raises NotYours or MoveNotAllowed."""
    at = at or timezone.now()
    if not by.has_perm("licensing.request_clearance"):
        raise NotYours([_("You may not write to rights holders.")])
    if _status_now(clearance) != ClearanceStatus.REQUESTED:
        raise MoveNotAllowed([_("Nobody has been asked, or the answer is there already.")])
    if not letters.can_be_sent_to(clearance.contact):
        raise MoveNotAllowed([_("There is no contact that a letter can be sent to.")])
    message = _say(clearance, text=text, by=by, at=at)
    links.revoke(clearance, at=at)
    link, token = links.make(clearance, at=at)
    letters.answer(clearance, link, token, message=message)
    return message


def _status_now(clearance: Clearance) -> str:
    """The status that no colleague and no holder changes until this is written."""
    rows = Clearance.objects.order_by().select_for_update().filter(pk=clearance.pk)
    return rows.values_list("status", flat=True).get()


def _say(clearance: Clearance, *, text: str, at: datetime, by=None, name: str = ""):
    message = ClearanceMessage(
        clearance=clearance, text=text.strip(), by=by, name=name.strip(), sent_at=at
    )
    if len(message.text) > LONGEST_MESSAGE:
        raise MoveNotAllowed([_("A message may have %d characters.") % LONGEST_MESSAGE])
    _make_sense(message)
    message.save()
    return message


def _make_sense(row) -> None:
    """Raises MoveNotAllowed with what is wrong in the row."""
    try:
        row.full_clean()
    except ValidationError as fault:
        raise MoveNotAllowed(fault.messages) from fault


@transaction.atomic
def withdraw_links(clearance: Clearance, *, by, at: datetime | None = None) -> int:
    """Ends the links that still take an answer (sent to the wrong address, say)."""
    if not by.has_perm("licensing.request_clearance"):
        raise NotYours([_("You may not withdraw links.")])
    _status_now(clearance)
    return links.revoke(clearance, at=at or timezone.now())


@transaction.atomic
def delete_needed(clearance: Clearance, *, by) -> None:
    """Deletes a need that nobody was ever asked about. Raises NotYours or MoveNotAllowed."""
    if not by.has_perm("licensing.delete_clearance"):
        raise NotYours([_("You may not delete clearances.")])
    # Whoever asks for it at the same moment comes before or after, never in between.
    list(Clearance.objects.select_for_update().filter(pk=clearance.pk).values_list("pk"))
    if clearance.status != ClearanceStatus.NEEDED or clearance.events.exists():
        raise MoveNotAllowed([_("Somebody was asked already, so it stays on record.")])
    for evidence in clearance.evidence.all():
        transaction.on_commit(partial(evidence.file.storage.delete, evidence.file.name))
        evidence.delete()
    clearance.delete()
