"""How often copies were read: sums of a grant, an article, and of a period."""

from datetime import date, timedelta

import pytest

from licensing.copies import figures
from licensing.reports import Period
from tests.factories.articles import make_live_article
from tests.factories.copies import make_pixel, make_readings
from tests.factories.crossposts import make_crosspost

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)


@pytest.fixture
def article(people):
    return make_live_article(people=people, headline="The last lamplighter")


@pytest.fixture
def pixel(article, people):
    return make_pixel(article, people=people)


def test_nothing_was_counted(pixel):
    assert figures.of_grant(pixel.grant, on=TODAY) is None


def test_a_young_one_is_told_by_day_and_by_host(pixel):
    make_readings(pixel, day=TODAY, number=3, host="a.example")
    make_readings(pixel, day=TODAY, number=2)
    make_readings(pixel, day=TODAY - timedelta(days=4), number=1, host="a.example")
    read = figures.of_grant(pixel.grant, on=TODAY)
    assert (read.total, read.since, read.by_month) == (6, TODAY - timedelta(days=4), False)
    assert len(read.spans) == 30 and [number for _day, number in read.spans[-5:]] == [1, 0, 0, 0, 5]
    assert read.hosts == [("a.example", 4), ("not named by the browser", 2)]
    assert len(read.plot.rects) == 30


def test_an_old_one_is_told_by_month(pixel, people):
    make_readings(pixel, day=date(2025, 1, 3), number=50)
    make_readings(pixel, day=date(2026, 3, 31), number=7)
    make_readings(pixel, day=date(2026, 5, 1), number=2)
    read = figures.of_grant(pixel.grant, on=TODAY)
    assert (read.total, len(read.spans), read.by_month) == (59, 12, True)
    assert [number for _month, number in read.spans[-3:]] == [7, 0, 2]


def test_an_article_is_the_sum_of_its_grants_and_a_copy_that_of_its_host(article, pixel, people):
    other = make_pixel(make_live_article(people=people), people=people)
    second = make_pixel(article, people=people)
    make_readings(pixel, day=TODAY, number=3, host="a.example")
    make_readings(second, day=TODAY, number=4, host="b.example")
    make_readings(other, day=TODAY, number=100, host="a.example")
    assert figures.of_article(article, on=TODAY).total == 7
    copy = make_crosspost(article, url="https://www.a.example/x/")
    assert figures.of_copy(copy, on=TODAY).total == 3


def test_a_period_by_month_outlet_article_and_host(article, pixel, people):
    make_readings(pixel, day=date(2026, 4, 1), number=3, host="a.example")
    make_readings(pixel, day=date(2026, 5, 2), number=4, host="b.example")
    make_readings(pixel, day=date(2026, 6, 1), number=9, host="b.example")
    period = Period(date(2026, 4, 1), date(2026, 5, 31))
    rows = figures.in_period(period)
    assert figures.by_month(rows, period) == [("Apr 26", 3), ("May 26", 4)]
    assert figures.by_article(rows) == [("The last lamplighter", 7)]
    assert figures.by_host(rows) == [("b.example", 4), ("a.example", 3)]
    assert figures.by_outlet(rows) == [(pixel.grant.licensee_outlet, 7)]
