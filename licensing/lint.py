"""What speaks against usage terms, in the reader's language and each beside the use it is about."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from licensing.rights import lint
from licensing.rights.facts import Rule
from licensing.rights.vocabulary import Use
from licensing.wording import said


class Objection(NamedTuple):
    """Something that speaks against terms; ``use`` is ``None`` where it is about all of them."""

    use: Use | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def faults(rules: Mapping[Use, Rule], *, licence_url: str, name: str) -> list[Objection]:
    """Why these rules cannot stand as terms; empty means they can."""
    return _translated(lint.found_faults(rules, licence_url=licence_url, name=name))


def warnings(rules: Mapping[Use, Rule], *, licence_url: str, name: str) -> list[Objection]:
    """What may be meant so, but deserves a second look."""
    return _translated(lint.found_warnings(rules, licence_url=licence_url, name=name))


def _translated(found: Iterable[lint.Objection]) -> list[Objection]:
    return [Objection(one.use, said(one.sentence)) for one in found]
