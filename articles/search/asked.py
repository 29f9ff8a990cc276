"""A reader's query in the words of the index: what both engines are asked, whatever they speak."""

from dataclasses import dataclass

from articles.search.query import Phrase, Query, Term
from articles.search.stemming import UNSTEMMED, token

# Tokens that stand one after the other.
Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """Any of some phrases, each by the mark of the language in which it reads like that."""

    phrases: tuple[dict[str, Tokens], ...]

    def everywhere(self) -> list[Tokens]:
        """Each distinct form, whatever the language."""
        return list(dict.fromkeys(form for phrase in self.phrases for form in phrase.values()))

    def within(self, mark: str) -> list[Tokens]:
        """How a text in this language says it."""
        return [phrase[mark] for phrase in self.phrases if mark in phrase]


@dataclass(frozen=True)
class Asked:
    """All of ``wanted`` and none of ``excluded``."""

    wanted: tuple[Clause, ...]
    excluded: tuple[Clause, ...] = ()


def asked(query: Query, marks: list[str]) -> Asked:
    """``query`` for texts in the languages of ``marks``, and in those that are not stemmed."""
    marks = [*marks, UNSTEMMED]
    return Asked(
        tuple(_clause(term, marks) for term in query.wanted),
        tuple(_clause(term, marks) for term in query.excluded),
    )


def _clause(term: Term, marks: list[str]) -> Clause:
    return Clause(tuple(_forms(phrase, marks) for phrase in term.phrases))


def _forms(phrase: Phrase, marks: list[str]) -> dict[str, Tokens]:
    return {mark: tuple(token(word, mark) for word in phrase) for mark in marks}
