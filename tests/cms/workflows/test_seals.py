"""Whatever is done to a chain of lines shows, whichever line it is done to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.workflows import seals

KEY = "the house's own"
WORDS = st.text(max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(WORDS, parts, max_size=3),
    max_leaves=6,
)
FACTS = st.dictionaries(WORDS, PLAIN, max_size=3)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 2),
    max_value=datetime(2200, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))]),
)
LINES = st.builds(
    seals.Line,
    chain=st.sampled_from(["articles.articleevent", "licensing.clearanceevent"]),
    row=st.integers(1, 9) | st.uuids(),
    number=st.integers(1, 5),
    move=WORDS,
    from_status=WORDS,
    to_status=WORDS,
    at=MOMENTS,
    by_id=st.none() | st.integers(1, 9),
    actor=WORDS,
    reason=WORDS,
    facts=FACTS,
)


def chained(lines):
    """The lines numbered, each with its seal."""
    chain, previous = [], seals.NOTHING
    for number, line in enumerate(lines, start=1):
        numbered = replace(line, number=number)
        previous = seals.seal(previous, numbered, key=KEY)
        chain.append((numbered, previous))
    return chain


def holds(chain):
    previous = seals.NOTHING
    for number, (line, found) in enumerate(chain, start=1):
        is_sealed = seals.place_of_key(found, previous, line, keys=[KEY]) == 0
        if line.number != number or not is_sealed:
            return False
        previous = found
    return True


CHAINS = st.lists(LINES, min_size=2, max_size=4).map(chained)


@given(CHAINS)
def test_a_chain_that_nobody_touched_holds(chain):
    assert holds(chain)


@given(CHAINS, LINES, st.data())
def test_a_change_of_any_word_of_any_line_shows(chain, other, data):
    place = data.draw(st.integers(0, len(chain) - 1))
    column = data.draw(st.sampled_from(["chain", "row", *seals.COLUMNS]))
    line, found = chain[place]
    changed = replace(line, **{column: getattr(other, column)})
    is_same = changed.canonical("") == line.canonical("")
    assert holds([*chain[:place], (changed, found), *chain[place + 1 :]]) == is_same


@given(CHAINS, st.data())
def test_a_line_taken_out_shows_unless_it_was_the_last(chain, data):
    place = data.draw(st.integers(0, len(chain) - 2))
    rest = chain[:place] + chain[place + 1 :]
    renumbered = [(replace(line, number=n), found) for n, (line, found) in enumerate(rest, 1)]
    assert not holds(rest)
    assert not holds(renumbered)


@given(CHAINS, st.data())
def test_two_lines_that_changed_places_show(chain, data):
    one, two = data.draw(
        st.lists(st.integers(0, len(chain) - 1), min_size=2, max_size=2).filter(
            lambda places: places[0] != places[1]
        )
    )
    swapped = list(chain)
    swapped[one], swapped[two] = chain[two], chain[one]
    renumbered = [(replace(line, number=n), found) for n, (line, found) in enumerate(swapped, 1)]
    assert not holds(swapped)
    assert not holds(renumbered)


@given(CHAINS, LINES, st.data())
def test_a_line_put_in_by_somebody_without_the_key_shows(chain, other, data):
    place = data.draw(st.integers(0, len(chain)))
    previous = chain[place - 1][1] if place else seals.NOTHING
    forged = replace(other, number=place + 1)
    seal = seals.seal(previous, forged, key="guessed")
    more = [*chain[:place], (forged, seal), *chain[place:]]
    assert not holds([(replace(line, number=n), found) for n, (line, found) in enumerate(more, 1)])


@given(LINES, MOMENTS)
def test_a_moment_is_sealed_as_a_moment_not_as_a_place_on_earth(line, at):
    here = replace(line, at=at.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert here.canonical("") == replace(line, at=at).canonical("")


def test_the_form_of_a_seal_never_changes():
    """Change this only if every record that was ever sealed may be thrown away."""
    line = seals.Line(
        chain="articles.articleevent",
        row=17,
        number=1,
        move="submit",
        from_status="draft",
        to_status="in_review",
        at=datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=UTC),
        by_id=3,
        actor="",
        reason="Prêt",
        facts={"quote": 2},
    )
    assert line.canonical("") == (
        rb'{"actor":"","at":"2026-03-01T12:00:00.000005+00:00","by_id":"3",'
        rb'"chain":"articles.articleevent","facts":{"quote":2},"from_status":"draft",'
        rb'"move":"submit","number":1,"previous":"","reason":"Pr\u00eat","row":"17",'
        rb'"to_status":"in_review"}'
    )
    assert seals.seal("", line, key="public") == (
        "81e35a443e7ad89c36e2235cad9d3afe0f15b808f49f0f85e285dfc74a5dd0b9"
    )


@given(LINES)
def test_a_seal_of_a_former_key_is_told_from_one_of_the_present_key(line):
    keys = ["new", "old"]
    assert seals.place_of_key(seals.seal("", line, key="new"), "", line, keys=keys) == 0
    assert seals.place_of_key(seals.seal("", line, key="old"), "", line, keys=keys) == 1
    assert seals.place_of_key(seals.seal("", line, key="other"), "", line, keys=keys) is None
    assert seals.place_of_key("é", "", line, keys=keys) is None


@given(st.dictionaries(WORDS.filter(lambda word: "\0" not in word), st.integers() | st.booleans()))
def test_plain_facts_are_not_odd(facts):
    assert seals.oddities(facts) == []


@pytest.mark.parametrize(
    ("facts", "odd"),
    [
        ({"fee": 1.5}, "facts.fee is a float"),
        ({"fee": Decimal("1.50")}, "facts.fee is a Decimal"),
        ({"lines": [{"at": datetime(2026, 3, 1, tzinfo=UTC)}]}, "facts.lines[0].at is a datetime"),
        ({1: "one"}, "facts has the key 1"),
        ({"note": "a\0b"}, "facts.note holds a character that is none"),
        ({"note": "\udc80"}, "facts.note holds a character that is none"),
        ({"a\0": 1}, "a key of facts holds a character that is none"),
    ],
)
def test_facts_that_a_database_would_change_are_odd(facts, odd):
    assert odd in seals.oddities(facts)
