"""What makes a change of the record show: each line is sealed together with the seal before it.

Pure. The form of a seal never changes, because every seal ever made is checked with it: what a
later kind of event wants to add belongs into ``facts``.
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime

# The seal before the first line of a chain.
NOTHING = ""


@dataclass(frozen=True)
class Line:
    """All that an event says. ``chain`` names the kind of event, ``row`` the key of what moved."""

    chain: str
    row: object
    number: int
    move: str
    from_status: str
    to_status: str
    at: datetime
    by_id: object
    actor: str
    reason: str
    facts: dict

    def canonical(self, previous: str) -> bytes:
        """The one way to write the line down, behind ``previous``."""
        said = vars(self) | {
            "previous": previous,
            "row": str(self.row),
            "by_id": None if self.by_id is None else str(self.by_id),
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")


# The columns of an event that its seal covers; chain and row are known from where it stands.
COLUMNS = tuple(field.name for field in fields(Line) if field.name not in ("chain", "row"))


def seal(previous: str, line: Line, *, key: str) -> str:
    """The seal of ``line`` behind the seal ``previous``: 64 hexadecimal digits."""
    return hmac.digest(key.encode(), line.canonical(previous), "sha256").hex()


def place_of_key(found: str, previous: str, line: Line, *, keys: Sequence[str]) -> int | None:
    """Which of ``keys`` made the seal that was ``found``; None when none of them did."""
    for place, key in enumerate(keys):
        if hmac.compare_digest(found.encode(), seal(previous, line, key=key).encode()):
            return place
    return None


def oddities(facts: object, path: str = "facts") -> list[str]:
    """Where ``facts`` would not be read back as they were written, on one database or the other.

    Plain are words, whole numbers, yes and no, nothing, and lists and objects of these. A date or
    an amount of money is written as a word: databases differ on fractions.
    """
    if facts is None or isinstance(facts, bool | int):
        return []
    if isinstance(facts, str):
        is_plain = "\0" not in facts and not any("\ud800" <= sign <= "\udfff" for sign in facts)
        return [] if is_plain else [f"{path} holds a character that is none"]
    if isinstance(facts, list):
        parts = [(f"{path}[{place}]", part) for place, part in enumerate(facts)]
        return [odd for name, part in parts for odd in oddities(part, name)]
    if isinstance(facts, dict):
        odd = [f"{path} has the key {key!r}" for key in facts if type(key) is not str]
        odd += [odd for key in facts for odd in oddities(str(key), f"a key of {path}")]
        return odd + [odd for key, part in facts.items() for odd in oddities(part, f"{path}.{key}")]
    return [f"{path} is a {type(facts).__name__}"]
