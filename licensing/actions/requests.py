"""What requesters do on their secret link: confirm, correct, answer, accept, withdraw, write.

The verb holds the row of the request first, so that of two who act at once the second sees what
the first did. Names of requesters never go into the record of events: it cannot be erased.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from cms.workflows.actions import MoveNotAllowed
from licensing import corrected, instant, numbers, request_files, request_letters
from licensing.actions import settling, steps
from licensing.actions.grants import hold, hold_articles
from licensing.letters import can_be_sent_to
from licensing.models import (
    CameBy,
    PermissionRequest,
    PermissionRequestEvent,
    RequestedArticle,
    RequestFile,
    RequestMessage,
    RequestStatus,
)
from licensing.particulars import read

REQUESTER = "The requester"
_move = partial(steps.move, actor=REQUESTER)
# Nobody reads what is written on these, or not yet.
SILENT = (RequestStatus.HELD, RequestStatus.CLOSED)
# As long as nothing was offered, what was asked may be corrected without a word from us.
STILL_OPEN = (RequestStatus.RECEIVED, RequestStatus.IN_REVIEW)
MOST_MESSAGES_A_DAY = 20
MOST_ARTICLES = 50
# Where the bill goes may be said until it is written; the rest is what a quote is about.
BILLING = ("billing_name", "billing_address", "vat_id", "po_number")
# What a requester may still correct on the link.
CORRECTABLE = (
    "particulars",
    "purpose",
    "deadline",
    "outlet",
    "outlet_url",
    "outlet_country",
    *BILLING,
)


@transaction.atomic
def submit(
    *,
    articles: Iterable[tuple[Article, list[str]]],
    by=None,
    at: datetime | None = None,
    **fields,
) -> PermissionRequest:
    """A request for these articles, each with the pictures wanted, and its letter with the link.

    Asked on the page it is held until its e-mail is confirmed; entered by a colleague (``by``) it
    is received at once. Raises ValidationError where its fields make no sense.
    """
    articles = list(articles)
    if not 1 <= len(articles) <= MOST_ARTICLES:
        raise ValidationError(_("Name one to %d articles.") % MOST_ARTICLES)
    if len({article.pk for article, _pictures in articles}) < len(articles):
        raise ValidationError(_("Name each article once."))
    if by is not None:
        hold(article.pk for article, _pictures in articles)
    at = at or timezone.now()
    permission_request = PermissionRequest(
        came_by=CameBy.FORM if by is None else CameBy.DESK,
        created_at=at,
        moved_at=at,
        created_by=by,
        consented_at=at,
        number="-",
        **fields,
    )
    permission_request.full_clean(exclude=["number"])
    email = permission_request.requester_email
    if (email or by is None) and not can_be_sent_to(email):
        raise ValidationError({"requester_email": _("We could not write to this address.")})
    # The number comes last, because others wait for theirs.
    permission_request.number = numbers.next_number(numbers.REQUEST, at=at)
    permission_request.save()
    RequestedArticle.objects.bulk_create(
        RequestedArticle(
            permission_request=permission_request,
            article=article,
            pictures=pictures,
            position=position,
        )
        for position, (article, pictures) in enumerate(articles)
    )
    if by is not None:
        _receive(permission_request, by=by, at=at)
    else:
        request_letters.tell(permission_request, "submitted", at=at)
    return permission_request


@transaction.atomic
def confirm(
    permission_request: PermissionRequest, *, by=None, at: datetime | None = None
) -> PermissionRequestEvent:
    """The address is right: the request is received, and answered at once where a rule does."""
    _hold(permission_request)
    hold_articles(permission_request)
    return _receive(permission_request, by=by, at=at or timezone.now())


def _receive(permission_request: PermissionRequest, *, by, at: datetime) -> PermissionRequestEvent:
    """The caller holds the articles."""
    event = _move(permission_request, "confirm", by=by, at=at, **steps.received(at))
    answer = instant.answer(permission_request, at=at)
    if answer.rule is not None:
        settling.settle(permission_request, rule_version=answer.rule, at=at)
    else:
        request_letters.tell(permission_request, "received", at=at, event=event)
        request_letters.tell_desk(permission_request, "received", at=at, event=event)
    return event


@transaction.atomic
def answer(
    permission_request: PermissionRequest,
    *,
    by=None,
    text: str = "",
    changes: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """The requester answers what was asked back, in words and by correcting what was asked for."""
    at = at or timezone.now()
    _hold(permission_request)
    changed, told = _correct(permission_request, changes or {})
    event = _move(permission_request, "answer", by=by, at=at, facts={"changed": changed})
    text = _say_both(permission_request, text, told, by=by, at=at)
    request_letters.tell_desk(permission_request, "answer", at=at, event=event, text=text)
    return event


@transaction.atomic
def counter(
    permission_request: PermissionRequest,
    *,
    by=None,
    text: str = "",
    changes: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """The requester wants other rights than were quoted; the desk quotes anew."""
    at = at or timezone.now()
    _hold(permission_request)
    quote = permission_request.quotes.first()
    changed, told = _correct(permission_request, changes or {})
    if not changed and not text.strip():
        raise MoveNotAllowed([_("Say what you would like to change.")])
    facts = {"quote": quote.number if quote else 0, "changed": changed}
    event = _move(permission_request, "counter", by=by, at=at, facts=facts)
    text = _say_both(permission_request, text, told, by=by, at=at)
    request_letters.tell_desk(permission_request, "counter", at=at, event=event, text=text)
    return event


@transaction.atomic
def accept(
    permission_request: PermissionRequest,
    *,
    by=None,
    quote: int | None = None,
    changes: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """The requester takes the quote whose number the page showed; the licence or bill follows.

    ``changes`` are where the bill goes. Raises MoveNotAllowed where another quote stands by now.
    """
    _hold(permission_request)
    hold_articles(permission_request)
    at = at or timezone.now()
    latest = permission_request.quotes.first()
    if quote is not None and latest is not None and latest.number != quote:
        raise MoveNotAllowed([_("We have sent you another quote since. Please look at that one.")])
    _correct(permission_request, changes or {}, of=BILLING)
    event = _move(
        permission_request,
        "accept",
        by=by,
        at=at,
        facts={"quote": latest.number if latest else 0},
        accepted_quote=latest,
    )
    settling.follow_up_acceptance(permission_request, event, at=at)
    return event


@transaction.atomic
def withdraw(
    permission_request: PermissionRequest,
    *,
    by=None,
    text: str = "",
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """The requester no longer wants it. A licence that waits for payment is void, and its bill."""
    at = at or timezone.now()
    _hold(permission_request)
    was_held = permission_request.status == RequestStatus.HELD
    event = _move(permission_request, "withdraw", by=by, at=at, settled_at=at)
    _say(permission_request, text, by=by, at=at)
    settling.void_unpaid(permission_request, at=at, why=_("The request was withdrawn."))
    request_letters.tell(permission_request, "withdraw", at=at, event=event)
    if not was_held:
        request_letters.tell_desk(permission_request, "withdraw", at=at, event=event, text=text)
    return event


@transaction.atomic
def correct(
    permission_request: PermissionRequest,
    *,
    changes: Mapping[str, object],
    text: str = "",
    at: datetime | None = None,
) -> list[str]:
    """The requester corrects what was asked for; the names of what changed.

    What it said before and what it says now stands in the thread, and the desk is told. Raises
    MoveNotAllowed once something was offered, ValidationError where it makes no sense.
    """
    at = at or timezone.now()
    _hold(permission_request)
    if permission_request.status not in STILL_OPEN:
        raise MoveNotAllowed([_("This cannot be changed now. Write to us instead.")])
    changed, told = _correct(permission_request, changes)
    if changed:
        _not_too_often(permission_request, at=at)
        text = _say_both(permission_request, text, told, by=None, at=at)
        last = permission_request.messages.last()
        request_letters.tell_desk(
            permission_request, "message", at=at, key=f"request-message-{last.pk}", text=text
        )
    return changed


@transaction.atomic
def send_file(
    permission_request: PermissionRequest, *, upload: UploadedFile, at: datetime | None = None
) -> RequestFile:
    """The requester sends a file. Raises MoveNotAllowed, and ValidationError for what is none."""
    at = at or timezone.now()
    _hold(permission_request)
    if permission_request.status in SILENT:
        raise MoveNotAllowed([_("This request takes no files now.")])
    if known := request_files.known(permission_request, upload):
        return known
    kept = request_files.keep(permission_request, upload, by=None, at=at)
    said = _("A file was sent: %(name)s") % {"name": kept.name}
    request_letters.tell_desk(
        permission_request, "message", at=at, key=f"request-file-{kept.pk}", text=said
    )
    return kept


@transaction.atomic
def write(
    permission_request: PermissionRequest, *, text: str, at: datetime | None = None
) -> RequestMessage:
    """The requester writes to the desk. Raises MoveNotAllowed where nobody reads it any more."""
    at = at or timezone.now()
    _hold(permission_request)
    if permission_request.status in SILENT:
        raise MoveNotAllowed([_("This request takes no messages now.")])
    last = permission_request.messages.last()
    if last is not None and last.by is None and last.text == text.strip():
        # A double click; nobody is told twice.
        return last
    _not_too_often(permission_request, at=at)
    message = _say(permission_request, text, by=None, at=at)
    if message is None:
        raise MoveNotAllowed([_("There is nothing to read in this.")])
    request_letters.tell_desk(
        permission_request, "message", at=at, key=f"request-message-{message.pk}", text=text
    )
    return message


def _hold(permission_request: PermissionRequest) -> None:
    """Holds the row, and brings what the caller has of it up to date."""
    PermissionRequest.objects.select_for_update().get(pk=permission_request.pk)
    permission_request.refresh_from_db()


def _not_too_often(permission_request: PermissionRequest, *, at: datetime) -> None:
    today = permission_request.messages.filter(by=None, sent_at__date=timezone.localdate(at))
    if today.count() >= MOST_MESSAGES_A_DAY:
        raise MoveNotAllowed([_("That is enough for one day. Please write again tomorrow.")])


def _correct(
    permission_request: PermissionRequest,
    changes: Mapping[str, object],
    *,
    of: Iterable[str] = CORRECTABLE,
) -> tuple[list[str], str]:
    """Writes what the requester corrected: the names of what changed, and before and after in
    words. Raises ValidationError.
    """
    before = {}
    for name in of:
        if name not in changes:
            continue
        value = changes[name]
        if name == "particulars":
            value = read(permission_request.use, value).as_json()
        if getattr(permission_request, name) != value:
            before[name] = getattr(permission_request, name)
            setattr(permission_request, name, value)
    if before:
        permission_request.full_clean()
        permission_request.save(update_fields=list(before))
    return list(before), corrected.in_words(permission_request, before)


def _say_both(permission_request, text: str, told: str, *, by, at: datetime) -> str:
    """Puts what was written and what was changed into the thread; both in one."""
    for part in (text, told):
        _say(permission_request, part, by=by, at=at)
    return "\n\n".join(filter(None, (text.strip(), told)))


def _say(permission_request, text: str, *, by, at: datetime) -> RequestMessage | None:
    if not text.strip():
        return None
    message = RequestMessage(
        permission_request=permission_request, text=text.strip(), by=by, sent_at=at
    )
    message.full_clean()
    message.save()
    return message
