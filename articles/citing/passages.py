"""A passage of an article, found again as somebody typed it, and its address in the text.

The address is a text fragment (``#:~:text=``): browsers that know it scroll to the very words and
mark them, the others open the article at its beginning. Footnote marks stand between the words of
the page but are no part of a quotation, so no phrase of an address reaches over one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

# A passage of up to so many words is named whole; of a longer one, its beginning and its end.
_NAMED_WHOLE = 10
_FEWEST, _MOST = 4, 12
# A script that puts no spaces between words has no word to count.
_LONGEST_PHRASE = 120
_FOLDED = str.maketrans({
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
})  # fmt: skip
_TYPED_MARK = re.compile(r"\[\d{1,3}\]")
# A text as it is compared, and for each of its characters the place it comes from.
Folded = tuple[str, Sequence[int]]


@dataclass(frozen=True)
class Text:
    """The words of an article on one line; ``breaks`` are the places (before the character there)
    at which a paragraph ends or a footnote is marked, ``paragraphs`` where each begins and ends.
    """

    words: str
    breaks: tuple[int, ...]
    paragraphs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Passage:
    """Words as the article has them, and where they stand in it."""

    words: str
    start: int
    end: int

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return len(self.words.split())


def text_of(blocks: Iterable[dict]) -> Text:
    """The text of blocks as ``articles.printing.blocks`` makes them."""
    words, breaks, paragraphs = "", [], []
    for pieces in _paragraphs(blocks):
        begin = len(words) + 1 if words else 0
        inside: list[int] = []
        told = ""
        for piece in pieces:
            if piece is None:
                inside.append(begin + len(told.rstrip()))
            else:
                told = _squeezed(told + piece)
        if told := told.rstrip():
            words += f" {told}" if words else told
            breaks += [begin, *inside]
            paragraphs.append((begin, begin + len(told)))
    return Text(words, tuple(sorted(set(breaks))), tuple(paragraphs))


def find(text: Text, typed: str) -> Passage | None:
    """Where ``typed`` stands, whatever its capitals, quotation marks, dashes and spaces.

    Of several places one where it has whole words is meant; where there is none, the passage is
    taken to the ends of its words.
    """
    folded, places = _folded(text.words)
    sought = _folded(_TYPED_MARK.sub("", typed))[0].strip()
    first = None
    at = folded.find(sought) if sought else -1
    while at >= 0:
        start, end = places[at], places[at + len(sought) - 1] + 1
        passage = _of_whole_words(text.words, start, end)
        if (passage.start, passage.end) == (start, end):
            return passage
        first = first or passage
        at = folded.find(sought, at + len(sought))
    return first


def _of_whole_words(words: str, start: int, end: int) -> Passage:
    while start and _is_inside_a_word(words, start):
        start -= 1
    while end < len(words) and _is_inside_a_word(words, end):
        end += 1
    return Passage(words[start:end], start, end)


def paragraph(text: Text, number: int) -> Passage | None:
    """The ``number``-th paragraph, counted from one."""
    if not 1 <= number <= len(text.paragraphs):
        return None
    start, end = text.paragraphs[number - 1]
    return Passage(text.words[start:end], start, end)


def fragment(text: Text, passage: Passage, *, before: str = "") -> str:
    """``#:~:text=…`` for the passage; ``before`` is what the page says above the text."""
    page, shift = _folded(f"{before} {text.words}"), len(before) + 1
    start, end = passage.start, passage.end
    whole = not _cuts(text, start, end) and passage.word_count <= _NAMED_WHOLE
    if whole and len(passage.words) <= _LONGEST_PHRASE:
        first, last = passage.words, ""
    else:
        first = _beginning(text, page, shift, start, end)
        last = _ending(text, start + len(first), end)
    lead = "" if _is_first(page, first, start + shift) else _lead(text, start)
    directive = f"{_encoded(lead)}-," if lead else ""
    directive += _encoded(first)
    return f"#:~:text={directive},{_encoded(last)}" if last else f"#:~:text={directive}"


