"""Fee schedules and their versions."""

from itertools import count

from licensing.actions.fees import install, take_into_use, write_version
from licensing.models import FeeSchedule, FeeScheduleVersion
from licensing.ready_made_fees import EUROS

_numbers = count(1)
TARIFF = {
    "currency": "EUR",
    "tax": {"label": "VAT", "percent": "7"},
    "uses": {
        "print": {
            "base": "150",
            "per": "article",
            "minimum": "50",
            "drivers": [
                {
                    "driver": "print_run",
                    "bands": [{"up_to": 1000, "times": "1"}, {"up_to": 9000, "times": "1.6"}],
                },
                {"driver": "requester", "choices": {"academic": "0.5", "publisher": "1"}},
                {"driver": "rush", "choices": {"yes": {"add": "75"}}, "per": "request"},
            ],
        }
    },
}


def make_fees(schedule: FeeSchedule, *, by=None, **fields) -> FeeScheduleVersion:
    """The next version of ``schedule``."""
    return write_version(schedule, by=by, **({"tariff": TARIFF} | fields))


def make_schedule(name: str = "", *, by=None, is_used: bool = False, **fields) -> FeeSchedule:
    """A schedule with one version that counts from now on."""
    schedule = FeeSchedule.objects.create(name=name or f"Schedule {next(_numbers)}")
    make_fees(schedule, by=by, **fields)
    if is_used:
        take_into_use(schedule)
    return schedule


def install_a_schedule(*, by) -> FeeSchedule:
    """The ready-made price list, in use."""
    return install(EUROS, by=by)
