"""A tariff as JSON is read here: what is understood becomes a Tariff, every fault gets its place.

Numbers are written as text (“12.50”), so that no float comes near money. A word too many may be one
misspelt: what is not understood is refused, never dropped.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from licensing.rights.conditions import quoted
from licensing.rights.currencies import CURRENCIES, digits
from licensing.rights.fee_drivers import DRIVERS, Kind
from licensing.rights.marking import marked as _
from licensing.rights.tariffs import (
    MOST_BANDS,
    MOST_NUMBER,
    MOST_TIMES,
    Band,
    Effect,
    How,
    Moved,
    Per,
    Tariff,
    Tax,
    UseFee,
)
from licensing.rights.vocabulary import USES, Sentence, Use

Path = tuple[str | int, ...]
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", re.ASCII)
LONGEST_LABEL = 30
_WAYS = ("bands", "choices", "each", "each_further")
_WAYS_OF = {Kind.NUMBER: ("bands", "each", "each_further"), Kind.CHOICE: ("choices",)}
_NAMED = {
    "currency": _("Currency"),
    "tax": _("Tax"),
    "base": _("Base fee"),
    "minimum": _("Minimum fee"),
}


class Fault(NamedTuple):
    """What is wrong, and where: ``("uses", "print", "drivers", "print_run", "bands", 1)``."""

    path: Path
    sentence: Sentence

    def __str__(self) -> str:
        named = ", ".join(place_in_words(self.path))
        return f"{named}: {self.sentence}" if named else str(self.sentence)


def place_in_words(path: Path) -> list[str]:
    """“Publish in print”, “Print run”, “band 2”. English, but for what is not ours to name."""
    places = []
    for step, before in zip(path, ("", *path), strict=False):
        if before == "uses":
            places.append(USES[step][0] if step in set(Use) else quoted(step))
        elif before == "drivers":
            places.append(DRIVERS[step].label if step in DRIVERS else f"driver {step + 1}")
        elif before == "bands":
            places.append(f"band {step + 1}")
        elif before == "choices":
            driver = DRIVERS[path[path.index("drivers") + 1]]
            places.append(driver.choices.get(step, quoted(step)))
        elif step in _NAMED:
            places.append(_NAMED[step])
    return places


class TariffIsWrong(ValueError):
    """A tariff that makes no sense. ``reasons`` say why, ``faults`` where, too."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        self.reasons = [str(fault) for fault in faults]
        super().__init__(" ".join(self.reasons))


def parse_tariff(written: object) -> Tariff:
    """The tariff that JSON holds. Raises TariffIsWrong with everything that is wrong."""
    reader = _Reader()
    tariff = reader.tariff(written)
    if reader.faults:
        raise TariffIsWrong(reader.faults)
    return tariff


