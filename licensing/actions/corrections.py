"""Correcting what a requester told us, after a word from them: on record, and nothing else."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.workflows.actions import MoveNotAllowed
from licensing import request_links
from licensing.actions import desk, steps
from licensing.models import PermissionRequest

# What a colleague may correct; what was asked for is changed by answers and quotes.
CORRECTABLE = (
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
    "deadline",
    "promised_by",
)


@transaction.atomic
def correct(
    permission_request: PermissionRequest,
    *,
    by,
    changes: Mapping[str, object],
    why: str = "",
    at: datetime | None = None,
) -> list[str]:
    """Writes ``changes`` and notes which fields they were; returns the names of these.

    Where the e-mail address changes, the links that went to the old one end. Raises NotYours,
    MoveNotAllowed, and ValidationError where the fields make no sense.
    """
    at = at or timezone.now()
    steps.ask(by, "licensing.change_permissionrequest")
    steps.hold(permission_request)
    if permission_request.erased_at:
        raise MoveNotAllowed([_("The requester's data were erased.")])
    changed = [
        name
        for name in CORRECTABLE
        if name in changes and getattr(permission_request, name) != changes[name]
    ]
    if not changed:
        return []
    for name in changed:
        setattr(permission_request, name, changes[name])
    permission_request.full_clean()
    permission_request.save(update_fields=changed)
    if "requester_email" in changed:
        request_links.revoke(permission_request, at=at)
    labels = ", ".join(
        str(PermissionRequest._meta.get_field(name).verbose_name) for name in changed
    )
    # Which fields, not what they said: the note outlives what is erased.
    note = _("Corrected: %(fields)s. %(why)s") % {"fields": labels, "why": why}
    desk.add_note(permission_request, by=by, text=note, at=at)
    return changed
