"""How a day is asked for."""

from datetime import date

import pytest

from cms.moments import DayInput


@pytest.mark.parametrize("value", [date(2026, 3, 9), "2026-03-09"])
def test_a_day_stands_in_its_field_as_browsers_read_it(value):
    assert 'type="date" name="day" value="2026-03-09"' in DayInput().render("day", value)


@pytest.mark.parametrize("value", [None, "", "yesterday", "9.3.2026", "2026-13-40", "\x00", "٢٠٢٦"])
def test_what_is_no_day_leaves_the_field_empty(value):
    assert "value" not in DayInput().render("day", value)
