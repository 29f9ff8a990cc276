"""How a reader narrows the list; whatever the address says, there is an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import paging
from tests.factories import hidden
from tests.factories.articles import make_live_article, make_publication
from tests.factories.headings import make_region, make_theme
from tests.reading import soup

FACETS = ["region", "theme", "publication", "language"]
ODD = [
    "\x00",
    "a\x00b",
    "x" * 10_000,
    "水" * 5_000,
    "'; DROP TABLE articles_article; --",
    "%",
    "../../",
    "<script>alert(1)</script>",
    "1",
    "-1",
    "null",
    "\ufeff\u202e",
]


def headlines(response):
    return [card.get_text(strip=True) for card in soup(response).select("main article .p-name")]


def choices(response, facet):
    return [option["value"] for option in soup(response).select(f"select[name={facet}] option")]


@pytest.fixture
def library(people):
    """Two articles that differ in every facet."""
    asia, europe = make_region("Asia", slug="asia"), make_region("Europe", slug="europe")
    nepal = make_region("Nepal", slug="nepal", parent=asia)
    war, art = make_theme("War", slug="war"), make_theme("Art", slug="art")
    gazette, mirror = make_publication("Gazette"), make_publication("Mirror")
    one = make_live_article(
        people=people, headline="One", originating_publication=gazette, language="en"
    )
    two = make_live_article(
        people=people, headline="Two", originating_publication=mirror, language="fr"
    )
    one.regions.add(nepal)
    one.themes.add(war)
    two.regions.add(europe)
    two.themes.add(art)
    return {"gazette": gazette.slug, "mirror": mirror.slug, "ours": one.publication.slug}


def test_without_a_word_in_the_address_everything_is_listed(client, library):
    assert headlines(client.get("/articles/")) == ["Two", "One"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"region": "nepal"}, ["One"]),
        ({"region": "asia"}, ["One"]),
        ({"region": "europe"}, ["Two"]),
        ({"theme": "war"}, ["One"]),
        ({"language": "fr"}, ["Two"]),
        ({"region": "asia", "theme": "war", "language": "en"}, ["One"]),
        ({"region": "asia", "language": "fr"}, []),
        ({"region": ""}, ["Two", "One"]),
        ({"region": ["asia", "europe"]}, ["Two"]),
        ({"unknown": "asia", "status": "draft", "headline__contains": "x"}, ["Two", "One"]),
    ],
)
def test_a_list_is_narrowed_by_its_address(client, library, query, found):
    assert headlines(client.get("/articles/", query)) == found


def test_a_list_is_narrowed_by_who_published_first(client, library):
    assert headlines(client.get("/articles/", {"publication": library["gazette"]})) == ["One"]


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_a_value_nobody_offered_finds_nothing_and_says_so(client, library, facet, value):
    response = client.get("/articles/", {facet: value})
    assert response.status_code == 200
    assert headlines(response) == []
    assert soup(response).select_one(".errorlist")
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "query",
    [
        "?%00=%00",
        "?region=%00&region=asia%00",
        "?" + "region=asia&" * 900,
        "?region=%ff%fe",
        "?=",
        "?&&&",
        "?region[]=asia",
        "?region__slug__contains=a",
        f"?{'x' * 10_000}=1",
        "?before=&region=asia",
    ],
    ids=range(10),
)
def test_a_query_of_any_shape_has_an_answer(client, library, query):
    assert client.get(f"/articles/{query}").status_code == 200


def test_a_query_of_too_many_fields_is_refused(client, library):
    assert client.get("/articles/?" + "region=asia&" * 10_100).status_code == 400


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    query=st.lists(
        st.tuples(st.sampled_from([*FACETS, "before", "order", "page"]), st.text(max_size=30)),
        max_size=5,
    )
)
def test_no_query_at_all_breaks_the_list(client, db, query):
    written = {}
    for name, value in query:
        written.setdefault(name, []).append(value)
    assert client.get("/articles/", written).status_code in (200, 404)


def test_only_headings_with_something_to_read_are_offered(client, people, library):
    secret = {
        "region": make_region("Secret", slug="secret-region"),
        "theme": make_theme("Secret", slug="secret-theme"),
        "publication": make_publication("Secret"),
    }
    article = hidden.embargoed(people, originating_publication=secret["publication"])
    article.regions.add(secret["region"])
    article.themes.add(secret["theme"])
    page = client.get("/articles/")
    assert choices(page, "region") == ["", "asia", "europe", "nepal"]
    assert choices(page, "theme") == ["", "art", "war"]
    assert set(choices(page, "publication")) == {"", *library.values()}
    assert choices(page, "language") == ["", "en", "fr"]
    for facet, heading in secret.items():
        assert heading.slug not in choices(page, facet)


@pytest.mark.parametrize("facet", ["region", "theme", "publication"])
def test_a_heading_of_hidden_articles_is_refused_in_the_words_for_an_unknown_one(
    client, people, facet
):
    make = {"region": make_region, "theme": make_theme, "publication": make_publication}[facet]
    heading = make("Secret")
    if facet == "publication":
        hidden.draft(people, originating_publication=heading)
    else:
        getattr(hidden.draft(people), f"{facet}s").add(heading)
    known = client.get("/articles/", {facet: heading.slug})
    unknown = client.get("/articles/", {facet: "there-is-none"})
    assert known.content == unknown.content


def test_a_narrowed_list_stays_narrow_from_page_to_page(client, people):
    asia = make_region("Asia", slug="asia")
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    for day in range(paging.SIZE + 1):
        article = make_live_article(people=people, dated=moment + timedelta(days=day))
        article.regions.add(asia)
        make_live_article(people=people, dated=moment + timedelta(days=day, hours=1))
    first = client.get("/articles/", {"region": "asia"})
    older = soup(first).find("a", rel="next")["href"]
    second = client.get("/articles/" + older)
    assert len(headlines(first)) == paging.SIZE
    assert headlines(second) == [asia.articles.live().earliest("published_at").headline]
