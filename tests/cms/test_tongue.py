"""The language of a page is that of its address, and of nothing else."""

import pytest
from django.conf import settings

from articles import languages
from tests.factories.articles import make_live_article
from tests.reading import soup

SPOKEN = ["/articles/", "/rights/", "/permissions/new/", "/"]
OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FRENCH = {"HTTP_ACCEPT_LANGUAGE": "fr, ar;q=0.5"}

pytestmark = pytest.mark.django_db


def language_of(response) -> str:
    return soup(response).html["lang"]


@pytest.mark.parametrize("address", SPOKEN)
def test_a_page_without_a_code_speaks_the_language_of_the_site_whatever_is_asked_for(
    client, address
):
    response = client.get(address, **FRENCH)
    assert language_of(response) == response["Content-Language"] == settings.LANGUAGE_CODE


@pytest.mark.parametrize("address", SPOKEN)
@pytest.mark.parametrize("code", OTHERS)
def test_a_page_behind_a_code_speaks_that_language_and_is_written_its_way(client, code, address):
    response = client.get(f"/{code}{address}")
    html = soup(response).html
    assert (html["lang"], html["dir"]) == (code, languages.direction(code))
    assert response["Content-Language"] == code


@pytest.mark.parametrize("address", [*SPOKEN, "/fr/", "/ar/articles/"])
def test_a_shared_cache_may_keep_a_public_page(client, address):
    response = client.get(address, **FRENCH)
    assert "Accept-Language" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize(
    "address",
    [
        f"/{settings.LANGUAGE_CODE}/",
        f"/{settings.LANGUAGE_CODE}/articles/",
        "/xx/",
        "/fr-ca/articles/",
        "/FR/",
        "/fr_FR/",
        "/fr/fr/",
        "/fr//",
        "/fr/articles/a/b/",
        "/%00/",
        "/f\u202er/",
        f"/{'f' * 10_000}/",
    ],
)
def test_a_language_that_is_none_leads_to_a_page_that_helps(client, address):
    response = client.get(address)
    assert response.status_code == 404
    fronts = {link["href"] for link in soup(response).select("nav.tongues a")}
    assert fronts == {"/", *(f"/{code}/" for code in OTHERS)}


def test_what_is_not_there_is_said_in_the_language_of_the_address(client):
    assert language_of(client.get("/de/nowhere/")) == "de"
    assert language_of(client.get("/nowhere/", **FRENCH)) == settings.LANGUAGE_CODE


@pytest.mark.parametrize(("of_the_text", "around_it"), [("fr", "fr"), ("ar", "ar"), ("it", "en")])
def test_an_article_is_surrounded_by_its_own_language_where_the_site_speaks_it(
    client, people, of_the_text, around_it
):
    article = make_live_article(people=people, language=of_the_text)
    response = client.get(article.get_absolute_url(), HTTP_ACCEPT_LANGUAGE="de")
    page = soup(response)
    assert page.html["lang"] == around_it
    assert page.find("article")["lang"] == of_the_text
    front = "/" if around_it == settings.LANGUAGE_CODE else f"/{around_it}/"
    assert page.select_one(".nameplate a")["href"] == front


def test_the_newsroom_follows_the_browser(client):
    response = client.get("/admin/login/", **FRENCH)
    assert language_of(response) == "fr"
    assert "Accept-Language" in response["Vary"]
    assert soup(client.get("/admin/login/", HTTP_ACCEPT_LANGUAGE="ar")).html["dir"] == "rtl"
