"""Two versions of a text beside each other: paragraph by paragraph, words marked, structure kept.

The old side reads the old text and the new side the new one, in their order; what only looks
different (emphasis, the level of a heading, where a link leads) is said in words.
"""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.comparison import (
    MAX_PAIRS,
    MAX_WORDS,
    RICH,
    FieldChange,
    Piece,
    changed,
    readable,
    with_keys,
    words,
)
from articles.structure import Block, lines, structure

# Paragraphs are paired with those they became within these limits.
MOST_PAIRED = 2500
ALIKE = 0.35
# So many unchanged paragraphs stay in sight beside a change; more than that are folded.
CONTEXT, FEWEST_FOLDED = 1, 3
# A shorter paragraph may well stand in two places by chance.
SHORTEST_MOVED = 25
LONGEST_NAMED = 60

KINDS = {
    "paragraph": gettext_lazy("paragraph"),
    "quote": gettext_lazy("quotation"),
    "item": gettext_lazy("item of a list"),
    "row": gettext_lazy("row of a table"),
    "code": gettext_lazy("code"),
    "note": gettext_lazy("note"),
    "line": gettext_lazy("line"),
    "rule": gettext_lazy("rule"),
    **{f"heading-{level}": gettext_lazy("heading of level %d") for level in range(1, 7)},
}


@dataclass(frozen=True)
class Side:
    """A block as one side of a row shows it."""

    kind: str
    marker: str
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass
class Row:
    """A block before and after. ``mark``: same, changed, dressed, removed, added or moved."""

    mark: str
    old: Side | None
    new: Side | None
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def shown(self) -> Side:
        """The side that says what kind of block it is, where both are shown in one column."""
        return self.new or self.old


@dataclass(frozen=True)
class Stretch:
    """Rows that follow each other, folded where nothing has changed in them."""

    rows: list[Row]
    is_folded: bool = False


def stretches(change: FieldChange) -> list[Stretch]:
    """A field that differs, as its page shows it."""
    if change.name in RICH:
        return folded(rows(structure(change.old or ""), structure(change.new or "")))
    before, after = readable(change.name, change.old), readable(change.name, change.new)
    if before == after:
        before, after = with_keys(change.old), with_keys(change.new)
    return folded(rows(lines(before), lines(after)))


def rows(old: list[Block], new: list[Block]) -> list[Row]:
    """The two texts aligned."""
    found, left = [], MAX_PAIRS
    for before, after in _pairs(old, new):
        row = _row(before, after, left)
        if row.mark == "changed":
            left -= len(words(before.text)) * len(words(after.text))
        found.append(row)
    _tell_moved(found)
    return found


def folded(found: list[Row]) -> list[Stretch]:
    """The rows with what is the same, and far from any change, folded away."""
    near = set()
    for place, row in enumerate(found):
        if row.mark != "same":
            near |= set(range(place - CONTEXT, place + CONTEXT + 1))
    shown: list[Stretch] = []
    for place, row in enumerate(found):
        is_far = place not in near
        if shown and shown[-1].is_folded == is_far:
            shown[-1].rows.append(row)
        else:
            shown.append(Stretch([row], is_far))
    return [Stretch(one.rows, one.is_folded and len(one.rows) >= FEWEST_FOLDED) for one in shown]


def _pairs(old: list[Block], new: list[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    before, after = [block.text for block in old], [block.text for block in new]
    # Lines that stand there again and again are let go where matching each with each would take
    # minutes; what is matched without them is matched rightly all the same.
    counted, others = Counter(before), Counter(after)
    is_repetitive = sum(number * others[text] for text, number in counted.items()) > MOST_PAIRED
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=is_repetitive)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[a1:a2], new[b1:b2], strict=True)
        else:
            yield from _aligned(old[a1:a2], new[b1:b2])


