"""Conditions: what they say, how they are read from JSON, and what is left where two meet."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.conditions import (
    CONDITIONS,
    MOST_WORDS,
    WINDOWS,
    Condition,
    ConditionIsWrong,
    Kind,
    Takes,
    as_json,
    clash,
    condition,
    merged,
    parse,
)

NUMBERS = [kind for kind in Kind if CONDITIONS[kind].takes is Takes.NUMBER]
LISTS = [kind for kind in Kind if CONDITIONS[kind].takes is Takes.LIST]
PLAIN = [kind for kind in Kind if CONDITIONS[kind].takes is Takes.NOTHING]
# Anything that a JSON file may hold, and what Python's reader lets through beside it.
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400)])
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["\ud800", "a\nb", "x" * 100_000, *Kind])
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["kind", "value"]) | st.text(max_size=3), inner)
    ),
    max_leaves=12,
)
words = st.text(min_size=1, max_size=MOST_WORDS).filter(lambda word: word.isprintable())
some_words = st.lists(words.map(str.strip).filter(bool), min_size=1, max_size=5, unique=True)
sound = st.one_of(
    st.sampled_from(PLAIN).map(condition),
    st.sampled_from(NUMBERS).flatmap(
        lambda kind: st.integers(1, CONDITIONS[kind].most).map(lambda n: condition(kind, n))
    ),
    st.sampled_from(LISTS).flatmap(lambda kind: some_words.map(lambda w: condition(kind, w))),
)
few = st.lists(sound, max_size=6)
# Words so few that lists often meet.
close = st.one_of(
    sound,
    st.lists(st.sampled_from("ABCD"), min_size=1, unique=True).map(
        lambda found: condition(Kind.TERRITORY, found)
    ),
    st.integers(1, 4).map(lambda number: condition(Kind.NOT_BEFORE, number)),
    st.integers(1, 4).map(lambda number: condition(Kind.EXCERPT_WORDS, number)),
)
meeting = st.lists(close, max_size=8)


def effect(conditions):
    """What binds, whatever the order of words in a list."""
    return {
        entry.kind: frozenset(entry.value) if isinstance(entry.value, tuple) else entry.value
        for entry in conditions
    }


# --- Sentences --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (condition("name_author"), "name the author"),
        (condition("excerpt_words", 1500), "quote at most 1,500 words"),
        (condition("territory", ["FR", "CH"]), "only in FR, CH"),
    ],
)
def test_a_condition_is_a_clause(entry, said):
    assert str(entry) == said


def test_every_kind_has_its_facts():
    assert list(CONDITIONS) == list(Kind)
    for kind, facts in CONDITIONS.items():
        assert ("{value}" in facts.sentence) == (facts.takes is not Takes.NOTHING), kind
        assert facts.odrl.form in ("duty", "constraint", "prohibition")
        assert bool(facts.odrl.operator) == (facts.odrl.form == "constraint")
    assert all(CONDITIONS[kind].takes is Takes.NUMBER for kind in WINDOWS)


# --- Reading ----------------------------------------------------------------------------------


def test_names_and_names_with_values_are_read():
    assert parse(["name_author", {"kind": "excerpt_words", "value": 150}, {"kind": "tell_us"}]) == (
        Condition(Kind.AUTHOR),
        Condition(Kind.EXCERPT_WORDS, 150),
        Condition(Kind.TELL_US),
    )


def test_words_are_stripped_and_stand_once():
    assert condition("formats", [" PDF", "PDF ", "", "EPUB"]).value == ("PDF", "EPUB")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("name_author", "Conditions are a list."),
        (None, "Conditions are a list."),
        ({"kind": "name_author"}, "Conditions are a list."),
        ([1], "A condition is a name, or a name with its value."),
        ([["name_author"]], "A condition is a name, or a name with its value."),
        ([{"value": 1}], "A condition is a name, or a name with its value."),
        ([{"kind": "tell_us", "values": 1}], "A condition is a name, or a name with its value."),
        ([{"kind": ["tell_us"]}], "A condition is a name, or a name with its value."),
        ([{"kind": 10**5000}], "A condition is a name, or a name with its value."),
        (["be_nice"], "“be_nice” is no condition we know."),
        (["\ud800"], "“this” is no condition we know."),
        (["x" * 100], "“this” is no condition we know."),
        ([{"kind": "tell_us", "value": 1}], "“Tell us the address of the copy” takes no value."),
        (["print_run"], "“Print run of at most …” needs a number from 1 to 100,000,000."),
        (
            [{"kind": "only_within_days", "value": 36_501}],
            "“Only within … days of publication” needs a number from 1 to 36,500.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(written, reason):
    with pytest.raises(ConditionIsWrong) as refused:
        parse(written)
    assert str(refused.value) == reason


@pytest.mark.parametrize("value", [None, 0, -1, True, 1.5, float("nan"), "7", [7], 10**400])
@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_is_a_number(kind, value):
    with pytest.raises(ConditionIsWrong, match="needs a number from 1 to"):
        condition(kind, value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "FR",
        [],
        [""],
        [" "],
        {"FR": 1},
        [["FR"]],
        [None],
        [7],
        [True],
        ["x" * 61],
        ["a\nSitemap: b"],
        ["\ud800"],
        [str(number) for number in range(61)],
    ],
    ids=repr,
)
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_a_list_of_short_words(kind, value):
    with pytest.raises(ConditionIsWrong, match="needs a list of one to 60 short words"):
        condition(kind, value)


@given(anything)
def test_whatever_is_written_is_read_or_refused_in_a_sentence(written):
    try:
        found = parse(written)
    except ConditionIsWrong as refused:
        sentence = str(refused)
        assert sentence.endswith(".") and len(sentence) < 200
        assert sentence.encode()
    else:
        assert all(str(entry) for entry in found)


@given(few)
def test_what_is_written_down_is_read_back(conditions):
    written = json.loads(json.dumps(as_json(merged(conditions))))
    once = merged(conditions)
    if not clash(once):
        assert parse(written) == once


# --- Where two meet ---------------------------------------------------------------------------


@given(meeting)
def test_merging_again_changes_nothing(conditions):
    assert merged(merged(conditions)) == merged(conditions)


@given(meeting, st.randoms())
def test_the_order_does_not_matter(conditions, chance):
    shuffled = list(conditions)
    chance.shuffle(shuffled)
    assert effect(merged(shuffled)) == effect(merged(conditions))
    assert [one.kind for one in merged(shuffled)] == [one.kind for one in merged(conditions)]


@given(meeting, meeting)
def test_it_does_not_matter_who_is_heard_first(ours, theirs):
    together = effect(merged([*ours, *theirs]))
    assert effect(merged([*merged(ours), *merged(theirs)])) == together


@given(meeting)
def test_each_kind_stands_once_in_the_order_of_the_table(conditions):
    kinds = [entry.kind for entry in merged(conditions)]
    assert kinds == [kind for kind in Kind if kind in {entry.kind for entry in conditions}]


@given(meeting)
def test_the_strictest_wins(conditions):
    for kind, value in merged(conditions):
        values = [entry.value for entry in conditions if entry.kind is kind]
        if kind is Kind.NOT_BEFORE:
            assert value == max(values)
        elif kind in LISTS:
            assert set(value) == set.intersection(*map(set, values))
        elif kind in NUMBERS:
            assert value == min(values)
        else:
            assert value is None


def test_lists_that_share_no_word_clash():
    apart = merged([condition("territory", ["FR"]), condition("territory", ["DE"])])
    assert clash(apart)
    assert clash(merged([*apart, condition("territory", ["FR"])]))
    assert not clash(merged([condition("territory", ["FR", "DE"]), condition("territory", ["DE"])]))
