"""When a copy is looked at again: soon after it is new or out of line, then less and less often."""

from datetime import datetime, timedelta

from licensing.models import CrosspostStatus

DAY = timedelta(days=1)
# After so many looks in a row that came to nothing.
BACKOFF = (timedelta(hours=6), DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY)
# Nobody looks once more where nothing was seen for about two years.
GIVEN_UP_AFTER = 24
# As long as something is to be put right, the outlet has this long each time.
OUT_OF_LINE = 7 * DAY
# Known for at most this long → looked at again after.
BY_AGE = ((2 * DAY, DAY), (14 * DAY, 7 * DAY), (90 * DAY, 30 * DAY))
AT_LEAST = 90 * DAY


def next_look(
    *, status: str, declared_at: datetime, failures: int, at: datetime
) -> datetime | None:
    """When to look again after a look at ``at``; never at what is gone."""
    if status == CrosspostStatus.GONE or failures >= GIVEN_UP_AFTER:
        return None
    if failures:
        return at + BACKOFF[min(failures, len(BACKOFF)) - 1]
    if status == CrosspostStatus.NON_COMPLIANT:
        return at + OUT_OF_LINE
    age = at - declared_at
    return at + next((wait for most, wait in BY_AGE if age <= most), AT_LEAST)
