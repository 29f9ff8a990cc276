"""Slips are measured and forgiven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.spelling import distance, keys


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("tide", "tide", 0),
        ("tide", "tied", 1),
        ("tide", "ride", 1),
        ("tide", "tides", 1),
        ("skerivoe", "skerryvoe", 2),
        ("", "abc", 3),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert distance(one, other) == distance(other, one) == slips


WORDS = st.text("abcdeé", min_size=6, max_size=12)


@given(WORDS, st.data())
def test_a_word_with_one_slip_is_found_by_what_both_lose(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdex"))
    for slip in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ):
        assert set(keys(word)) & set(keys(slip)), slip
        assert distance(word, slip) <= 1
