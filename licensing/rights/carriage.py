"""Whether we ourselves may carry a text or a picture, and until when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from licensing.rights.days import in_days
from licensing.rights.facts import Clearance, Right, Route, in_force
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import CARRIAGES, Carriage, Sentence


class Carried(NamedTuple):
    """``until``: the end of what we hold without a gap; ``None``: it does not end.

    ``reasons`` says what is missing; empty means we may carry it.
    """

    until: datetime | None
    reasons: tuple[Sentence, ...] = ()

    @property
    def is_held(self) -> bool:
        return not self.reasons


def carried(rights: Iterable[Right], at: datetime) -> Carried:
    """Whether every right in the chain is cleared for what we do with it at ``at``."""
    ends, missing, rights = [], [], tuple(rights)
    for right in rights:
        if right.is_ours:
            continue
        for need in sorted(right.needs):
            end = _end(right.routes, need, at)
            if end == at:
                missing.append(_missing(right, need, at))
            elif end is not _FOREVER:
                ends.append(end)
    if not rights:
        missing.append(_NOBODYS)
    return Carried(at if missing else min(ends, default=None), tuple(missing))


def is_carried(rights: Iterable[Right], at: datetime) -> bool:
    """The short answer of ``carried``, without its sentences."""
    is_known = False
    for right in rights:
        is_known = True
        if right.is_ours:
            continue
        for need in right.needs:
            for route in right.routes:
                if _leads(route, need, at):
                    break
            else:
                return False
    return is_known


_FOREVER = None


def _leads(route: Route, need: Carriage, at: datetime) -> bool:
    for group in route:
        for one in group:
            if need in one.covers and in_force(one, at):
                break
        else:
            return False
    return bool(route)


# --- Ends -------------------------------------------------------------------------------------
#
# What takes over where something else ends leaves no gap: a clearance in its group, and a route.


def _end(routes: Iterable[Route], need: Carriage, at: datetime) -> datetime | None:
    """When the last of ``routes`` ends; ``at`` where none holds now, ``_FOREVER`` for no end."""
    end = at
    while True:
        ends = [_end_of_route(route, need, end) for route in routes]
        if _FOREVER in ends:
            return _FOREVER
        if (last := max(ends, default=end)) == end:
            return end
        end = last


def _end_of_route(route: Route, need: Carriage, at: datetime) -> datetime | None:
    """When the first group of ``route`` lapses."""
    if not route:
        return at
    ends = [_end_of_group(group, need, at) for group in route]
    return min((end for end in ends if end is not _FOREVER), default=_FOREVER)


def _end_of_group(group: Iterable[Clearance], need: Carriage, at: datetime) -> datetime | None:
    end = at
    while takers := [one.until for one in group if need in one.covers and in_force(one, end)]:
        if _FOREVER in takers:
            return _FOREVER
        end = max(takers)
    return end


# --- What is missing --------------------------------------------------------------------------

_NOBODYS = Sentence("Nobody has said who holds the rights.")


def _missing(right: Right, need: Carriage, at: datetime) -> Sentence:
    facts = (("came", right.came), ("holder", right.holder.name), ("what", CARRIAGES[need]))
    now = [one for one in right.clearances if in_force(one, at)]
    if any(need in one.covers for one in now):
        pattern = _("{came}. Of those who have to allow {what}, not everybody has.")
        return Sentence(pattern, facts)
    if now:
        return Sentence("{came}. What {holder} allows does not cover {what}.", facts)
    covering = [one for one in right.clearances if need in one.covers]
    if ended := [one for one in covering if one.until and one.until <= at]:
        last = max(ended, key=lambda one: one.until)
        # The end is the first instant that no longer counts.
        day = last.until - timedelta(microseconds=1)
        facts += (("named", last.named), ("day", in_days(day)))
        return Sentence("{came}. Leave for {what} has ended: {named} ran until {day}.", facts)
    return Sentence("{came}. We hold no clearance from {holder} for {what}.", facts)
