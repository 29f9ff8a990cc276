"""What the rights desk does with a request until it is decided: take, ask back, write, quote.

Every verb holds the row of the request first; its letter and its record stand or fall with it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.workflows.actions import MoveNotAllowed, TooLate
from licensing import fingerprints, issuing, request_letters
from licensing.actions import steps
from licensing.models import (
    FeeScheduleVersion,
    PermissionRequest,
    PermissionRequestEvent,
    Quote,
    RequestMessage,
    RequestNote,
    RequestStatus,
)
from licensing.request_workflow import REQUEST
from licensing.rights.conditions import Condition, as_json
from licensing.rights.particulars import Particulars


@transaction.atomic
def review(
    permission_request: PermissionRequest, *, by, at: datetime | None = None
) -> PermissionRequestEvent:
    """Takes it: ``by`` owns it from now on, and the requester knows that somebody works on it."""
    at = at or timezone.now()
    steps.hold(permission_request)
    event = steps.move(permission_request, "review", by=by, at=at, owner=by)
    request_letters.tell(permission_request, "review", at=at, event=event)
    return event


@transaction.atomic
def assign(permission_request: PermissionRequest, *, by, to) -> None:
    """Gives it to a colleague, or to nobody (``None``). Raises NotYours."""
    steps.ask(by, "licensing.answer_permissionrequest")
    if to is not None and not to.has_perm("licensing.answer_permissionrequest"):
        raise MoveNotAllowed([_("%(name)s does not work on requests.") % {"name": to}])
    seen = permission_request.owner_id
    rows = PermissionRequest.objects.filter(pk=permission_request.pk, owner=seen)
    if not rows.update(owner=to):
        raise TooLate([_("Somebody else took it first. Look again.")])
    permission_request.owner = to
    before = f"{seen}" if seen else ""
    note = _("Given to %(name)s.") % {"name": to} if to else _("Given back to the queue.")
    if f"{to.pk if to else ''}" != before:
        add_note(permission_request, by=by, text=note)


@transaction.atomic
def ask_back(
    permission_request: PermissionRequest, *, by, text: str, at: datetime | None = None
) -> PermissionRequestEvent:
    """Asks the requester for what is missing."""
    at = at or timezone.now()
    steps.hold(permission_request)
    if not text.strip():
        raise MoveNotAllowed([_("Say what you want to know.")])
    event = steps.move(permission_request, "ask_back", by=by, at=at)
    say(permission_request, text=text, by=by, at=at)
    request_letters.tell(permission_request, "ask_back", at=at, event=event, text=text, by=by)
    return event


@transaction.atomic
def write(
    permission_request: PermissionRequest, *, by, text: str, at: datetime | None = None
) -> RequestMessage:
    """Writes to the requester without moving anything. Raises NotYours, MoveNotAllowed."""
    at = at or timezone.now()
    steps.ask(by, "licensing.answer_permissionrequest")
    steps.hold(permission_request)
    if permission_request.status in (RequestStatus.HELD, RequestStatus.CLOSED):
        raise MoveNotAllowed([_("This request takes no messages now.")])
    if permission_request.erased_at:
        raise MoveNotAllowed([_("The requester's data were erased: there is nobody to write to.")])
    message = say(permission_request, text=text, by=by, at=at)
    request_letters.tell(
        permission_request,
        "message",
        at=at,
        key=f"request-message-{message.pk}",
        text=text,
        by=by,
    )
    return message


@transaction.atomic
def add_note(
    permission_request: PermissionRequest, *, by, text: str, at: datetime | None = None
) -> RequestNote:
    """A note among colleagues. Raises NotYours."""
    steps.ask(by, "licensing.answer_permissionrequest")
    note = RequestNote(
        permission_request=permission_request,
        text=text.strip(),
        by=by,
        written_at=at or timezone.now(),
    )
    note.full_clean()
    note.save()
    return note


def say(permission_request, *, text: str, by, at: datetime) -> RequestMessage:
    """Puts words into the thread that the requester reads.

    Raises MoveNotAllowed where there are none, ValidationError where they cannot be read.
    """
    if not text.strip():
        raise MoveNotAllowed([_("There is nothing to read in this.")])
    message = RequestMessage(
        permission_request=permission_request, text=text.strip(), by=by, sent_at=at
    )
    message.full_clean()
    message.save()
    return message


@transaction.atomic
def quote(
    permission_request: PermissionRequest,
    *,
    by,
    given: Particulars,
    lines: list[dict],
    currency: str,
    net: Decimal,
    tax: Decimal,
    valid_until: date,
    tax_label: str = "",
    conditions: tuple[Condition, ...] = (),
    articles: Iterable[int] | None = None,
    is_exclusive: bool = False,
    schedule_version: FeeScheduleVersion | None = None,
    text: str = "",
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """Offers these rights at this price.

    Raises MoveNotAllowed where we could not give them, ValidationError where it does not add up.
    """
    at = at or timezone.now()
    steps.ask(by, REQUEST["quote"].permission)
    steps.hold(permission_request)
    if given.use != permission_request.use:
        raise MoveNotAllowed([_("A quote is for the use that was asked for.")])
    latest = permission_request.quotes.first()
    if articles is None:
        articles = permission_request.requested.values_list("article", flat=True)
    offer = Quote(
        permission_request=permission_request,
        number=latest.number + 1 if latest else 1,
        particulars=given.as_json(),
        is_exclusive=is_exclusive,
        conditions=as_json(conditions),
        articles=list(articles),
        lines=lines,
        currency=currency,
        net=net,
        tax=tax,
        tax_label=tax_label,
        total=net + tax,
        schedule_version=schedule_version,
        message=text.strip(),
        valid_until=valid_until,
        created_at=at,
        created_by=by,
    )
    offer.full_clean()
    if valid_until < timezone.localdate(at):
        raise MoveNotAllowed([_("The quote would have ended already.")])
    if reasons := issuing.objections(issuing.proposal(permission_request, at=at, quote=offer)):
        raise MoveNotAllowed(reasons)
    facts = {
        "quote": offer.number,
        "total": f"{offer.total} {currency}",
        "sha256": fingerprints.of_quote(offer),
    }
    event = steps.move(
        permission_request,
        "quote",
        by=by,
        at=at,
        facts=facts,
        **steps.answered(permission_request, at),
    )
    offer.save()
    request_letters.tell(
        permission_request, "quote", at=at, event=event, quote=offer, text=text, by=by
    )
    return event
