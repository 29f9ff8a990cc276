"""Rich text as what stands in it, block by block: words, what kind of block, links, emphasis."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from articles.reading import first_number, is_footnote, text_of
from cms.richtext import tree

# Where a note is marked in the running text. Its number may change while nothing else does.
NOTE_MARK = "†"
HEADINGS = {f"h{level}": f"heading-{level}" for level in range(1, 7)}
EMPHASIS = {
    "strong": "bold", "b": "bold", "em": "italic", "i": "italic", "s": "struck", "del": "struck",
    "strike": "struck", "u": "underlined", "sub": "lowered", "sup": "raised", "code": "code",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Some words with one look."""

    text: str
    emphasis: frozenset[str] = frozenset()
    link: str = ""


@dataclass
class Block:
    """A paragraph, heading, item, quotation, row, note, line or rule. ``marker``: “•”, “2.”."""

    kind: str
    marker: str = ""
    runs: list[Run] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def links(self) -> dict[str, str]:
        """Linked words, and where they lead."""
        found: dict[str, str] = {}
        before = ""
        words = ""
        for run in [*self.runs, Run("")]:
            if run.link != before:
                if before and words.strip():
                    found.setdefault(words.strip(), before)
                before, words = run.link, ""
            words += run.text
        return found

    def emphasis_at(self) -> list[frozenset[str]]:
        """For each character of the text, how it is emphasised."""
        return [run.emphasis for run in self.runs for _sign in run.text]


def structure(html: str) -> list[Block]:
    """The blocks of rich text in reading order, the notes at the end."""
    reader = _Reader()
    reader.read(tree.parse(html), "paragraph", frozenset(), "")
    reader.end_block()
    notes = [
        Block("note", f"{number}.", [Run(words)])
        for number, words in enumerate(reader.notes, start=1)
    ]
    return [*reader.found, *notes]


def lines(text: str) -> list[Block]:
    """The lines of a plain text as blocks."""
    return [Block("line", "", [Run(line)]) for line in text.split("\n") if line.strip()]


class _Reader:
    """Reads a tree, and puts aside what the footnotes say."""

    def __init__(self):
        self.found: list[Block] = []
        self.notes: list[str] = []
        self.runs: list[Run] = []
        self.kind, self.marker = "paragraph", ""

    def read(self, element, kind: str, emphasis: frozenset[str], link: str) -> None:
        number = first_number(element)
        for child in element.children:
            if isinstance(child, str):
                self.say(re.sub(r"\s+", " ", child), kind, emphasis, link)
            elif child.name == "br":
                self.say("\n", kind, emphasis, link)
            elif child.name == "hr":
                self.end_block()
                self.found.append(Block("rule", "", [Run("* * *")]))
            elif is_footnote(child):
                self.notes.append(" ".join(text_of(child).split()))
                self.say(NOTE_MARK, kind, emphasis, link)
            elif child.name == "tr":
                self.end_block()
                self.read_row(child)
            elif child.name in tree.BLOCKS:
                self.end_block()
                if child.name == "li":
                    self.marker = f"{number}." if number else "•"
                    number += bool(number)
                self.read(child, _kind(child.name, kind), emphasis, link)
                self.end_block()
                self.marker = ""
            else:
                marked = {EMPHASIS[child.name]} if child.name in EMPHASIS else set()
                href = child.attributes().get("href", "") if child.name == "a" else link
                self.read(child, kind, emphasis | marked, href)

    def read_row(self, row) -> None:
        """A row of a table is one line: its cells beside each other."""
        cells = list(_cells(row))
        for place, cell in enumerate(cells):
            if place:
                self.say(" | ", "row", frozenset(), "")
            inner = _Reader()
            inner.notes = self.notes
            inner.read(cell, "paragraph", frozenset(), "")
            inner.end_block()
            for number, block in enumerate(inner.found):
                for run in [*([Run(" ")] if number else []), *block.runs]:
                    self.say(run.text, "row", run.emphasis, run.link)
        self.end_block()

    def say(self, text: str, kind: str, emphasis: frozenset[str], link: str) -> None:
        if not self.runs:
            self.kind = kind
        self.runs.append(Run(text, emphasis, link))

    def end_block(self) -> None:
        if "".join(run.text for run in self.runs).strip():
            self.found.append(Block(self.kind, self.marker, list(_trimmed(self.runs))))
            self.marker = ""
        self.runs = []


def _kind(name: str, around: str) -> str:
    if name in HEADINGS:
        return HEADINGS[name]
    if name in ("li", "blockquote", "pre"):
        return {"li": "item", "blockquote": "quote", "pre": "code"}[name]
    return around


def _cells(element) -> Iterator:
    for child in element.children:
        if not isinstance(child, str):
            yield child


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """Without the spaces that no page shows."""
    ends_in_space, last = True, len(runs) - 1
    for place, run in enumerate(runs):
        text = run.text.lstrip(" ") if ends_in_space else run.text
        if place == last:
            text = text.rstrip()
        if text:
            ends_in_space = text[-1].isspace()
            yield Run(text, run.emphasis, run.link)
