"""Two versions of a text that grew out of one: field by field, whose word stands.

Plain data in, plain data out; no row is read. Nothing that anybody wrote is lost: what only one of
two changed is taken as it is, and what both changed is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# In these the order says nothing.
UNORDERED = frozenset({"regions", "themes", "tags", "reports"})
MINE, THEIRS, ASKED = "mine", "theirs", "asked"


@dataclass(frozen=True)
class Standing:
    """A field in both versions, and whose it is: ``mine``, ``theirs``, or to be ``asked``."""

    name: str
    mine: object
    theirs: object
    whose: str

    @property
    def value(self):
        """What stands as long as nobody has chosen: one's own words."""
        return self.theirs if self.whose == THEIRS else self.mine


def merge(base: Mapping | None, theirs: Mapping, mine: Mapping) -> dict[str, Standing]:
    """Each field of ``mine`` with whose value stands, for two who began at ``base``.

    Where nobody knows what they began with, every difference is asked.
    """
    return {
        name: Standing(name, mine[name], theirs.get(name), _whose(name, base, theirs, mine))
        for name in mine
    }


def _whose(name: str, base: Mapping | None, theirs: Mapping, mine: Mapping) -> str:
    their_value, my_value = bare(name, theirs.get(name)), bare(name, mine[name])
    if their_value == my_value:
        return MINE
    if base is None:
        return ASKED
    begun = bare(name, base.get(name))
    if their_value == begun:
        return MINE
    return THEIRS if my_value == begun else ASKED


def bare(name: str, value):
    """``value`` by the keys of its rows, whatever these are called meanwhile."""
    if isinstance(value, Mapping):
        if "id" in value:
            return value["id"]
        return tuple(sorted((key, bare("", part)) for key, part in value.items()))
    if isinstance(value, list | tuple):
        parts = [bare("", part) for part in value]
        return sorted(parts, key=repr) if name in UNORDERED else parts
    if isinstance(value, str):
        # A browser sends line breaks in its own way.
        return value.replace("\r\n", "\n").strip()
    return "" if value is None else value


def seated(rows: list[dict], standing: list[dict], by: str) -> tuple[list[dict], list[dict]]:
    """Rows that were typed, on the keys of rows that stand, and those that stand for nothing.

    A row keeps its ``id`` where that still stands; another takes the ``id`` of a row that says the
    same in ``by``, else it is new (``id`` ``""``). Those with a key come first.
    """
    free = {row["id"]: row for row in standing}
    kept, waiting = {}, []
    for place, row in enumerate(rows):
        if free.pop(row["id"], None):
            kept[place] = row["id"]
        else:
            waiting.append(place)
    for place in waiting:
        same = next((key for key, row in free.items() if row[by] == rows[place][by]), "")
        free.pop(same, None)
        kept[place] = same
    typed = [{**row, "id": kept[place]} for place, row in enumerate(rows)]
    return sorted(typed, key=lambda row: row["id"] == ""), list(free.values())
