"""Who complained, and who answered, is forgotten; what it was about and what came of it stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cms.workflows.actions import MoveNotAllowed
from licensing import erasure
from licensing.actions.erasure import ERASED, Forgotten, delete_letters
from licensing.models import Complaint

# The work and the claim are their words, and name people.
EMPTY = ("work", "claim", "name", "holder", "email", "contact")


@transaction.atomic
def erase(complaint: Complaint, *, at: datetime | None = None) -> bool:
    """Forgets both sides. Returns whether there was anybody to forget. Raises MoveNotAllowed."""
    at = at or timezone.now()
    row = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if row.erased_at is None:
        if reasons := erasure.what_keeps(row):
            raise MoveNotAllowed(reasons)
        _erase(row, at=at)
    complaint.refresh_from_db()
    return row.erased_at is None


def forget(email: str, became: Forgotten, *, at: datetime | None = None) -> None:
    """Erases all that we may about whoever complains from ``email``; ``became`` says what."""
    found = Complaint.objects.filter(email__iexact=email, erased_at=None).exclude(email="")
    for complaint in found.order_by("pk"):
        try:
            erase(complaint, at=at)
        except MoveNotAllowed as refusal:
            became.kept.append((complaint.number, refusal.reasons))
        else:
            became.erased.append(complaint.number)


def _erase(row: Complaint, *, at: datetime) -> None:
    written = row.messages.aggregate(last=Max("sent_at"))["last"] or row.moved_at
    until = max(row.moved_at, written)
    delete_letters(row.number, since=row.received_at, until=until, at=at)
    row.links.filter(revoked_at=None).update(revoked_at=at)
    row.links.update(sent_to="")
    row.messages.update(text="")
    row.counter_notices.update(text="", name="", contact="", signature=ERASED)
    blank = dict.fromkeys(EMPTY, "")
    Complaint.objects.filter(pk=row.pk).update(
        erased_at=at, signature=ERASED, form_key=None, **blank
    )
