"""What stands around every page: ways past the masthead, ways through the site, the foot."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories.articles import make_live_article
from tests.reading import soup

NOTED = '<p>A claim<span class="footnote">A note.</span> made.</p>'
SECTIONS = ("article_list", "report_list", "region_list", "theme_list", "archive", "search")


@pytest.fixture
def article(people):
    return make_live_article(people=people, body=NOTED)


def leads_to(links) -> list[str]:
    return [link["href"] for link in links]


def test_every_way_past_the_masthead_leads_somewhere(client, article):
    page = soup(client.get(article.get_absolute_url()))
    skips = leads_to(page.select("body > a.skip"))
    assert skips == ["#main", "#search", "#notes"]
    assert all(page.find(id=skip[1:]) for skip in skips)


def test_a_page_without_notes_offers_no_way_to_them(client, people):
    article = make_live_article(people=people, body="<p>Plain.</p>")
    page = soup(client.get(article.get_absolute_url()))
    assert "#notes" not in leads_to(page.select("a.skip"))
    assert "notes.js" not in str(page.head)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", SECTIONS)
def test_the_masthead_says_on_which_page_one_is(client, article, name, language):
    with translation.override(language):
        address = reverse(f"site:{name}")
    page = soup(client.get(address))
    current = page.select(".nav [aria-current=page]")
    assert leads_to(current) == [address]


def test_the_foot_leads_to_everything_that_is_for_readers(client, article):
    foot = set(leads_to(soup(client.get("/fr/saved/")).select(".foot-nav a")))
    names = ("home", *SECTIONS[:5], "correction_list", "follow", "feed_list", "saved")
    with translation.override("fr"):
        expected = {reverse(f"site:{name}") for name in names} | {reverse("rights:rights_policy")}
    assert foot == expected


def test_the_print_edition_brings_no_scripts_of_the_screen(client, article):
    page = soup(client.get(f"{article.get_absolute_url()}print/"))
    assert [script["src"].rpartition("/")[2] for script in page.select("script[src]")] == [
        "preferences.js"
    ]
    assert not page.select(".tools, .copy-notice, .ending")


def test_a_page_runs_no_script_before_its_colours_but_one_that_is_tiny(client, article):
    head = soup(client.get(article.get_absolute_url())).head
    waited_for = [script for script in head.select("script[src]") if script.get("type") != "module"]
    assert ["preferences" in script["src"] for script in waited_for] == [True]


def test_a_form_whose_token_is_gone_is_refused_in_words_of_the_house(people):
    response = Client(enforce_csrf_checks=True).post("/ar/permissions/new/")
    assert response.status_code == 403
    page = soup(response)
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.select_one(".kicker").text == "403"
