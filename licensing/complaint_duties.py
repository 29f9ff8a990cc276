"""What time does to complaints: whoever complained is forgotten once no dispute can come back."""

from datetime import datetime

from django.utils.translation import ngettext

from cms.clock import duty
from cms.workflows.actions import MoveNotAllowed
from licensing import erasure
from licensing.actions import complaint_erasure

MOST_AT_ONCE = 200


@duty("who complained is forgotten")
def forget_complainants(*, at: datetime) -> str:
    """Those whose time is over."""
    forgotten = 0
    for complaint in list(erasure.complaints_due(at=at).order_by("moved_at")[:MOST_AT_ONCE]):
        try:
            forgotten += complaint_erasure.erase(complaint, at=at)
        except MoveNotAllowed:
            # Reopened a moment ago.
            continue
    said = ngettext("%d complainant was forgotten.", "%d complainants were forgotten.", forgotten)
    return said % forgotten if forgotten else ""