def _aligned(old: list[Block], new: list[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Each block beside the one it became; the order of both sides is kept."""
    partners = _partners(old, new) if len(old) * len(new) <= MOST_PAIRED else []
    at = 0
    placed = 0
    for mine, theirs in [*partners, (len(old), len(new))]:
        yield from ((block, None) for block in old[placed:mine])
        yield from ((None, block) for block in new[at:theirs])
        if mine < len(old) and theirs < len(new):
            yield old[mine], new[theirs]
        placed, at = mine + 1, theirs + 1


def _partners(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """The pairs that are most alike in sum, none crossing another."""
    mine = [Counter(words(block.text)) for block in old]
    theirs = [Counter(words(block.text)) for block in new]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = _likeness(mine[i], theirs[j])
            best[i][j] = max(
                best[i + 1][j],
                best[i][j + 1],
                paired + best[i + 1][j + 1] if paired >= ALIKE else 0.0,
            )
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _likeness(one: Counter, other: Counter) -> float:
    """The part of the words that both have, spaces not counted."""
    shared = sum(count for word, count in (one & other).items() if not word.isspace())
    total = sum(count for words_ in (one, other) for word, count in words_.items() if word.strip())
    return 2 * shared / total if total else 0.0


def _row(before: Block | None, after: Block | None, left: int) -> Row:
    if before is None or after is None:
        mark = "added" if before is None else "removed"
        block = before or after
        pieces = [Piece(mark, block.text)]
        side = Side(block.kind, block.marker, pieces)
        return Row(mark, None if before is None else side, side if before is None else None, pieces)
    notes = [*_new_kind(before, after), *_new_links(before, after)]
    if before.text == after.text:
        notes += _new_emphasis(before, after)
        pieces = [Piece("same", before.text)]
        mark = "dressed" if notes else "same"
    else:
        pieces, mark = _marked(before.text, after.text, left), "changed"
    return Row(
        mark,
        Side(before.kind, before.marker, [piece for piece in pieces if piece.mark != "added"]),
        Side(after.kind, after.marker, [piece for piece in pieces if piece.mark != "removed"]),
        pieces,
        notes,
    )


def _marked(before: str, after: str, left: int) -> list[Piece]:
    mine, theirs = words(before), words(after)
    if max(len(mine), len(theirs)) > MAX_WORDS or len(mine) * len(theirs) > left:
        return [Piece("removed", before), Piece("added", after)]
    return changed(mine, theirs)


def _new_kind(before: Block, after: Block) -> list[str]:
    if before.kind == after.kind:
        return []
    kinds = {"old": _kind_in_words(before.kind), "new": _kind_in_words(after.kind)}
    return [_("Before: %(old)s. Now: %(new)s.") % kinds]


def _kind_in_words(kind: str) -> str:
    name = str(KINDS[kind])
    return name % int(kind[-1]) if kind.startswith("heading-") else name


def _new_links(before: Block, after: Block) -> list[str]:
    notes = []
    for linked in dict.fromkeys([*before.links, *after.links]):
        old, new = before.links.get(linked), after.links.get(linked)
        told = {"words": _cut(linked), "old": old, "new": new}
        if old and new and old != new:
            notes.append(_("“%(words)s” now leads to %(new)s, before to %(old)s.") % told)
        elif new and not old:
            notes.append(_("“%(words)s” now leads to %(new)s.") % told)
        elif old and not new and linked in after.text:
            notes.append(_("“%(words)s” no longer leads to %(old)s.") % told)
    return notes


def _new_emphasis(before: Block, after: Block) -> list[str]:
    """The words whose look has changed while they stayed."""
    was, now = before.emphasis_at(), after.emphasis_at()
    spans, begun = [], None
    for place in range(len(before.text) + 1):
        differs = place < len(was) and was[place] != now[place]
        if differs and begun is None:
            begun = place
        elif not differs and begun is not None:
            spans.append(before.text[begun:place].strip())
            begun = None
    return [
        _("The emphasis of “%(words)s” has changed.") % {"words": _cut(one)} for one in spans if one
    ]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NAMED else text[: LONGEST_NAMED - 1] + "…"


def _tell_moved(found: list[Row]) -> None:
    """A paragraph that went from one place and came in another has moved."""
    gone = {row.old.text: row for row in found if row.mark == "removed"}
    for row in found:
        if row.mark != "added" or len(row.new.text) < SHORTEST_MOVED:
            continue
        if (origin := gone.pop(row.new.text, None)) is not None:
            origin.mark = row.mark = "moved"
            origin.notes.append(_("Moved from here."))
            row.notes.append(_("Moved to here."))
