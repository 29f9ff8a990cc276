"""The place in a text where it says what was asked for, with the words marked: pure.

Marks are made in the text as it is written, not in the index: *resume* marks Résumés.
"""

import html
import re
from typing import NamedTuple

from articles.body import FOOTNOTE
from articles.search.asked import Asked, Tokens
from articles.search.stemming import CUT_IN_FRONT, token
from articles.search.words import spelt

AROUND = 230
BEFORE = 70
# So much of a text is looked through; what is asked for further down shows no snippet.
LONGEST = 60_000
MOST_MARKS = 60

# Tags within a word or a sentence leave no gap; all others do.
_INLINE = re.compile(r"</?(?:a|b|em|i|s|strong|sub|sup|u|span)\b[^>]*>")
_TAG = re.compile(r"<[^>]*(?:>|$)")
_END_OF_A_HEADING = re.compile(r"(?<=\w)</h\d>")


class Part(NamedTuple):
    """Some text, and whether it is what was asked for."""

    text: str
    is_marked: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    clause: int


def line(body: str) -> str:
    """The words of a stored body on one line, its notes behind them; to be looked through only."""
    notes: list[str] = []

    def put_aside(footnote: re.Match) -> str:
        notes.append(footnote[1])
        return ""

    text = FOOTNOTE.sub(put_aside, body[:LONGEST])
    said = _END_OF_A_HEADING.sub(". ", _INLINE.sub("", " ".join([text, *notes])))
    spaced = _TAG.sub(" ", said)
    return " ".join(html.unescape(spaced).split())


def marked(text: str, asked: Asked, mark: str) -> list[Part]:
    """All of ``text``, in the language of ``mark``, with what was asked for marked."""
    return _parts(text, 0, len(text), _marks(text, asked, mark))


def snippet(text: str, asked: Asked, mark: str) -> list[Part]:
    """The piece of ``text`` that says most of what was asked for; empty where it says nothing."""
    marks = _marks(text, asked, mark)
    if not marks:
        return []
    best = max(marks, key=lambda one: (_wealth(one, marks), -one.start))
    start, end = _window(text, best.start)
    parts = _parts(text, start, end, marks)
    if start:
        parts.insert(0, Part("… "))
    if end < len(text):
        parts.append(Part(" …"))
    return parts


def opening(text: str) -> list[Part]:
    """The first words of ``text``."""
    if len(text) <= AROUND:
        return [Part(text)] if text else []
    return [Part(text[: _word_before(text, AROUND)] + " …")]


def _marks(text: str, asked: Asked, mark: str) -> list[_Mark]:
    """Where ``text`` says what was asked for, one after the other."""
    sought: dict[str, list[tuple[int, Tokens]]] = {}
    for number, clause in enumerate(asked.wanted):
        for form in clause.within(mark):
            sought.setdefault(form[0], []).append((number, form))
    # A stemmer cuts at the end of a word: most words need not be cut to know that they are others.
    initials = None if mark in CUT_IN_FRONT else {form[0] for form in sought}
    written = list(spelt(text))
    found: list[_Mark] = []
    for place, (word, start, _end) in enumerate(written):
        if initials is not None and word[0] not in initials:
            continue
        for number, form in sought.get(token(word, mark), ()):
            said = written[place : place + len(form)]
            if tuple(token(one[0], mark) for one in said) == form:
                found.append(_Mark(start, said[-1][2], number))
        if len(found) >= MOST_MARKS:
            break
    return found


def _wealth(first: _Mark, marks: list[_Mark]) -> int:
    """How much of what was asked for stands in the piece of text that begins with ``first``."""
    near = {
        one.clause for one in marks if first.start <= one.start <= first.start + AROUND - BEFORE
    }
    return len(near)


def _window(text: str, start: int) -> tuple[int, int]:
    begin = 0 if start <= BEFORE else _word_before(text, start - BEFORE)
    end = len(text) if begin + AROUND >= len(text) else _word_before(text, begin + AROUND)
    return begin, max(end, start + 1)


def _word_before(text: str, place: int) -> int:
    """Where the word at ``place`` begins; ``place`` itself where there are no spaces about."""
    space = text.rfind(" ", max(0, place - 40), place)
    return space + 1 if space >= 0 else place


def _parts(text: str, start: int, end: int, marks: list[_Mark]) -> list[Part]:
    parts, place = [], start
    for one in sorted(marks):
        if one.end <= place or one.start < place or one.end > end:
            continue
        if one.start > place:
            parts.append(Part(text[place : one.start]))
        parts.append(Part(text[one.start : one.end], is_marked=True))
        place = one.end
    if place < end:
        parts.append(Part(text[place:end].rstrip()))
    return parts
