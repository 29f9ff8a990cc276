"""A state machine as a picture: the table of moves in, whole coordinates out; pure.

Statuses are lines from top to bottom in the order of the table, moves are columns: a dot where a
move may start, an arrow where it leads. However many moves there are, no line crosses a word.
What is drawn stands beside it as a table, for whoever does not see it.
"""

from dataclasses import dataclass

from cms.workflows.moves import Move, Workflow

LABELS = 190
COLUMN = 38
ROW = 44
# Names of moves are written slantwise above the columns.
HEAD = 132
EDGE = 120
ARROW = 7


@dataclass(frozen=True)
class Line:
    """A status: its name, and the height at which everything about it is drawn."""

    status: str
    label: str
    y: int
    is_initial: bool


@dataclass(frozen=True)
class Column:
    """A move: where it may start (``dots``, heights), where it ends, and the lines between.

    ``spans`` are pairs of heights. ``is_ring``: it starts and ends in the same status. ``head`` is
    the outline of the arrow, ``kind`` is ``grave``, ``unattended`` or ``plain``.
    """

    number: int
    name: str
    label: str
    kind: str
    x: int
    dots: list[int]
    end: int
    head: str
    spans: list[tuple[int, int]]
    is_ring: bool


@dataclass(frozen=True)
class Drawing:
    """A picture of ``width`` × ``height``."""

    lines: list[Line]
    columns: list[Column]
    width: int
    height: int
    labels: int = LABELS
    head: int = HEAD


def draw(workflow: Workflow) -> Drawing:
    """The picture of ``workflow``, its labels in the language of the moment."""
    heights = {
        status: HEAD + ROW * place + ROW // 2 for place, status in enumerate(workflow.labels)
    }
    moves = list(workflow.moves.values())
    return Drawing(
        lines=[
            Line(status, str(label), heights[status], status == workflow.initial)
            for status, label in workflow.labels.items()
        ],
        columns=[_column(number, move, heights) for number, move in enumerate(moves, 1)],
        width=LABELS + COLUMN * len(moves) + EDGE,
        height=HEAD + ROW * len(heights) + 6,
    )


def _column(number: int, move: Move, heights: dict[str, int]) -> Column:
    x = LABELS + COLUMN * (number - 1) + COLUMN // 2
    end = heights[move.target]
    dots = [height for status, height in heights.items() if status in move.sources]
    others = [dot for dot in dots if dot != end]
    above = min((dot for dot in others if dot < end), default=None)
    below = max((dot for dot in others if dot > end), default=None)
    heads = [
        _arrow(x, end, down=is_above)
        for dot, is_above in ((above, True), (below, False))
        if dot is not None
    ]
    return Column(
        number=number,
        name=move.name,
        label=str(move.label),
        kind="grave" if move.is_grave else "unattended" if move.is_unattended else "plain",
        x=x,
        dots=others,
        end=end,
        head=" ".join(heads),
        spans=[(dot, end) for dot in (above, below) if dot is not None],
        is_ring=end in dots,
    )


def _arrow(x: int, y: int, *, down: bool) -> str:
    """The outline of an arrow that comes from above (``down``) or from below, with its tip at y."""
    back = y - 2 * ARROW if down else y + 2 * ARROW
    return f"M{x} {y} L{x - ARROW} {back} L{x + ARROW} {back} Z"
