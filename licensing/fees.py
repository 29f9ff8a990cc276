"""Which price list counts at a moment, and what it says."""

from datetime import datetime

from licensing.models import FeeScheduleVersion
from licensing.rights.tariff_reading import parse_tariff
from licensing.rights.tariffs import Tariff


def version_in_use(*, at: datetime) -> FeeScheduleVersion | None:
    """The version by which new quotes are priced; ``None`` where no schedule is in use yet."""
    return (
        FeeScheduleVersion.objects.in_force(at)
        .filter(schedule__is_default=True)
        .select_related("schedule")
        .first()
    )


def tariff_of(version: FeeScheduleVersion) -> Tariff:
    """What the version says; it was read before it was written."""
    return parse_tariff(version.tariff)
