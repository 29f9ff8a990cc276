"""Attempts are forgotten after a day."""

from datetime import datetime

from cms.clock import duty
from cms.limits.limits import DAY
from cms.limits.models import Attempt

# The longest that a limit may look back.
KEPT = DAY


@duty("old attempts are thrown away")
def throw_away_attempts(*, at: datetime) -> str:
    """Nobody needs to know any more who tried what."""
    Attempt.objects.filter(at__lt=at - KEPT).delete()
    return ""
