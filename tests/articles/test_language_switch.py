"""A reader goes on in another language: on the same page if it is there, else on the front page."""

import pytest
from django.conf import settings
from django.urls import reverse

from articles.language_switch import LONGEST_QUESTION
from tests.factories import hidden
from tests.factories.articles import make_live_article
from tests.reading import soup

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]

pytestmark = pytest.mark.django_db


def ways(response) -> dict[str, str]:
    """Language → address, as the page offers them."""
    return {link["hreflang"]: link["href"] for link in soup(response).select("nav.tongues a")}


def alternates(response) -> dict[str, str]:
    """Language → address, as the head of the page tells machines."""
    found = soup(response).select('link[rel="alternate"][hreflang]')
    return {link["hreflang"]: link["href"] for link in found}


@pytest.mark.parametrize("address", ["/", "/articles/", "/rights/", "/permissions/new/"])
@pytest.mark.parametrize("code", ["", "/fr"])
def test_a_page_around_the_articles_leads_to_itself_in_every_language(client, code, address):
    response = client.get(f"{code}{address}?use=print&x=%22%3E")
    assert ways(response) == {
        settings.LANGUAGE_CODE: f"{address}?use=print&x=%22%3E",
        **{other: f"/{other}{address}?use=print&x=%22%3E" for other in OTHERS},
    }
    (here,) = soup(response).select("nav.tongues [aria-current]")
    assert here["hreflang"] == (code.strip("/") or settings.LANGUAGE_CODE)


def test_each_language_is_named_in_itself(client):
    links = soup(client.get("/")).select("nav.tongues a")
    named = {link["lang"]: link.get_text() for link in links}
    assert named["fr"] == "Français"
    assert named["ar"] == "العربيّة"


def test_a_question_that_is_very_long_is_not_repeated(client):
    response = client.get(f"/articles/?tag={'x' * LONGEST_QUESTION}")
    assert "/fr/articles/" in ways(response).values()


def test_an_article_leads_to_its_translations_and_says_that_the_rest_are_front_pages(
    client, people
):
    original = make_live_article(people=people, language="en")
    french = make_live_article(people=people, language="fr", translation_of=original)
    italian = make_live_article(people=people, language="it", translation_of=original)
    response = client.get(french.get_absolute_url())
    here, fronts = soup(response).select("nav.tongues ul")
    assert {link["href"] for link in here.find_all("a")} == {
        article.get_absolute_url() for article in (original, french, italian)
    }
    assert {link["href"] for link in fronts.find_all("a")} == {"/es/", "/de/", "/ar/"}
    labels = [label["id"] for label in soup(response).select(".tongues-label")]
    assert [here["aria-labelledby"], fronts["aria-labelledby"]] == labels


def test_the_edition_for_paper_and_the_page_of_rights_lead_to_their_like(client, people):
    original = make_live_article(people=people, language="en")
    french = make_live_article(people=people, language="fr", translation_of=original)
    response = client.get(reverse("licensing:article_rights", args=[original.slug]))
    assert ways(response)["fr"] == reverse("licensing:article_rights", args=[french.slug])


@pytest.mark.parametrize("kind", hidden.UNKNOWN)
def test_a_translation_that_is_not_public_is_not_offered(client, people, kind):
    original = make_live_article(people=people, language="en")
    article = hidden.UNKNOWN[kind](people, language="fr", translation_of=original)
    response = client.get(original.get_absolute_url())
    assert ways(response)["fr"] == "/fr/"
    assert article.slug not in response.text
    assert alternates(response) == {}


def test_whoever_is_lost_is_led_to_the_front_pages(client):
    expected = {settings.LANGUAGE_CODE: "/", **{code: f"/{code}/" for code in OTHERS}}
    assert ways(client.get("/regions/nowhere/?x=1")) == expected
    assert ways(client.get("/articles/nothing/")) == expected
    assert ways(client.get("/nothing/at/all/")) == expected


def test_machines_are_told_every_language_of_a_page_and_the_one_for_all_others(client):
    told = [alternates(client.get(f"{code}/articles/")) for code in ("", "/fr", "/ar")]
    assert told[0] == told[1] == told[2]
    assert told[0]["x-default"] == told[0][settings.LANGUAGE_CODE] == "http://testserver/articles/"
    assert told[0]["fr"] == "http://testserver/fr/articles/"
    assert set(told[0]) == {"x-default", *dict(settings.LANGUAGES)}


def test_each_page_is_the_canonical_one_of_its_own_language(client):
    for address in ("/articles/", "/fr/articles/", "/ar/rights/"):
        (canonical,) = soup(client.get(address)).select('link[rel="canonical"]')
        assert canonical["href"] == f"http://testserver{address}"


def test_the_articles_of_a_group_name_each_other_to_machines(client, people):
    original = make_live_article(people=people, language="en")
    french = make_live_article(people=people, language="fr", translation_of=original)
    arabic = make_live_article(people=people, language="ar", translation_of=original)
    group = {
        article.language: f"http://testserver{article.get_absolute_url()}"
        for article in (original, french, arabic)
    }
    for article in (original, french, arabic):
        assert alternates(client.get(article.get_absolute_url())) == group
