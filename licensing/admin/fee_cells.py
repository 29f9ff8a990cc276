"""What the table of fees is made of: cells, rows, the drivers of a use, and its section."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.rights.fee_drivers import DRIVERS, Driver, Kind
from licensing.rights.tariffs import MOST_BANDS, How, Per
from licensing.rights.vocabulary import Use
from licensing.wording import use_meaning, use_name

WAYS = [
    ("bands", _("by size")),
    ("each", _("for each")),
    ("each_further", _("for each after the first")),
]
HOWS = [(How.TIMES.value, "×"), (How.ADD.value, "+")]
PERS = [(Per.ARTICLE.value, _("for each article")), (Per.REQUEST.value, _("once"))]
SPARE_ROWS = 2
# A request answers these for all its articles together: first offered as added once.
ONCE = ("pictures", "rush")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,\u00a0\u202f' ][0-9]{3})+")
_WHOLE = re.compile(r"[0-9]{1,12}")


@dataclass
class Cell:
    """A field of the table, with what stands in it and what is wrong with that."""

    name: str
    value: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def typed(self) -> str:
        return self.value.strip()

    @property
    def number(self) -> int | str:
        """“10,000” as the number that it is; other things as they stand, to be refused."""
        plain = self.typed
        if _GROUPED.fullmatch(plain):
            plain = re.sub("[^0-9]", "", plain)
        return int(plain) if _WHOLE.fullmatch(plain) else plain


@dataclass
class Row:
    """One effect: of a band (``up_to``), or of an answer to choose (``choice``)."""

    how: Cell
    value: Cell
    up_to: Cell | None = None
    choice: str = ""
    label: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.value.typed and not (self.up_to and self.up_to.typed)

    @property
    def faults(self) -> list[str]:
        cells = [cell for cell in (self.up_to, self.how, self.value) if cell]
        return list(dict.fromkeys(fault for cell in cells for fault in cell.faults))

    @property
    def effect(self) -> dict:
        return {self.how.value: self.value.typed}


@dataclass
class Block:
    """A driver of a use."""

    name: str
    prefix: str
    way: Cell
    per: Cell
    rows: list[Row]
    is_away: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def driver(self) -> Driver:
        return DRIVERS[self.name]

    @property
    def label(self) -> str:
        return gettext(self.driver.label)

    @property
    def unit(self) -> str:
        return gettext(self.driver.unit) if self.driver.unit else ""

    @property
    def is_choice(self) -> bool:
        return self.driver.kind is Kind.CHOICE

    @property
    def has_ends(self) -> bool:
        """Whether its rows say up to what number they hold."""
        is_banded = not self.is_choice and self.way.value == "bands"
        return is_banded or any(row.up_to and row.up_to.typed for row in self.rows)

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.rows if not row.is_blank]

    def written(self) -> dict | None:
        """As a tariff has it; ``None`` where nothing was typed, or it is to go."""
        rows = self.filled
        if self.is_away or not rows:
            return None
        entry: dict = {"driver": self.name}
        if self.per.value == Per.REQUEST and any(row.how.value == How.ADD for row in rows):
            entry["per"] = Per.REQUEST.value
        if self.is_choice:
            entry["choices"] = {row.choice: row.effect for row in rows}
        elif self.way.value == "bands":
            entry["bands"] = [
                ({"up_to": row.up_to.number} if row.up_to.typed else {}) | row.effect
                for row in rows
            ]
        else:
            entry[self.way.value] = rows[0].effect
            if len(rows) > 1 or rows[0].up_to.typed:
                self.faults.append(gettext("An effect for each takes one row, without an end."))
        return entry

    def add_spare_rows(self) -> None:
        """Leaves room to write on."""
        if self.is_choice:
            return
        if self.way.value != "bands":
            # One row says it all; a second that was filled in is a fault, and stays to be seen.
            self.rows = self.filled or self.rows[:1]
        spare = SPARE_ROWS if self.way.value == "bands" else 1 - len(self.rows)
        blank = len(self.rows) - len(self.filled)
        for place in range(len(self.rows), min(len(self.rows) + spare - blank, MOST_BANDS)):
            self.rows.append(row_of(f"{self.prefix}-{place}", {}))


@dataclass
class Section:
    """A use with its fee; one in which nothing stands is left to a person."""

    use: Use
    base: Cell
    minimum: Cell
    per: Cell
    add: Cell
    blocks: list[Block]
    faults: list[str] = field(default_factory=list)
    is_open: bool = False

    @property
    def name(self) -> str:
        return use_name(self.use)

    @property
    def meaning(self) -> str:
        return use_meaning(self.use)

    @property
    def summary(self) -> str:
        """“150 for each article · Print run, Territory”."""
        if not self.base.typed:
            return gettext("No fee: a person quotes it")
        is_each = self.per.value == Per.ARTICLE
        base = gettext("{amount} for each article") if is_each else gettext("{amount} in all")
        moved = ", ".join(block.label for block in self.blocks if block.filled)
        return " · ".join(filter(None, [base.format(amount=self.base.typed[:20]), moved]))

    @property
    def has_faults(self) -> bool:
        cells = (self.base, self.minimum, self.per)
        return bool(
            self.faults
            or any(cell.faults for cell in cells)
            or any(block.faults for block in self.blocks)
            or any(row.faults for block in self.blocks for row in block.rows)
        )

    @property
    def addable(self) -> list[tuple[str, str]]:
        """The drivers that do not stand here yet."""
        here = {block.name for block in self.blocks}
        return [(name, gettext(one.label)) for name, one in DRIVERS.items() if name not in here]

    def written(self) -> dict | None:
        drivers = [entry for block in self.blocks if (entry := block.written())]
        if not (self.base.typed or self.minimum.typed or drivers):
            return None
        return {
            "base": self.base.typed,
            "per": self.per.value,
            "minimum": self.minimum.typed or "0",
            "drivers": drivers,
        }

    def show_again(self) -> None:
        """Adds the driver that was chosen, and takes away those that are to go."""
        self.is_open = self.is_open or any(block.is_away for block in self.blocks)
        self.blocks = [block for block in self.blocks if not block.is_away]
        if self.add.value in dict(self.addable):
            per = Per.REQUEST if self.add.value in ONCE else Per.ARTICLE
            entry = {"driver": self.add.value, "per": per.value}
            self.blocks.append(block_of(prefix_of(self.use), entry))
            self.add.value = ""
            self.is_open = True


# --- from a tariff ------------------------------------------------------------------------------


def prefix_of(use: Use) -> str:
    return f"fee-{use.value}"


def section_of(use: Use, fee: Mapping | None) -> Section:
    prefix, fee = prefix_of(use), fee or {}
    minimum = fee.get("minimum", "")
    return Section(
        use,
        Cell(f"{prefix}-base", fee.get("base", "")),
        Cell(f"{prefix}-minimum", "" if minimum == "0" else minimum),
        Cell(f"{prefix}-per", fee.get("per", Per.ARTICLE.value)),
        Cell(f"{prefix}-add"),
        [block_of(prefix, entry) for entry in fee.get("drivers", [])],
    )


def block_of(prefix: str, entry: Mapping) -> Block:
    name = entry["driver"]
    prefix = f"{prefix}-{name}"
    way = next((way for way, _label in WAYS if way in entry), WAYS[0][0])
    if DRIVERS[name].kind is Kind.CHOICE:
        rows = _choice_rows(prefix, name, entry.get("choices", {}))
    else:
        effects = entry.get("bands", []) if way == "bands" else [entry[way]]
        rows = [row_of(f"{prefix}-{place}", effect) for place, effect in enumerate(effects)]
    per = Cell(f"{prefix}-per", entry.get("per", Per.ARTICLE.value))
    return Block(name, prefix, Cell(f"{prefix}-way", way), per, rows)


def row_of(prefix: str, effect: Mapping) -> Row:
    how, value = _effect(effect)
    up_to = effect.get("up_to")
    return Row(
        Cell(f"{prefix}-how", how),
        Cell(f"{prefix}-value", value),
        Cell(f"{prefix}-up_to", "" if up_to is None else str(up_to)),
    )


def _choice_rows(prefix: str, name: str, effects: Mapping) -> list[Row]:
    rows = []
    for choice, label in DRIVERS[name].choices.items():
        how, value = _effect(effects.get(choice, {}))
        cells = Cell(f"{prefix}-{choice}-how", how), Cell(f"{prefix}-{choice}-value", value)
        rows.append(Row(*cells, choice=choice, label=gettext(label)))
    return rows


def _effect(effect: Mapping) -> tuple[str, str]:
    how = next((how for how in How if how in effect), How.TIMES)
    return how.value, effect.get(how, "")
