"""Two snapshots side by side, as a person reads them: words marked, not markup."""

import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import reading

LABELS = {
    "headline": gettext_lazy("Headline"),
    "slug": gettext_lazy("Slug"),
    "standfirst": gettext_lazy("Standfirst"),
    "body": gettext_lazy("Body"),
    "language": gettext_lazy("Language"),
    "translation_of": gettext_lazy("Translation of"),
    "bylines": gettext_lazy("Bylines"),
    "publication": gettext_lazy("Publication"),
    "originating_publication": gettext_lazy("Originating publication"),
    "original_url": gettext_lazy("Original address"),
    "original_date": gettext_lazy("Originally published on"),
    "hops": gettext_lazy("Further steps"),
    "copyright_holders": gettext_lazy("Copyright holders"),
    "copyright_year": gettext_lazy("Copyright year"),
    "regions": gettext_lazy("Regions"),
    "themes": gettext_lazy("Themes"),
    "reports": gettext_lazy("In-depth reports"),
    "tags": gettext_lazy("Tags"),
    "featured_image": gettext_lazy("Featured picture"),
    "gallery": gettext_lazy("Gallery"),
    "reader_note": gettext_lazy("Note to readers"),
    "editorial_note": gettext_lazy("Editorial note"),
    "embargo_until": gettext_lazy("Embargo until"),
}
RICH = {"body", "reader_note"}
PRIVATE = {"editorial_note"}
LINK = re.compile(r'<a href="([^"]*)"')

# Words are matched with words within these limits; beyond them a paragraph is shown whole, struck
# out and new. The pairs of words looked at are what a comparison costs.
MAX_WORDS = 600
MAX_PAIRS = 5_000_000


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are ``same``, ``removed`` or ``added``."""

    mark: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """A field that differs; its paragraphs, each a list of pieces, are made when asked for."""

    name: str
    label: str
    old: object
    new: object

    @cached_property
    def paragraphs(self) -> list[list[Piece]]:
        before, after = readable(self.name, self.old), readable(self.name, self.new)
        if before != after:
            return _paragraphs(before, after)
        if self.name in RICH:
            return [[Piece("same", _("The words are the same; headings or emphasis differ."))]]
        return _paragraphs(with_keys(self.old), with_keys(self.new))


def compare(old: dict, new: dict, *, with_private: bool = True) -> list[FieldChange]:
    """The fields in which two snapshots differ, in the order of the form."""
    return [
        FieldChange(name, str(label), old.get(name), new.get(name))
        for name, label in LABELS.items()
        if old.get(name) != new.get(name) and (with_private or name not in PRIVATE)
    ]


def readable(name: str, value) -> str:
    """A snapshot's value in words; of rich text the words, then where its links lead."""
    if value in (None, "", []):
        return ""
    if name in RICH:
        addresses = [f"→ {unescape(address)}" for address in LINK.findall(value)]
        return "\n".join([reading.plain_text(value), *addresses])
    if isinstance(value, list):
        return "\n".join(_row(row) for row in value)
    return _row(value)


def _row(row) -> str:
    if isinstance(row, dict):
        if "name" in row:
            return row["name"]
        return " · ".join(_row(part) for part in row.values() if part not in (None, ""))
    return str(row)


def with_keys(value) -> str:
    """In words with the keys of the rows: for two that go by the same name."""
    if isinstance(value, list):
        return "\n".join(with_keys(row) for row in value)
    if isinstance(value, dict):
        if "name" in value:
            return f"{value['name']} ({value['id']})"
        return " · ".join(with_keys(part) for part in value.values() if part not in (None, ""))
    return "" if value is None else str(value)


def _paragraphs(before: str, after: str) -> list[list[Piece]]:
    old = [line for line in before.split("\n") if line]
    new = [line for line in after.split("\n") if line]
    paragraphs, left = [], MAX_PAIRS
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            paragraphs += [[Piece("same", line)] for line in old[a1:a2]]
            continue
        for removed, added in zip_longest(old[a1:a2], new[b1:b2], fillvalue=""):
            mine, theirs = words(removed), words(added)
            cost = len(mine) * len(theirs)
            if max(len(mine), len(theirs)) > MAX_WORDS or cost > left:
                paragraphs.append(_whole(removed, added))
            else:
                left -= cost
                paragraphs.append(changed(mine, theirs))
    return paragraphs


def _whole(removed: str, added: str) -> list[Piece]:
    pieces = [Piece("removed", removed), Piece("added", added)]
    return [piece for piece in pieces if piece.text]


def changed(old: list[str], new: list[str]) -> list[Piece]:
    """Words matched with words: what stayed, what went and what came."""
    pieces = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a1:a2])))
        else:
            pieces += _whole("".join(old[a1:a2]), "".join(new[b1:b2]))
    return pieces


def words(text: str) -> list[str]:
    """Words, signs and the spaces between them; together they are the text."""
    return re.findall(r"\s+|\w+|[^\w\s]", text)
