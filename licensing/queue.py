"""What waits on the desk: the parts of the queue that hold open work."""

from django.db.models import QuerySet

from licensing.models import PermissionRequest
from licensing.models.request import Turn


def parts_of_queue(user) -> dict[str, QuerySet]:
    """Ours to do, of these late, mine and nobody's; and what waits for the other side."""
    rows = PermissionRequest.objects.all()
    ours = rows.ours_to_do()
    return {
        "ours": ours,
        "late": rows.late(),
        "mine": ours.filter(owner=user.pk),
        "nobodys": ours.filter(owner=None),
        "theirs": rows.filter(turn=Turn.THEIRS),
    }
