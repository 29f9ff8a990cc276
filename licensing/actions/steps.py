"""What all verbs of requests share: holding the row, asking for leave, making the move."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.workflows.actions import NotYours, TooLate, perform
from licensing.models import PermissionRequest
from licensing.request_workflow import REQUEST

HOUSE = "The rights desk"
RULE = "An instant rule"
CLOCK = "The clock"


def hold(permission_request: PermissionRequest) -> None:
    """Holds the row. Raises TooLate where it is no longer where the caller saw it.

    A row that went away and came back was moved, too.
    """
    now = PermissionRequest.objects.select_for_update().get(pk=permission_request.pk)
    seen = permission_request
    if (now.status, now.moved_at) != (seen.status, seen.moved_at):
        said = _("Somebody else moved “%(row)s” first. Look again.")
        raise TooLate([said % {"row": permission_request}])
    permission_request.refresh_from_db()


def answered(permission_request: PermissionRequest, at: datetime) -> dict:
    return {} if permission_request.answered_at else {"answered_at": at}


def received(at: datetime) -> dict:
    """The columns of a request that is ours to answer from ``at`` on."""
    promised_by = timezone.localdate(at) + timedelta(days=settings.ANSWER_PROMISED_DAYS)
    return {"received_at": at, "promised_by": promised_by}


def ask(by, permission: str) -> None:
    if not (by and by.is_active and by.has_perm(permission)):
        raise NotYours([_("You have no permission to do this.")])


def check(**columns) -> None:
    """Raises ValidationError where a request cannot keep in a column what it is told."""
    faults = {}
    for name, value in columns.items():
        try:
            PermissionRequest._meta.get_field(name).clean(value, None)
        except ValidationError as fault:
            faults[name] = fault.messages
    if faults:
        raise ValidationError(faults)


def move(permission_request, name: str, *, by, at, reason="", actor=HOUSE, facts=None, **changes):
    return perform(
        permission_request,
        REQUEST,
        name,
        by=by,
        at=at,
        reason=reason,
        actor="" if by else actor,
        facts=facts,
        moved_at=at,
        **changes,
    )
