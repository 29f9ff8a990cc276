"""The lines of a quote as they are typed: what for, why, how much; read into money."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.text import validate_single_line
from licensing.rights import currencies
from licensing.rights.fee_lines import lines_as_json, lines_from_json
from licensing.rights.fees import Line
from licensing.wording import said

MOST_LINES = 40
SPARE_LINES = 3
LONGEST = {"label": 200, "why": 300, "amount": 24}
_PLAIN = re.compile(r"-?\d{1,10}(?:[.,]\d{1,2}|\.\d{3})?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?:\.\d{1,3})?", re.ASCII)


@dataclass
class TypedLine:
    """One line as it stands in its boxes, with what is wrong with it."""

    label: str = ""
    why: str = ""
    amount: str = ""
    # Whether the price list wrote it.
    is_priced: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not (self.label or self.why or self.amount)


class LineSheet:
    """All lines of a quote; blank ones are left out of it."""

    def __init__(self, lines: Iterable[TypedLine]):
        self.lines = [line for line in lines if not line.is_blank]

    @classmethod
    def from_data(cls, data: Mapping) -> "LineSheet":
        """As a form sent them; beyond the most there can be they are not read."""
        return cls(
            TypedLine(
                *(
                    (data.get(f"line-{place}-{name}") or "").strip()
                    for name in ("label", "why", "amount")
                ),
                is_priced=data.get(f"line-{place}-priced") == "1",
            )
            for place in range(MOST_LINES)
        )

    @classmethod
    def from_lines(cls, lines: Iterable[Line], *, is_priced: bool) -> "LineSheet":
        """As a price list or an earlier quote has them, in words."""
        return cls(
            TypedLine(
                said(line.label),
                said(line.explanation),
                format(line.amount.amount, "f"),
                is_priced=is_priced,
            )
            for line in lines
        )

    @property
    def boxes(self) -> list[tuple[str, TypedLine]]:
        """What the page shows: every line under the beginning of its names, and some to spare."""
        spare = min(SPARE_LINES, MOST_LINES - len(self.lines))
        shown = [*self.lines, *(TypedLine() for _place in range(spare))]
        return [(f"line-{place}", line) for place, line in enumerate(shown)]

    def repriced(self, lines: Iterable[Line]) -> "LineSheet":
        """What the price list says now, and below it what somebody wrote by hand."""
        fresh = LineSheet.from_lines(lines, is_priced=True).lines
        return LineSheet([*fresh, *(line for line in self.lines if not line.is_priced)])

    @property
    def is_priced(self) -> bool:
        return any(line.is_priced for line in self.lines)

    def read(self, currency: str) -> Decimal | None:
        """The net sum; ``None`` where a line makes no sense, which then says why."""
        amounts = [self._read(line, currency) for line in self.lines]
        if any(line.faults for line in self.lines):
            return None
        return sum(amounts, Decimal(0))

    def _read(self, line: TypedLine, currency: str) -> Decimal:
        if not line.label:
            line.faults.append(_("Say what this line is for."))
        for name, most in LONGEST.items():
            value = getattr(line, name)
            if len(value) > most:
                line.faults.append(_("At most %d characters in a box, please.") % most)
                continue
            try:
                validate_single_line(value)
            except ValidationError as fault:
                line.faults += fault.messages
        amount = amount_of(line.amount, currency)
        if amount is None:
            line.faults.append(_("An amount such as 1250.50, please."))
        return amount or Decimal(0)

    def as_json(self, priced: Iterable[Line]) -> list[dict]:
        """What a quote keeps. A line that stands as the price list wrote it keeps its sentences,
        so that it can be read in another language.
        """
        known = {}
        for line, kept in zip(priced, lines_as_json(priced), strict=True):
            known[said(line.label), said(line.explanation)] = kept
        found = []
        for line in self.lines:
            words = known.get((line.label, line.why), {"label": line.label, "why": line.why})
            found.append({**words, "amount": _kept(line.amount)})
        return found


def amount_of(typed: str, currency: str) -> Decimal | None:
    """“1,250.50” and “1250,50” in money; ``None``: no amount, or coins that are too small."""
    if _GROUPED.fullmatch(typed):
        number = Decimal(re.sub(r"[,\u00a0\u202f' ]", "", typed))
    elif _PLAIN.fullmatch(typed):
        number = Decimal(typed.replace(",", "."))
    else:
        return None
    return number if currencies.money(number, currency).amount == number else None


def _kept(typed: str) -> str:
    grouped = _GROUPED.fullmatch(typed)
    return re.sub(r"[,\u00a0\u202f' ]", "", typed) if grouped else typed.replace(",", ".")


def lines_of(written, currency: str) -> tuple[Line, ...]:
    """The lines that a quote keeps."""
    return lines_from_json(written, currency)
