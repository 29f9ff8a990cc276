"""What an entry says of itself, before anybody writes it down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.feeds.entries import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, marked


@pytest.mark.parametrize(
    ("line", "direction", "mark"),
    [
        ("Who keeps the tide tables", "ltr", ""),
        ("من يحفظ جداول المد", "rtl", ""),
        ("2019: جداول المد", "rtl", ""),
        ("BBC وجداول المد", "rtl", RIGHT_TO_LEFT_MARK),
        ("12 – 34", "rtl", RIGHT_TO_LEFT_MARK),
        ("12 – 34", "ltr", ""),
        ("القدس, they said", "ltr", LEFT_TO_RIGHT_MARK),
        ("", "ltr", ""),
    ],
)
def test_a_line_that_begins_in_the_other_direction_is_marked(line, direction, mark):
    assert marked(line, direction) == mark + line


@given(st.text(), st.sampled_from(["ltr", "rtl"]))
def test_marking_twice_is_marking_once(line, direction):
    assert marked(marked(line, direction), direction) == marked(line, direction)
