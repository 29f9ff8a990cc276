"""The page of the search, as a reader and as a machine with bad manners ask for it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import actions
from tests.factories.articles import make_author, make_live_article
from tests.factories.headings import make_region
from tests.reading import links, soup, status, words

# Languages asked for, the newest, the heads, a page's articles with bylines and authors, those
# known by a name only with their headings; the rest is the site's and the choices' own.
MOST_QUERIES = 16


@pytest.fixture
def isle(people):
    """An article about an isle."""
    article = make_live_article(
        people=people,
        headline="The pilots of Skerryvoe",
        standfirst="A book & nobody.",
        body="<p>The tide tables of <em>Skerryvoe</em> were kept by hand.</p>",
    )
    article.regions.add(make_region("Orkney"))
    actions.revise(article, by=people["editor"])
    return article


def test_what_is_found_is_shown_with_its_words_marked(client, isle):
    response = client.get("/search/?q=table+hands")
    page = soup(response)
    assert [mark.text for mark in page.find(class_="snippet").find_all("mark")] == [
        "tables",
        "hand",
    ]
    assert isle.get_absolute_url() in links(response)
    assert words(page.find(role="status")) == "1 article"
    assert page.find("meta", {"name": "robots"})["content"] == "noindex, follow"
    assert page.find("input", id="seek")["value"] == "table hands"


def test_an_article_found_by_a_name_says_which(client, isle):
    assert words(soup(client.get("/search/?q=orkney")).find(class_="found-under")) == (
        "Found under: Orkney"
    )


def test_a_slip_is_put_right_and_said_so(client, isle):
    response = client.get("/search/?q=Skerivoe")
    said = soup(response).find(class_="instead")
    assert "These are the articles for Skerryvoe." in words(said)
    literal = client.get(f"/search/{said.a['href']}")
    assert "No article has Skerivoe" in words(literal)
    assert isle.get_absolute_url() not in links(literal)


def test_markup_that_is_typed_is_text(client, isle):
    page = client.get("/search/", {"q": '"><script>alert(1)</script> -"<b>"'}).content.decode()
    assert "<script>alert" not in page


def test_markup_of_an_article_is_quoted_as_text(client, people):
    make_live_article(people=people, body="<p>if a &lt;b&gt; barometer &amp; c</p>")
    snippet = soup(client.get("/search/?q=barometer")).find(class_="snippet")
    assert snippet.text.strip() == "if a <b> barometer & c"


def test_choices_narrow_what_is_found_and_stay_in_the_question(client, people, isle):
    other = make_live_article(people=people, body="<p>tide</p>", language="de")
    both = links(client.get("/search/?q=tide"))
    german = client.get("/search/?q=tide&language=de")
    assert {isle.get_absolute_url(), other.get_absolute_url()} <= both
    assert other.get_absolute_url() in links(german)
    assert isle.get_absolute_url() not in links(german)
    kept = soup(german).find("form", class_="seek").find("input", {"name": "language"})
    assert kept["value"] == "de"
    nothing = client.get("/search/?q=hand&language=de")
    assert "Search in all articles" in words(nothing)


def test_pages_lead_to_each_other(client, people):
    now = timezone.now()
    for number in range(12):
        make_live_article(people=people, body="<p>tide</p>", dated=now - timedelta(number))
    first = client.get("/search/?q=tide")
    assert "Page 1 of 2" in words(first)
    assert "?q=tide&page=2" in links(first)
    assert "?q=tide" in links(client.get("/search/?q=tide&page=2"))
    assert "There is no such page" in words(client.get("/search/?q=tide&page=3"))


def test_the_page_speaks_the_language_of_its_address(client, isle):
    page = soup(client.get("/ar/search/?q=pilots"))
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.find(class_="hit")["dir"] == "ltr"


def test_without_a_question_it_says_how_to_ask(client, db):
    for address in ("/search/", "/search/?q=", "/search/?q=+++", "/search/?q=%2A"):
        assert status(client, address) == 200
    assert "How to find it" in words(client.get("/search/"))
    assert "Say also what you are looking for" in words(client.get("/search/?q=-moon"))
    assert "no word in this" in words(client.get("/search/?q=***"))


HOSTILE = [
    "\0",
    "tide\0moon",
    "%00",
    "\u202e\u200f\u200b\ufeff",
    '"',
    '""""',
    "'",
    "a' OR 1=1 --",
    "'; DROP TABLE articles_article; --",
    "tide*",
    "^tide",
    "{words}: tide",
    "words:tide",
    "NEAR(tide moon, 5)",
    "tide NOT moon",
    "tide AND AND",
    "OR OR OR",
    "(((((((",
    ")) OR ((",
    "-" * 5_000,
    '"' * 5_001,
    "a " * 5_000,
    "x" * 10_000,
    "🦑" * 100,
    "tide:* & !moon | <->",
    "a\\'b",
    "@ @en tide@en",
    "\ufffd\uffff",
    "%s %(x)s {} {{ 7 }} {% load %}",
    "气" * 300,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_breaks_it(client, isle, text):
    for extra in ("", "&exact=1", "&page=-1", "&page=" + "9" * 5000, "&page=²&language=xx"):
        response = client.get(f"/search/?q={quote(text, errors='surrogatepass')}{extra}")
        assert response.status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%ED%A0%80", "q=%FF%FE", "q=a&q=b&page=1&page=x", "page=1e3&q=tide", "q[]=1"]
)
def test_no_address_breaks_it(client, isle, query):
    assert status(client, f"/search/?{query}") == 200


@pytest.mark.django_db
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(text=st.text(max_size=220) | st.text("tide\"-|* ()OR:^'\\@&!<>\0", max_size=80))
def test_whatever_is_typed_is_answered(client, isle, text):
    address = f"/search/?q={quote(text.encode('utf-8', 'surrogatepass'))}"
    assert status(client, address) == 200


def test_a_page_costs_as_many_queries_for_ten_hits_as_for_three(client, people):
    def cost() -> int:
        status(client, "/search/?q=tide+ada")
        with CaptureQueriesContext(connection) as captured:
            assert status(client, "/search/?q=tide+ada") == 200
        return len(captured)

    author = make_author("Ada Brook")
    for _ in range(3):
        make_live_article(people=people, body="<p>tide</p>", authors=[author])
    few = cost()
    for _ in range(9):
        make_live_article(people=people, body="<p>tide</p>", authors=[author, make_author()])
    assert cost() == few <= MOST_QUERIES


def test_browsers_are_told_how_to_search_here(client, db):
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    tree = ElementTree.fromstring(response.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert tree.tag == f"{space}OpenSearchDescription"
    assert 0 < len(tree.find(f"{space}ShortName").text) <= 16
    templates = [url.get("template") for url in tree.findall(f"{space}Url")]
    assert templates[0] == "http://testserver/search/?q={searchTerms}"
    assert "/opensearch.xml" in soup(client.get("/")).find("link", rel="search")["href"]
