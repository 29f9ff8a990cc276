"""What came out in the last weeks: counted by where it is from, and found again week by week."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles import tempo
from articles.models import Article
from tests.factories.articles import make_live_article, make_publication
from tests.factories.hidden import embargoed, scheduled, withdrawn

# A Wednesday.
NOW = timezone.make_aware(datetime(2026, 3, 18, 12))
WEEK = tempo.WEEK


@pytest.fixture
def archive(people):
    """Two of ours and one carried this week, one eleven weeks ago, one before the first."""
    for _number in range(2):
        make_live_article(people=people, dated=NOW - timedelta(days=1))
    make_live_article(people=people, dated=NOW, originating_publication=make_publication())
    make_live_article(people=people, dated=NOW - 11 * WEEK)
    make_live_article(people=people, dated=NOW - 12 * WEEK)


def test_weeks_begin_on_monday_and_the_last_of_twelve_is_this_one(archive):
    found = tempo.weeks(at=NOW)
    assert len(found) == 12
    assert (found[-1].monday.isoformat(), found[-1].ours, found[-1].carried) == ("2026-03-16", 2, 1)
    assert (found[0].monday.isoformat(), found[0].ours, found[0].carried) == ("2025-12-29", 1, 0)
    assert sum(one.ours + one.carried for one in found) == 4


def test_each_week_finds_again_as_many_as_it_counts(archive):
    for week in tempo.weeks(at=NOW):
        rows = tempo.out_in_week(Article.objects.all(), week.monday, at=NOW)
        assert rows.count() == week.ours + week.carried


def test_what_readers_cannot_see_is_not_counted(people):
    for make in (scheduled, embargoed, withdrawn):
        make(people)
    assert sum(one.ours for one in tempo.weeks(at=timezone.now())) == 0
