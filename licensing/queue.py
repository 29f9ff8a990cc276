"""What waits on the desk: the parts of the queue that hold open work."""

from django.db.models import Count, Q
from django.utils import timezone

from licensing.models import PermissionRequest
from licensing.models.request import Turn


def parts_of_queue(user) -> dict[str, Q]:
    """Ours to do, of these late, mine and nobody's; and what waits for the other side."""
    ours = Q(turn=Turn.OURS)
    return {
        "ours": ours,
        "late": ours & Q(due_on__lt=timezone.localdate()),
        "mine": ours & Q(owner=user.pk),
        "nobodys": ours & Q(owner=None),
        "theirs": Q(turn=Turn.THEIRS),
    }


def queue_counts(user) -> dict[str, int]:
    """How much each part holds: one question, asked of what is open only."""
    parts = parts_of_queue(user)
    rows = PermissionRequest.objects.filter(turn__in=[Turn.OURS, Turn.THEIRS])
    return rows.aggregate(**{name: Count("pk", filter=part) for name, part in parts.items()})
