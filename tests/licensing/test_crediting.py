"""The credit lines on the page of rights: all that is owed, where the text may be taken."""

import pytest

from licensing.crediting import parts_owed
from licensing.models import AttributionTemplate
from licensing.rights.attribution import Part
from licensing.rights.conditions import Kind, condition
from tests.factories.articles import make_live_article, make_publication
from tests.factories.rights import hold_an_agreement_with, stand_under
from tests.reading import soup


@pytest.fixture
def gazette(db):
    return make_publication("Firth Gazette", url="https://firth.example/")


def carried(people, gazette, **terms):
    hold_an_agreement_with(gazette, **terms)
    stand_under()
    return make_live_article(
        people=people,
        originating_publication=gazette,
        original_url="https://firth.example/tides",
    )


def lines(client, article) -> dict[str, str]:
    page = soup(client.get(f"/articles/{article.slug}/rights/"))
    return {
        label.get_text(): page.find(id=label["for"]).get_text()
        for label in page.select(".credit-line label")
    }


def test_the_lines_name_source_house_and_copyright(client, people, gazette):
    article = carried(people, gazette)
    html = lines(client, article)["On a web page (HTML)"]
    assert 'href="https://firth.example/tides"' in html
    assert f"/articles/{article.slug}/" in html
    assert "Copyright ©" in html


def test_a_line_in_print_is_offered_only_where_print_is_ours_to_permit(client, people, gazette):
    assert "In print" not in lines(client, carried(people, gazette))
    other = make_publication("Harbour Mirror")
    hold_an_agreement_with(other, passes_on=["community_web", "print"])
    ours = make_live_article(people=people, originating_publication=other)
    assert "In print" in lines(client, ours)


def test_what_the_holder_wants_said_comes_first_word_for_word(client, people, gazette):
    article = carried(people, gazette, attribution="First in the Firth Gazette, Orkney.")
    found = lines(client, article)
    assert next(iter(found.values())) == "First in the Firth Gazette, Orkney."


def test_a_publication_that_has_lines_of_its_own_is_credited_with_them(client, people, gazette):
    AttributionTemplate.objects.create(
        publication=gazette,
        web="Out of {source}[ by way of {house}], by {author}. {copyright} {url}[ {licence}]",
    )
    article = carried(people, gazette)
    assert "by way of" in lines(client, article)["As plain text, for a newsletter"]


def test_where_nothing_may_be_taken_no_line_is_offered(client, people, gazette):
    hold_an_agreement_with(gazette, passes_on=[])
    article = make_live_article(people=people, originating_publication=gazette)
    assert lines(client, article) == {}


def test_only_what_the_conditions_ask_for_is_owed():
    assert parts_owed((condition(Kind.AUTHOR),)) == {
        Part.AUTHOR,
        Part.TRANSLATOR,
        Part.PICTURES,
    }
