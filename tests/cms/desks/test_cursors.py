"""A place in a list is read as it was written, and only where it was written for."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.desks import cursors
from cms.desks.cursors import CursorIsWrong

values = st.lists(
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.text(max_size=20)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.uuids(),
    max_size=4,
)


@given(said=values)
def test_it_is_read_as_it_was_written(said):
    assert cursors.read(cursors.written(said, order="a list"), order="a list") == said


def test_each_kind_stays_of_its_kind():
    said = [datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1), Decimal("1.10"), UUID(int=7)]
    read = cursors.read(cursors.written(said, order="x"), order="x")
    assert [type(one) for one in read] == [type(one) for one in said]


@given(place=st.integers(0, 60), sign=st.characters())
def test_an_altered_one_is_refused(place, sign):
    good = cursors.written([7, "seven"], order="x")
    bad = good[: place % len(good)] + sign + good[place % len(good) + 1 :]
    if bad != good:
        with pytest.raises(CursorIsWrong):
            cursors.read(bad, order="x")


@pytest.mark.parametrize("bad", ["", "x", ":", "a:b:c", "\x00", "\ud800", "x" * 100_000])
def test_what_was_never_one_is_refused(bad):
    with pytest.raises(CursorIsWrong):
        cursors.read(bad, order="x")


def test_one_of_another_order_is_refused():
    with pytest.raises(CursorIsWrong):
        cursors.read(cursors.written([7], order="x"), order="y")
