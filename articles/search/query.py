"""What a reader asks for: words, "phrases", -exclusions and OR. Text in, terms out; pure.

Nothing a reader types is ever refused or handed to a database: what is no word, phrase, exclusion
or OR only parts words, and what is too much is left out.
"""

import re
from dataclasses import dataclass

from articles.search.words import JOINERS, spelt, words

LONGEST = 200
MOST_TERMS = 12
LONGEST_PHRASE = 20

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」", '"'))
_PIECE = re.compile(r'(?P<minus>[-−]?)(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))')
_APOSTROPHE = re.compile("['’ʼ＇]")
# What stands before an apostrophe in l’eau, d’autres, O’Brien, and after it in Ukraine’s.
LONGEST_CLITIC = 2

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One thing that must occur, or must not: any of ``phrases``, each one word or several."""

    phrases: tuple[Phrase, ...]
    is_excluded: bool = False


@dataclass(frozen=True)
class Query:
    """What was understood of what was typed; ``is_cut`` where some of it was left out."""

    typed: str
    terms: tuple[Term, ...]
    is_cut: bool = False

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.is_excluded]

    @property
    def excluded(self) -> list[Term]:
        return [term for term in self.terms if term.is_excluded]

    def __bool__(self):
        return bool(self.wanted)


def parse(text: str) -> Query:
    """What ``text`` asks for. Never raises."""
    typed = _readable(text[:LONGEST])
    terms: list[Term] = []
    is_cut, may_join, joins = len(text.strip()) > LONGEST, False, False
    for piece in _PIECE.finditer(typed.translate(_QUOTES)):
        if piece["bare"] in ("OR", "|") and not piece["minus"]:
            joins = may_join
            continue
        if piece["bare"] == "AND" and may_join:
            continue
        phrase, was_long = _phrase(piece)
        is_cut |= was_long
        if not phrase:
            continue
        is_excluded = bool(piece["minus"])
        if joins and not is_excluded:
            terms[-1] = Term((*terms[-1].phrases, phrase))
        else:
            terms.append(Term((phrase,), is_excluded))
        may_join, joins = not is_excluded, False
    kept = _bounded(terms)
    return Query(typed, tuple(kept), is_cut or kept != terms)


def _readable(text: str) -> str:
    """``text`` on one line, without what nobody can see or no database keeps.

    What joins letters stays, though it is not seen: a word is one with it and without.
    """
    seen = "".join(sign if sign.isprintable() or sign in JOINERS else " " for sign in text)
    return " ".join(seen.split())


def _phrase(piece: re.Match) -> tuple[Phrase, bool]:
    """The words of one piece, and whether some were left out."""
    found = words(piece["quoted"]) if piece["bare"] is None else _bare(piece["bare"])
    return tuple(found[:LONGEST_PHRASE]), len(found) > LONGEST_PHRASE


def _bare(typed: str) -> list[str]:
    """The words of what was typed in one go, without an article or ending set off by ’."""
    parts = [part for part in map(words, _APOSTROPHE.split(typed)) if part]
    long = [part for part in parts if len("".join(part)) > LONGEST_CLITIC]
    return [word for part in (long or parts) for word in part]


def _bounded(terms: list[Term]) -> list[Term]:
    """The first terms, of which none has more alternatives than a query has terms."""
    kept, left = [], MOST_TERMS
    for term in terms:
        if not left:
            break
        phrases = term.phrases[:left]
        kept.append(Term(phrases, term.is_excluded))
        left -= len(phrases)
    return kept


def without(query: Query, ignored: frozenset[str]) -> Query:
    """``query`` without single words that are ``ignored``, as long as something else is wanted."""

    def matters(term: Term) -> bool:
        return term.is_excluded or any(
            len(phrase) > 1 or phrase[0] not in ignored for phrase in term.phrases
        )

    kept = Query(query.typed, tuple(filter(matters, query.terms)), query.is_cut)
    return kept if kept else query


def replaced(text: str, spellings: dict[str, str]) -> str:
    """``text`` with each word whose folded form ``spellings`` knows written as it says."""
    written, end = [], 0
    for word, start, stop in spelt(text):
        if word in spellings:
            written += [text[end:start], spellings[word]]
            end = stop
    return "".join([*written, text[end:]])
