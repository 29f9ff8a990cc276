"""What a site's robots.txt lets us read: RFC 9309, the longest rule that fits counts.

Pure, and linear in the length of rule and path: stars are no regular expression.
"""

from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

NAME = "imprimatur"
# No more is read of one, as the standard suggests.
BYTES = 500 * 1024
MOST_RULES = 5_000
LONGEST = 2_000


class Rule(NamedTuple):
    """One line: whether paths that fit ``pattern`` may be read."""

    is_allowed: bool
    pattern: str


def may_read(robots: str, path: str, *, name: str = NAME) -> bool:
    """Whether ``path``, with what follows the question mark, may be read by ``name``."""
    path = _plain(path)
    if path == "/robots.txt":
        return True
    fitting = [rule for rule in rules(robots, name) if _fits(rule.pattern, path)]
    # Of two rules of one length the one that allows counts.
    best = max(fitting, key=lambda rule: (len(rule.pattern), rule.is_allowed), default=None)
    return best is None or best.is_allowed


def rules(robots: str, name: str = NAME) -> list[Rule]:
    """The rules for ``name``: all groups that call it; where none does, those for everybody."""
    groups: dict[str, list[Rule]] = {}
    # Which of us the lines that follow are for: those who are named, everybody, or neither.
    called: set[str] = set()
    is_calling = False
    for line in robots.lstrip("\ufeff").splitlines():
        field, _colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if field == "user-agent":
            called = called if is_calling else set()
            agent = value.split("/")[0].strip().lower()
            called |= {agent} & {name, "*"}
            is_calling = True
        elif field in ("allow", "disallow"):
            is_calling = False
            for agent in called:
                found = groups.setdefault(agent, [])
                if value and len(found) < MOST_RULES:
                    found.append(Rule(field == "allow", _plain(value[:LONGEST])))
    return groups.get(name, groups.get("*", []))


def _plain(path: str) -> str:
    return quote(unquote_to_bytes(path), safe="/%?=&*$:@!,;+'()~-._#[]")


def _fits(pattern: str, path: str) -> bool:
    is_anchored = pattern.endswith("$")
    first, *others = (pattern[:-1] if is_anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not others:
        return not is_anchored or place == len(path)
    *middle, last = others
    for piece in middle:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if is_anchored:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0
