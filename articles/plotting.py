"""Bars of a small plot, alone or on top of each other: figures in, whole coordinates out; pure.

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


@dataclass(frozen=True)
class Part:
    """A piece of a bar: ``kind`` tells the series apart, ``words`` say it to whoever points."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    label: str
    name: str
    count: int


@dataclass(frozen=True)
class Foot:
    """What stands below and above a bar: its label, and all its parts together."""

    middle: int
    y: int
    label: str
    count: int


@dataclass(frozen=True)
class Stacks:
    """Bars of several parts on one line, and which kind is which."""

    parts: list[Part]
    feet: list[Foot]
    legend: list[tuple[str, str]]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT


def stacks(labels: list[str], series: list[tuple[str, str, list[int]]]) -> Stacks:
    """For each label one bar, made of each ``(kind, name, counts)``, the first at the bottom."""
    highest = max(
        (sum(counts) for counts in zip(*(one[2] for one in series), strict=True)), default=0
    )
    room = HEIGHT - FOOT - HEAD
    parts, feet = [], []
    for place, label in enumerate(labels):
        left, right = (WIDTH * edge // len(labels) for edge in (place, place + 1))
        gap = (right - left) // GAP_SHARE
        base = HEIGHT - FOOT
        for kind, name, counts in series:
            count = counts[place]
            if not count:
                continue
            height = max(LEAST_HEIGHT, room * count // highest)
            base -= height
            width = max(1, right - left - gap)
            parts.append(Part(left + gap // 2, base, width, height, kind, label, name, count))
        total = sum(counts[place] for _kind, _name, counts in series)
        feet.append(Foot((left + right) // 2, base, label, total))
    return Stacks(parts, feet, [(kind, name) for kind, name, _counts in series])
