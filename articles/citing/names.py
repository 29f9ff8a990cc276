"""A name in its parts, as references sort and shorten it; what is not known is left whole.

The newsroom keeps a name as it is printed. In Latin letters the last word is taken for the family
name, with the small words before it (“van”, “de la”); whoever is called otherwise is entered as
“Family, Given”. Names in other scripts, single names and collectives stay as they are.
"""

import re
import unicodedata
from dataclasses import dataclass

from articles.citing.citation import Name
from articles.lines import line

_PARTICLES = frozenset(
    [
        "af", "av", "bin", "da", "das", "de", "dei", "del", "della", "delle", "den", "der", "des",
        "di", "do", "dos", "du", "el", "ibn", "la", "las", "le", "los", "op", "'t", "’t", "te",
        "ten", "ter", "tot", "und", "van", "vom", "von", "zu", "zum", "zur",
    ]
)  # fmt: skip
# "Ortega y Gasset": what joins two family names.
_JOINERS = frozenset(("y", "e", "i"))
# A space, or nothing but the full stop of the initial before.
_BEFORE_A_WORD = re.compile(r"\s+|(?<=\.)(?=\w)")
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])


@dataclass(frozen=True)
class Parts:
    """A name taken apart; ``literal`` instead where it must not be."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


def parts(name: Name) -> Parts:
    """The parts of ``name``."""
    text = line(name.text)
    words, suffix = _without_suffix(text)
    if name.is_collective or not _is_latin(text) or len(words) < 2:
        return Parts(literal=text)
    if "," in text and not suffix:
        family, _, given = (part.strip() for part in text.partition(","))
        named = family and given and "," not in given
        return Parts(family, given) if named else Parts(literal=text)
    if any("," in word for word in words):
        return Parts(literal=text)
    family_at, last_at = _where_family_begins(words)
    return Parts(
        family=" ".join(words[last_at:]),
        given=" ".join(words[:family_at]),
        particle=" ".join(words[family_at:last_at]),
        suffix=suffix,
    )


def straight(name: Name) -> str:
    """As it is said: “Martin Luther King Jr.”."""
    found = parts(name)
    if found.literal:
        return found.literal
    return _joined(" ", found.given, found.particle, found.family, found.suffix)


def inverted(name: Name, *, keeps_particle: bool) -> str:
    """Family name first: “King, Martin Luther, Jr.”; particles before it, or after the rest."""
    found = parts(name)
    if found.literal:
        return found.literal
    if keeps_particle:
        family = _joined(" ", found.particle, found.family)
        return _joined(", ", family, found.given, found.suffix)
    given = _joined(" ", found.given, found.particle)
    return _joined(", ", found.family, given, found.suffix)


def initialled(name: Name) -> str:
    """Family name and initials: “King, M. L., Jr.”, “Sartre, J.-P.”."""
    found = parts(name)
    if found.literal:
        return found.literal
    family = _joined(" ", found.particle, found.family)
    return _joined(", ", family, initials(found.given), found.suffix)


def initials(given: str) -> str:
    """“M. L.” for “Martin Luther”, “J. R.” for “J.R.”."""
    return " ".join(_initials(word) for word in _BEFORE_A_WORD.split(given))


def _initials(word: str) -> str:
    """“J.-P.” for “Jean-Paul”; a word that begins with no letter is kept."""
    letters = [part[0].upper() for part in word.split("-") if part]
    if not all(letter.isalpha() for letter in letters):
        return word
    return "-".join(f"{letter}." for letter in letters)


def _joined(between: str, *words: str) -> str:
    return between.join(word for word in words if word)


def _is_latin(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)


def _without_suffix(text: str) -> tuple[list[str], str]:
    words = text.split()
    if len(words) > 2 and words[-1].lower() in _SUFFIXES:
        head = re.sub(r",$", "", " ".join(words[:-1]))
        return head.split(), words[-1]
    return words, ""


def _where_family_begins(words: list[str]) -> tuple[int, int]:
    """Where the particles begin and where the family name itself does."""
    last = len(words) - 1
    if last >= 3 and words[last - 1] in _JOINERS:
        last -= 2
    begin = last
    while begin > 0 and words[begin - 1] in _PARTICLES:
        begin -= 1
    # "Robert De Niro": written large, it belongs to the family name.
    while begin == last and last > 1 and words[last - 1].lower() in _PARTICLES:
        last -= 1
        begin = last
    return begin, last