def _beginning(text: Text, page: Folded, shift: int, start: int, end: int) -> str:
    """So many words from ``start`` on as tell it from what stands before, up to the next break."""
    limit = next((one for one in text.breaks if one > start), end)
    words = list(_words(text.words, start, min(limit, end)))
    phrase = ""
    for count, (_, stop) in enumerate(words[:_MOST], start=1):
        phrase = text.words[start:stop]
        if count >= _FEWEST and _is_first(page, phrase, start + shift):
            break
    return phrase[:_LONGEST_PHRASE].rstrip()


def _ending(text: Text, start: int, end: int) -> str:
    """The last words before ``end``, as many as stand nowhere between the beginning and them."""
    limit = max((one for one in text.breaks if one < end), default=start)
    words = list(_words(text.words, max(limit, start), end))
    phrase = ""
    for count, (begin, _) in enumerate(reversed(words[-_MOST:]), start=1):
        phrase = text.words[begin:end]
        between = text.words[start : end - 1].casefold()
        if count >= _FEWEST and phrase.casefold() not in between:
            break
    return phrase[-_LONGEST_PHRASE:].lstrip()


def _lead(text: Text, start: int) -> str:
    """The three words before ``start`` in the same paragraph."""
    limit = max((one for one in text.breaks if one <= start), default=0)
    words = list(_words(text.words, limit, start))
    return text.words[words[-3:][0][0] : start].strip()[-_LONGEST_PHRASE:] if words else ""


def _is_first(page: Folded, phrase: str, place: int) -> bool:
    folded, places = page
    sought = _folded(phrase)[0].strip()
    found = folded.find(sought)
    return found < 0 or places[found] >= place


def _cuts(text: Text, start: int, end: int) -> bool:
    return any(start < one < end for one in text.breaks)


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in re.compile(r"\S+").finditer(text, start, end):
        yield found.span()


def _encoded(phrase: str) -> str:
    """Percent-encoded; the hyphen too, which has a meaning of its own in a text directive."""
    return quote(phrase, safe="", errors="replace").replace("-", "%2D")


def _folded(text: str) -> Folded:
    """``text`` as it is compared: letters apart from their marks, as some programs copy them."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for folded in unicodedata.normalize("NFKD", sign).casefold().translate(_FOLDED):
            is_space = folded.isspace()
            if is_space and signs and signs[-1] == " ":
                continue
            signs.append(" " if is_space else folded)
            places.append(place)
    return "".join(signs), places


def _is_inside_a_word(text: str, place: int) -> bool:
    """Whether a word goes on over ``place``. Scripts without spaces have no such words."""
    before, after = text[place - 1], text[place]
    return _goes_on(before) and _goes_on(after)


def _goes_on(sign: str) -> bool:
    is_of_a_word = sign.isalnum() or unicodedata.category(sign) in ("Mn", "Mc")
    return (is_of_a_word and unicodedata.category(sign) != "Lo") or "\u0600" <= sign <= "\u06ff"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.lstrip() if text.isspace() else text)


def _paragraphs(blocks: Iterable[dict]) -> Iterator[list[str | None]]:
    """The pieces of each paragraph; ``None`` where a footnote is marked."""
    for block in blocks:
        if "content" in block:
            yield list(_pieces(block["content"]))
        elif block["type"] == "code":
            yield [block["text"]]
        for key in ("blocks", "items", "cells"):
            for inner in block.get(key, ()):
                yield from _paragraphs(inner if key == "items" else _inner(inner))


def _inner(part: dict) -> Iterable[dict]:
    return [part] if "type" in part else part["blocks"]


def _pieces(inlines: Iterable[dict]) -> Iterator[str | None]:
    for inline in inlines:
        kind = inline["type"]
        if kind == "note":
            yield None
        elif kind == "break":
            yield " "
        elif "text" in inline:
            yield inline["text"]
        else:
            yield from _pieces(inline["content"])
