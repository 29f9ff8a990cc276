"""What time does to requests and grants: reminders, lapses, expiries, and the desk's daily lists.

Every duty asks the rows what is due, does a bounded number of them, and leaves the rest to its
next turn; a letter is written once for each time that something was asked.
"""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import ngettext

from cms.clock import duty
from cms.outbox.models import PromisedMail
from cms.workflows.actions import MoveNotAllowed
from licensing import desk_lists, erasure, grant_letters, request_letters
from licensing.actions import endings, grants
from licensing.actions import erasure as erasing
from licensing.models import (
    Grant,
    GrantStatus,
    Invoice,
    InvoiceKind,
    Payment,
    PermissionRequest,
    PermissionRequestEvent,
    Quote,
    RequestFile,
    RequestMessage,
    RequestStatus,
)
from licensing.models.request import OPEN

# Days after asking at which a requester is reminded, and after which the request lapses.
CONFIRM_REMINDERS, CONFIRM_LAPSE = (3,), 14
ANSWER_REMINDERS, ANSWER_LAPSE = (7, 14), 28
# Days before the last day of a quote; it lapses on the day after.
QUOTE_REMINDERS = (7, 1)
# Days after the day on which an invoice was due.
PAYMENT_REMINDERS, PAYMENT_LAPSE = (1, 14), 30
# Days before the last day of a grant, and how old it must be, so that no news is a warning.
GRANT_WARNINGS = {30: 7, 7: 1}
MOST_AT_ONCE = 200


# --- Held, and not confirmed ------------------------------------------------------------------


@duty("requesters are reminded to confirm")
def remind_to_confirm(*, at: datetime) -> str:
    """Writes once more to whoever has not confirmed the address."""
    held = _reachable(RequestStatus.HELD)
    return _reminded(
        _remind(row, "remind_confirm", key, at=at)
        for days, waiting in _asked_days_ago(held, CONFIRM_REMINDERS, CONFIRM_LAPSE, at=at)
        for row, key in _not_yet_told(waiting, _episode("remind_confirm", days, is_new=True))
    )


@duty("requests that nobody confirmed lapse")
def lapse_unconfirmed(*, at: datetime) -> str:
    """A request whose address was never confirmed is nobody's."""
    held = PermissionRequest.objects.filter(status=RequestStatus.HELD)
    return _lapsed(held.filter(moved_at__lte=at - timedelta(days=CONFIRM_LAPSE)), at=at)


# --- Asked back -------------------------------------------------------------------------------


@duty("requesters are reminded of our question")
def remind_of_question(*, at: datetime) -> str:
    """Asks again whoever has not said a word since; not whoever wrote in another way."""
    wrote = RequestMessage.objects.filter(
        permission_request=OuterRef("pk"), by=None, sent_at__gt=OuterRef("moved_at")
    )
    silent = _reachable(RequestStatus.AWAITING_REQUESTER).exclude(Exists(wrote))
    return _reminded(
        _remind(row, "remind_answer", key, at=at, **_question(row))
        for days, waiting in _asked_days_ago(silent, ANSWER_REMINDERS, ANSWER_LAPSE, at=at)
        for row, key in _not_yet_told(waiting, _episode("remind_answer", days))
    )


def _question(permission_request: PermissionRequest) -> dict:
    asked = permission_request.messages.filter(by__isnull=False).select_related("by").last()
    ends = timezone.localdate(permission_request.moved_at + timedelta(days=ANSWER_LAPSE))
    return {"text": asked.text, "by": asked.by, "day": ends} if asked else {"day": ends}


@duty("requests without an answer lapse")
def lapse_unanswered(*, at: datetime) -> str:
    """Nothing was heard for four weeks."""
    since = at - timedelta(days=ANSWER_LAPSE)
    wrote = RequestMessage.objects.filter(
        permission_request=OuterRef("pk"), by=None, sent_at__gt=since
    )
    waiting = PermissionRequest.objects.filter(
        status=RequestStatus.AWAITING_REQUESTER, moved_at__lte=since
    )
    return _lapsed(waiting.exclude(Exists(wrote)), at=at)


# --- Quoted -----------------------------------------------------------------------------------


def _quoted(rows: QuerySet[PermissionRequest]) -> QuerySet[PermissionRequest]:
    quotes = Quote.objects.filter(permission_request=OuterRef("pk")).order_by("-number")
    return rows.annotate(ends=Subquery(quotes.values("valid_until")[:1]))


