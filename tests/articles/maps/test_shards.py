"""How the map of articles is cut into files."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.maps import shards, sitemap
from articles.models import Article
from tests.factories.articles import make_live_article
from tests.feed_readers import check, found


@pytest.fixture
def archive(people, monkeypatch):
    """Five articles of May 2019, one each of the first and the last moment of December."""
    monkeypatch.setattr("articles.readiness._checks", [])
    months = {
        "may": [datetime(2019, 5, day, tzinfo=UTC) for day in (9, 1, 31, 4, 20)],
        "december": [
            datetime(2019, 12, 1, tzinfo=UTC),
            datetime(2019, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        ],
    }
    return {
        name: [make_live_article(people=people, dated=moment, authors=[]) for moment in moments]
        for name, moments in months.items()
    }


def locations(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    tree = check(b"".join(response.streaming_content), "sitemap.xsd")
    return found(tree, "//map:loc/text()")


def test_a_month_is_a_file_and_a_full_one_is_several(client, archive, monkeypatch):
    monkeypatch.setattr(shards, "MOST_ADDRESSES", 2)
    monkeypatch.setattr(sitemap, "A_BATCH", 1)
    tree = check(client.get("/sitemap.xml").content, "sitemap-index.xsd")
    headings, *files = found(tree, "//map:loc/text()")
    keys = sorted(article.pk for article in archive["may"])
    assert headings == "http://testserver/sitemap-headings.xml"
    assert [address.removeprefix("http://testserver/sitemap-articles-") for address in files] == [
        "2019-05.xml",
        f"2019-05-{keys[1]}.xml",
        f"2019-05-{keys[3]}.xml",
        "2019-12.xml",
    ]
    said = [locations(client, address.removeprefix("http://testserver")) for address in files]
    assert [len(one) for one in said] == [2, 2, 1, 2]
    everything = {article.slug for month in archive.values() for article in month}
    assert {address.split("/")[-2] for one in said for address in one} == everything


def test_lastmod_is_that_of_the_last_change_in_the_month(client, archive, people):
    saved = timezone.now().replace(microsecond=0) - timedelta(days=40)
    Article.objects.update(updated_at=saved)
    corrected = saved + timedelta(days=20)
    archive["may"][0].corrections.create(text="Sorry.", kind="correction", dated=corrected)
    tree = check(client.get("/sitemap.xml").content, "sitemap-index.xsd")
    assert found(tree, "//map:lastmod/text()") == [
        corrected.isoformat().replace("+00:00", "Z"),
        saved.isoformat().replace("+00:00", "Z"),
    ]


@pytest.mark.parametrize(
    "name",
    ["2019-06", "2019-00", "2019-13", "0000-01", "9999-12", "2019-5", "19-05", "2019-05-0x1"]
    + [f"2019-05-{key}" for key in (10**17, 2**63, 10**30, -1)],
)
def test_a_file_that_does_not_exist_is_not_found(client, db, name):
    assert client.get(f"/sitemap-articles-{name}.xml").status_code == 404


def test_the_index_costs_the_same_for_more_articles(client, archive, people):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
            assert response.status_code == 200
            if response.streaming:
                list(response.streaming_content)
        return len(captured)

    addresses = ("/sitemap.xml", "/sitemap-headings.xml", "/sitemap-articles-2019-05.xml")
    for address in addresses:
        queries(address)
    before = [queries(address) for address in addresses]
    for day in range(1, 9):
        make_live_article(people=people, dated=datetime(2019, 5, day, tzinfo=UTC))
    assert [queries(address) for address in addresses] == before
    assert before[0] == 2
