"""The table of permission requests: how far one may move, under which name, by whose leave."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.workflows.moves import Move, Reason, Reasons, Workflow
from licensing import issuing
from licensing.models import PermissionRequest, RequestStatus
from licensing.rights.handing_over import hands_over_to_taker

HELD, RECEIVED = RequestStatus.HELD, RequestStatus.RECEIVED
IN_REVIEW, AWAITING_REQUESTER = RequestStatus.IN_REVIEW, RequestStatus.AWAITING_REQUESTER
QUOTED, ACCEPTED = RequestStatus.QUOTED, RequestStatus.ACCEPTED
AWAITING_PAYMENT, GRANTED = RequestStatus.AWAITING_PAYMENT, RequestStatus.GRANTED
DECLINED, REFERRED = RequestStatus.DECLINED, RequestStatus.REFERRED
WITHDRAWN, LAPSED, CLOSED = RequestStatus.WITHDRAWN, RequestStatus.LAPSED, RequestStatus.CLOSED

# Before anything binds both sides.
ON_THE_TABLE = frozenset({RECEIVED, IN_REVIEW, AWAITING_REQUESTER, QUOTED})
ANSWER = "licensing.answer_permissionrequest"
DECIDE = "licensing.decide_permissionrequest"
REOPEN = "licensing.reopen_permissionrequest"


def _the_quote_still_stands(permission_request: PermissionRequest, *, by, at: datetime) -> Reasons:
    quote = permission_request.quotes.first()
    if quote is None:
        return [_("There is no quote to accept.")]
    if quote.has_ended(at):
        said = _("The quote was valid until %(day)s. Ask for a new one.")
        return [said % {"day": date_format(quote.valid_until)}]
    return []


def _nothing_is_to_be_paid(permission_request: PermissionRequest, *, by, at: datetime) -> Reasons:
    quote = permission_request.accepted_quote
    if quote is not None and not quote.is_free:
        return [_("A fee was agreed: send the invoice first.")]
    return issuing.what_hinders(permission_request, at=at)


def _something_is_to_be_paid(permission_request: PermissionRequest, *, by, at: datetime) -> Reasons:
    quote = permission_request.accepted_quote
    if quote is None or quote.is_free:
        return [_("Nothing is to be paid: grant it.")]
    return issuing.what_hinders(permission_request, at=at)


def _it_was_paid(permission_request: PermissionRequest, *, by, at: datetime) -> Reasons:
    invoice = issuing.open_invoice(permission_request)
    if invoice is None:
        return [_("There is no invoice that waits for payment.")]
    return issuing.what_hinders_activating(permission_request, at=at)


def _a_rule_grants_it(permission_request: PermissionRequest, *, by, at: datetime) -> Reasons:
    if by is not None:
        return [_("Only a rule does this. A person grants it after a look.")]
    return issuing.what_hinders(permission_request, at=at)


def _the_terms_give_it(permission_request: PermissionRequest, *, by, at: datetime) -> Reasons:
    if by is not None or not permission_request.is_taking:
        return [_("This happens on the republish page alone. A person grants it after a look.")]
    lines = issuing.articles_of(permission_request, at=at)
    if not all(hands_over_to_taker(line.decision) for line in lines):
        return [_("The terms do not give everybody this text for this use.")]
    return issuing.what_hinders(permission_request, at=at)


def _it_waited_long_enough(permission_request: PermissionRequest, *, by, at: datetime) -> Reasons:
    if by is not None:
        return [_("It lapses by itself. To end it sooner, decline or close it.")]
    return []


REQUEST = Workflow(
    "permission request",
    statuses=RequestStatus.choices,
    initial=HELD,
    moves=[
        Move(
            "confirm",
            frozenset({HELD}),
            RECEIVED,
            ANSWER,
            gettext_lazy("Confirm"),
            gettext_lazy("The requester's e-mail address is right; the request is received."),
            is_unattended=True,
        ),
        Move(
            "take",
            frozenset({HELD}),
            GRANTED,
            DECIDE,
            gettext_lazy("Take a copy"),
            gettext_lazy(
                "Somebody took it from the republish page, on terms that give it to everybody."
            ),
            is_unattended=True,
            hindrances=_the_terms_give_it,
        ),
        Move(
            "settle",
            frozenset({RECEIVED}),
            GRANTED,
            DECIDE,
            gettext_lazy("Grant at once"),
            gettext_lazy("A rule grants what is free within the terms. Only rules do this."),
            is_unattended=True,
            hindrances=_a_rule_grants_it,
        ),
        Move(
            "review",
            frozenset({RECEIVED}),
            IN_REVIEW,
            ANSWER,
            gettext_lazy("Take it"),
            gettext_lazy("You work on it from now on; the requester is told that somebody does."),
        ),
        Move(
            "ask_back",
            frozenset({IN_REVIEW}),
            AWAITING_REQUESTER,
            ANSWER,
            gettext_lazy("Ask for more information"),
            gettext_lazy("Writes to the requester, who answers and corrects on the secret link."),
        ),
        Move(
            "answer",
            frozenset({AWAITING_REQUESTER}),
            IN_REVIEW,
            ANSWER,
            gettext_lazy("Record the answer"),
            gettext_lazy("The requester answered; the request is ours to work on again."),
            is_unattended=True,
        ),
        Move(
            "quote",
            frozenset({IN_REVIEW, AWAITING_REQUESTER, QUOTED}),
            QUOTED,
            DECIDE,
            gettext_lazy("Send a quote"),
            gettext_lazy(
                "Offers these rights at this price until a day; the rights may differ from what "
                "was asked. A new version replaces the one before."
            ),
        ),
        Move(
            "counter",
            frozenset({QUOTED}),
            IN_REVIEW,
            ANSWER,
            gettext_lazy("Record a counter-offer"),
            gettext_lazy("The requester wants other rights than were quoted."),
            is_unattended=True,
        ),
        Move(
            "accept",
            frozenset({QUOTED}),
            ACCEPTED,
            DECIDE,
            gettext_lazy("Record the acceptance"),
            gettext_lazy("The requester takes the quote as it is."),
            is_unattended=True,
            hindrances=_the_quote_still_stands,
        ),
        Move(
            "invoice",
            frozenset({ACCEPTED}),
            AWAITING_PAYMENT,
            DECIDE,
            gettext_lazy("Send the invoice"),
            gettext_lazy("Issues the licence, which counts once the invoice is paid."),
            is_unattended=True,
            hindrances=_something_is_to_be_paid,
        ),
        Move(
            "record_payment",
            frozenset({AWAITING_PAYMENT}),
            GRANTED,
            DECIDE,
            gettext_lazy("Record the payment"),
            gettext_lazy("The invoice is paid: the licence counts, the certificate goes out."),
            hindrances=_it_was_paid,
        ),
        Move(
            "issue",
            frozenset({IN_REVIEW, ACCEPTED}),
            GRANTED,
            DECIDE,
            gettext_lazy("Grant"),
            gettext_lazy("Issues the licence, free of charge; the certificate goes out."),
            reason=Reason.OPTIONAL,
            is_unattended=True,
            hindrances=_nothing_is_to_be_paid,
        ),
        Move(
            "refer",
            frozenset({RECEIVED, IN_REVIEW, AWAITING_REQUESTER}),
            REFERRED,
            ANSWER,
            gettext_lazy("Refer to the rights holder"),
            gettext_lazy("It is not ours to permit: says whom to ask, and how."),
        ),
        Move(
            "decline",
            ON_THE_TABLE | {ACCEPTED, AWAITING_PAYMENT},
            DECLINED,
            DECIDE,
            gettext_lazy("Decline"),
            gettext_lazy(
                "Says no, with the reason, which the requester reads; an unpaid licence and bill "
                "are void."
            ),
            reason=Reason.REQUIRED,
        ),
        Move(
            "withdraw",
            ON_THE_TABLE | {HELD, ACCEPTED, AWAITING_PAYMENT},
            WITHDRAWN,
            ANSWER,
            gettext_lazy("Record the withdrawal"),
            gettext_lazy("The requester no longer wants it; an unpaid licence and bill are void."),
            is_unattended=True,
        ),
        Move(
            "lapse",
            frozenset({HELD, AWAITING_REQUESTER, QUOTED, AWAITING_PAYMENT}),
            LAPSED,
            ANSWER,
            gettext_lazy("Lapse"),
            gettext_lazy("Nobody answered in time. Only the clock does this."),
            is_unattended=True,
            hindrances=_it_waited_long_enough,
        ),
        Move(
            "reopen",
            frozenset({DECLINED, REFERRED, WITHDRAWN, LAPSED}),
            IN_REVIEW,
            REOPEN,
            gettext_lazy("Reopen"),
            gettext_lazy("It is worked on again."),
            reason=Reason.REQUIRED,
            hindrances=lambda permission_request, by, at: issuing.what_hinders_reopening(
                permission_request
            ),
        ),
        Move(
            "transfer",
            ON_THE_TABLE | {ACCEPTED},
            CLOSED,
            ANSWER,
            gettext_lazy("The rights holder has changed"),
            gettext_lazy("Closes it, and opens a new one that is answered for the new holder."),
            reason=Reason.REQUIRED,
        ),
        Move(
            "merge",
            ON_THE_TABLE,
            CLOSED,
            ANSWER,
            gettext_lazy("Close as a duplicate"),
            gettext_lazy("It goes on in another request of the same requester."),
        ),
        Move(
            "close",
            frozenset({GRANTED, DECLINED, REFERRED, WITHDRAWN, LAPSED}),
            CLOSED,
            ANSWER,
            gettext_lazy("Close for good"),
            gettext_lazy("Nobody writes on it any more; the record stays."),
            reason=Reason.OPTIONAL,
        ),
    ],
)
