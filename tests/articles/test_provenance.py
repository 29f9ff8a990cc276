"""The way a text took to us: no circle, no step before its time, nobody its own origin."""

from datetime import date

import pytest

from articles.models import Publication
from articles.provenance import faults

HOUSE = Publication(pk=1, name="The House Review", is_house=True)
GAZETTE = Publication(pk=2, name="The Gazette")
POOL = Publication(pk=3, name="Translators’ Pool")
MIRROR = Publication(pk=4, name="The Mirror")
MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("publication", "originating", "steps", "original_date"),
    [
        (HOUSE, None, [], None),
        (HOUSE, GAZETTE, [], None),
        (None, GAZETTE, [], MAY),
        (HOUSE, GAZETTE, [(POOL, None), (MIRROR, None)], None),
        (HOUSE, GAZETTE, [(POOL, MAY), (MIRROR, MAY)], MAY),
        (HOUSE, GAZETTE, [(POOL, None), (MIRROR, JUNE)], MAY),
        (HOUSE, GAZETTE, [(POOL, JUNE), (HOUSE, None)], MAY),
    ],
)
def test_a_way_that_is_possible_has_no_faults(publication, originating, steps, original_date):
    assert faults(publication, originating, steps, original_date) == []


@pytest.mark.parametrize(
    ("publication", "originating", "steps", "original_date", "said"),
    [
        (HOUSE, None, [(POOL, None)], None, "no originating publication"),
        (HOUSE, HOUSE, [], None, "is our own"),
        (MIRROR, HOUSE, [], None, "is our own"),
        (GAZETTE, GAZETTE, [], None, "cannot be the origin of what it publishes itself"),
        (HOUSE, GAZETTE, [(GAZETTE, None)], None, "in a circle: “The Gazette”"),
        (HOUSE, GAZETTE, [(POOL, None), (MIRROR, None), (POOL, None)], None, "“Translators’ Pool”"),
        (HOUSE, GAZETTE, [(POOL, MAY)], JUNE, "before the step ahead of it"),
        (HOUSE, GAZETTE, [(POOL, JUNE), (MIRROR, MAY)], None, "“The Mirror” had it on 1 May 2026"),
        (HOUSE, GAZETTE, [(POOL, JUNE), (MIRROR, None), (HOUSE, MAY)], None, "1 May 2026"),
    ],
)
def test_a_way_that_is_not_is_refused_in_words(
    publication, originating, steps, original_date, said
):
    reasons = faults(publication, originating, steps, original_date)
    assert said in " ".join(reasons)


def test_every_fault_is_named_at_once():
    steps = [(GAZETTE, MAY), (GAZETTE, MAY)]
    assert len(faults(GAZETTE, GAZETTE, steps, JUNE)) == 4
