"""What is done with fee schedules: the next version is written, one of them is taken into use.

A version is never changed and never counts from a moment that has passed.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.models import FeeSchedule, FeeScheduleVersion
from licensing.ready_made_fees import ReadyMadeFees
from licensing.rights.tariff_reading import parse_tariff
from licensing.rights.tariffs import tariff_as_json

# Who chose “now” and then went on writing meant the moment of saving.
GRACE = timedelta(hours=1)


class VersionCountsTooEarly(ValueError):
    """A version was to count from a moment that has passed; the text says so, for a person."""


@transaction.atomic
def write_version(
    schedule: FeeSchedule,
    *,
    tariff: object,
    by,
    valid_from: datetime | None = None,
    change_note: str = "",
) -> FeeScheduleVersion:
    """Adds the next version of ``schedule``; it counts at once, or from a moment that lies ahead.

    Who writes at the same moment as others waits and takes the number after theirs. Raises
    TariffIsWrong with ``reasons``, or VersionCountsTooEarly, and writes nothing.
    """
    read = parse_tariff(tariff)
    # Whoever holds the row of the schedule writes; the others wait.
    FeeSchedule.objects.select_for_update().get(pk=schedule.pk)
    now = timezone.now()
    if valid_from is not None and valid_from < now - GRACE:
        raise VersionCountsTooEarly(_("A version counts from now on or later, never from before."))
    latest = schedule.versions.aggregate(latest=Max("number"))["latest"] or 0
    return FeeScheduleVersion.objects.create(
        schedule=schedule,
        number=latest + 1,
        tariff=tariff_as_json(read),
        change_note=change_note,
        valid_from=max(valid_from or now, now),
        created_by=by,
    )


def take_into_use(schedule: FeeSchedule) -> bool:
    """Prices new quotes by ``schedule`` instead of whatever stood there; whether that is new."""
    try:
        return _take_into_use(schedule)
    except IntegrityError:
        # Somebody took another one into use just now, the first; from then on there is a row.
        return _take_into_use(schedule)


@transaction.atomic
def _take_into_use(schedule: FeeSchedule) -> bool:
    in_use = FeeSchedule.objects.select_for_update().filter(is_default=True)
    if schedule.pk in {one.pk for one in in_use}:
        return False
    FeeSchedule.objects.filter(is_default=True).update(is_default=False)
    FeeSchedule.objects.filter(pk=schedule.pk).update(is_default=True)
    schedule.is_default = True
    return True


@transaction.atomic
def install(ready_made: ReadyMadeFees, *, by) -> FeeSchedule:
    """A schedule from a ready-made one, in use where none is; one of its name stays as it is."""
    schedule, _is_new = FeeSchedule.objects.get_or_create(
        name=ready_made.name, defaults={"note": ready_made.note}
    )
    if not schedule.versions.exists():
        write_version(schedule, tariff=ready_made.tariff, by=by)
    if not FeeSchedule.objects.filter(is_default=True).exists():
        take_into_use(schedule)
    return schedule
