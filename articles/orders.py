"""Orders of keys, and what became of one: pure lists in, lists out. No row is read.

A key stands once in an order.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Changes(NamedTuple):
    """What led from one order to another."""

    added: list[int]
    removed: list[int]
    is_moved: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.is_moved)


def once(keys: Iterable[int]) -> list[int]:
    """``keys``, each where it stands first."""
    return list(dict.fromkeys(keys))


def changes(before: Sequence[int], after: Sequence[int]) -> Changes:
    """What was added, taken off, and whether what stayed stands in another order."""
    old, new = set(before), set(after)
    return Changes(
        [key for key in after if key not in old],
        [key for key in before if key not in new],
        [key for key in before if key in new] != [key for key in after if key in old],
    )


def merged(mine: Sequence[int], *, seen: Sequence[int], now: Sequence[int]) -> list[int]:
    """My order, with what a colleague added since behind what it stands behind there.

    What the colleague took off stays in it: whoever saves it again says so knowingly.
    """
    result = list(mine)
    known = {*mine, *seen}
    before = None
    for key in now:
        if key not in known:
            result.insert(result.index(before) + 1 if before is not None else 0, key)
        if key in result:
            before = key
    return result


def woven(visible: Sequence[int], *, standing: Sequence[int], hidden: set[int]) -> list[int]:
    """``visible`` in its order, with what is ``hidden`` from its editor in the places it holds."""
    result = list(visible)
    for place, key in enumerate(standing):
        if key in hidden:
            result.insert(min(place, len(result)), key)
    return result


def shifted(keys: Sequence[int], key: int, by: int) -> list[int]:
    """``keys`` with one of them moved by so many places, at most to an end."""
    if key not in keys:
        return list(keys)
    place = min(max(keys.index(key) + by, 0), len(keys) - 1)
    result = [other for other in keys if other != key]
    result.insert(place, key)
    return result
