"""Digests are due in the morning, by the clock of the house."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.following.due import next_due

ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"]
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
hours = st.integers(0, 23)
zones = st.sampled_from(ZONES).map(ZoneInfo)


@pytest.mark.parametrize(
    ("frequency", "after", "due"),
    [
        ("daily", "2026-03-02T05:59:00", "2026-03-02T06:00:00"),
        ("daily", "2026-03-02T06:00:00", "2026-03-03T06:00:00"),
        ("daily", "2026-03-02T23:00:00", "2026-03-03T06:00:00"),
        ("weekly", "2026-03-02T05:59:00", "2026-03-09T06:00:00"),
        ("weekly", "2026-03-02T23:00:00", "2026-03-09T06:00:00"),
    ],
)
def test_a_digest_comes_the_next_morning_or_a_week_later(frequency, after, due):
    after, due = (datetime.fromisoformat(told).replace(tzinfo=UTC) for told in (after, due))
    assert next_due(frequency, after=after, hour=6, zone=ZoneInfo("UTC")) == due


@given(after=moments, hour=hours, zone=zones)
def test_a_daily_digest_is_never_more_than_a_day_away(after, hour, zone):
    due = next_due("daily", after=after, hour=hour, zone=zone)
    # A day may have 25 hours, and Samoa left out a whole one.
    assert after < due <= after + timedelta(hours=49)


@given(after=moments, hour=hours, zone=zones)
def test_a_weekly_digest_comes_on_the_same_day_of_the_week(after, hour, zone):
    due = next_due("weekly", after=after, hour=hour, zone=zone).astimezone(zone)
    assert (due.date() - after.astimezone(zone).date()).days == 7
    again = next_due("weekly", after=due + timedelta(minutes=1), hour=hour, zone=zone)
    assert again.astimezone(zone).weekday() == due.weekday()
