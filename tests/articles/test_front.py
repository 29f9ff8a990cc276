"""The front page: the editors' order first, then the newest; no text twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, FrontPlace
from articles.models.visibility import ArticleQuerySet
from tests.factories import hidden
from tests.factories.articles import make_live_article
from tests.reading import headlines, soup, words

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def place(article, position=0, **fields):
    return FrontPlace.objects.create(article=article, position=position, **fields)


@pytest.fixture
def articles(people):
    """Five articles, the fifth the newest."""
    return [
        make_live_article(people=people, headline=name, dated=LONG_AGO + timedelta(days=day))
        for day, name in enumerate(["One", "Two", "Three", "Four", "Five"])
    ]


def test_what_the_editors_placed_leads_and_the_newest_follow(client, articles):
    place(articles[1], 20)
    place(articles[0], 10)
    assert headlines(client.get("/")) == ["One", "Two", "Five", "Four", "Three"]


def test_of_two_at_one_place_the_one_that_was_placed_last_leads(client, articles):
    place(articles[0], 0)
    place(articles[1], 0)
    assert headlines(client.get("/"))[:2] == ["Two", "One"]


def test_an_article_that_is_withdrawn_while_the_page_is_put_together_is_left_out(
    client, articles, monkeypatch
):
    place(articles[0])
    place(articles[1], 1)
    withdrawn = Article.objects.filter(pk=articles[0].pk)
    versions_of = ArticleQuerySet.versions_of
    monkeypatch.setattr(
        ArticleQuerySet,
        "versions_of",
        lambda rows, heads: versions_of(rows, heads).exclude(pk__in=withdrawn),
    )
    assert headlines(client.get("/"))[0] == "Two"


def test_a_place_is_held_for_its_time_only(client, articles):
    now = timezone.now()
    place(articles[0], shown_until=now - timedelta(hours=1))
    place(articles[1], shown_from=now + timedelta(hours=1))
    assert headlines(client.get("/"))[0] == "Five"


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN, "withdrawn"])
def test_a_hidden_article_has_no_place(client, people, articles, kind):
    before = client.get("/").content
    place(hidden.UNKNOWN.get(kind, hidden.withdrawn)(people))
    assert client.get("/").content == before


def test_a_page_in_another_language_begins_with_what_is_written_in_it(client, people, articles):
    french = make_live_article(people=people, headline="Un", language="fr", dated=LONG_AGO)
    place(articles[0])
    assert headlines(client.get("/fr/"))[:3] == ["Un", "One", "Five"]
    assert headlines(client.get("/"))[-1] == french.headline


def test_of_two_versions_of_a_text_the_one_in_the_language_of_the_page_stands(
    client, people, articles
):
    make_live_article(people=people, headline="Fünf", language="de", translation_of=articles[4])
    make_live_article(people=people, headline="Cinco", language="es", translation_of=articles[4])
    assert headlines(client.get("/")) == ["Five", "Four", "Three", "Two", "One"]
    assert headlines(client.get("/de/")) == ["Fünf", "Four", "Three", "Two", "One"]
    assert headlines(client.get("/fr/")) == ["Cinco", "Four", "Three", "Two", "One"]


def test_a_placed_text_shows_in_the_language_of_the_page(client, people, articles):
    make_live_article(people=people, headline="Eins", language="de", translation_of=articles[0])
    place(articles[0])
    assert headlines(client.get("/"))[0] == "One"
    assert headlines(client.get("/de/"))[0] == "Eins"


def test_only_what_was_placed_by_nobody_is_called_the_latest(client, people, articles):
    for number, article in enumerate(articles):
        place(article, number)
    make_live_article(people=people, headline="Old", dated=LONG_AGO - timedelta(days=9))
    latest = soup(client.get("/")).select_one(".latest")
    assert "Old" in words(latest)
    assert "Five" not in words(latest)
