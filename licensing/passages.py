"""What lies between the text somebody holds and the text as it is right, passage by passage.

Of what was not changed only a few words are shown. Only what readers can read is compared.
"""

from dataclasses import dataclass

from django.utils import translation

from articles.comparison import FieldChange, Piece, compare
from articles.models import Revision
from articles.side_by_side import Row, stretches

# What a page shows of an article, in the order of the page.
SHOWN = ("headline", "standfirst", "bylines", "body", "copyright_holders", "reader_note")
MOST_PASSAGES = 12
# So many characters stay in sight beside what was changed.
IN_SIGHT = 60
# A passage of which more was changed is cut.
LONGEST_PIECE = 600


@dataclass(frozen=True)
class Passage:
    """A passage that was changed. ``label`` says where it stands: “Body”."""

    label: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()

    @property
    def before(self) -> str:
        """As the copy has it; empty where it is new."""
        return "".join(one.text for one in self.pieces if one.mark != "added").strip()

    @property
    def after(self) -> str:
        """As it should be; empty where it is gone."""
        return "".join(one.text for one in self.pieces if one.mark != "removed").strip()


@dataclass(frozen=True)
class Passages:
    """Those that are shown, and how many more there are."""

    shown: tuple[Passage, ...] = ()
    more: int = 0

    def __bool__(self):
        return bool(self.shown)


def between(held: Revision | None, right: Revision | None, *, language: str) -> Passages:
    """The changed passages from ``held`` to ``right``, with labels in ``language``."""
    if held is None or right is None or held.pk == right.pk:
        return Passages()
    with translation.override(language):
        changes = compare(held.content, right.content, with_private=False)
        named = {change.name: change for change in changes}
        found = [one for name in SHOWN if name in named for one in _passages(named[name])]
    return Passages(tuple(found[:MOST_PASSAGES]), max(0, len(found) - MOST_PASSAGES))


def _passages(change: FieldChange) -> list[Passage]:
    rows = [row for stretch in stretches(change) for row in stretch.rows]
    return [
        Passage(change.label, tuple(_in_sight(row)), tuple(row.notes))
        for row in rows
        if row.mark != "same"
    ]


def _in_sight(row: Row) -> list[Piece]:
    """What was changed, with some of the words around it."""
    pieces, last = [], len(row.pieces) - 1
    for place, piece in enumerate(row.pieces):
        if piece.mark == "same":
            text = _cut(piece.text, opens=place == 0, closes=place == last)
        elif len(piece.text) > LONGEST_PIECE:
            text = f"{piece.text[:LONGEST_PIECE].rstrip()} …"
        else:
            text = piece.text
        pieces.append(Piece(piece.mark, text))
    return pieces


def _cut(text: str, *, opens: bool, closes: bool) -> str:
    """``text`` with its middle left out; of a text that opens or closes a passage its far end."""
    start, end = text[:IN_SIGHT], text[-IN_SIGHT:]
    if opens and closes:
        return text if len(text) <= 2 * IN_SIGHT else f"{start.rstrip()} …"
    if opens:
        return text if len(text) <= IN_SIGHT else f"… {_from_a_word(end)}"
    if closes:
        return text if len(text) <= IN_SIGHT else f"{_to_a_word(start)} …"
    if len(text) <= 2 * IN_SIGHT:
        return text
    return f"{_to_a_word(start)} … {_from_a_word(end)}"


def _from_a_word(text: str) -> str:
    return text.partition(" ")[2] or text


def _to_a_word(text: str) -> str:
    return text.rpartition(" ")[0] or text
