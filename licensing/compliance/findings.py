"""What was found on a copy: each a sentence, with the line that makes it good, kept as JSON.

Pure. A finding that is due is for the outlet to put right; a note is for the desk to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from licensing.compliance.matching import Change
from licensing.rights.attribution import Finding as Missing
from licensing.rights.days import in_hours
from licensing.rights.vocabulary import Sentence


class Code(StrEnum):
    """Kinds of findings; the first are the parts of an attribution."""

    SOURCE = "source"
    HOUSE = "house"
    AUTHOR = "author"
    TRANSLATOR = "translator"
    COPYRIGHT = "copyright"
    LINK = "link"
    FOLLOWED = "link_not_followed"
    ORIGINAL_LINK = "original_link"
    LICENCE = "licence"
    GRANT = "grant"
    CHANGES = "changes"
    PICTURES = "pictures"
    REQUIRED = "required_words"
    CREDIT_BELOW = "credit_below"
    HEADLINE = "headline_changed"
    MISSING = "paragraphs_missing"
    ALTERED = "text_altered"
    ADDED = "text_added"
    NOTES = "notes_missing"
    NOTICE = "notice_missing"
    TOO_LONG = "excerpt_too_long"
    UNCLEARED = "picture_not_cleared"
    CANONICAL = "canonical_missing"
    NOINDEX = "noindex_missing"
    PIXEL = "pixel_stripped"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    STILL_THERE = "still_there"
    PAYWALL = "paywall"
    ADVERTISING = "advertising"
    NO_PERMISSION = "no_permission"


# What the outlet cannot mend by pasting or taking out; the desk writes about it, or does not.
FOR_A_PERSON = frozenset({Code.NO_PERMISSION, Code.TOO_LATE})


@dataclass(frozen=True)
class Finding:
    """``line`` is what to paste; ``passages`` what reads otherwise, or what is not there."""

    code: Code
    sentence: Sentence
    is_due: bool = True
    line: str = ""
    passages: tuple[Change, ...] = ()

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def key(self) -> str:
        """What makes it the same finding at a later look."""
        name = dict(self.sentence.facts).get("name", "")
        passages = "|".join(f"{change.ours}>{change.theirs}" for change in self.passages)
        return f"{self.code}:{name}:{sha256(passages.encode()).hexdigest()[:12]}"


def of_attribution(missing: Missing) -> Finding:
    """Something that the attribution rule misses."""
    return Finding(Code(missing.part.value), missing.sentence, line=missing.missing_line)


def due(findings: Iterable[Finding]) -> list[Finding]:
    """Those that are to be put right."""
    return [finding for finding in findings if finding.is_due]


def keys(findings: Iterable[Finding]) -> list[str]:
    """What is to be put right, in an order of its own: two looks that agree have the same."""
    return sorted({finding.key for finding in due(findings)})


def as_json(findings: Iterable[Finding]) -> list[dict]:
    """As they are kept."""
    return [
        {
            "code": finding.code.value,
            "sentence": finding.sentence.pattern,
            "facts": {name: _kept(value) for name, value in finding.sentence.facts},
            "due": finding.is_due,
            "line": finding.line,
            "passages": [list(change) for change in finding.passages],
        }
        for finding in findings
    ]


def from_json(kept: Iterable[dict]) -> list[Finding]:
    """As ``as_json`` wrote them."""
    return [
        Finding(
            Code(row["code"]),
            Sentence(row["sentence"], tuple(map(_read, row["facts"].items()))),
            is_due=row["due"],
            line=row["line"],
            passages=tuple(Change(*passage) for passage in row["passages"]),
        )
        for row in kept
    ]


def _kept(value: object) -> object:
    """A moment by itself, so that it can be written as each reader writes it."""
    if isinstance(value, Sentence):
        return dict(value.facts)["moment"].isoformat()
    return value if isinstance(value, int) else str(value)


def _read(fact: tuple[str, object]) -> tuple[str, object]:
    name, value = fact
    return (name, in_hours(datetime.fromisoformat(value)) if name == "moment" else value)
