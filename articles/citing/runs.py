"""A formatted reference as pieces of one line, so that every page and file can write it its way."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from articles.lines import line

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
# A sentence that ends with one of these, in quotation marks or not, is given no full stop.
_ENDED = re.compile(r"[.?!…。！？؟۔][”’\"'»]*$")


class Run(NamedTuple):
    """A piece of a reference; ``kind`` is ``""``, ``"title"`` (in italics) or ``"words"`` (of the
    article: in whatever script they are, they must not turn the order of what stands around them).
    """

    text: str
    kind: str = ""


Reference = tuple[Run, ...]


def reference(*pieces: str | Run | Iterable) -> Reference:
    """The pieces as one reference, those that say nothing left out."""
    found: list[Run] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(Run(piece))
        elif isinstance(piece, Run):
            found.append(piece)
        else:
            found.extend(reference(*piece))
    return tuple(run for run in found if run.text)


def plain(pieces: Iterable[Run]) -> str:
    """The reference without italics."""
    return "".join(run.text for run in pieces)


def title(text: str) -> Run:
    """The name of a publication; scripts that run from the right have no italics."""
    text = line(text)
    runs_left = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return Run(text, "words" if runs_left else "title")


def words(text: str) -> Run:
    """A headline as it stands."""
    return Run(line(text), "words")


def quoted(headline: str, end: str) -> Reference:
    """The headline in quotation marks with ``end`` before the last; a full stop ends it once."""
    inner = line(headline).replace("“", "‘").replace("”", "’")
    inner = re.sub(r'"([^"]*)"', r"‘\1’", inner)
    end = "" if end == "." and is_ended(inner) else end
    return (Run("“"), Run(inner, "words"), Run(f"{end}”"))


def stop(text: str) -> str:
    """``"."`` unless ``text`` has ended already."""
    return "" if not text or is_ended(text) else "."


def is_ended(text: str) -> bool:
    """Whether the last thing in ``text`` is the sign that ends a sentence."""
    return bool(_ENDED.search(text))


def month(day: date) -> str:
    """“September”: the manuals are written in English, and so are their references."""
    return _MONTHS[day.month - 1]


def american(day: date) -> str:
    """“September 9, 2019”."""
    return f"{month(day)} {day.day}, {day.year}"
