"""Who asked is forgotten: names, addresses, words and files go; the record and the figures stay."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from post_office.models import STATUS, Email

from cms.outbox.duties import KEPT_FOR as MAIL_KEPT_FOR
from cms.workflows.actions import MoveNotAllowed
from cms.workflows.moves import Reasons
from licensing import copyholders, erasure, request_links
from licensing.models import (
    Grant,
    Invoice,
    PermissionRequest,
    Quote,
    RecalledCopy,
    RequestFile,
    RequestMessage,
    RequestNote,
)

# What stands where a file or a note was.
ERASED = "erased"
EMPTY = (
    "requester_name",
    "requester_email",
    "purpose",
    "billing_name",
    "billing_address",
    "vat_id",
    "po_number",
)
# An outlet is nobody, unless it is a person under another heading.
OUTLET = ("outlet", "outlet_url")
# Answers that name a person.
NAMING = ("translator",)


@transaction.atomic
def erase(permission_request: PermissionRequest, *, at: datetime | None = None) -> bool:
    """Forgets who asked. Returns whether there was anything to forget. Raises MoveNotAllowed."""
    at = at or timezone.now()
    row = PermissionRequest.objects.select_for_update().get(pk=permission_request.pk)
    if row.erased_at:
        permission_request.refresh_from_db()
        return False
    if reasons := erasure.what_hinders(row, at=at):
        raise MoveNotAllowed(reasons)
    delete_letters(row.number, since=row.created_at, until=row.settled_at, at=at)
    _empty_case(row, at=at)
    _empty_contract(row, at=at)
    changes = dict.fromkeys(_to_empty(row), "")
    told = {name: value for name, value in row.particulars.items() if name not in NAMING}
    PermissionRequest.objects.filter(pk=row.pk).update(
        erased_at=at, consented_at=None, particulars=told, **changes
    )
    # A file that is gone cannot come back, should the rest be undone; so the files go last.
    transaction.on_commit(lambda: delete_files(row.files.all()))
    permission_request.refresh_from_db()
    return True


@dataclass
class Forgotten:
    """What became of somebody's wish: how many requests were erased, and why others were not."""

    erased: list[str] = field(default_factory=list)
    kept: list[tuple[str, Reasons]] = field(default_factory=list)


def forget(email: str, *, at: datetime | None = None) -> Forgotten:
    """Erases all that we may about whoever writes from ``email``, each request for itself."""
    at = at or timezone.now()
    became = Forgotten()
    # Nobody's address is no address: requests without one are not all one person's.
    found = PermissionRequest.objects.of_requester(email).exclude(requester_email="")
    for permission_request in found.order_by("pk"):
        try:
            if erase(permission_request, at=at):
                became.erased.append(permission_request.number)
        except MoveNotAllowed as refusal:
            became.kept.append((permission_request.number, refusal.reasons))
    return became


def delete_files(files: QuerySet[RequestFile]) -> int:
    """Deletes what was uploaded; of each file its size and fingerprint stay."""
    deleted = 0
    for row in files:
        if not row.file:
            continue
        row.file.delete(save=False)
        deleted += RequestFile.objects.filter(pk=row.pk).update(file="", name=ERASED)
    return deleted


def _to_empty(row: PermissionRequest) -> tuple[str, ...]:
    is_the_person = row.outlet.strip().casefold() == row.requester_name.strip().casefold()
    return (*EMPTY, *OUTLET) if is_the_person else EMPTY


def _empty_case(row: PermissionRequest, *, at: datetime) -> None:
    """The thread and the notes: a colleague's words speak of the person, too."""
    request_links.revoke(row, at=at)
    row.links.update(sent_to="")
    RequestMessage.objects.filter(permission_request=row).update(text="")
    RequestNote.objects.filter(permission_request=row).update(text=ERASED)


def _empty_contract(row: PermissionRequest, *, at: datetime) -> None:
    """Licences and bills, once they no longer have to be kept."""
    grants = Grant.objects.filter(permission_request=row)
    for grant in grants:
        blank = {"licensee_name": "", "licensee_key": f"{ERASED}-{grant.pk}", "erased_at": at}
        if grant.licensee_outlet.strip().casefold() == grant.licensee_name.strip().casefold():
            blank["licensee_outlet"] = ""
        grants.filter(pk=grant.pk).update(**blank)
        grant.licensee_key = blank["licensee_key"]
        holder = copyholders.key_of_licensee(grant)
        RecalledCopy.objects.filter(grant=grant).update(holder=holder, note="")
    # The one exception to “written once”: the law wants the person forgotten, not the sum.
    _rows(Quote).filter(permission_request=row).update(message="")
    _rows(Invoice).filter(permission_request=row).update(buyer=[], vat_id="", po_number="")


def _rows(model) -> QuerySet:
    return QuerySet(model=model)


def delete_letters(number: str, *, since: datetime, until: datetime | None, at: datetime) -> None:
    """To whoever wrote, and to the desk about the case; its number stands in each subject."""
    if until and until < at - 2 * MAIL_KEPT_FOR:
        # They are long gone, and who would look for them would look through all mail.
        return
    letters = Email.objects.filter(created__gte=since)
    # What only mentions it, a list for the desk, say, goes once it has been delivered.
    mentions = Q(message__contains=number, status__in=[STATUS.sent, STATUS.failed])
    letters.filter(Q(subject__contains=number) | mentions).delete()
