"""The table of grants: when a licence counts and when it no longer does."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.workflows.moves import Move, Reason, Reasons, Workflow
from licensing import issuing
from licensing.models import Grant, GrantStatus

PENDING, ACTIVE = GrantStatus.PENDING_PAYMENT, GrantStatus.ACTIVE
EXPIRED, REVOKED = GrantStatus.EXPIRED, GrantStatus.REVOKED
SUPERSEDED = GrantStatus.SUPERSEDED


def _its_invoice_is_paid(grant: Grant, *, by, at: datetime) -> Reasons:
    bill = issuing.open_invoice(grant.permission_request)
    if bill is None or bill.is_paid:
        return []
    return [_("Its invoice %(number)s is not paid yet.") % {"number": bill.number}]


def _it_waits_with_its_request(grant: Grant, *, by, at: datetime) -> Reasons:
    if by is not None and grant.status == PENDING:
        return [_("It waits for payment: decline the request, and both end.")]
    return []


def _its_days_are_over(grant: Grant, *, by, at: datetime) -> Reasons:
    if by is not None:
        return [_("It expires by itself after its last day. To end it sooner, revoke it.")]
    if grant.ends_at is None or grant.ends_at > at:
        return [_("Its last day has not passed yet.")]
    return []


GRANT = Workflow(
    "grant",
    statuses=GrantStatus.choices,
    initial=PENDING,
    moves=[
        Move(
            "issue",
            frozenset({PENDING}),
            PENDING,
            "licensing.issue_grant",
            gettext_lazy("Issue"),
            gettext_lazy("Written down as it was agreed; it does not count yet."),
            is_unattended=True,
        ),
        Move(
            "activate",
            frozenset({PENDING}),
            ACTIVE,
            "licensing.issue_grant",
            gettext_lazy("Activate"),
            gettext_lazy("It counts from its first day on: it is free of charge, or paid for."),
            is_unattended=True,
            hindrances=_its_invoice_is_paid,
        ),
        Move(
            "revoke",
            frozenset({PENDING, ACTIVE}),
            REVOKED,
            "licensing.revoke_grant",
            gettext_lazy("Revoke"),
            gettext_lazy("It no longer counts, and the licensee is told why."),
            reason=Reason.REQUIRED,
            is_grave=True,
            is_unattended=True,
            hindrances=_it_waits_with_its_request,
        ),
        Move(
            "supersede",
            frozenset({ACTIVE, EXPIRED}),
            SUPERSEDED,
            "licensing.issue_grant",
            gettext_lazy("Supersede"),
            gettext_lazy("Another grant takes its place."),
            is_unattended=True,
        ),
        Move(
            "expire",
            frozenset({ACTIVE}),
            EXPIRED,
            "licensing.revoke_grant",
            gettext_lazy("Expire"),
            gettext_lazy("Its last day has passed. Only the clock does this."),
            is_unattended=True,
            hindrances=_its_days_are_over,
        ),
    ],
)
