"""Words as they are written and as they are compared: a name is one clean line, and two lines are
the same when a reader would say so. Knows no article and no markup.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

# Control characters and line ends; the marks that turn a line around, halves of characters.
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")
# Signs without a shape: they join, part or turn what stands beside them.
SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
ALIKE = str.maketrans(
    dict.fromkeys("“”„‟«»〝〞", '"')
    | dict.fromkeys("‘’‚‛ʼ`‹›′", "'")
    | dict.fromkeys("‐‑‒–—―−⁃", "-")
)
SIGN = re.compile(r"copyright(?: [0-9]{4})? ?©|©|copyright")
GROWTH = 10_000
SPACES = re.compile(r"\s+")
DASHES = re.compile(r"--+")
# Letters of scripts with capitals, their accents, and digits: there a word ends where they end.
JOINED = (
    "0-9a-z\u00df-\u024f\u0250-\u02af\u0300-\u036f\u0370-\u058f\u10a0-\u10ff\u1c80-\u1cbf"
    "\u1e00-\u1fff\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff"
)
IS_JOINED = re.compile(f"[{JOINED}]")


def plain(text: str) -> str:
    """``text`` as it is compared: case, accents' spelling, spaces, quotes and dashes made alike.

    Taken apart rather than put together, so that a name reads the same alone and in a sentence.
    """
    if not text.isascii():
        # One sign may stand for eighteen; no text grows so, only a page that means harm.
        text = unicodedata.normalize("NFKD", text)[: 2 * len(text) + GROWTH]
        text = SHAPELESS.sub("", text)
        text = unicodedata.normalize("NFKD", text.casefold()).translate(ALIKE)
    else:
        text = text.lower().translate(ALIKE)
    text = DASHES.sub("-", text).replace("(c)", "©")
    return SPACES.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """``text`` on one line, without what nobody sees; empty where there is nothing to read."""
    line = UNSEEN.sub("", BREAKS.sub(" ", text)).strip()
    return line if plain(line) else ""


def is_said(words: str, phrase: str) -> bool:
    """Whether ``phrase`` stands in ``words`` by itself: “Ana” is not named by “analysis”.

    Both as ``plain`` returns them.
    """
    return next(places(words, phrase), None) is not None


def places(words: str, phrase: str):
    """Where ``phrase`` stands in ``words`` by itself, as matches."""
    if not phrase or phrase not in words:
        return iter(())
    before = f"(?<![{JOINED}])" if IS_JOINED.match(phrase[0]) else ""
    after = f"(?![{JOINED}])" if IS_JOINED.match(phrase[-1]) else ""
    return re.finditer(f"{before}{re.escape(phrase)}{after}", words)


def is_from_the_right(text: str) -> bool:
    """Whether something in it is written from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text
    )


def spoken_date(day: date) -> str:
    """``9 September 2019``, whatever the locale of the machine."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
