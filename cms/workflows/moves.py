"""State machines as data: what may follow what, under which name, and by whose leave.

A ``Workflow`` is the only place where the moves of one kind of row are written down. The verbs,
the admin's buttons, the permission checks, the tests and the diagrams all read this table.
Nothing here knows a model or the database.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

Reasons = list[str]


class Reason(StrEnum):
    """Whether a move asks its actor for a reason."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True)
class Move:
    """One row of the table.

    ``name`` is shared by the verb, the button, the address and the event. ``sources`` are the
    statuses it may start from, ``target`` the one it ends in. ``permission`` is a Django permission
    ("app.codename") that whoever moves must hold. ``hindrances(row, by, at)`` answers in sentences
    why this row may not move now; an empty list means it may.
    """

    name: str
    sources: frozenset[str]
    target: str
    permission: str
    label: str
    help_text: str = ""
    reason: Reason = Reason.NONE
    is_grave: bool = False
    # Whether it may also be made without an account: by the clock, or on a row's secret link.
    is_unattended: bool = False
    hindrances: Callable[..., Reasons] = field(default=lambda row, by, at: [])


class TableOfMovesIsWrong(Exception):
    """The table contradicts itself; raised at import, so that no process starts with it."""


class Workflow:
    """The statuses and moves of one kind of row, checked for sense when it is made."""

    def __init__(self, name: str, *, statuses: Iterable[tuple[str, str]], initial: str, moves):
        self.name = name
        self.labels = dict(statuses)
        self.initial = initial
        self.moves: dict[str, Move] = {move.name: move for move in moves}
        if problems := self._problems(list(moves)):
            raise TableOfMovesIsWrong("; ".join(problems))

    def __getitem__(self, name: str) -> Move:
        """The move of that name. Raises KeyError."""
        return self.moves[name]

    def moves_from(self, status: str) -> list[Move]:
        """The moves that may start from ``status``, in the order of the table."""
        return [move for move in self.moves.values() if status in move.sources]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for move in self.moves.values():
            for source in (status for status in self.labels if status in move.sources):
                lines.append(f"    {source} --> {move.target}: {move.name}")
        return "\n".join(lines)

    def _problems(self, moves: list[Move]) -> Reasons:
        problems = []
        names = [move.name for move in moves]
        if len(names) != len(set(names)):
            problems.append(f"{self.name} names a move twice")
        for move in moves:
            if unknown := (move.sources | {move.target}) - self.labels.keys():
                problems.append(f"{move.name} names unknown statuses {sorted(unknown)}")
            if not move.sources:
                problems.append(f"{move.name} starts from nowhere")
        if unreachable := self.labels.keys() - self._reachable(moves):
            problems.append(f"nothing leads to {sorted(unreachable)}")
        return problems

    def _reachable(self, moves: list[Move]) -> set[str]:
        reached, grew = {self.initial}, True
        while grew:
            found = reached | {move.target for move in moves if move.sources & reached}
            grew, reached = found != reached, found
        return reached
