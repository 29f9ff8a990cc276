"""A tariff, one version of a fee schedule: which uses have a fee, and what moves it.

A driver of a use multiplies what stands before it (``times``) or adds to it (``add``). What a
tariff leaves open (a use, a choice, what lies beyond the last band) a person quotes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from licensing.rights.fee_drivers import DRIVERS, Kind
from licensing.rights.vocabulary import Use

MOST_BANDS = 20
MOST_TIMES = Decimal(1000)
MOST_NUMBER = 1_000_000_000
# A factor “for each further one” is not taken to a higher power.
MOST_FURTHER = 100


class How(StrEnum):
    """What an answer does to the fee."""

    TIMES = "times"
    ADD = "add"


class Per(StrEnum):
    """What a base fee, or an amount that a driver adds, is counted for."""

    ARTICLE = "article"
    REQUEST = "request"


class Effect(NamedTuple):
    """“× 1.6”, or “75 more”."""

    how: How
    value: Decimal

    @property
    def is_neutral(self) -> bool:
        return self.value == (1 if self.how is How.TIMES else 0)


class Band(NamedTuple):
    """The numbers from ``first`` to ``up_to``, both included; ``None`` leaves it open above."""

    first: int
    up_to: int | None
    effect: Effect


@dataclass(frozen=True)
class Moved:
    """How one driver moves the fee of a use: by exactly one of its four ways.

    ``per``: whether an amount is added for each article or once.
    """

    driver: str
    bands: tuple[Band, ...] = ()
    choices: Mapping[str, Effect] = field(default_factory=dict)
    each: Effect | None = None
    each_further: Effect | None = None
    per: Per = Per.ARTICLE

    @property
    def effects(self) -> list[Effect]:
        """Everything that it may do."""
        alone = [effect for effect in (self.each, self.each_further) if effect]
        return [*(band.effect for band in self.bands), *self.choices.values(), *alone]


@dataclass(frozen=True)
class UseFee:
    """What one use costs before and after its drivers."""

    base: Decimal
    per: Per = Per.REQUEST
    minimum: Decimal = Decimal(0)
    moved: tuple[Moved, ...] = ()


class Tax(NamedTuple):
    """“VAT”, 7 percent of the net total."""

    label: str
    percent: Decimal


@dataclass(frozen=True)
class Tariff:
    """One currency, perhaps a tax, and the uses that have a fee."""

    currency: str
    uses: Mapping[Use, UseFee]
    tax: Tax | None = None


def costs(tariff: Tariff, use: Use) -> bool:
    """Whether the use normally costs: whether any answer could bring its fee above nothing."""
    fee = tariff.uses.get(use)
    if fee is None:
        return False
    added = (effect for moved in fee.moved for effect in moved.effects if effect.how is How.ADD)
    return fee.base > 0 or fee.minimum > 0 or any(effect.value > 0 for effect in added)


def tariff_as_json(tariff: Tariff) -> dict:
    """The JSON that ``parse_tariff`` reads."""
    written: dict = {"currency": tariff.currency}
    if tariff.tax:
        written["tax"] = {"label": tariff.tax.label, "percent": _text(tariff.tax.percent)}
    written["uses"] = {use.value: _fee_as_json(fee) for use, fee in tariff.uses.items()}
    return written


def _fee_as_json(fee: UseFee) -> dict:
    return {
        "base": _text(fee.base),
        "per": fee.per.value,
        "minimum": _text(fee.minimum),
        "drivers": [_moved_as_json(moved) for moved in fee.moved],
    }


def _moved_as_json(moved: Moved) -> dict:
    written: dict = {"driver": moved.driver}
    if moved.per is not Per.ARTICLE:
        written["per"] = moved.per.value
    if moved.bands:
        written["bands"] = [
            ({"up_to": band.up_to} if band.up_to is not None else {}) | _effect(band.effect)
            for band in moved.bands
        ]
    elif DRIVERS[moved.driver].kind is Kind.CHOICE:
        written["choices"] = {name: _effect(one) for name, one in moved.choices.items()}
    elif moved.each:
        written["each"] = _effect(moved.each)
    else:
        written["each_further"] = _effect(moved.each_further)
    return written


def _effect(effect: Effect) -> dict:
    return {effect.how.value: _text(effect.value)}


def _text(value: Decimal) -> str:
    return format(value, "f")
