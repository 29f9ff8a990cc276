"""Plots drawn by the server: where each bar stands and how high it is. The page draws them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

WIDTH = 720
# Columns: a row of groups above an axis.
HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 260, 20, 210, 44, 708
MOST_LABELS = 13
# Bars: one below the other.
ROW, BAR, LABELS, VALUES = 30, 18, 220, 110


class Rect(NamedTuple):
    """A bar; ``kind`` tells series apart, ``words`` says it to whoever points at it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    words: str


class Text(NamedTuple):
    """A word at a place; ``anchor`` as SVG has it."""

    x: float
    y: float
    words: str
    anchor: str


class Plot(NamedTuple):
    """A picture of ``width`` × ``height``; ``lines`` are heights of horizontal rules."""

    width: int
    height: int
    rects: list[Rect]
    texts: list[Text]
    lines: list[float]
    legend: list[tuple[str, str]]


def columns(
    labels: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[float | None]]],
    *,
    top: float = 0,
) -> Plot:
    """For each label one column of each series ``(kind, name, values)``, side by side.

    ``top`` is what the axis ends at; a round number above the highest where none is named.
    """
    most = max((value or 0 for _kind, _name, values in series for value in values), default=0)
    top = top or _round_up(most)
    room = (RIGHT - LEFT) / max(1, len(labels))
    wide = min(34.0, room * 0.8 / max(1, len(series)))
    rects = []
    for place, label in enumerate(labels):
        start = LEFT + room * place + (room - wide * len(series)) / 2
        for number, (kind, name, values) in enumerate(series):
            value = values[place]
            if value is None:
                continue
            high = (BOTTOM - TOP) * value / top
            rects.append(
                Rect(
                    round(start + wide * number, 1),
                    round(BOTTOM - high, 1),
                    round(wide - 2, 1),
                    round(high, 1),
                    kind,
                    f"{label}, {name}: {value:g}",
                )
            )
    ticks = [top * part / 4 for part in range(5)]
    heights = [round(BOTTOM - (BOTTOM - TOP) * tick / top, 1) for tick in ticks]
    texts = [
        Text(LEFT - 8, height + 4, f"{tick:g}", "end")
        for tick, height in zip(ticks, heights, strict=True)
    ]
    every = -(-len(labels) // MOST_LABELS) or 1
    texts += [
        Text(round(LEFT + room * (place + 0.5), 1), BOTTOM + 20, label, "middle")
        for place, label in enumerate(labels)
        if place % every == 0
    ]
    return Plot(WIDTH, HEIGHT, rects, texts, heights, [(kind, name) for kind, name, _ in series])


def bars(rows: Iterable[tuple[str, float, str]], *, kind: str = "one") -> Plot:
    """Below each other: label, how long a bar, and what is written at its end."""
    rows = list(rows)
    most = max((value for _label, value, _words in rows), default=0) or 1
    rects, texts = [], []
    for place, (label, value, words) in enumerate(rows):
        y = place * ROW + 6
        long = round((WIDTH - LABELS - VALUES) * max(0, value) / most, 1)
        rects.append(Rect(LABELS, y, max(long, 1), BAR, kind, f"{label}: {words}"))
        texts.append(Text(LABELS - 8, y + 14, _short(label), "end"))
        texts.append(Text(LABELS + max(long, 1) + 8, y + 14, words, "start"))
    return Plot(WIDTH, len(rows) * ROW + 6, rects, texts, [], [])


def _short(label: str) -> str:
    return label if len(label) <= 32 else f"{label[:31]}…"


def _round_up(most: float) -> float:
    """A number that can be parted in four: 4, 8, 20, 40, 100 …"""
    top = 4.0
    for factor in (2, 2.5, 2) * 30:
        if most <= top:
            break
        top *= factor
    return top
