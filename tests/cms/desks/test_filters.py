"""Days as an address names them."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cms.desks.filters import parts_of_day, span


@given(day=st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)))
def test_a_day_lies_in_its_month_and_the_month_in_its_year(day):
    parts = parts_of_day(day.isoformat())
    assert parts == (day.year, day.month, day.day)
    spans = [span(parts[:length]) for length in (3, 2, 1)]
    for (first, behind), (wider, further) in pairwise(spans):
        assert wider <= first < behind <= further
    assert timedelta(hours=22) < spans[0][1] - spans[0][0] < timedelta(hours=26)


@given(text=st.text(max_size=12))
def test_what_is_no_day_is_none(text):
    parts = parts_of_day(text)
    assert not parts or "-".join(f"{part:02}" for part in parts) == text
