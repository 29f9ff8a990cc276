"""Which of the articles that match comes first: pure, and the same on every database.

A word in the headline says more than one among the names or in the standfirst, that more than one
the text keeps coming back to, and that more than one it mentions. Of two that say as much, the
fresher is the better.
"""

from datetime import UTC, datetime
from math import log2

from articles.search.asked import Asked, Tokens

IN_HEADLINE = 12.0
IN_NAMES = 9.0
IN_STANDFIRST = 7.0
MENTIONED = 1.0
MOST_FOR_OFTEN = 6.0
# All that was asked for, in its order, in the headline.
AS_ASKED = 8.0
# What of its weight an article never loses by age, and in how many days half of the rest goes.
LASTING = 0.6
HALF_LIFE = 365.0
# Who asks in one language may read another, but rather reads this one.
IN_ANOTHER_LANGUAGE = 0.75

_SECONDS_A_DAY = 86_400
_PLACES_A_SECOND = 1 << 24


def ranked(candidates: list, asked: Asked, *, mark: str, at: datetime) -> list:
    """``candidates`` (see ``engine.Candidate``), the best first for a reader of ``mark``."""
    now = at.astimezone(UTC).timestamp()
    sought: dict[str, _Sought] = {}

    def order(one) -> tuple[float, int]:
        if one.mark not in sought:
            sought[one.mark] = _Sought(asked, one.mark)
        weight = sought[one.mark].weight(one) * _freshness(one.place, now)
        return -(weight if one.mark == mark else weight * IN_ANOTHER_LANGUAGE), -one.place

    return sorted(candidates, key=order)


def _freshness(place: int, now: float) -> float:
    age = max(0.0, now - place / _PLACES_A_SECOND) / _SECONDS_A_DAY
    return LASTING + (1 - LASTING) * 0.5 ** (age / HALF_LIFE)


class _Sought:
    """What was asked for as texts in one language say it, each with a space on either side."""

    def __init__(self, asked: Asked, mark: str):
        forms = [clause.within(mark) for clause in asked.wanted]
        self.clauses = [[(f" {' '.join(form)} ", form) for form in either] for either in forms]
        first = [" ".join(either[0]) for either in forms if either]
        self.in_order = f" {' '.join(first)} " if len(first) > 1 else ""

    def weight(self, candidate) -> float:
        fields = _Fields(candidate)
        weights = [
            max((fields.weight(said, form) for said, form in either), default=MENTIONED)
            for either in self.clauses
        ]
        weight = sum(weights) / len(weights)
        if self.in_order and self.in_order in fields.headline:
            weight += AS_ASKED
        return weight


class _Fields:
    """The words of one candidate, each with a space on either side."""

    def __init__(self, candidate):
        self.headline = f" {candidate.headline} "
        self.standfirst = f" {candidate.standfirst} "
        self.names = f" {candidate.names} "
        self.frequent = f" {candidate.frequent} "

    def weight(self, said: str, form: Tokens) -> float:
        if said in self.headline:
            return IN_HEADLINE
        if said in self.names:
            return IN_NAMES
        often = min(map(self._often, form))
        return (IN_STANDFIRST if said in self.standfirst else MENTIONED) + often

    def _often(self, token: str) -> float:
        """What is added for a word that the text keeps coming back to."""
        start = self.frequent.find(f" {token}:")
        if start < 0:
            return 0.0
        count = self.frequent[start + len(token) + 2 :].partition(" ")[0]
        return min(MOST_FOR_OFTEN, log2(int(count)))
