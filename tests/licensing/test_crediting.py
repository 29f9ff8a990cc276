"""The credit lines on the page of rights: all that is owed, where the text may be taken."""

import pytest
from django.utils import timezone

from licensing.actions.terms import assign
from licensing.compliance.owing import owed
from licensing.crediting import credit_of, terms_of
from licensing.models import AttributionTemplate, Grant, UsageTerms
from licensing.rights.attribution import Part
from licensing.rights.conditions import Kind, condition
from licensing.rights.facts import Terms
from licensing.rights.licences import LICENCES
from licensing.rights.vocabulary import Use
from licensing.snapshot import snapshot
from tests.factories.articles import make_live_article, make_publication
from tests.factories.crossposts import make_crosspost, make_grant_of
from tests.factories.requests import make_granted_request
from tests.factories.rights import hold_an_agreement_with, stand_under
from tests.factories.terms import granted, make_rules, make_terms, make_terms_for_the_site
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


FREE = Terms("Open", 2, "/rights/terms/open/", {}, "https://licence.example/open/")


def owed_on(article, *kinds, grant="", terms=FREE):
    conditions = [condition(kind) for kind in kinds]
    known = {"rights": snapshot(article).text.rights, "at": timezone.now()}
    told = {"url": "https://h.example/", "terms": terms, "grant": grant}
    return credit_of(article, None, conditions, **told, **known)


def test_only_what_the_conditions_ask_for_is_owed(people):
    parts = owed_on(make_live_article(people=people), Kind.AUTHOR).rule.parts
    assert parts == {Part.AUTHOR, Part.TRANSLATOR, Part.PICTURES}


def test_a_licence_of_others_is_named_where_it_has_to_be_and_where_there_is_none_of_ours(people):
    article = make_live_article(people=people)
    named = (FREE.name, FREE.licence_url)
    for credit, expected in (
        (owed_on(article, Kind.SOURCE), named),
        (owed_on(article, Kind.SOURCE, grant="G-1"), ("", "")),
        (owed_on(article, Kind.LICENCE, grant="G-1"), named),
        (owed_on(article, Kind.LICENCE, terms=FREE._replace(licence_url="")), ("", "")),
        (owed_on(article, Kind.LICENCE, terms=None), ("", "")),
    ):
        assert (credit.work.licence, credit.work.licence_url) == expected


def test_a_licence_under_which_we_carry_a_text_is_named_and_not_that_of_our_terms(people, gazette):
    licence = LICENCES["CC-BY-NC-4.0"]
    article = carried(people, gazette, basis="open_licence", licence_url=licence.url)
    for terms in (FREE, None):
        work = owed_on(article, Kind.LICENCE, grant="G-1", terms=terms).work
        assert (work.licence, work.licence_url) == (licence.name, licence.url)
    assert owed_on(article, Kind.SOURCE, grant="G-1").work.licence == ""


def test_the_line_in_a_licence_names_what_its_conditions_ask_for(people):
    rule = granted("acknowledge_source", "name_licence")
    rules = make_rules(community_web=rule)
    make_terms_for_the_site(make_terms("Open", rules=rules, licence_url=FREE.licence_url))
    grant = make_grant_of(make_live_article(people=people), people=people)
    assert f"Open ({FREE.licence_url})" in grant.granted.get().attribution


def test_terms_that_were_renamed_still_count_for_licences_given_before(people):
    article = make_live_article(people=people)
    terms = make_terms("Open", rules=make_rules(community_web=granted("name_licence")))
    make_terms_for_the_site(terms)
    grant = make_grant_of(article, people=people)
    UsageTerms.objects.filter(pk=terms.pk).update(name="Wide open")
    grant = Grant.objects.get(pk=grant.pk)
    assert terms_of(grant, FREE).version == 1 and terms_of(grant, FREE) != FREE
    two = Grant(terms_version=grant.terms_version, terms_name="Ours · v3 · Open · v1")
    assert terms_of(two, FREE) == FREE


def test_each_text_of_a_licence_is_credited_on_its_own_terms(people):
    rule = granted("acknowledge_source", "name_licence")
    rules = make_rules(community_web=rule)
    free = make_terms("Open", rules=rules, licence_url=FREE.licence_url)
    articles = [make_live_article(people=people) for _number in range(2)]
    assign(free, by=None, article=articles[0])
    assign(make_terms("Ours", rules=rules), by=None, article=articles[1])
    grant = make_grant_of(articles[1], people=people)
    assert FREE.licence_url not in grant.granted.get().attribution
    both = make_granted_request(
        people=people, articles=articles, use=Use.COMMUNITY_WEB, requester_kind="non_commercial"
    ).grants.get()
    lines = both.granted.values_list("attribution", flat=True)
    assert [FREE.licence_url in line for line in lines] == [True, False]
    for article, is_named in zip(articles, (True, False), strict=True):
        copy = make_crosspost(article, grant=both)
        ((_revision, dues),) = owed(copy, at=timezone.now())
        assert bool(dues.work.licence_url) == is_named