class _Reader:
    """Reads on after a fault, so that all of them are told at once."""

    def __init__(self):
        self.faults: list[Fault] = []
        self.digits: int | None = None

    def fault(self, path: Path, pattern: str, **facts) -> None:
        """Returns nothing, which is what was understood."""
        self.faults.append(Fault(path, Sentence(pattern, tuple(facts.items()))))

    def table(self, written: object, path: Path, needed: set[str], also: Iterable = ()) -> Mapping:
        """``written`` where it is a table with these names; else an empty one and a fault."""
        if not isinstance(written, Mapping):
            self.fault(path, _("This must be a table of names with values."))
            return {}
        for name in written:
            if name not in needed and name not in set(also):
                self.fault(path, _("{name} is not understood here."), name=quoted(name))
        for name in sorted(needed - written.keys()):
            self.fault(path, _("{name} is missing."), name=quoted(name))
        return written

    # --- the whole ---

    def tariff(self, written: object) -> Tariff | None:
        table = self.table(written, (), {"currency", "uses"}, {"tax"})
        if not table:
            return None
        currency = table.get("currency")
        if isinstance(currency, str) and currency in CURRENCIES:
            self.digits = digits(currency)
        elif "currency" in table:
            self.fault(("currency",), _("{name} is no currency in use."), name=quoted(currency))
        tax = self.tax(table["tax"]) if table.get("tax") is not None else None
        return Tariff(currency, self.uses(table["uses"]) if "uses" in table else {}, tax)

    def tax(self, written: object) -> Tax | None:
        table = self.table(written, ("tax",), {"label", "percent"})
        label = table.get("label")
        is_label = isinstance(label, str) and label.strip() and label.isprintable()
        if "label" in table and not (is_label and len(label) <= LONGEST_LABEL):
            self.fault(
                ("tax", "label"),
                _("A tax needs a name of at most {most} characters, such as VAT."),
                most=LONGEST_LABEL,
            )
        percent = self.decimal(table.get("percent"), ("tax", "percent")) if table else None
        if percent is not None and percent > 100:
            self.fault(("tax", "percent"), _("At most 100 percent, please."))
        return Tax(label, percent)

    def uses(self, written: object) -> dict[Use, UseFee]:
        if not isinstance(written, Mapping):
            self.fault(("uses",), _("The fees are a table of uses."))
            return {}
        if not written:
            self.fault(("uses",), _("A tariff names the fee of one use at least."))
        found = {}
        for name, entry in written.items():
            if name in set(Use):
                found[Use(name)] = self.use(entry, ("uses", name))
            else:
                self.fault(("uses",), _("{name} is no use that we know."), name=quoted(name))
        return {use: found[use] for use in Use if use in found}

    # --- one use ---

    def use(self, written: object, path: Path) -> UseFee | None:
        table = self.table(written, path, {"base"}, {"per", "minimum", "drivers"})
        if not table:
            return None
        base = self.amount(table.get("base"), (*path, "base")) if "base" in table else None
        minimum = self.amount(table.get("minimum", "0"), (*path, "minimum"))
        per = self.per(table.get("per", Per.REQUEST), (*path, "per"))
        return UseFee(base, per, minimum, self.drivers(table.get("drivers", []), path))

    def drivers(self, written: object, path: Path) -> tuple[Moved, ...]:
        if not isinstance(written, list | tuple):
            self.fault((*path, "drivers"), _("The drivers are a list."))
            return ()
        found: dict[str, Moved | None] = {}
        for place, entry in enumerate(written):
            name = entry.get("driver") if isinstance(entry, Mapping) else None
            if not isinstance(name, str) or name not in DRIVERS:
                here = (*path, "drivers", place)
                self.fault(here, _("{name} is no driver that we know."), name=quoted(name))
            elif name in found:
                self.fault((*path, "drivers", name), _("This driver stands here twice."))
            else:
                found[name] = self.driver(name, entry, (*path, "drivers", name))
        return tuple(found.values())

    def driver(self, name: str, written: Mapping, path: Path) -> Moved | None:
        self.table(written, path, {"driver"}, {"per", *_WAYS})
        ways = [way for way in _WAYS if way in written]
        if len(ways) != 1 or ways[0] not in _WAYS_OF[DRIVERS[name].kind]:
            said = " / ".join(_WAYS_OF[DRIVERS[name].kind])
            return self.fault(path, _("This driver takes one of: {ways}."), ways=said)
        way = ways[0]
        moved = Moved(
            name,
            **{way: getattr(self, way)(written[way], (*path, way), name)},
            per=self.per(written.get("per", Per.ARTICLE), (*path, "per")),
        )
        adds = (effect for effect in moved.effects if effect and effect.how is How.ADD)
        if "per" in written and not any(adds):
            self.fault((*path, "per"), _("This driver adds no amount, for an article or else."))
        return moved

    def bands(self, written: object, path: Path, _name: str) -> tuple[Band, ...]:
        if not isinstance(written, list | tuple) or not 1 <= len(written) <= MOST_BANDS:
            self.fault(path, _("Bands are a list of 1 to {most}."), most=MOST_BANDS)
            return ()
        found, first = [], 0
        for place, entry in enumerate(written):
            here = (*path, place)
            table = self.table(entry, here, set(), {"up_to", *How})
            up_to = self.up_to(table, here, first, is_last=place == len(written) - 1)
            found.append(Band(first, up_to, self.effect(table, here, besides=("up_to",))))
            first = max(first, (up_to or 0) + 1)
        return tuple(found)

    def up_to(self, table: Mapping, path: Path, first: int, *, is_last: bool) -> int | None:
        """Where a band ends; only the last may be open."""
        here = (*path, "up_to")
        up_to = table.get("up_to")
        if up_to is None:
            if not is_last:
                self.fault(here, _("Only the last band may be open above."))
            return None
        if type(up_to) is not int or not 0 <= up_to <= MOST_NUMBER:
            return self.fault(here, _("A band ends at a whole number up to {most}."), most=_MOST)
        if up_to < first:
            return self.fault(here, _("Each band ends higher than the one before it."))
        return up_to

    def choices(self, written: object, path: Path, name: str) -> dict[str, Effect]:
        known = DRIVERS[name].choices
        if not isinstance(written, Mapping) or not written:
            self.fault(path, _("Choices are a table of answers with what each does."))
            return {}
        for choice in written:
            if choice not in known:
                self.fault(path, _("{name} is no answer to this."), name=quoted(choice))
        return {
            choice: self.effect(written[choice], (*path, choice))
            for choice in known
            if choice in written
        }

    def each(self, written: object, path: Path, _name: str) -> Effect | None:
        effect = self.effect(written, path, bare=How.ADD, is_unit=True)
        if effect and effect.how is How.TIMES:
            return self.fault(path, _("For each one an amount is added; nothing is multiplied."))
        return effect

    def each_further(self, written: object, path: Path, _name: str) -> Effect | None:
        return self.effect(written, path, bare=How.ADD, is_unit=True)

    # --- figures ---

    def effect(
        self,
        written: object,
        path: Path,
        *,
        besides: tuple[str, ...] = (),
        bare: How = How.TIMES,
        is_unit: bool = False,
    ) -> Effect | None:
        """``{"times": "1.6"}``, ``{"add": "75"}``; a number alone is meant as ``bare`` says."""
        table = {bare.value: written} if isinstance(written, str) else written
        if not besides:
            table = self.table(table, path, set(), set(How))
        named = [how for how in How if how in table]
        if len(named) != 1:
            return self.fault(path, _("Either “times” or “add”, please."))
        (how,) = named
        here = (*path, how.value)
        if how is How.ADD and not is_unit:
            value = self.amount(table[how], here)
        else:
            value = self.decimal(table[how], here)
        if how is How.TIMES and value is not None and value > MOST_TIMES:
            return self.fault(here, _("At most {most} times, please."), most=f"{MOST_TIMES:,}")
        return None if value is None else Effect(how, value)

    def amount(self, written: object, path: Path) -> Decimal | None:
        """A sum that the currency can pay out."""
        value = self.decimal(written, path)
        if value is None or self.digits is None or value == round(value, self.digits):
            return value
        return self.fault(
            path, _("This currency has {digits} digits after the point."), digits=self.digits
        )

    def decimal(self, written: object, path: Path) -> Decimal | None:
        if not isinstance(written, str) or not _NUMBER.fullmatch(written):
            return self.fault(path, _("A number such as 12.50, please."))
        return Decimal(written)

    def per(self, written: object, path: Path) -> Per | None:
        if not isinstance(written, str) or written not in set(Per):
            return self.fault(path, _("Either per article or per request, please."))
        return Per(written)


_MOST = f"{MOST_NUMBER:,}"
