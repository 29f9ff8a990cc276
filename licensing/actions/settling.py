"""How a request is decided: granted, billed and paid, referred, declined, or ended by a rule.

The licence, the bill, the letters and the record are written in the transaction of the move.
"""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.workflows.actions import MoveNotAllowed, hindrances
from licensing import invoicing, issuing, request_letters
from licensing.actions import grants, steps
from licensing.models import (
    DeclineCode,
    GrantRuleVersion,
    GrantStatus,
    PermissionRequest,
    PermissionRequestEvent,
)
from licensing.request_workflow import REQUEST


@transaction.atomic
def issue(
    permission_request: PermissionRequest, *, by, reason: str = "", at: datetime | None = None
) -> PermissionRequestEvent:
    """Grants it free of charge."""
    steps.ask(by, REQUEST["issue"].permission)
    steps.hold(permission_request)
    grants.hold_articles(permission_request)
    return _issue(permission_request, by=by, at=at or timezone.now(), reason=reason)


def _issue(permission_request, *, by, at: datetime, reason: str = "") -> PermissionRequestEvent:
    event = steps.move(
        permission_request,
        "issue",
        by=by,
        at=at,
        reason=reason,
        settled_at=at,
        **steps.answered(permission_request, at),
    )
    grant = grants.issue(permission_request, by=by, at=at)
    request_letters.tell(permission_request, "granted", at=at, event=event, grant=grant)
    return event


@transaction.atomic
def settle(
    permission_request: PermissionRequest,
    *,
    rule_version: GrantRuleVersion,
    at: datetime | None = None,
    by=None,
) -> PermissionRequestEvent:
    """Grants what is free within the terms, by a rule. The caller holds the request."""
    at = at or timezone.now()
    event = steps.move(
        permission_request,
        "settle",
        by=by,
        at=at,
        actor=f"{steps.RULE}: {rule_version}",
        facts={"rule": str(rule_version)},
        settled_at=at,
        rule_version=rule_version,
        **steps.answered(permission_request, at),
    )
    grant = grants.issue(permission_request, by=None, at=at, rule_version=rule_version)
    request_letters.tell(permission_request, "granted", at=at, event=event, grant=grant)
    return event


@transaction.atomic
def refer(
    permission_request: PermissionRequest,
    *,
    by,
    holder_name: str,
    holder_contact: str = "",
    text: str = "",
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """Says who can permit it. Raises MoveNotAllowed where nobody is named."""
    at = at or timezone.now()
    steps.hold(permission_request)
    holder = {"holder_name": holder_name.strip(), "holder_contact": holder_contact.strip()}
    if not holder["holder_name"]:
        raise MoveNotAllowed([_("Name the rights holder.")])
    steps.check(**holder)
    event = steps.move(
        permission_request,
        "refer",
        by=by,
        at=at,
        settled_at=at,
        **holder,
        **steps.answered(permission_request, at),
    )
    request_letters.tell(permission_request, "refer", at=at, event=event, text=text, by=by)
    return event


@transaction.atomic
def decline(
    permission_request: PermissionRequest,
    *,
    by,
    reason: str,
    code: str = DeclineCode.OTHER,
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """Says no, with the reason; the requester reads it.

    A licence that waits for payment is void, and its bill. Raises ValidationError.
    """
    at = at or timezone.now()
    steps.hold(permission_request)
    if code not in DeclineCode:
        raise ValidationError({"decline_code": _("Choose what kind of refusal it is.")})
    event = steps.move(
        permission_request,
        "decline",
        by=by,
        at=at,
        reason=reason,
        decline_code=code,
        settled_at=at,
        **steps.answered(permission_request, at),
    )
    void_unpaid(permission_request, at=at, why=_("The request was declined."))
    request_letters.tell(permission_request, "decline", at=at, event=event, text=reason, by=by)
    return event


def follow_up_acceptance(
    permission_request: PermissionRequest, event: PermissionRequestEvent, *, at: datetime
) -> None:
    """What follows an acceptance by itself: the bill, or the licence where nothing is to be paid.

    Where something hinders it by now, a person looks. The caller holds the articles.
    """
    name = "issue" if permission_request.accepted_quote.is_free else "invoice"
    if hindrances(permission_request, REQUEST, REQUEST[name], by=None, at=at):
        request_letters.tell(permission_request, "accept", at=at, event=event)
    elif name == "issue":
        _issue(permission_request, by=None, at=at)
    else:
        _invoice(permission_request, by=None, at=at)
    request_letters.tell_desk(permission_request, "accept", at=at, event=event)


@transaction.atomic
def invoice(
    permission_request: PermissionRequest, *, by, at: datetime | None = None
) -> PermissionRequestEvent:
    """Writes the licence down, which waits for payment, and sends the bill."""
    steps.ask(by, REQUEST["invoice"].permission)
    steps.hold(permission_request)
    grants.hold_articles(permission_request)
    return _invoice(permission_request, by=by, at=at or timezone.now())


def _invoice(permission_request, *, by, at: datetime) -> PermissionRequestEvent:
    event = steps.move(permission_request, "invoice", by=by, at=at)
    grant = grants.issue(permission_request, by=by, at=at, is_paid_for=False)
    bill = invoicing.write(permission_request, grant, at=at)
    request_letters.tell(permission_request, "invoice", at=at, event=event, invoice=bill)
    return event


@transaction.atomic
def record_payment(
    permission_request: PermissionRequest,
    *,
    by,
    amount: Decimal,
    received_on: date,
    reference: str = "",
    at: datetime | None = None,
) -> PermissionRequestEvent | None:
    """Records money that came in; once all of it has, the licence counts.

    Returns the event, or ``None`` where some is still missing.
    """
    steps.ask(by, REQUEST["record_payment"].permission)
    steps.hold(permission_request)
    grants.hold_articles(permission_request)
    at = at or timezone.now()
    bill = issuing.open_invoice(permission_request)
    if bill is None:
        raise MoveNotAllowed([_("There is no invoice that waits for payment.")])
    if received_on > timezone.localdate(at):
        raise MoveNotAllowed([_("Nothing was received on a day that lies ahead.")])
    invoicing.record(
        bill, amount=amount, received_on=received_on, reference=reference, by=by, at=at
    )
    if not issuing.open_invoice(permission_request).is_paid:
        return None
    facts = {"invoice": bill.number}
    event = steps.move(
        permission_request, "record_payment", by=by, at=at, facts=facts, settled_at=at
    )
    grant = permission_request.grants.filter(status=GrantStatus.PENDING_PAYMENT).get()
    grants.activate(grant, by=by, at=at)
    request_letters.tell(permission_request, "granted", at=at, event=event, grant=grant)
    return event


def void_unpaid(permission_request: PermissionRequest, *, at: datetime, why: str) -> None:
    """A licence that waits for payment never counts; its bill is cancelled."""
    for grant in permission_request.grants.filter(status=GrantStatus.PENDING_PAYMENT):
        grants.revoke(grant, by=None, at=at, reason=why, actor=steps.HOUSE)
