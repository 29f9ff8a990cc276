"""What is said on one line stays on one, and nothing in it is hidden from whoever reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.lines import line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  Salt\r\nand\u2028paper ", "Salt and paper"),
        ("pay\u202egap\x00\u200b\ud800", "paygap"),
        ("خبر عاجل", "خبر عاجل"),
        ("\ufeff\x07", ""),
    ],
)
def test_breaks_become_spaces_and_what_nobody_sees_goes(text, told):
    assert line(text) == told


@given(st.text(st.characters()))
def test_any_text_is_one_line_that_can_be_written(text):
    told = line(text)
    assert len(told.splitlines()) <= 1
    told.encode()
