"""How a reader narrows the list; whatever the address says, there is an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import offers, paging
from articles.models import Author
from tests.factories import hidden
from tests.factories.articles import make_live_article, make_publication
from tests.factories.headings import make_region, make_report, make_theme
from tests.reading import headlines, soup

FACETS = ["region", "theme", "report", "author", "publication", "tag", "language", "origin"]
FACETS += ["use", "from", "until"]
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
    one.tags.add("tides")
    make_report("Ice", slug="ice", articles=[one])
    Author.objects.filter(bylines__article=one).update(name="Ada Brook", slug="ada-brook")
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
        ({"report": "ice"}, ["One"]),
        ({"author": "ada-brook"}, ["One"]),
        ({"author": " Ada Brook "}, ["One"]),
        ({"author": "Ada\u00a0Brook"}, ["One"]),
        ({"tag": "tides"}, ["One"]),
        ({"origin": "ours"}, []),
        ({"origin": "carried"}, ["Two", "One"]),
        ({"from": "2000-01-01", "until": "2199-01-01"}, ["Two", "One"]),
        ({"from": "2199-01-01"}, []),
        ({"until": "2000-01-01"}, []),
        ({"region": ""}, ["Two", "One"]),
        ({"region": " ", "origin": " ", "language": "\t", "use": " ", "from": " "}, ["Two", "One"]),
        ({"language": " fr ", "origin": " carried"}, ["Two"]),
        ({"region": ["asia", "europe"]}, ["Two"]),
        ({"unknown": "asia", "status": "draft", "headline__contains": "x"}, ["Two", "One"]),
    ],
)
def test_a_list_is_narrowed_by_its_address(client, library, query, found):
    assert headlines(client.get("/articles/", query)) == found


def test_a_list_is_narrowed_by_who_published_first(client, library):
    assert headlines(client.get("/articles/", {"publication": library["gazette"]})) == ["One"]


@pytest.mark.parametrize("facet", FACETS)
def test_a_value_nobody_offered_finds_nothing_and_says_so(client, library, facet):
    for value in ODD:
        response = client.get("/articles/", {facet: value})
        assert response.status_code == 200, value
        assert headlines(response) == [], value
        assert soup(response).select_one(".errorlist"), value
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
    assert choices(page, "region") == ["", "asia", "nepal", "europe"]
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
    # But for the reader's own words, which stand in the links to feeds and to other languages.
    assert known.content.replace(heading.slug.encode(), b"there-is-none") == unknown.content


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


def test_choices_say_how_many_articles_they_lead_to_and_lead_nowhere_empty(client, library):
    page = soup(client.get("/articles/", {"language": "en"}))
    words = [option.get_text() for option in page.select("select[name=region] option")]
    assert words == ["All regions", "Asia (1)", "\u2003Nepal (1)"]
    page = soup(client.get("/articles/", {"region": "asia"}))
    words = [option.get_text() for option in page.select("select[name=language] option")]
    assert words == ["All languages", "English (1)"]


def test_of_a_long_list_nothing_is_counted(client, library, monkeypatch):
    monkeypatch.setattr("articles.tallies.MOST_COUNTED", 1)
    page = soup(client.get("/articles/"))
    assert page.select_one("select[name=region] option[value=nepal]").get_text() == "\u2003Nepal"


def test_each_choice_is_a_chip_that_takes_it_back(client, library):
    query = {"region": "asia", "author": "ada-brook", "from": "2000-01-01", "before": ""}
    chips = soup(client.get("/articles/", query)).select(".chips a")
    assert [chip.select_one("bdi").get_text() for chip in chips[:3]] == [
        "Region: Asia",
        "Author: Ada Brook",
        "From: 1 January 2000",
    ]
    assert chips[1]["href"] == "/articles/?region=asia&from=2000-01-01"
    assert chips[3]["href"] == "/articles/"


def test_an_empty_list_says_what_to_leave_out(client, library):
    page = soup(client.get("/articles/", {"region": "asia", "theme": "war", "language": "fr"}))
    assert [way["href"] for way in page.select(".ways-out a")] == [
        "/articles/?region=asia&theme=war"
    ]
    lost = soup(client.get("/articles/", {"region": "nowhere", "theme": "war"}))
    assert [way["href"] for way in lost.select(".ways-out a")] == ["/articles/?theme=war"]


@pytest.mark.parametrize(
    "query",
    [
        {"region": "nowhere", "theme": "nothing"},
        {"region": "nowhere", "theme": "war", "language": "fr"},
        {"region": "asia", "theme": "war", "language": "fr", "from": "2199-01-01"},
    ],
    ids=["two wrong", "one wrong and two that exclude each other", "three of them in the way"],
)
def test_an_empty_list_names_no_way_out_that_leads_to_nothing(client, library, query):
    page = soup(client.get("/articles/", query))
    assert page.select_one(".empty")
    assert page.select(".ways-out a") == []


@pytest.mark.parametrize("query", [{}, {"region": "asia"}])
def test_behind_the_last_article_there_is_no_page_and_no_word_of_an_empty_site(
    client, library, query
):
    behind = {"before": "2001-01-01T00:00:00+00:00~1"}
    assert client.get("/articles/", query | behind).status_code == 404
    lost = client.get("/articles/", {"region": "nowhere"} | behind)
    assert soup(lost).select_one(".errorlist")


def test_days_that_run_backwards_are_told_so(client, library):
    page = client.get("/articles/", {"from": "2024-02-02", "until": "2024-02-01"})
    assert "This day lies before the first one." in soup(page).select_one(".facet-until").get_text()


def test_where_there_are_many_a_name_is_typed_and_the_newest_are_suggested(
    client, people, library, monkeypatch
):
    monkeypatch.setattr(offers.FlatOffer, "fits", 1)
    secret = make_live_article(people=people)
    hidden_author = hidden.draft(people).bylines.get().author
    page = soup(client.get("/articles/", {"author": "ada-brook"}))
    assert page.select_one("input[name=author]")["value"] == "ada-brook"
    suggested = {option["value"] for option in page.select("#author-suggestions option")}
    assert len(suggested) == 1
    assert hidden_author.slug not in suggested
    assert headlines(client.get("/articles/", {"author": "Ada Brook"})) == ["One"]
    refused = client.get("/articles/", {"author": hidden_author.slug})
    assert headlines(refused) == []
    assert secret.headline not in headlines(refused)
