"""The chain of title: whether we hold what somebody asks us for, and under which clearances.

Deny beats allow: what one clearance in force forbids is forbidden, whatever the others say.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice, product
from typing import NamedTuple

from licensing.rights.facts import Clearance, Right, Route, in_force
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import USES, Reason, Rung, Sentence, Use, Verdict

# In more ways nobody could explain how leave comes together; the first so many count.
MOST_WAYS = 1000
# Clearances that give leave together, one from each group of a route; none for what is ours.
Way = tuple[Clearance, ...]


class Title(NamedTuple):
    """What a right in the chain says of a use.

    ``verdict`` is ``GRANTED`` where it is ours or there is a way, else ``REFER`` or ``REFUSED``;
    ``named`` are the clearances that stand behind it then.
    """

    right: Right
    verdict: Verdict
    ways: Sequence[Way] = ()
    named: Sequence[Clearance] = ()

    def reason(self, use: Use, way: Way = ()) -> Reason:
        """Why, for a person; ``way`` is the one that is taken."""
        named, right = way or self.named, self.right
        came, holder = ("came", right.came), ("holder", right.holder)
        if self.verdict is Verdict.GRANTED:
            if not named:
                return _reason(_OURS, came)
            return _reason(_HELD, came, _names(named))
        if self.verdict is Verdict.REFUSED:
            return _reason(_FORBIDDEN, came, _names(named), _USED[use])
        if not named:
            return _reason(_NOT_HELD, came, _USED[use], holder)
        return _reason(_NOT_PASSED_ON, came, _names(named), _USED[use], holder)


_OURS = _("{came}: ours to decide.")
_HELD = _("{came}; {named} lets us pass this on.")
_FORBIDDEN = _("{came}; {named} forbids “{use}” to everybody.")
_NOT_PASSED_ON = _("{came}; {named} does not let us pass on “{use}”. Ask {holder}.")
_NOT_HELD = _("{came}; nobody gave us leave to pass on “{use}”. Ask {holder}.")


_USED = {use: ("use", name) for use, (name, _) in USES.items()}


def _reason(pattern: str, *facts: tuple[str, object]) -> Reason:
    return Reason(Rung.TITLE, Sentence(pattern, facts))


def _names(clearances: Sequence[Clearance]) -> tuple[str, str]:
    if len(clearances) == 1:
        return "named", clearances[0].named
    return "named", " and ".join(dict.fromkeys([one.named for one in clearances]))


def title(right: Right, use: Use, at: datetime) -> Title:
    """Whether we may let others make this ``use`` at ``at``, as far as ``right`` goes."""
    for route in right.routes:
        for group in route:
            for one in group:
                if use in one.forbids and in_force(one, at):
                    return Title(right, Verdict.REFUSED, (), (one,))
    if right.is_ours:
        return Title(right, Verdict.GRANTED, _OUR_OWN)
    ways = []
    for route in right.routes:
        ways += _ways(route, use, at)
    if ways:
        return Title(right, Verdict.GRANTED, ways)
    holding = [one for one in right.clearances if in_force(one, at)] if right.routes else ()
    return Title(right, Verdict.REFER, (), holding)


_OUR_OWN: tuple[Way, ...] = ((),)


def _ways(route: Route, use: Use, at: datetime) -> Iterable[Way]:
    """Every choice of one clearance from each group; none where a group has none."""
    leave = []
    for group in route:
        giving = [one for one in group if use in one.passes_on and in_force(one, at)]
        if not giving:
            return ()
        leave.append(giving)
    return islice(product(*leave), MOST_WAYS) if leave else ()
