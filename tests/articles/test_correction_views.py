"""``/corrections/`` and its feed, and how an article says what was put right."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions, cards, correcting
from articles.models import Article
from articles.pages import article_page, loaded
from tests.factories.articles import make_live_article
from tests.factories.headings import make_theme
from tests.reading import soup


@pytest.fixture
def told(people):
    """Three notices of two articles, the newest a retraction."""
    now = timezone.now()
    first = make_live_article(people=people, headline="The tide tables", language="fr")
    second = make_live_article(people=people, headline="The quay")
    for hours, article, kind in (
        (3, first, "correction"),
        (2, second, "update"),
        (1, first, "retraction"),
    ):
        correcting.correct(
            article,
            by=people["editor"],
            kind=kind,
            text=f"About <{kind}>.",
            dated=now - timedelta(hours=hours),
        )
    return first, second


def test_notices_stand_there_newest_first_and_lead_to_their_place(client, told):
    page = soup(client.get("/corrections/"))
    links = [link["href"] for link in page.select(".told-notice h2 a")]
    first, second = (article.get_absolute_url() for article in told)
    assert links == [f"{first}#correction-2", f"{second}#correction-1", f"{first}#correction-1"]
    assert "About <retraction>." in page.select_one(".told-notice").get_text()
    only = soup(client.get("/fr/corrections/?kind=update"))
    assert len(only.select(".told-notice")) == 1
    assert soup(client.get(first)).select_one("#correction-2")


@pytest.mark.parametrize("query", ["?kind=apology", "?before=x", "?before=%00", "?kind=%00"])
def test_a_made_up_question_is_not_found(client, told, query):
    assert client.get(f"/corrections/{query}").status_code == 404


def test_pages_go_on_by_key(client, told, monkeypatch):
    monkeypatch.setattr("articles.views.corrections.PAGE", 2)
    page = soup(client.get("/corrections/"))
    further = soup(client.get("/corrections/" + page.select_one("a[rel=next]")["href"]))
    assert [notice.strong.text for notice in further.select(".told-notice")] == ["Correction"]
    assert not further.select("a[rel=next]")


def test_of_an_article_that_is_not_live_nothing_is_told(client, people, told):
    first, second = told
    actions.withdraw(first, by=people["managing_editor"], reason="Wrong.")
    Article.objects.filter(pk=second.pk).update(carry_until=timezone.now())
    for address in ("/corrections/", "/corrections/feed.json", "/corrections/feed.atom"):
        said = client.get(address).content.decode()
        assert "About" not in said
        assert "quay" not in said
    assert "About" not in client.get(first.get_absolute_url()).content.decode()


def test_a_retracted_text_says_so_wherever_it_is_named(client, told):
    first, _second = told
    address = first.get_absolute_url()
    page = soup(client.get(address))
    marked = page.h1.text
    assert marked != first.headline
    assert marked.endswith(first.headline)
    assert page.title.text.startswith(marked)
    said = json.loads(page.select_one('script[type="application/ld+json"]').string)
    # French writes a no-break space here, for which machines get a plain one.
    assert said["headline"] == " ".join(marked.split())
    assert soup(client.get(f"{address}print/")).h1.text == marked
    assert "Retracted" in soup(client.get("/articles/")).main.get_text()
    assert any(item["title"] == marked for item in client.get("/feed.json").json()["items"])


@pytest.fixture
def retracted(people, told):
    """A text retracted after an update of it."""
    _first, second = told
    correcting.correct(second, by=people["editor"], kind="retraction", text="Made up.")
    second.refresh_from_db()
    return second


@pytest.mark.parametrize(
    "address",
    [
        "/articles/{slug}/cite/",
        "/articles/{slug}/cite/bibtex",
        "/articles/{slug}/cite/ris",
        "/articles/{slug}/rights/",
        "/articles/{slug}/rights.odrl.json",
        "/articles/{slug}/article.ninjs.json",
        "/oembed/?url=http://testserver/articles/{slug}/",
        "/news-sitemap.xml",
        "/corrections/?kind=update",
        "/corrections/feed.atom",
    ],
)
def test_whoever_hands_a_retracted_text_on_says_so(client, retracted, address):
    said = client.get(address.format(slug=retracted.slug)).content.decode()
    assert "Retracted: The quay" in said


def test_a_retracted_text_is_shared_with_the_mark(client, retracted):
    page = soup(client.get(retracted.get_absolute_url()))
    assert page.find("meta", attrs={"name": "DC.title"})["content"] == "Retracted: The quay"
    assert page.find("meta", property="og:image:alt")["content"].startswith("Retracted: ")
    assert "Retracted%3A" in page.select_one('a[href^="mailto:"]')["href"]
    page = article_page(loaded(Article.objects.filter(pk=retracted.pk)).get())
    card = cards.of_article(page, absolute="https://example.org{}".format, read=lambda image: None)
    assert card.headline == "Retracted: The quay"


def test_a_lost_address_and_the_page_that_cites_it_say_that_a_text_is_retracted(client, retracted):
    lost = client.get(f"/articles/{retracted.slug}-2/")
    assert lost.status_code == 404
    assert "Retracted: The quay" in soup(lost).select_one(".guesses").get_text()
    cited = soup(client.get(f"{retracted.get_absolute_url()}cite/"))
    assert "Retracted: The quay" in cited.title.get_text()


def test_a_notice_bears_the_day_of_the_house_on_every_page(client, people, settings):
    article = make_live_article(people=people, dated=datetime(2026, 1, 1, tzinfo=UTC))
    settings.TIME_ZONE = "Asia/Tokyo"
    told = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    correcting.correct(article, by=people["editor"], kind="update", text="Late.", dated=told)
    for address in ("/corrections/", article.get_absolute_url()):
        moment = soup(client.get(address)).select_one('time[datetime^="2026-03-10"]')
        assert moment.get_text() == "10 March 2026", address
    assert b"2026-03-09T23:30:00Z" in client.get("/corrections/feed.atom").content
    client.force_login(people["editor"])
    for day, number in (("2026-03-10", 1), ("2026-03-09", 0)):
        desk = soup(client.get(f"/admin/articles/correction/?dated={day}"))
        assert len(desk.select("#result_list tbody tr")) == number


def test_a_retracted_text_beside_another_says_so(client, told, retracted):
    first, _second = told
    theme = make_theme()
    theme.articles.set([first, retracted])
    page = soup(client.get(first.get_absolute_url()))
    # The page speaks the language of its own article.
    assert "Rétracté" in page.select_one(".line-card").get_text()


def test_the_feed_has_an_entry_for_each_notice(client, told):
    items = client.get("/corrections/feed.json").json()["items"]
    assert len({item["id"] for item in items}) == 3
    assert items[0]["url"].endswith("#correction-2")
    assert items[1]["title"] == "Update: The quay"
    assert "About <update>." in items[1]["content_text"]
    assert client.get("/corrections/feed.rss").status_code == 200


@pytest.mark.parametrize("address", ["/corrections/", "/corrections/feed.json"])
def test_a_page_of_many_asks_the_database_as_often_as_one_of_few(client, people, told, address):
    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    few = asked()
    for _number in range(3):
        article = make_live_article(people=people)
        article.corrections.create(text="Sorry.", kind="correction")
    assert asked() == few
