"""How much waits on the desk, counted over what is open only."""

from django.db.models import Count, Q
from django.utils import timezone

from licensing.models import PermissionRequest
from licensing.models.request import OURS_TO_DO


def queue_counts(user) -> dict[str, int]:
    """Ours to do, of these late, mine and nobody's; and what waits for the other side."""
    ours = Q(status__in=OURS_TO_DO)
    return PermissionRequest.objects.open().aggregate(
        ours=Count("pk", filter=ours),
        late=Count("pk", filter=ours & Q(promised_by__lt=timezone.localdate())),
        mine=Count("pk", filter=ours & Q(owner=user.pk)),
        nobodys=Count("pk", filter=ours & Q(owner=None)),
        theirs=Count("pk", filter=~ours),
    )
