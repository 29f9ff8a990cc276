"""What a reader types is understood as far as it goes, and harmless where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import (
    LONGEST,
    LONGEST_PHRASE,
    MOST_TERMS,
    Query,
    parse,
    replaced,
    without,
)


def understood(text: str) -> tuple[list, list]:
    """The alternatives that are wanted, and those that are excluded."""
    query = parse(text)
    terms = [[" ".join(phrase) for phrase in term.phrases] for term in query.wanted]
    return terms, [[" ".join(phrase) for phrase in term.phrases] for term in query.excluded]


@pytest.mark.parametrize(
    ("text", "wanted", "excluded"),
    [
        ("high water", [["high"], ["water"]], []),
        ('"high water" tide', [["high water"], ["tide"]], []),
        ("„Hohes Wasser“ «haute mer»", [["hohes wasser"], ["haute mer"]], []),
        ("tide -moon −“low water”", [["tide"]], [["moon"], ["low water"]]),
        ("tide OR moon OR sun star", [["tide", "moon", "sun"], ["star"]], []),
        ("tide | moon", [["tide", "moon"]], []),
        ("tide AND moon", [["tide"], ["moon"]], []),
        ("tide OR -moon", [["tide"]], [["moon"]]),
        ("OR", [], []),
        ("OR tide OR", [["tide"]], []),
        ("tide or moon", [["tide"], ["or"], ["moon"]], []),
        ("COVID-19", [["covid 19"]], []),
        ("l’eau d'autres Ukraine’s", [["eau"], ["autres"], ["ukraine"]], []),
        ("気候変動", [["気 候 変 動"]], []),
        ('"unclosed phrase', [["unclosed phrase"]], []),
        ("soft\u00adware می\u200cخواهم ශ්\u200dරී", [["software"], ["میخواهم"], ["ශ්රී"]], []),
        ("- -- *** \" ' “”", [], []),
        ("(tide OR moon) NEAR(sun)", [["tide", "moon"], ["near sun"]], []),
        ("-only", [], [["only"]]),
    ],
)
def test_a_query_is_understood(text, wanted, excluded):
    assert understood(text) == (wanted, excluded)


@given(st.text(max_size=3 * LONGEST) | st.text("ab\"-| OR()*:^'\0\ud800", max_size=400))
def test_nothing_typed_is_too_much_or_refused(text):
    query = parse(text)
    phrases = [phrase for term in query.terms for phrase in term.phrases]
    assert len(phrases) <= MOST_TERMS
    assert all(0 < len(phrase) <= LONGEST_PHRASE for phrase in phrases)
    assert len(query.typed) <= LONGEST
    query.typed.encode()
    assert parse(query.typed).terms == query.terms


@pytest.mark.parametrize("text", ["x" * 300, " ".join("abcdefghijklmnop"), '"' + "a " * 30 + '"'])
def test_it_is_said_when_some_was_left_out(text):
    assert parse(text).is_cut


def test_words_that_say_nothing_are_left_out_unless_nothing_else_is_asked():
    query = parse('the tide "of the sea" -the')
    assert [term.phrases for term in without(query, frozenset({"the"})).terms] == [
        (("tide",),),
        (("of", "the", "sea"),),
        (("the",),),
    ]
    assert without(parse("the who"), frozenset({"the", "who"})) == parse("the who")
    assert not Query("", ())


def test_a_word_is_replaced_where_it_stands():
    assert replaced('"Skérivoe" -moon', {"skerivoe": "Skerryvoe"}) == '"Skerryvoe" -moon'
