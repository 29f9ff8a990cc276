"""How requests end without a decision, and how they go on: lapse, reopen, transfer, renew."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.workflows.actions import MoveNotAllowed
from licensing import numbers, request_letters
from licensing.actions import steps
from licensing.actions.settling import void_unpaid
from licensing.models import (
    CameBy,
    Grant,
    GrantStatus,
    PermissionRequest,
    PermissionRequestEvent,
    RequestedArticle,
    RequestStatus,
)
from licensing.models.request import OPEN

# What goes over into a request that goes on from another one.
CARRIED_OVER = (
    "use",
    "particulars",
    "is_exclusive",
    "purpose",
    "deadline",
    "requester_name",
    "requester_email",
    "requester_kind",
    "outlet",
    "outlet_url",
    "outlet_country",
    "language",
    "billing_name",
    "billing_address",
    "vat_id",
    "po_number",
    "consented_at",
)
RENEWABLE = (GrantStatus.ACTIVE, GrantStatus.EXPIRED)
# Into which a duplicate may be merged: it goes on, or it came to what was asked.
GOES_ON = (*OPEN, RequestStatus.GRANTED)


@transaction.atomic
def lapse(
    permission_request: PermissionRequest, *, at: datetime | None = None, by=None
) -> PermissionRequestEvent:
    """Nobody answered in time. A licence that waited for payment is void, and its bill."""
    at = at or timezone.now()
    steps.hold(permission_request)
    was_held = permission_request.status == RequestStatus.HELD
    event = steps.move(permission_request, "lapse", by=by, at=at, actor=steps.CLOCK, settled_at=at)
    void_unpaid(permission_request, at=at, why=_("The request lapsed."))
    if not was_held:
        request_letters.tell(permission_request, "lapse", at=at, event=event)
    return event


@transaction.atomic
def reopen(
    permission_request: PermissionRequest, *, by, reason: str, at: datetime | None = None
) -> PermissionRequestEvent:
    """Works on it again; what was accepted before counts no longer."""
    at = at or timezone.now()
    steps.hold(permission_request)
    event = steps.move(
        permission_request,
        "reopen",
        by=by,
        at=at,
        reason=reason,
        owner=by,
        accepted_quote=None,
        settled_at=None,
        decline_code="",
        **({} if permission_request.received_at else steps.received(at)),
    )
    request_letters.tell(permission_request, "reopen", at=at, event=event)
    return event


@transaction.atomic
def transfer(
    permission_request: PermissionRequest, *, by, reason: str, at: datetime | None = None
) -> PermissionRequestEvent:
    """The rights holder has changed: closes it, and opens a new one that is looked at anew."""
    at = at or timezone.now()
    steps.hold(permission_request)
    number = numbers.next_number(numbers.REQUEST, at=at)
    event = steps.move(
        permission_request,
        "transfer",
        by=by,
        at=at,
        reason=reason,
        facts={"goes_on_in": number},
        settled_at=at,
    )
    new = PermissionRequest.objects.create(
        number=number,
        follows=permission_request,
        came_by=CameBy.DESK,
        created_at=at,
        moved_at=at,
        created_by=by,
        owner=permission_request.owner,
        **{name: getattr(permission_request, name) for name in CARRIED_OVER},
    )
    _copy_articles(permission_request, new)
    steps.move(
        new,
        "confirm",
        by=by,
        at=at,
        received_at=at,
        promised_by=permission_request.promised_by,
        facts={"goes_on_from": permission_request.number},
    )
    request_letters.tell(new, "transfer", at=at, event=event, before=permission_request)
    return event


@transaction.atomic
def renew(grant: Grant, *, by, at: datetime | None = None) -> PermissionRequest:
    """A new request for what ``grant`` gives, to be quoted and granted anew. Raises NotYours."""
    at = at or timezone.now()
    steps.ask(by, "licensing.decide_permissionrequest")
    before = grant.permission_request
    if before.erased_at:
        raise MoveNotAllowed([_("The licensee's data were erased.")])
    grant = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if grant.status not in RENEWABLE:
        said = _("“%(row)s” is %(status)s: there is nothing to renew.")
        raise MoveNotAllowed([said % {"row": grant, "status": grant.get_status_display()}])
    new = PermissionRequest.objects.create(
        number=numbers.next_number(numbers.REQUEST, at=at),
        renews=grant,
        came_by=CameBy.DESK,
        created_at=at,
        moved_at=at,
        created_by=by,
        **{name: getattr(before, name) for name in CARRIED_OVER}
        | {"particulars": grant.particulars, "is_exclusive": grant.is_exclusive},
    )
    granted = dict(grant.granted.values_list("article", "pictures"))
    _copy_articles(before, new, pictures=granted)
    facts = {"renews": grant.number}
    steps.move(new, "confirm", by=by, at=at, facts=facts, **steps.received(at))
    steps.move(new, "review", by=by, at=at, owner=by)
    request_letters.tell(new, "renew", at=at, grant=grant)
    return new


def _copy_articles(
    before: PermissionRequest, new: PermissionRequest, *, pictures: dict[int, list] | None = None
) -> None:
    """What was asked for before; only what is named in ``pictures``, and with these, if given."""
    rows = before.requested.all()
    if pictures is not None:
        rows = rows.filter(article__in=pictures)
    RequestedArticle.objects.bulk_create(
        RequestedArticle(
            permission_request=new,
            article_id=row.article_id,
            position=row.position,
            pictures=row.pictures if pictures is None else pictures[row.article_id],
        )
        for row in rows
    )


@transaction.atomic
def merge(
    permission_request: PermissionRequest,
    *,
    by,
    into: PermissionRequest,
    at: datetime | None = None,
) -> PermissionRequestEvent:
    """Closes it as a duplicate of ``into``, of the same requester, which goes on."""
    at = at or timezone.now()
    if into.pk == permission_request.pk:
        raise MoveNotAllowed([_("A request is no duplicate of itself.")])
    # Both are held, in one order, so that two are never merged into each other.
    both = PermissionRequest.objects.filter(pk__in=[into.pk, permission_request.pk])
    into = {row.pk: row for row in both.order_by("pk").select_for_update()}[into.pk]
    steps.hold(permission_request)
    key = permission_request.licensee_key
    if not key or into.licensee_key != key:
        raise MoveNotAllowed([_("That request is somebody else's.")])
    if into.status not in GOES_ON:
        said = _("“%(row)s” does not go on: it is %(status)s.")
        raise MoveNotAllowed([said % {"row": into, "status": into.get_status_display()}])
    event = steps.move(
        permission_request,
        "merge",
        by=by,
        at=at,
        facts={"duplicate_of": into.number},
        duplicate_of=into,
        settled_at=at,
    )
    request_letters.tell(permission_request, "merge", at=at, event=event, into=into)
    return event


@transaction.atomic
def close(
    permission_request: PermissionRequest, *, by, reason: str = "", at: datetime | None = None
) -> PermissionRequestEvent:
    """Closes it for good: nobody writes on it any more."""
    at = at or timezone.now()
    steps.hold(permission_request)
    event = steps.move(permission_request, "close", by=by, at=at, reason=reason)
    request_letters.tell(permission_request, "close", at=at, event=event)
    return event
