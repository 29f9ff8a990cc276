"""What time does to clearances: they begin, end, are reminded of and warned about."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from cms.clock import duty, errand
from licensing import (
    allowed_uses,
    complaint_duties,
    copy_duties,
    gate,
    letters,
    recall_duties,
    request_duties,
)
from licensing.actions import clearances
from licensing.compliance import rounds
from licensing.models import Clearance, ClearanceStatus

# The clock looks for duties in this module; those of requests, copies and recalls in others.
__all__ = ["complaint_duties", "copy_duties", "recall_duties", "request_duties"]

# Days before the end at which the desk is warned, and after asking at which a holder is reminded.
WARNINGS = (30, 7, 1)
REMINDERS = (7, 14)
# What a minute of the clock does of an archive under new terms, in some ten seconds.
MOST_WORKED_OUT = 2000

errand("copies are looked at")(rounds.make)


@duty("clearances end")
def end_what_has_ended(*, at: datetime) -> str:
    """Records what has ended. The pages know already: visibility asks the dates, not this."""
    yesterday = timezone.localdate(at) - timedelta(days=1)
    ended = list(Clearance.objects.ending_by(yesterday))
    for clearance in ended:
        event = clearances.expire(clearance, at=at)
        letters.tell_desk_of_end(clearance, event)
    return _counted(len(ended), "%d clearance has ended.", "%d clearances have ended.")


@duty("clearances begin")
def begin_what_begins(*, at: datetime) -> str:
    """Brings onto the pages what rests on a clearance whose first day has come."""
    begun = Clearance.objects.in_force(at).filter(valid_from__isnull=False, has_begun=False)
    changed = 0
    for clearance in begun:
        changed += gate.refresh(clearance, at=at)
        Clearance.objects.filter(pk=clearance.pk).update(has_begun=True)
    return _counted(changed, "%d article is cleared anew.", "%d articles are cleared anew.")


@duty("rights holders are reminded")
def remind_holders(*, at: datetime) -> str:
    """Writes again to those who have not answered after one week, and after two."""
    waiting = Clearance.objects.filter(status=ClearanceStatus.REQUESTED)
    reminded = 0
    for clearance in waiting:
        asked = letters.asked_at(clearance)
        due = [
            number
            for number, days in enumerate(REMINDERS, start=1)
            if asked and asked + timedelta(days=days) <= at
        ]
        if due:
            reminded += clearances.remind(clearance, number=due[-1], asked=asked, at=at)
    return _counted(reminded, "%d holder was reminded.", "%d holders were reminded.")


@duty("the desk is warned of clearances that end")
def warn_of_ends(*, at: datetime) -> str:
    """Tells the desk 30, 7 and 1 days ahead, each once."""
    today = timezone.localdate(at)
    ending = Clearance.objects.ending_by(today + timedelta(days=max(WARNINGS)))
    warned = 0
    for clearance in ending.filter(valid_until__gte=today):
        left = (clearance.valid_until - today).days
        # Who enters one that has five days left is told once, not twice.
        nearest = min(days for days in WARNINGS if left <= days)
        warned += letters.warn(clearance, days=nearest, left=left, at=at)
    return _counted(warned, "%d warning was written.", "%d warnings were written.")


@duty("allowed uses are worked out")
def work_out_allowed_uses(*, at: datetime) -> str:
    """Puts back into the index what many changes took out of it, and what soon ends in it."""
    worked_out = allowed_uses.renew(at=at, most=MOST_WORKED_OUT)
    return _counted(worked_out, "%d article was worked out.", "%d articles were worked out.")


def _counted(number: int, one: str, many: str) -> str:
    return ngettext(one, many, number) % number if number else ""
