"""Bars of a small plot: figures in, whole coordinates out; pure.

What it shows stands beside it as a list, for whoever does not see it.
"""

from dataclasses import dataclass

WIDTH = 720
HEIGHT = 150
FOOT = 22
HEAD = 18
GAP_SHARE = 4
LEAST_HEIGHT = 2
# A label needs so much room.
LABEL_WIDTH = 44


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how many it means, and its label where there is room for it."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    label: str
    count: int
    is_labelled: bool


@dataclass(frozen=True)
class Plot:
    """Bars side by side on one line."""

    bars: list[Bar]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT


def bars(figures: list[tuple[str, int]]) -> Plot | None:
    """A plot of (label, count) in their order; ``None`` where there is nothing to compare."""
    highest = max((count for _label, count in figures), default=0)
    if len(figures) < 2 or not highest:
        return None
    room = HEIGHT - FOOT - HEAD
    every = max(1, -(-len(figures) * LABEL_WIDTH // WIDTH))
    found = []
    for place, (label, count) in enumerate(figures):
        left, right = (WIDTH * edge // len(figures) for edge in (place, place + 1))
        gap = (right - left) // GAP_SHARE
        height = max(LEAST_HEIGHT, room * count // highest) if count else 0
        found.append(
            Bar(
                x=left + gap // 2,
                y=HEIGHT - FOOT - height,
                width=max(1, right - left - gap),
                height=height,
                middle=(left + right) // 2,
                label=label,
                count=count,
                is_labelled=(len(figures) - 1 - place) % every == 0,
            )
        )
    return Plot(found)
