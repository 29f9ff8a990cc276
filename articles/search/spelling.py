"""Words that were meant: near to what was typed, and found by what both lose when letters go.

Each known word is kept under what is left of it when one or two letters are taken away; a word
that was misspelt shares one of these with the word that was meant. Pure, but for ``alike``.
"""

from functools import lru_cache
from itertools import combinations

from articles.search.engine import engine

SHORTEST = 4
LONGEST = 32
# Letters from its beginning by which a word is found; the rest is only compared.
COMPARED = 8
# Up to this many letters one slip is forgiven, from there on two.
SHORT = 5
MOST_ALIKE = 800


def is_worth_knowing(word: str) -> bool:
    """Whether ``word`` is long enough to be told from its neighbours."""
    return SHORTEST <= len(word) <= LONGEST


def keys(word: str) -> list[str]:
    """What is left of the beginning of ``word`` without as many letters as slips are forgiven."""
    start = word[:COMPARED]
    found = {start}
    for lost in range(1, _forgiven(word) + 1):
        for kept in combinations(start, len(start) - lost):
            found.add("".join(kept))
    return sorted(found)


def alike(word: str) -> list[tuple[int, str]]:
    """Known words near to ``word`` with their distance, the nearest first; never itself.

    Few slip on the first letter, and none who slips twice: *saltwater* was not *meltwater*.
    """
    if not is_worth_knowing(word):
        return []
    forgiven = _forgiven(word)
    near = (
        (distance(word, other), other)
        for other in engine().alike(keys(word), limit=MOST_ALIKE)
        if abs(len(other) - len(word)) <= forgiven
    )
    meant = ((slips, other[0] != word[0], other) for slips, other in near if 0 < slips <= forgiven)
    return [
        (slips, other)
        for slips, begins_otherwise, other in sorted(meant)
        if slips == 1 or not begins_otherwise
    ]


def _forgiven(word: str) -> int:
    return 1 if len(word) <= SHORT else 2


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> int:
    """How many slips lie between two words: a letter more, less, other, or two changed over."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, sign in enumerate(other, start=1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
