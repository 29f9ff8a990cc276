"""Which articles stand in which feed, page after page, and which stand there no longer."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag

from articles import actions
from articles.feeds import channels
from articles.models import Article, Byline
from tests.factories import hidden
from tests.factories.articles import make_author, make_image, make_live_article, make_publication
from tests.factories.headings import make_region, make_report, make_theme
from tests.feed_readers import CHECKS, check_atom, check_json, found, ids
from tests.reading import soup

DAY = timedelta(days=1)
# Two of them for the texts of the house and the heading, eight for the articles, three for rights.
MOST_OF_A_FEED = 18


def name_of(article) -> str:
    return f"tag:testserver,2026:article/{article.pk}"


def names(client, address) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, address
    return ids(response.content, address.partition("?")[0].rpartition(".")[2])


def library(people, *, number=2):
    """A heading of each kind with ``number`` articles, and the addresses of their feeds."""
    author, outlet = make_author(), make_publication()
    region, theme = make_region(), make_theme()
    within = make_region(parent=region)
    tag = Tag.objects.create(name=f"tides {number}", slug=f"tides-{number}")
    articles = []
    for _ in range(number):
        article = make_live_article(
            people=people, authors=[author], originating_publication=outlet, language="fr"
        )
        article.regions.add(within)
        article.themes.add(theme)
        article.tags.add(tag)
        articles.append(article)
    report = make_report(articles=articles)
    headings = {
        "authors": author,
        "publications": outlet,
        "regions": region,
        "themes": theme,
        "reports": report,
        "tags": tag,
    }
    addresses = {folder: f"/{folder}/{row.slug}/feed." for folder, row in headings.items()}
    return articles, addresses, headings


@pytest.mark.parametrize("ending", CHECKS)
def test_every_listing_has_its_feed(client, people, ending):
    articles, addresses, _headings = library(people)
    other = make_live_article(people=people)
    newest_first = [name_of(article) for article in reversed(articles)]
    for folder, address in addresses.items():
        expected = newest_first[::-1] if folder == "reports" else newest_first
        assert names(client, f"{address}{ending}") == expected, folder
    for everything in (f"/feed.{ending}", f"/articles/feed.{ending}"):
        assert names(client, everything) == [name_of(other), *newest_first]


@pytest.mark.parametrize("ending", CHECKS)
def test_a_narrowed_list_has_the_feed_of_what_is_left(client, people, ending):
    articles, _addresses, headings = library(people)
    make_live_article(people=people)
    region = headings["regions"]
    for facet in (f"region={region.slug}", "language=fr", "origin=carried&language=fr"):
        found_here = names(client, f"/articles/feed.{ending}?{facet}")
        assert found_here == [name_of(article) for article in reversed(articles)]
    assert client.get(f"/articles/feed.{ending}?region=unknown").status_code == 404


def test_a_narrowed_feed_is_called_by_what_narrows_it(client, people):
    _articles, _addresses, headings = library(people)
    region = headings["regions"]
    address = f"/articles/feed.json?region={region.slug}&language=fr"
    assert check_json(client.get(address).content)["title"] == (
        f"Imprimatur – Region: {region.name}, Language: French"
    )
    assert check_json(client.get("/articles/feed.json").content)["title"] == (
        "Imprimatur – All articles"
    )


def test_the_list_and_its_feed_hold_the_same_and_lead_to_each_other(client, people):
    _articles, addresses, headings = library(people)
    address = f"/articles/?region={headings['regions'].slug}&before=&utm_source=x"
    page = soup(client.get(address))
    (link,) = page.select('head link[type="application/feed+json"]')
    query = f"?region={headings['regions'].slug}"
    assert link["href"] == f"http://testserver/articles/feed.json{query}"
    said = check_json(client.get(link["href"].removeprefix("http://testserver")).content)
    assert said["feed_url"] == link["href"]
    assert said["home_page_url"] == f"http://testserver/articles/{query}"
    for feed in addresses.values():
        listing = soup(client.get(feed.removesuffix("feed.")))
        links = [link["href"] for link in listing.select('head link[rel="alternate"][type*="+"]')]
        assert [f"http://testserver{feed}{ending}" for ending in CHECKS] == links
        assert listing.select(f'.feed-here a[href="{feed}rss"]')


def walked(client, address) -> list[list[str]]:
    """The pages of a feed, each by what stands in it, first to last."""
    pages = []
    while address:
        said = check_json(client.get(address.removeprefix("http://testserver")).content)
        assert said["feed_url"].removeprefix("http://testserver") == address.removeprefix(
            "http://testserver"
        )
        pages.append([item["id"] for item in said["items"]])
        address = said.get("next_url", "")
    return pages


def test_a_long_feed_comes_in_pages_that_lead_to_each_other(client, people, monkeypatch):
    monkeypatch.setattr(channels, "ENTRIES", 2)
    articles, addresses, _headings = library(people, number=5)
    newest = [name_of(article) for article in reversed(articles)]
    assert walked(client, f"{addresses['regions']}json") == [newest[:2], newest[2:4], newest[4:]]
    order = newest[::-1]
    assert walked(client, f"{addresses['reports']}json") == [order[:2], order[2:4], order[4:]]
    pages = walked(client, "/articles/feed.json?language=fr")
    assert [one for page in pages for one in page] == newest
    second = check_json(client.get("/feed.json").content)["next_url"]
    atom = check_atom(client.get(second.replace(".json", ".atom")).content)
    assert found(atom, "/atom:feed/atom:link[@rel='first']/@href") == [
        "http://testserver/feed.atom"
    ]


def test_a_withdrawn_article_leaves_and_atom_says_so_for_thirty_days(client, people):
    articles, addresses, _headings = library(people)
    gone, stays = articles
    actions.withdraw(gone, by=people["managing_editor"], reason="Wrong.", notice="It was invented.")
    for address in ("/feed.", "/articles/feed.", *addresses.values()):
        for ending in CHECKS:
            assert names(client, f"{address}{ending}") == [name_of(stays)]
        (tombstone,) = found(check_atom(client.get(f"{address}atom").content), "//at:deleted-entry")
        assert tombstone.get("ref") == name_of(gone)
        assert found(tombstone, "at:comment/text()") == ["It was invented."]
    assert "It was invented." not in client.get("/feed.json").content.decode()
    with time_machine.travel(timezone.now() + 31 * DAY):
        assert b"<at:deleted-entry" not in client.get("/feed.atom").content


@pytest.mark.parametrize("make", hidden.UNKNOWN.values(), ids=hidden.UNKNOWN)
def test_nothing_mourns_what_nobody_has_seen(client, people, make):
    make_live_article(people=people)
    before = client.get("/feed.atom").content
    article = make(people, headline="Secret quux")
    assert client.get("/feed.atom").content == before
    # When its embargo has ended, too: it was gone before.
    with time_machine.travel(timezone.now() + 2 * DAY):
        after = client.get("/feed.atom").content
        if not article.is_live():
            assert b"quux" not in after and b"deleted-entry ref" not in after


def test_an_article_that_comes_back_is_the_same_entry(client, people):
    article = hidden.withdrawn(people)
    make_live_article(people=people)
    assert name_of(article) not in names(client, "/feed.json")
    actions.reinstate(article, by=people["managing_editor"], reason="It was right.")
    assert name_of(article) in names(client, "/feed.json")
    assert b"<at:deleted-entry" not in client.get("/feed.atom").content


def test_a_heading_with_nothing_public_has_no_feed(client, people):
    _articles, addresses, headings = library(people, number=1)
    Article.objects.filter(pk__gt=0).update(carry_until=timezone.now() - DAY)
    for address in addresses.values():
        assert client.get(f"{address}rss").status_code == 404
    assert names(client, "/feed.rss") == []
    assert client.get(f"/articles/feed.rss?region={headings['regions'].slug}").status_code == 404


def test_a_heading_that_moved_sends_its_readers_on(client, people):
    _articles, _addresses, headings = library(people, number=1)
    author = headings["authors"]
    former, author.slug = author.slug, "new-name"
    author.save()
    actions.keep_former_slug(author, former)
    response = client.get(f"/authors/{former}/feed.atom")
    assert (response.status_code, response["Location"]) == (301, "/authors/new-name/feed.atom")


@pytest.fixture
def unsigned(monkeypatch):
    monkeypatch.setattr("articles.readiness._checks", [])


def test_a_feed_costs_the_same_with_one_and_with_many_articles(client, people, unsigned):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    counts = []
    for number in (1, 8):
        articles, addresses, _headings = library(people, number=number)
        for article in articles:
            for position in range(number % 6):
                Byline.objects.create(article=article, author=make_author(), position=position + 2)
            article.corrections.create(text="Sorry.", kind="correction")
            article.gallery.create(image=make_image())
        counts.append(
            {folder: queries(f"{address}atom") for folder, address in addresses.items()}
            | {"site": queries("/feed.rss")}
        )
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= MOST_OF_A_FEED
