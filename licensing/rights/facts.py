"""What ``decide`` is told: the chain of title, the terms, the grants, and when the text is public.

Everything is loaded and frozen; nothing here asks anybody anything. Instants are aware datetimes;
a window counts from ``since`` up to, but not including, ``until``; ``None`` leaves it open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from licensing.rights.conditions import WINDOWS, Condition, Kind
from licensing.rights.vocabulary import Basis, Carriage, Use, Verdict


class Party(NamedTuple):
    """Somebody who holds rights or answers for them. ``contact`` is an e-mail address."""

    name: str
    contact: str = ""
    url: str = ""

    def __str__(self) -> str:
        where = self.contact or self.url
        return f"{self.name} ({where})" if where else self.name


class Clearance(NamedTuple):
    """Leave that we received and that counts within its window; refused and ended ones stay out.

    ``named`` is how a sentence calls it: “our agreement with OneWorld of 3 March 2018”.
    ``covers`` is what we may do, ``passes_on`` what we may let others do, ``forbids`` what nobody
    may do through us. ``conditions`` bind every copy; ``attribution`` stands in it word for word.
    ``licence_url`` is that of a licence others wrote, or empty.
    """

    key: int
    named: str
    basis: Basis
    covers: frozenset[Carriage] = frozenset()
    passes_on: frozenset[Use] = frozenset()
    forbids: frozenset[Use] = frozenset()
    conditions: tuple[Condition, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    attribution: str = ""
    licence_url: str = ""


# All of the groups must give leave, in each any one clearance does: the co-authors of a text. A
# route without a group, or with an empty one, leads nowhere.
Route = tuple[tuple[Clearance, ...], ...]


class Right(NamedTuple):
    """One right in the chain of title: who holds it, how it came about, and our ways to it.

    ``came`` begins a sentence: “First published by OneWorld on 9 September 2019”. ``is_ours`` where
    the house made it. ``needs`` is what we do with it ourselves. Of ``routes`` one suffices.
    """

    holder: Party
    came: str
    is_ours: bool = False
    needs: frozenset[Carriage] = frozenset({Carriage.WEB})
    routes: tuple[Route, ...] = ()

    @property
    def clearances(self) -> Iterator[Clearance]:
        return (one for route in self.routes for group in route for one in group)


class Rule(NamedTuple):
    """What terms answer for one use."""

    verdict: Verdict
    conditions: tuple[Condition, ...] = ()


class Terms(NamedTuple):
    """One version of usage terms. A use they do not name is to be asked for.

    ``url`` is the page that people read; ``licence_url`` that of a licence others wrote, or empty.
    """

    name: str
    version: int
    url: str
    rules: Mapping[Use, Rule]
    licence_url: str = ""


class Grant(NamedTuple):
    """Leave that we gave one licensee; ``elements``: the pictures it covers beside the text."""

    number: str
    licensee: str
    uses: frozenset[Use]
    conditions: tuple[Condition, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    elements: frozenset[str] = frozenset()


class ElementKind(StrEnum):
    """What an article is made of."""

    TEXT = "text"
    IMAGE = "image"
    EMBED = "embed"


class Element(NamedTuple):
    """A part with an answer of its own. A detachable one is left out where it is not cleared."""

    kind: ElementKind
    key: str
    label: str
    rights: tuple[Right, ...]
    terms: Terms | None = None
    is_detachable: bool = False
    until: datetime | None = None


@dataclass(frozen=True)
class Snapshot:
    """An article as far as rights go. ``is_released``: approved or published, not withdrawn."""

    text: Element
    desk: Party
    is_released: bool = True
    published_at: datetime | None = None
    embargo_until: datetime | None = None
    others: tuple[Element, ...] = ()
    grants: tuple[Grant, ...] = ()
    url: str = field(default="", compare=False)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return (self.text, *self.others)

    @cached_property
    def boundaries(self) -> tuple[datetime, ...]:
        """Every instant at which some answer may change, in order."""
        found = {self.published_at, self.embargo_until}
        found |= {element.until for element in self.elements}
        for window in (*self._clearances, *self.grants):
            found |= {window.since, window.until}
        found |= {turn(entry, self.published_at) for entry in self._conditions}
        return tuple(sorted(found - {None}))

    @property
    def _clearances(self) -> Iterator[Clearance]:
        rights = (right for element in self.elements for right in element.rights)
        return (one for right in rights for one in right.clearances)

    @property
    def _conditions(self) -> Iterator[Condition]:
        rules = (rule for one in self.elements if one.terms for rule in one.terms.rules.values())
        bound = (*self._clearances, *self.grants, *rules)
        return (entry for one in bound for entry in one.conditions)


class Requester(NamedTuple):
    """Who asks; ``key`` is what a grant calls its licensee."""

    key: str


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def turn(entry: Condition, published_at: datetime | None) -> datetime | None:
    """When a condition of time opens or closes its window; ``None`` where it sets none."""
    if published_at is None or entry.kind not in WINDOWS:
        return None
    is_opening = entry.kind is Kind.NOT_BEFORE
    try:
        wait = timedelta(hours=entry.value) if is_opening else timedelta(days=entry.value)
        return min(published_at + wait, _NEVER)
    except OverflowError:
        return _NEVER


def in_force(window: Clearance | Grant, at: datetime) -> bool:
    """Whether ``at`` lies within the window."""
    return (window.since is None or window.since <= at) and (
        window.until is None or at < window.until
    )
