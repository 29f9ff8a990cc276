"""Texts made ready for paper: every word can be drawn, broken and told apart; knows no layout."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from articles.printing.whitespace import squeezed

_SCHEMES = ("http", "https", "mailto", "tel")
_LONGEST_URL = 2000
_LONGEST_HEAD = 60
# Text that runs another way by force could make one line of a paper say another.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Words without a place to break would run off the paper, and so would a thousand dashes or slashes;
# columns of amounts and times are narrow.
_ENDLESS = re.compile(r"[^\s/\u00ad\u200b-]{41,}")
_GLUED = re.compile(r"[^ \t\n\u200b]{81,}")
_GLUED_NARROWLY = re.compile(r"[^ \t\n\u200b]{15,}")
_PIECE = 12
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,64}")
_PLACE = re.compile(r"\{(\w+)\}")


def line(text: str) -> str:
    """A text that stands in a line with others."""
    return _ready(squeezed(" ".join(text.splitlines())))


def lines(texts: Sequence[str]) -> list[str]:
    """Such texts, without the empty ones."""
    return [ready for text in texts if (ready := line(text))]


def narrow(text: str) -> str:
    """A text for a narrow column: an amount, a time."""
    return _GLUED_NARROWLY.sub(_in_pieces, line(text))


def flow(text: str) -> list[list[str]]:
    """A text of its own: paragraphs of lines."""
    paragraphs: list[list[str]] = [[]]
    for row in text.splitlines():
        if row.strip():
            paragraphs[-1].append(_ready(row))
        elif paragraphs[-1]:
            paragraphs.append([])
    return [rows for rows in paragraphs if rows]


def _ready(text: str) -> str:
    return _GLUED.sub(_in_pieces, _ENDLESS.sub(_in_pieces, _TURNS.sub("", text)))


def _in_pieces(run: re.Match) -> str:
    pieces = [run[0][start : start + _PIECE] for start in range(0, len(run[0]), _PIECE)]
    return "\N{ZERO WIDTH SPACE}".join(pieces)


def cut(pattern: str) -> list[str]:
    """A label cut at its places: words, name of a place, words …"""
    return _PLACE.split(pattern)


def filled(pattern: str, **facts: str) -> str:
    """A label with its places filled; a place that nobody knows stays as it stands."""
    return _PLACE.sub(lambda place: facts.get(place[1], place[0]), pattern)


def fingerprint(text: str) -> str:
    """A sum in hexadecimal, whole; anything else is a text like others."""
    return text if _HEXADECIMAL.fullmatch(text) else line(text)


def shortened(text: str) -> str:
    """What of a text stands at the head and foot of each page."""
    return text if len(text) <= _LONGEST_HEAD else text[:_LONGEST_HEAD].rstrip() + " …"


def address(url: str) -> dict | None:
    """An address as printed, and as a link where it is one that paper and screen may follow."""
    text = line(url)
    if not text:
        return None
    try:
        is_known = urlsplit(url).scheme in _SCHEMES
    except ValueError:
        is_known = False
    is_link = is_known and len(url) <= _LONGEST_URL and url.isascii() and url.isprintable()
    return {"text": text, "url": url if is_link and " " not in url else None}
