"""How far a request is, as its requester reads it: stages, a headline, what follows, by when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from licensing.models import (
    Grant,
    GrantStatus,
    PermissionRequest,
    PermissionRequestEvent,
    Quote,
    RequestStatus,
)

# As the duties of the clock have it.
CONFIRM_WITHIN = timedelta(days=14)
DONE, HERE, AHEAD, ENDED = "done", "here", "ahead", "ended"


@dataclass(frozen=True)
class Stage:
    """A stage of the way to a licence. ``state``: done, here, ahead, or the way ended here."""

    label: str
    state: str


@dataclass(frozen=True)
class Progress:
    """What the head of the page says."""

    headline: str
    next: str
    stages: tuple[Stage, ...]


_STAGES = (
    gettext_lazy("Confirmation"),
    gettext_lazy("A look at it"),
    gettext_lazy("Our answer"),
    gettext_lazy("Payment"),
    gettext_lazy("Licence"),
)
_PAYMENT = 3
# Status → the stage that it is at.
_AT = {
    RequestStatus.HELD: 0,
    RequestStatus.RECEIVED: 1,
    RequestStatus.IN_REVIEW: 1,
    RequestStatus.AWAITING_REQUESTER: 1,
    RequestStatus.QUOTED: 2,
    RequestStatus.ACCEPTED: 3,
    RequestStatus.AWAITING_PAYMENT: 3,
    RequestStatus.GRANTED: 5,
    RequestStatus.DECLINED: 2,
    RequestStatus.REFERRED: 2,
}
_ENDS = (
    RequestStatus.DECLINED,
    RequestStatus.REFERRED,
    RequestStatus.WITHDRAWN,
    RequestStatus.LAPSED,
    RequestStatus.CLOSED,
)


def progress(
    permission_request: PermissionRequest,
    *,
    quote: Quote | None,
    grant: Grant | None,
    at: datetime,
) -> Progress:
    """``quote`` is the newest one, ``grant`` the newest licence."""
    if permission_request.is_taking and grant is not None:
        return Progress(*map(str, _TAKEN[grant.status]), stages=())
    headline, following = _SAYS[permission_request.status](permission_request, quote, grant, at)
    return Progress(headline, following, _stages(permission_request, quote, grant))


def _stages(permission_request, quote: Quote | None, grant: Grant | None) -> tuple[Stage, ...]:
    status = permission_request.status
    at = _AT.get(status)
    if at is None:
        if status == RequestStatus.CLOSED and grant is not None:
            at = len(_STAGES)
        else:
            at = _reached(permission_request)
    is_over = status in _ENDS and at < len(_STAGES)
    costs = quote is not None and not quote.is_free
    found = []
    for place, label in enumerate(_STAGES):
        if place == _PAYMENT and not costs:
            continue
        if place < at:
            state = DONE
        elif place == at or (place == _PAYMENT + 1 and at == _PAYMENT and not costs):
            state = ENDED if is_over else HERE
        else:
            state = AHEAD
        found.append(Stage(str(label), state))
    return tuple(found)


def _reached(permission_request: PermissionRequest) -> int:
    """The stage at which somebody or the clock ended it."""
    if permission_request.received_at is None:
        return 0
    return 2 if permission_request.answered_at else 1


def _day(day) -> str:
    return date_format(day)


def _held(row, quote, grant, at):
    until = _day(timezone.localdate(row.created_at + CONFIRM_WITHIN))
    said = _("Until you do, nobody reads it. If you do not, it goes away on %(day)s.")
    return _("Please confirm your request"), said % {"day": until}


def _by_when(row, at: datetime) -> str:
    if row.promised_by is None or row.answered_at:
        return _("Our answer comes by mail, and stands here.")
    if row.promised_by < timezone.localdate(at):
        said = _("We promised an answer by %(day)s, and are late. We are sorry; write to us below.")
    else:
        said = _("You have our answer by %(day)s. It comes by mail, and stands here.")
    return said % {"day": _day(row.promised_by)}


def _received(row, quote, grant, at):
    return _("Your request is with us"), _by_when(row, at)


def _in_review(row, quote, grant, at):
    return _("We are looking at your request"), _by_when(row, at)


def _awaiting(row, quote, grant, at):
    return _("We have a question for you"), _("Please answer below. Then we go on at once.")


def _quoted(row, quote, grant, at):
    if quote is None or quote.has_ended(at):
        said = _("It was valid until %(day)s. Write to us if you still want it.")
        return _("Our offer has ended"), said % {"day": _day(quote.valid_until) if quote else "–"}
    said = _("Accept it, ask for something else, or take your request back, until %(day)s.")
    return _("This is our offer"), said % {"day": _day(quote.valid_until)}


def _accepted(row, quote, grant, at):
    said = _("A person looks at it once more. The next letter brings the invoice or the licence.")
    return _("You have accepted our offer"), said


def _awaiting_payment(row, quote, grant, at):
    said = _("Your licence is ready. It counts as soon as the invoice is paid; not before.")
    return _("Please pay the invoice"), said


# Status of the licence → headline, what it means.
_GRANTS: dict[str, tuple] = {
    GrantStatus.ACTIVE: (
        gettext_lazy("You have our permission"),
        gettext_lazy("The certificate, the credit lines and the conditions stand below."),
    ),
    GrantStatus.PENDING_PAYMENT: (
        gettext_lazy("Please pay the invoice"),
        gettext_lazy("Your licence counts as soon as the invoice is paid; not before."),
    ),
    GrantStatus.EXPIRED: (
        gettext_lazy("Your licence has ended"),
        gettext_lazy("Its last day has passed. Write to us if you want to go on."),
    ),
    GrantStatus.REVOKED: (
        gettext_lazy("Your licence was revoked"),
        gettext_lazy("It does not count any more. Our letter said why; write to us below."),
    ),
    GrantStatus.SUPERSEDED: (
        gettext_lazy("Your licence was replaced"),
        gettext_lazy("Another one counts in its place."),
    ),
}


# The same of what somebody took from the republish page.
_TAKEN = _GRANTS | {
    GrantStatus.ACTIVE: (
        gettext_lazy("The text is yours to publish"),
        gettext_lazy("Here it is again, with the certificate. Tell us where your copy stands."),
    )
}


def _granted(row, quote, grant, at):
    headline, following = _GRANTS[grant.status if grant else GrantStatus.ACTIVE]
    return str(headline), str(following)


def _declined(row, quote, grant, at):
    return _("We cannot give this permission"), _("You can still write to us below.")


def _referred(row, quote, grant, at):
    return _("This is not ours to permit"), _("Please ask the rights holder named below.")


def _withdrawn(row, quote, grant, at):
    return _("You have taken this request back"), _("Nothing more happens. You owe nothing.")


def _lapsed(row, quote, grant, at):
    said = _("Nothing came back in time. You can ask once more whenever you like.")
    return _("This request has lapsed"), said


def _closed(row, quote, grant, at):
    later = row.duplicate_of or row.followed_by.first()
    if later is not None:
        said = _("It goes on as %(number)s; our letter about it brought you a link of its own.")
        return _("This request goes on in another one"), said % {"number": later.number}
    if grant is not None and grant.is_in_force(at):
        said = _("Nobody writes on it any more. Your licence counts as before.")
    else:
        said = _("Nobody writes on it any more; the record stays.")
    return _("This request is closed"), said


_SAYS: dict[str, Callable] = {
    RequestStatus.HELD: _held,
    RequestStatus.RECEIVED: _received,
    RequestStatus.IN_REVIEW: _in_review,
    RequestStatus.AWAITING_REQUESTER: _awaiting,
    RequestStatus.QUOTED: _quoted,
    RequestStatus.ACCEPTED: _accepted,
    RequestStatus.AWAITING_PAYMENT: _awaiting_payment,
    RequestStatus.GRANTED: _granted,
    RequestStatus.DECLINED: _declined,
    RequestStatus.REFERRED: _referred,
    RequestStatus.WITHDRAWN: _withdrawn,
    RequestStatus.LAPSED: _lapsed,
    RequestStatus.CLOSED: _closed,
}


def last_event(permission_request: PermissionRequest, move: str) -> PermissionRequestEvent | None:
    """The last time that it was moved so."""
    return permission_request.events.filter(move=move).order_by("-number").first()
