"""How many answers about rights one core gives a second, beside the least that Python can do."""

import gc
import statistics
import time

import pytest

from licensing.rights.decide import decide
from licensing.rights.facts import Party, Right, Snapshot
from licensing.rights.vocabulary import Use
from tests.benchmarks.measuring import ROUNDS, table
from tests.licensing.rights.chains import READER, hour
from tests.licensing.rights.test_decide import GRANT, OURS, agreement, article, picture, right

pytestmark = pytest.mark.benchmark

ARTICLES = 500
NOW = hour(24 * 5)


def reference(number: int) -> Snapshot:
    """First published elsewhere, under an agreement for the web only, with one picture."""
    held = right(agreement(named=f"our agreement no. {number}"))
    return article(held, others=[picture(Right(Party("Ben Cole"), f"Picture no. {number}"))])


def of_our_own(number: int) -> Snapshot:
    """Written here, with two pictures of ours under the same terms."""
    said = article().text.terms
    pictures = [picture(OURS, key=f"image-{place}", terms=said) for place in (1, 2)]
    return article(OURS._replace(came=f"Written for us in {number}"), others=pictures)


def granted(number: int) -> Snapshot:
    """As the reference, and the reader holds a grant."""
    held = right(agreement(named=f"our agreement no. {number}", passes_on=frozenset(Use)))
    return article(held, grants=(GRANT._replace(until=None),))


def two_ways(number: int) -> Snapshot:
    """Leave of the publication, or else of both authors."""
    one, two, three = (agreement(key=key, named=f"{number}/{key}") for key in (1, 2, 3))
    both = Right(Party("OneWorld"), "By two", routes=(((one,),), ((two,), (three,))))
    return article(both)


def calibration() -> float:
    """Steps a second of a loop that makes a tuple and looks it up: what this machine is worth."""
    found, steps, begun = {}, 300_000, time.process_time()
    for step in range(steps):
        found[step & 255] = (step, step + 1)
    return steps / (time.process_time() - begun)


def rate(snapshots: list[Snapshot]) -> float:
    """Decisions a second of processor time: every use of every article in turn."""
    # As in ``measuring``: what pytest holds is kept from being searched for garbage.
    gc.collect()
    gc.freeze()
    begun = time.process_time()
    for snapshot in snapshots:
        for use in Use:
            decide(snapshot, use, NOW, READER)
    return len(snapshots) * len(Use) / (time.process_time() - begun)


def test_decisions_a_second_beside_a_bare_loop():
    """Median of the rounds; each article has words of its own, so that nothing is just repeated."""
    rows = []
    for make in (reference, of_our_own, granted, two_ways):
        snapshots = [make(number) for number in range(ARTICLES)]
        rate(snapshots)
        rounds = [(rate(snapshots), calibration()) for _ in range(3 * ROUNDS)]
        found = statistics.median(mine for mine, _ in rounds)
        ratio = statistics.median(least / mine for mine, least in rounds)
        rows.append((make.__doc__, f"{found:,.0f}", f"{1e6 / found:.1f}", f"{ratio:.0f}"))
    table(
        "Decisions in this process, on one core",
        ("article", "decisions/s", "µs", "steps of the bare loop"),
        rows,
    )
