"""The archive: years, months, and what lies between them."""

from datetime import UTC, date, datetime

import pytest

from articles import archive
from tests.factories import hidden
from tests.factories.articles import make_live_article
from tests.reading import headlines, links, soup, words

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def years(people):
    """Articles of three months in two years; the last lies in the next year where it is read."""
    for moment in ("2019-05-01T12:00", "2021-02-03T12:00", "2021-02-28T12:00", "2021-12-31T23:30"):
        make_live_article(
            people=people, headline=moment, dated=datetime.fromisoformat(f"{moment}+00:00")
        )


@pytest.mark.parametrize("few", [5000, 1], ids=["by month at once", "a year at a time"])
def test_years_are_counted_alike_in_a_short_and_in_a_long_archive(monkeypatch, years, few):
    monkeypatch.setattr(archive, "FEW", few)
    found = archive.years(at=AT)
    assert [(year.number, year.count) for year in found] == [(2021, 3), (2019, 1)]


def test_months_are_those_of_the_sites_own_time_zone(settings, years):
    settings.TIME_ZONE = "Europe/Paris"
    assert archive.months(2021, at=AT) == [archive.Month(date(2021, 2, 1), 2)]
    assert archive.months(2022, at=AT) == [archive.Month(date(2022, 1, 1), 1)]
    assert [year.number for year in archive.years(at=AT)] == [2022, 2021, 2019]


def test_the_archive_leads_to_its_years_and_months_and_they_to_each_other(client, years):
    assert {"/archive/2021/", "/archive/2019/", "/archive/2021/02/"} <= links(
        client.get("/archive/")
    )
    year = client.get("/archive/2021/")
    assert {"/archive/2021/02/", "/archive/2021/12/", "/archive/2019/"} <= links(year)
    month = client.get("/archive/2021/02/")
    assert headlines(month) == ["2021-02-28T12:00", "2021-02-03T12:00"]
    assert {"/archive/2019/05/", "/archive/2021/12/"} <= links(month)


def test_the_plot_of_a_year_says_in_words_what_it_shows(client, years):
    page = client.get("/archive/2021/")
    assert soup(page).select_one("svg.plot[role=img][aria-label]")
    assert "February 2 articles" in words(page)


@pytest.mark.parametrize(
    "address",
    [
        "2020/",
        "0000/",
        "9999/",
        "1449/",
        "2201/",
        "2021/03/",
        "2021/00/",
        "2021/13/",
        "2021/2/",
        "21/",
        "-2021/",
        "2021/02/?before=x",
        "٢٠٢١/",
    ],
)
def test_a_year_or_month_in_which_nothing_stood_here_is_unknown(client, years, address):
    assert client.get(f"/archive/{address}").status_code == 404


def test_hidden_articles_have_no_month(client, people):
    hidden.embargoed(people)
    hidden.withdrawn(people)
    assert "Nothing has been published yet" in words(client.get("/archive/"))
    assert client.get(f"/archive/{datetime.now(UTC).year}/").status_code == 404
