"""From the wording of a letter to its text and HTML: named places are filled, and nothing else.

A wording is plain text: paragraphs between empty lines, with places such as ``{number}``. What is
filled in stays what it is: a brace, a tag or a template in it is no more than characters. Whatever
a place cannot be filled with leaves its paragraph out, where nothing else stands in it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.text import CONTROL
from licensing.passages import Passage

PLACE = re.compile(r"\{([^{}]*)\}")
BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
# So that the number is read, however long what is filled in beside it.
MOST_IN_A_SUBJECT = 60


# --- What can be filled in --------------------------------------------------------------------


@dataclass(frozen=True)
class Quotation:
    """Words of a person, set apart."""

    text: str
    by: str = ""
    kind = "quotation"

    def __bool__(self):
        return bool(self.text.strip())

    @property
    def plain(self) -> str:
        said = "\n".join(f"> {line}".rstrip() for line in self.text.strip().splitlines())
        return f"{said}\n— {self.by}" if self.by else said

    @property
    def in_a_line(self) -> str:
        return self.text.strip()


@dataclass(frozen=True)
class Items:
    """One a line."""

    rows: tuple[str, ...]
    kind = "items"

    def __bool__(self):
        return bool(self.rows)

    @property
    def plain(self) -> str:
        return "\n".join(f"  – {row}" for row in self.rows)

    @property
    def in_a_line(self) -> str:
        return ", ".join(self.rows)


@dataclass(frozen=True)
class Sums:
    """What makes up a price: (label, sum), the last one being the total."""

    rows: tuple[tuple[str, str], ...]
    kind = "sums"

    def __bool__(self):
        return bool(self.rows)

    @property
    def plain(self) -> str:
        return "\n".join(f"  {label}: {amount}" for label, amount in self.rows)

    @property
    def in_a_line(self) -> str:
        return ", ".join(f"{label}: {amount}" for label, amount in self.rows)


@dataclass(frozen=True)
class Button:
    """An address to go to, and what happens there."""

    label: str
    address: str
    kind = "button"

    def __bool__(self):
        return bool(self.address)

    @property
    def plain(self) -> str:
        return f"{self.label}:\n{self.address}"

    @property
    def in_a_line(self) -> str:
        return self.address


@dataclass(frozen=True)
class Changes:
    """Passages before and after, under a line of the letter's language; ``more`` says of others."""

    rows: tuple[Passage, ...]
    lead: str
    more: str = ""
    kind = "changes"

    def __bool__(self):
        return bool(self.rows)

    @property
    def plain(self) -> str:
        found = [self.lead, *(self._in_plain(row) for row in self.rows), self.more]
        return visible("\n\n".join(filter(None, found)))

    @staticmethod
    def _in_plain(row: Passage) -> str:
        if row.before == row.after:
            return "\n".join([row.label, *(f"  {note}" for note in row.notes)])
        lines = [f"  – {row.before}" if row.before else "", f"  + {row.after}" if row.after else ""]
        notes = [f"  {note}" for note in row.notes]
        return "\n".join(filter(None, [row.label, *lines, *notes]))

    @property
    def in_a_line(self) -> str:
        return "; ".join(f"{row.before} → {row.after}" for row in self.rows)


Value = str | Quotation | Items | Sums | Button | Changes


# --- What comes out ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A run of characters: of the wording, or filled in."""

    text: str
    is_filled_in: bool = False
    is_address: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Pieces that stand in one paragraph."""

    pieces: tuple[Piece, ...]
    kind = "paragraph"

    def __bool__(self):
        return bool(self.plain)

    @property
    def plain(self) -> str:
        return "".join(piece.text for piece in self.pieces).strip()


Block = Paragraph | Quotation | Items | Sums | Button | Changes


def blocks(text: str, values: Mapping[str, Value]) -> list[Block]:
    """The paragraphs of a wording, filled in. A place that has no value stays as it is typed."""
    found = [_block(paragraph, values) for paragraph in _paragraphs(text)]
    return [block for block in found if block]


def plain(found: Iterable[Block]) -> str:
    """The letter as text."""
    return "\n\n".join(block.plain for block in found)


def subject(line: str, values: Mapping[str, Value]) -> str:
    """The subject of a letter: one visible line."""
    pieces = _pieces(line, values)
    said = "".join(_short(piece.text) if piece.is_filled_in else piece.text for piece in pieces)
    return _one_line(said)


def visible(text: str) -> str:
    """What others wrote, without what no mail could hold and nobody could see."""
    return CONTROL.sub("", text).strip()


def _short(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= MOST_IN_A_SUBJECT else f"{line[: MOST_IN_A_SUBJECT - 1].rstrip()}…"


def _one_line(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text).split())


def _paragraphs(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return [paragraph.strip() for paragraph in BETWEEN_PARAGRAPHS.split(lines) if paragraph.strip()]


def _block(paragraph: str, values: Mapping[str, Value]) -> Block:
    alone = PLACE.fullmatch(paragraph)
    if alone and not isinstance(value := values.get(alone[1], ""), str):
        return value
    return Paragraph(_pieces(paragraph, values))


def _pieces(text: str, values: Mapping[str, Value]) -> tuple[Piece, ...]:
    """One pass, so that nothing that was filled in is looked at for places again."""
    pieces, start = [], 0
    for found in PLACE.finditer(text):
        if found[1] not in values:
            continue
        pieces.append(Piece(text[start : found.start()]))
        value = values[found[1]]
        said = value if isinstance(value, str) else value.in_a_line
        is_address = isinstance(value, Button) and bool(value)
        pieces.append(Piece(visible(said), is_filled_in=True, is_address=is_address))
        start = found.end()
    return (*pieces, Piece(text[start:]))


# --- What is wrong with a wording -------------------------------------------------------------


def faults(text: str, known: Iterable[str], must_say: Iterable[str] = ()) -> list[str]:
    """Why this wording cannot be used, in sentences; empty means it can."""
    named = [found[1] for found in PLACE.finditer(text)]
    known = set(known)
    wrong = [
        _("There is no place {%(name)s} in this letter.") % {"name": name[:40]}
        for name in dict.fromkeys(named)
        if name not in known
    ]
    if set(PLACE.sub("", text)) & {"{", "}"}:
        wrong.append(_("A brace stands alone: a place begins with { and ends with }."))
    wrong += [
        _("It must say {%(name)s}, or it would not say what it is for.") % {"name": name}
        for name in must_say
        if name not in named
    ]
    return wrong
