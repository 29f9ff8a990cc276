"""The doors to the feeds: who has the newest is told so, and nothing anybody asks breaks them."""

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from django.utils.http import http_date

from articles.models import Article
from tests.factories.articles import make_live_article
from tests.factories.headings import make_region, make_report, make_theme
from tests.feed_readers import CHECKS, check_json, found, xml
from tests.reading import links, soup, words

TYPES = {
    "/feed.rss": "application/rss+xml; charset=utf-8",
    "/feed.atom": "application/atom+xml; charset=utf-8",
    "/feed.json": "application/feed+json; charset=utf-8",
    "/feeds.opml": "text/x-opml; charset=utf-8",
}
ODD = [
    "\x00",
    "x" * 10_000,
    "'; DROP TABLE articles_article; --",
    "\u202e",
    "-1",
    "2026-11-28T00:00:00+00:00~99999999999999999999999",
    "9999-99-99~1",
    "0~0",
    "٣~٤",
]


@pytest.fixture
def article(people):
    cache.clear()
    return make_live_article(people=people, headline="Who keeps the tide tables")


@pytest.mark.parametrize(("address", "media_type"), TYPES.items())
def test_whoever_has_the_newest_is_told_so(client, article, address, media_type):
    first = client.get(address)
    assert first["Content-Type"] == media_type
    assert first["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in first
    etag, since = first["ETag"], first["Last-Modified"]
    assert etag.startswith('"')
    for asked in ({"If-None-Match": etag}, {"If-Modified-Since": since}):
        answer = client.get(address, headers=asked)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == etag
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", etag)
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [f"/feed.{ending}" for ending in CHECKS])
def test_who_asks_by_date_alone_hears_of_a_text_that_vanished(client, people, article, address):
    ends = make_live_article(people=people)
    client.get(address)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=5)):
        Article.objects.filter(pk=ends.pk).update(carry_until=timezone.now())
        known = {"If-Modified-Since": http_date((timezone.now()).timestamp() - 60)}
        assert client.get(address, headers=known).status_code == 200
        assert client.get(address, headers=known).status_code == 200


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_nothing_that_is_asked_breaks_a_feed(client, article, odd):
    report = make_report(articles=[article])
    asked = [("/feed.rss", "before"), (f"/reports/{report.slug}/feed.json", "before")]
    asked += [("/articles/feed.atom", name) for name in ("before", "region", "use", "from", "x")]
    for address, name in asked:
        response = client.get(address, {name: odd})
        assert response.status_code in (200, 404), (address, name)


def test_odd_addresses_of_feeds_have_an_answer(client, article):
    for odd in ("region=a&region=b&language=en", "before=%ED%A0%80", "region=%FF%FE", "page=-1"):
        assert client.get(f"/articles/feed.rss?{odd}").status_code in (200, 404)
    for address in ("/feed.xml", "/fr/feed.rss", "/regions/unknown/feed.rss", "/regions/feed.rss"):
        assert client.get(address).status_code == 404


def test_a_person_who_opens_a_feed_is_told_what_it_is(client, article):
    for ending in ("rss", "atom"):
        tree = xml(client.get(f"/feed.{ending}").content)
        instruction = tree.getprevious()
        assert instruction.get("type") == "text/css"
        opened = client.get(f"/feed.{ending}", headers={"Sec-Fetch-Dest": "document"})
        assert opened["Content-Type"] == "application/xml; charset=utf-8"
        assert "style-src 'self'" in opened["Content-Security-Policy"]
        assert client.get(f"/feed.{ending}").content == opened.content
        assert "This is a feed." in " ".join(found(tree, "//xhtml:p/text()"))
        assert found(tree, "//xhtml:a/@href") == ["http://testserver/", "http://testserver/feeds/"]


def test_opml_names_every_feed_and_each_of_them_is_there(client, people, article):
    make_live_article(people=people, language="fr")
    region = make_region("Orkney")
    within = make_region("Hoy", parent=region)
    article.regions.add(within)
    article.themes.add(make_theme("Navigation"))
    make_report("Paperwork", articles=[article])
    make_region("Nothing here")
    tree = xml(client.get("/feeds.opml").content)
    assert (tree.tag, tree.get("version")) == ("opml", "2.0")
    feeds = found(tree, "//outline[@type='rss']")
    assert {feed.get("text") for feed in feeds} == {
        "All articles", "Corrections", "English", "French", "Orkney", "Hoy", "Navigation",
        "Paperwork",
    }  # fmt: skip
    for feed in feeds:
        assert feed.get("title") == feed.get("text")
        for name in ("xmlUrl", "htmlUrl"):
            address = feed.get(name).removeprefix("http://testserver")
            assert client.get(address).status_code == 200, address


def test_the_page_of_feeds_names_them_in_three_formats(client, people, article):
    article.regions.add(make_region("Orkney"))
    page = client.get("/feeds/")
    for ending in CHECKS:
        assert {f"/feed.{ending}", *_under(links(page), ending)} <= links(page)
    assert "/feeds.opml" in links(page)
    assert "A feed is a list of what is new" in words(page)
    address = soup(page).select_one(".feed-address code")
    assert address.text == "http://testserver/feed.rss"
    assert client.get("/fr/feeds/").status_code == 200


def _under(addresses: set[str], ending: str) -> set[str]:
    return {one for one in addresses if one.startswith("/regions/") and one.endswith(ending)}


def test_a_feed_names_its_hub_in_the_head_and_in_the_document(client, article, settings):
    settings.SITE_URL, settings.WEBSUB_HUB = "https://house.example", "https://hub.example/"
    for ending in CHECKS:
        response = client.get(f"/feed.{ending}")
        own = f"https://house.example/feed.{ending}"
        assert response["Link"] == f'<https://hub.example/>; rel="hub", <{own}>; rel="self"'
    assert check_json(response.content)["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example/"}
    ]
    atom = xml(client.get("/feed.atom").content)
    assert found(atom, "/atom:feed/atom:link[@rel='hub']/@href") == ["https://hub.example/"]
    # A list that a reader put together is not announced to anybody.
    assert 'rel="hub"' not in client.get("/articles/feed.json?language=en")["Link"]
    assert "https://hub.example/" in words(client.get("/feeds/"))


def test_without_a_hub_or_an_address_of_its_own_no_feed_names_one(client, article, settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    assert 'rel="hub"' not in client.get("/feed.atom")["Link"]
    assert b"hub.example" not in client.get("/feed.atom").content
