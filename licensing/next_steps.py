"""What is to be done next about a permission request, by whom, and until when: in a sentence.

``known`` adds to a queryset what has to be known for it, so that a list asks once for all rows.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from moneyed import Money

from licensing.models import (
    Grant,
    Invoice,
    InvoiceKind,
    PermissionRequest,
    PermissionRequestEvent,
    Quote,
    RequestMessage,
    RequestStatus,
)
from licensing.models.request import OURS_TO_DO
from licensing.money import FALLBACK, formatted


@dataclass(frozen=True)
class NextStep:
    """``is_ours``: we are waited for. ``is_pressing``: it should have been done already."""

    words: str
    is_ours: bool
    is_pressing: bool = False


def known(permission_requests: QuerySet) -> QuerySet:
    """The same rows with the last move, the newest quote and the bill that is open."""
    quotes = Quote.objects.filter(permission_request=OuterRef("pk")).order_by("-number")
    bills = Invoice.objects.filter(
        permission_request=OuterRef("pk"), kind=InvoiceKind.INVOICE, cancelled_by=None
    ).order_by("-issued_at", "-pk")
    events = PermissionRequestEvent.objects.filter(permission_request=OuterRef("pk"))
    grants = Grant.objects.filter(permission_request=OuterRef("pk")).order_by("-issued_at", "-pk")
    words = RequestMessage.objects.filter(permission_request=OuterRef("pk"))
    return permission_requests.annotate(
        last_move=Subquery(events.order_by("-number").values("move")[:1]),
        quote_number=Subquery(quotes.values("number")[:1]),
        quote_total=Subquery(quotes.values("total")[:1]),
        quote_currency=Subquery(quotes.values("currency")[:1]),
        quote_until=Subquery(quotes.values("valid_until")[:1]),
        bill_number=Subquery(bills.values("number")[:1]),
        bill_due=Subquery(bills.values("due_on")[:1]),
        grant_number=Subquery(grants.values("number")[:1]),
        # Whether the last word in the thread is the requester's.
        has_unread=Subquery(
            words.order_by("-sent_at", "-pk")
            .annotate(is_theirs=ExpressionWrapper(Q(by=None), BooleanField()))
            .values("is_theirs")[:1]
        ),
    )


def next_step(permission_request: PermissionRequest, *, at: datetime) -> NextStep:
    """The next step of a row of ``known``."""
    today = timezone.localdate(at)
    says = _SAYS[permission_request.status]
    words, is_pressing = says(permission_request, today)
    is_ours = permission_request.status in OURS_TO_DO
    promised = permission_request.promised_by
    is_late = is_ours and promised is not None and promised < today
    return NextStep(words, is_ours, is_pressing or is_late)


def quoted(permission_request: PermissionRequest) -> str:
    """What was quoted last: “€150.00”, “Free of charge”, or nothing."""
    if permission_request.quote_number is None:
        return ""
    if not permission_request.quote_total:
        return _("Free of charge")
    money = Money(permission_request.quote_total, permission_request.quote_currency)
    return formatted(money, get_language() or FALLBACK)


def _day(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _held(_row, _today):
    return _("Waits until the e-mail address is confirmed."), False


def _received(row, _today):
    if row.owner_id:
        return _("Take it: it was given to somebody, and nobody works on it yet."), False
    return _("Take it, or give it to a colleague."), False


# Why it is on our table → what that means.
_IN_REVIEW = {
    "answer": lambda _row: _("The requester answered: look again, then decide."),
    "counter": lambda row: (
        _("The requester wants other rights than quote %(number)d offers: quote anew.")
        % {"number": row.quote_number or 0}
    ),
    "reopen": lambda _row: _("It was reopened: look again, then decide."),
}


def _in_review(row, _today):
    says = _IN_REVIEW.get(row.last_move)
    if says is not None:
        return says(row), False
    if row.renews_id:
        return _("A licence is to be renewed: quote or grant it anew."), False
    return _("Decide: quote, grant, refer, decline, or ask for more."), False


def _awaiting(row, _today):
    since = _day(timezone.localdate(row.moved_at))
    return _("Waits for an answer from the requester since %(day)s.") % {"day": since}, False


def _quoted(row, today):
    facts = {"number": row.quote_number or 0, "day": row.quote_until and _day(row.quote_until)}
    if row.quote_until and row.quote_until < today:
        return _("Quote %(number)d ended on %(day)s without an answer.") % facts, True
    return _("Waits for a yes to quote %(number)d, until %(day)s.") % facts, False


def _accepted(row, _today):
    if row.quote_total:
        return _("The quote is accepted: send the invoice."), False
    return _("The quote is accepted: grant it."), False


def _awaiting_payment(row, today):
    facts = {"number": row.bill_number or "—", "day": row.bill_due and _day(row.bill_due)}
    if row.bill_due and row.bill_due < today:
        return _("Invoice %(number)s is overdue since %(day)s.") % facts, True
    return _("Waits for the payment of invoice %(number)s, due on %(day)s.") % facts, False


def _granted(row, _today):
    return _("Licence %(number)s was given.") % {"number": row.grant_number or "—"}, False


def _referred(row, _today):
    return _("Referred to %(holder)s.") % {"holder": row.holder_name or "—"}, False


def _nothing(_row, _today):
    return _("Nothing is left to do."), False


_SAYS = {
    RequestStatus.HELD: _held,
    RequestStatus.RECEIVED: _received,
    RequestStatus.IN_REVIEW: _in_review,
    RequestStatus.AWAITING_REQUESTER: _awaiting,
    RequestStatus.QUOTED: _quoted,
    RequestStatus.ACCEPTED: _accepted,
    RequestStatus.AWAITING_PAYMENT: _awaiting_payment,
    RequestStatus.GRANTED: _granted,
    RequestStatus.DECLINED: _nothing,
    RequestStatus.REFERRED: _referred,
    RequestStatus.WITHDRAWN: _nothing,
    RequestStatus.LAPSED: _nothing,
    RequestStatus.CLOSED: _nothing,
}