@duty("requesters are reminded of quotes that end")
def remind_of_quote(*, at: datetime) -> str:
    """Tells whoever has not answered a quote that it ends; not on the day it was sent."""
    today = timezone.localdate(at)
    quoted = _quoted(_reachable(RequestStatus.QUOTED)).filter(moved_at__lte=at - timedelta(days=1))
    return _reminded(
        _remind(row, "remind_quote", key, at=at, quote=row.quotes.first())
        for days, first, last in _spans_ahead(QUOTE_REMINDERS)
        for row, key in _not_yet_told(
            quoted.filter(ends__range=(today + first, today + last)),
            _episode("remind_quote", days),
        )
    )


@duty("requests whose quote has ended lapse")
def lapse_quoted(*, at: datetime) -> str:
    """The last day of the quote has passed."""
    quoted = _quoted(PermissionRequest.objects.filter(status=RequestStatus.QUOTED))
    return _lapsed(quoted.filter(ends__lt=timezone.localdate(at)), at=at)


# --- Billed -----------------------------------------------------------------------------------


def _billed(rows: QuerySet[PermissionRequest]) -> QuerySet[PermissionRequest]:
    """With the day on which the bill is due. Where a part was paid a person looks at it."""
    bills = Invoice.objects.filter(
        permission_request=OuterRef("pk"), kind=InvoiceKind.INVOICE, cancelled_by=None
    )
    paid = Payment.objects.filter(
        invoice__permission_request=OuterRef("pk"), invoice__cancelled_by=None
    )
    due = bills.order_by("-pk").values("due_on")[:1]
    return rows.exclude(Exists(paid)).annotate(due=Subquery(due))


@duty("requesters are reminded of invoices")
def remind_of_invoice(*, at: datetime) -> str:
    """Tells whoever has not paid that the invoice was due."""
    today = timezone.localdate(at)
    billed = _billed(_reachable(RequestStatus.AWAITING_PAYMENT))
    return _reminded(
        _remind(row, "remind_payment", key, at=at, invoice=_bill(row))
        for days, oldest, newest in _spans_behind(PAYMENT_REMINDERS, PAYMENT_LAPSE)
        for row, key in _not_yet_told(
            billed.filter(due__gt=today - oldest, due__lte=today - newest),
            _episode("remind_payment", days),
        )
    )


def _bill(permission_request: PermissionRequest) -> Invoice:
    bills = permission_request.invoices.filter(kind=InvoiceKind.INVOICE, cancelled_by=None)
    return bills.latest("pk")


@duty("requests that nobody paid for lapse")
def lapse_unpaid(*, at: datetime) -> str:
    """The licence never counted, and its bill is cancelled."""
    billed = _billed(PermissionRequest.objects.filter(status=RequestStatus.AWAITING_PAYMENT))
    last = timezone.localdate(at) - timedelta(days=PAYMENT_LAPSE)
    return _lapsed(billed.filter(due__lte=last), at=at)


# --- Grants -----------------------------------------------------------------------------------


@duty("grants end")
def expire_grants(*, at: datetime) -> str:
    """Records that the last day has passed. Whoever asks ``decide`` knows already."""
    over = Grant.objects.filter(status=GrantStatus.ACTIVE, valid_until__lt=timezone.localdate(at))
    ended = 0
    for grant in list(over.order_by("valid_until", "pk")[:MOST_AT_ONCE]):
        try:
            grants.expire(grant, at=at)
        except MoveNotAllowed:
            # Revoked or extended a moment ago.
            continue
        ended += 1
    return _counted(ended, "%d grant has ended.", "%d grants have ended.")


@duty("licensees are told of grants that end")
def tell_of_ends(*, at: datetime) -> str:
    """A month and a week ahead, with an offer to renew; not whoever is renewing already."""
    today = timezone.localdate(at)
    renewing = PermissionRequest.objects.filter(renews=OuterRef("pk"), status__in=OPEN)
    running = Grant.objects.filter(
        status=GrantStatus.ACTIVE, permission_request__erased_at=None
    ).exclude(permission_request__requester_email="")
    told = 0
    for days, first, last in _spans_ahead(tuple(GRANT_WARNINGS)):
        settled = at - timedelta(days=GRANT_WARNINGS[days])
        ending = running.filter(
            valid_until__range=(today + first, today + last), issued_at__lte=settled
        ).exclude(Exists(renewing))
        key = Concat(
            Value("grant-"), Cast("pk", CharField()), Value(f"-ends-in-{days}"), output_field=_TEXT
        )
        for grant, _key in _not_yet_told(ending, key):
            told += grant_letters.ends_soon(grant, days=days, at=at)
    return _counted(told, "%d licensee was told.", "%d licensees were told.")


