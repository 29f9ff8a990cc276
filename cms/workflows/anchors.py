"""The heads of all chains, written down so that a later state of the record can be held to them.

Pure. A file of heads has one line per chain; its anchor is the SHA-256 of the file, short enough to
be printed, mailed or signed. Whoever holds either need not trust whoever holds the database.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

SEAL = re.compile("[0-9a-f]{64}")


class NotAnAnchor(ValueError):
    """A line that says nothing about a chain; the message is for whoever named the file."""


@dataclass(frozen=True)
class Head:
    """The last event of a chain, as it was at some time."""

    chain: str
    row: str
    number: int
    seal: str

    def __str__(self):
        return json.dumps(asdict(self))


def read_heads(lines: Iterable[str]) -> Iterator[Head]:
    """The heads that a file names. Raises NotAnAnchor where a line is no head."""
    for place, line in enumerate(lines, start=1):
        try:
            head = Head(**json.loads(line))
        except (ValueError, TypeError, RecursionError):
            head = None
        if head is None or not _is_sound(head):
            raise NotAnAnchor(f"Line {place} is not the head of a chain.")
        yield head


def _is_sound(head: Head) -> bool:
    names = (head.chain, head.row)
    return (
        all(type(name) is str and name.isprintable() for name in names)
        and type(head.number) is int
        and type(head.seal) is str
        and SEAL.fullmatch(head.seal) is not None
    )


@dataclass
class Anchor:
    """What all heads together come to, told one by one."""

    chains: int = 0
    _digest: object = field(default_factory=hashlib.sha256)

    def add(self, head: Head) -> str:
        """Counts the head in. Returns its line in the file."""
        line = f"{head}\n"
        self.chains += 1
        self._digest.update(line.encode())
        return line

    @property
    def sha256(self) -> str:
        """The same as ``sha256sum`` says of the file."""
        return self._digest.hexdigest()
