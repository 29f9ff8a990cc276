"""Headings by name, page by page: a page begins after the name its address gives.

Any name will do as a beginning, one that nobody bears included: nothing is looked up for it, so
that a hidden heading's place is no more to be found than one that does not exist.
"""

from dataclasses import dataclass

from django.db.models import Q

from cms.text import legible

SIZE = 60
LONGEST_ADDRESS = 240
LARGEST_KEY = 2**63
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABETS = {"ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}


class NoPlace(ValueError):
    """What the address gives is no name and no key."""


@dataclass(frozen=True)
class NamePage:
    """Some headings, and after which name those after them begin (``""`` at the end)."""

    headings: list
    after: str
    is_first: bool


def page(headings, *, label: str, after: str = "", size: int = SIZE) -> NamePage:
    """The first ``size`` of ``headings`` (a QuerySet) by their ``label``, or those after a name.

    Raises NoPlace for an address that names nothing.
    """
    if after:
        name, key = _parse(after)
        later = Q(**{f"{label}__gt": name}) | Q(**{label: name}, pk__gt=key)
        # Said twice, so that the index of names is entered at the name.
        headings = headings.filter(later, **{f"{label}__gte": name})
    found = list(headings.order_by(label, "pk")[: size + 1])
    shown = found[:size]
    following = f"{getattr(shown[-1], label)}~{shown[-1].pk}" if len(found) > size else ""
    return NamePage(shown, following, is_first=not after)


def _parse(after: str) -> tuple[str, int]:
    name, _tilde, key = after.rpartition("~")
    is_key = key.isascii() and key.isdecimal() and len(key) < 20 and int(key) < LARGEST_KEY
    if not (name and is_key and legible(after) == after and len(after) <= LONGEST_ADDRESS):
        raise NoPlace(after)
    return name, int(key)


def beginnings(language: str) -> list[tuple[str, str]]:
    """(letter, address of the page that begins with it) of the alphabet of ``language``."""
    return [(letter, f"{letter}~0") for letter in ALPHABETS.get(language, LATIN)]
