"""The table in which fees are written: a section a use, its drivers, and a row for every effect.

What was typed becomes the JSON of a tariff as it stands; ``parse_tariff`` judges it, and each fault
goes back to the cell that it is about.
"""

from collections.abc import Iterable, Mapping

from licensing.admin.fee_cells import (
    PERS,
    WAYS,
    Block,
    Section,
    block_of,
    prefix_of,
    row_of,
    section_of,
)
from licensing.rights.fee_drivers import DRIVERS
from licensing.rights.questions import ASKABLE
from licensing.rights.tariff_reading import Fault, Path
from licensing.rights.tariffs import MOST_BANDS
from licensing.rights.vocabulary import Use
from licensing.wording import said


class FeeTable:
    """The sections of every use, as typed or as a tariff has them."""

    def __init__(self, sections: Iterable[Section]):
        self.sections = list(sections)
        self.faults: list[str] = []
        for section in self.sections:
            for block in section.blocks:
                block.add_spare_rows()

    def __iter__(self):
        return iter(self.sections)

    @classmethod
    def of(cls, tariff: Mapping) -> "FeeTable":
        """As the JSON of a tariff that stands says."""
        fees = tariff.get("uses", {})
        uses = [use for use in Use if use in ASKABLE or use in fees]
        return cls(section_of(use, fees.get(use.value)) for use in uses)

    @classmethod
    def typed(cls, data, standing: Mapping, *, is_shown_again: bool = False) -> "FeeTable":
        """As somebody typed over a tariff that stands; where it is shown again, with more rows."""
        table = cls(_typed_section(section.use, data) for section in cls.of(standing))
        if is_shown_again:
            for section in table:
                section.show_again()
                for block in section.blocks:
                    block.add_spare_rows()
        return table

    def written(self) -> dict:
        """The fees as a tariff has them."""
        entries = ((section.use.value, section.written()) for section in self.sections)
        return {name: entry for name, entry in entries if entry is not None}

    @property
    def has_faults(self) -> bool:
        return bool(self.faults) or any(section.has_faults for section in self.sections)

    def put(self, fault: Fault) -> None:
        """Puts a fault beside what it is about."""
        sentence = said(fault.sentence)
        place = self._place(fault.path)
        if sentence not in place:
            place.append(sentence)

    def _place(self, path: Path) -> list[str]:
        match path:
            case ("uses", use, *rest):
                section = next((one for one in self.sections if one.use == use), None)
                return self._in_section(section, rest) if section else self.faults
        return self.faults

    @staticmethod
    def _in_section(section: Section, rest: list) -> list[str]:
        match rest:
            case [("base" | "minimum" | "per") as name, *_more]:
                return getattr(section, name).faults
            case ["drivers", str(name), *deeper]:
                block = next((one for one in section.blocks if one.name == name), None)
                return _in_block(block, deeper) if block else section.faults
        return section.faults


def _in_block(block: Block, rest: list) -> list[str]:
    match rest:
        case ["bands", int(place), "up_to", *_more]:
            return block.filled[place].up_to.faults
        case ["bands", int(place), *_more]:
            return block.filled[place].value.faults
        case ["choices", str(choice), *_more]:
            row = next((row for row in block.rows if row.choice == choice), None)
            return row.value.faults if row else block.faults
        case ["each" | "each_further", *_more]:
            return block.filled[0].value.faults
    return block.faults


# --- from what was typed ------------------------------------------------------------------------


def _typed_section(use: Use, data) -> Section:
    section = section_of(use, None)
    for cell in (section.base, section.minimum, section.per, section.add):
        cell.value = data.get(cell.name, cell.value)
    prefix = prefix_of(use)
    section.blocks = [_typed_block(prefix, name, data) for name in _drivers(prefix, data)]
    return section


def _drivers(prefix: str, data) -> list[str]:
    """The drivers that stood in a section, in their order there: each has this one field."""
    start, end = f"{prefix}-", "-per"
    keys = (key for key in data if key.startswith(start) and key.endswith(end))
    return [name for key in keys if (name := key[len(start) : -len(end)]) in DRIVERS]


def _typed_block(prefix: str, name: str, data) -> Block:
    block = block_of(prefix, {"driver": name})
    block.is_away = f"{block.prefix}-away" in data
    for cell, known in ((block.way, WAYS), (block.per, PERS)):
        typed = data.get(cell.name, cell.value)
        cell.value = typed if typed in dict(known) else cell.value
    if not block.is_choice:
        places = (f"{block.prefix}-{place}" for place in range(MOST_BANDS))
        block.rows = [row_of(place, {}) for place in places if f"{place}-value" in data]
    for row in block.rows:
        for cell in filter(None, (row.how, row.value, row.up_to)):
            cell.value = data.get(cell.name, cell.value)
    return block