# --- The desk ---------------------------------------------------------------------------------


@duty("the desk is told of requests past their day")
def list_late_requests(*, at: datetime) -> str:
    """Once a day, in the morning, as long as there are any."""
    return "Told." if desk_lists.late_requests(at=at) else ""


@duty("the desk is told of grants that end")
def list_ending_grants(*, at: datetime) -> str:
    """Once a week, in the morning, as long as there are any."""
    return "Told." if desk_lists.ending_grants(at=at, days=max(GRANT_WARNINGS)) else ""


# --- Who is forgotten -------------------------------------------------------------------------


@duty("requesters are forgotten")
def forget_requesters(*, at: datetime) -> str:
    """Erases who asked once we no longer have to know; and files of theirs that are left."""
    forgotten = 0
    for permission_request in list(erasure.due(at=at).order_by("settled_at")[:MOST_AT_ONCE]):
        try:
            forgotten += erasing.erase(permission_request, at=at)
        except MoveNotAllowed:
            # Reopened a moment ago.
            continue
    left = RequestFile.objects.filter(permission_request__erased_at__lt=at).exclude(file="")
    erasing.delete_files(left.order_by("pk")[:MOST_AT_ONCE])
    return _counted(forgotten, "%d requester was forgotten.", "%d requesters were forgotten.")


# --- What they share --------------------------------------------------------------------------

_TEXT = CharField()


def _reachable(status: RequestStatus) -> QuerySet[PermissionRequest]:
    """Those who wait in ``status`` and have an address."""
    return PermissionRequest.objects.filter(status=status, erased_at=None).exclude(
        requester_email=""
    )


def _asked_days_ago(rows, reminders: tuple[int, ...], end: int, *, at: datetime):
    """For each reminder those for whom it is the latest one due: a clock that stood still for a
    month does not write the first and the second at once, nor to what lapses now."""
    for days, following in zip(reminders, [*reminders[1:], end], strict=True):
        since, until = at - timedelta(days=following), at - timedelta(days=days)
        yield days, rows.filter(moved_at__gt=since, moved_at__lte=until)


def _spans_ahead(warnings: tuple[int, ...]):
    """For each warning how far ahead the last day may lie: (7, 2 to 7 days), (1, 0 to 1 day)."""
    nearer = [*(days + 1 for days in warnings[1:]), 0]
    for days, first in zip(warnings, nearer, strict=True):
        yield days, timedelta(days=first), timedelta(days=days)


def _spans_behind(reminders: tuple[int, ...], end: int):
    """For each reminder how long ago the day may be: (1, 1 to 13 days), (14, 14 to 29 days)."""
    for days, following in zip(reminders, [*reminders[1:], end], strict=True):
        yield days, timedelta(days=following), timedelta(days=days)


def _episode(letter: str, days: int, *, is_new: bool = False) -> Concat:
    """The key of a reminder: one for each time that the request came to where it waits. One that
    is new has no event yet."""
    events = PermissionRequestEvent.objects.filter(permission_request=OuterRef("pk"))
    latest = Subquery(events.order_by("-number").values("pk")[:1])
    return Concat(
        Value("request-" if is_new else "request-event-"),
        Cast(F("pk") if is_new else latest, CharField()),
        Value(f"-{letter}-{days}"),
        output_field=_TEXT,
    )


def _not_yet_told(rows: QuerySet, key: Concat) -> list[tuple]:
    """The first of those to whom no letter was promised under ``key``, each with its key."""
    promised = PromisedMail.objects.filter(key=OuterRef("letter_key"))
    waiting = rows.annotate(letter_key=key).exclude(Exists(promised)).order_by("pk")
    return [(row, row.letter_key) for row in waiting[:MOST_AT_ONCE]]


def _remind(permission_request: PermissionRequest, letter: str, key: str, *, at, **told) -> bool:
    return request_letters.tell(permission_request, letter, at=at, key=key, **told)


def _lapsed(rows: QuerySet[PermissionRequest], *, at: datetime) -> str:
    lapsed = 0
    for permission_request in list(rows.order_by("moved_at", "pk")[:MOST_AT_ONCE]):
        try:
            endings.lapse(permission_request, at=at)
        except MoveNotAllowed:
            # The requester or the desk was faster.
            continue
        lapsed += 1
    return _counted(lapsed, "%d request has lapsed.", "%d requests have lapsed.")


def _reminded(written) -> str:
    return _counted(sum(written), "%d requester was reminded.", "%d requesters were reminded.")


def _counted(number: int, one: str, many: str) -> str:
    return ngettext(one, many, number) % number if number else ""
