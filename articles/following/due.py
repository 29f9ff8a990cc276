"""When the next digest is due: in the morning, by the clock of the house."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from articles.models.follower import Frequency

DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}


def next_due(frequency: str, *, after: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The morning at which whoever was written to, or began to follow, at ``after`` is next.

    Daily it is the next morning there is; weekly the one a week from that day.
    """
    day = after.astimezone(zone).date()
    if DAYS[Frequency(frequency)] > 1:
        return _morning(day + timedelta(days=DAYS[Frequency(frequency)]), hour, zone)
    today = _morning(day, hour, zone)
    return today if today > after else _morning(day + timedelta(days=1), hour, zone)


def _morning(day, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(ZoneInfo("UTC"))
