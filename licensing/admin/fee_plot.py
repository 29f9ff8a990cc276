"""A fee against one number, drawn by the server: where its line runs and what the axes say."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from math import log10
from typing import NamedTuple

from django.utils.translation import get_language, gettext
from moneyed import Money

from licensing.money import FALLBACK, formatted, number_formatted
from licensing.rights.fee_drivers import DRIVERS, Kind
from licensing.rights.fees import price
from licensing.rights.tariffs import Moved, Tariff
from licensing.rights.vocabulary import Use

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 92, 560, 16, 236
STEPS = 40
MOST_ROWS = 45
MOST_TICKS = 6
# Figures under the axis that stand nearer than this would run into each other.
APART = 62
# Numbers that lie further apart than this are drawn on a scale of powers of ten.
WIDE = 50
ROOM = Decimal("1.05")


class Tick(NamedTuple):
    """A mark on an axis."""

    at: float
    label: str


class Plot(NamedTuple):
    """A picture of 640 × 280; ``lines`` hold the points of each unbroken stretch."""

    label: str
    unit: str
    lines: list[str]
    across: list[Tick]
    up: list[Tick]
    # Where the answer lies, and from where on a person quotes.
    mark: tuple[float, float] | None
    beyond: float | None
    rows: list[tuple[str, str]]


def plotted(tariff: Tariff, use: Use, facts: Mapping[str, object]) -> Plot | None:
    """The fee as its first number moves it, the other answers as given; ``None`` without one."""
    moved = next(
        (one for one in tariff.uses[use].moved if DRIVERS[one.driver].kind is Kind.NUMBER), None
    )
    if moved is None:
        return None
    answer = facts.get(moved.driver)
    numbers = _numbers(moved, answer if isinstance(answer, int) else 1)
    found = [(number, _net(tariff, use, facts, moved, number)) for number in numbers]
    known = [(number, net) for number, net in found if net is not None]
    if not known:
        return None
    across = _scale(numbers[0], numbers[-1])
    most = max(net.amount for _number, net in known) * ROOM or Decimal(1)
    here = _net(tariff, use, facts, moved, answer) if isinstance(answer, int) else None
    driver = DRIVERS[moved.driver]
    return Plot(
        gettext(driver.label),
        gettext(driver.unit),
        [
            " ".join(f"{across(number):.1f},{_up(net.amount, most):.1f}" for number, net in one)
            for one in _stretches(found)
        ],
        _marked(moved, numbers, across),
        [Tick(_up(amount, most), _sum(amount, tariff)) for amount in _round_amounts(most)],
        (across(answer), _up(here.amount, most)) if here is not None and answer else None,
        across(known[-1][0]) if known[-1][0] < numbers[-1] else None,
        [(_figure(number), _sum(net.amount, tariff)) for number, net in known][:MOST_ROWS],
    )


def _numbers(moved: Moved, answer: int) -> list[int]:
    """Both sides of every step, or evenly spread where there is none; and the answer."""
    if moved.bands:
        ends = [band.up_to for band in moved.bands if band.up_to]
        sides = [side for end in ends for side in (end, end + 1)]
        # A tenth of the first band shows as well as all of it.
        first, last = (max(1, ends[0] // 10), ends[-1] * 2) if ends else (1, 10)
    else:
        first, last = 1, max(10, answer * 2)
        sides = list(range(1, last, max(1, last // STEPS)))
    return sorted({first, *sides, last, *([answer] if answer >= 1 else [])})


def _net(tariff: Tariff, use: Use, facts: Mapping, moved: Moved, number: int) -> Money | None:
    """``None`` where this very number is left to a person."""
    found = price(tariff, use, {**facts, moved.driver: number})
    others = price(tariff, use, {name: one for name, one in facts.items() if name != moved.driver})
    # Without the number there is one sentence more: that it is not known.
    is_open = len(found.needs_person) >= len(others.needs_person)
    return found.net if found.lines and not is_open else None


def _stretches(found: list[tuple[int, Money | None]]) -> list[list[tuple[int, Money]]]:
    stretches: list[list] = [[]]
    for number, net in found:
        if net is None:
            stretches.append([])
        else:
            stretches[-1].append((number, net))
    return [one for one in stretches if len(one) > 1]


def _scale(first: int, last: int) -> Callable[[int], float]:
    if last / first > WIDE:
        return lambda number: LEFT + (RIGHT - LEFT) * log10(number / first) / log10(last / first)
    return lambda number: LEFT + (RIGHT - LEFT) * (number - first) / (last - first)


def _up(amount: Decimal, most: Decimal) -> float:
    return float(BOTTOM - (BOTTOM - TOP) * amount / most)


def _marked(moved: Moved, numbers: list[int], across: Callable[[int], float]) -> list[Tick]:
    ends = [band.up_to for band in moved.bands if band.up_to]
    marked: list[Tick] = []
    for number in [numbers[0], *(ends or [numbers[len(numbers) // 2], numbers[-1]])]:
        if not marked or across(number) - marked[-1].at >= APART:
            marked.append(Tick(across(number), _figure(number)))
    return marked


def _round_amounts(most: Decimal) -> list[Decimal]:
    """Nothing and up to five round sums above it."""
    rough = most / MOST_TICKS
    power = Decimal(10) ** rough.adjusted()
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    return [step * place for place in range(MOST_TICKS + 1) if step * place <= most]


def _figure(number: int) -> str:
    return number_formatted(number, get_language() or FALLBACK)


def _sum(amount: Decimal, tariff: Tariff) -> str:
    return formatted(Money(amount, tariff.currency), get_language() or FALLBACK)
