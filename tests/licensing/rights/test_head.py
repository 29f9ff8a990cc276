"""The head and the headers: one licence for people, the robots' orders, and what readers cite."""

from datetime import UTC, datetime

import pytest

from licensing.rights import head
from licensing.rights.vocabulary import Verdict
from tests.factories.statements import (
    COMMUNITY,
    every_kind,
    make_carried,
    make_fairly_carried,
    make_statement,
    with_answers,
)
from tests.machine_readers import links_in

KINDS = every_kind()


def metas(statement, name: str) -> list[str]:
    return [
        tag.attributes["content"]
        for tag in head.head(statement)
        if tag.attributes.get("name") == name
    ]


@pytest.mark.parametrize("statement", KINDS.values(), ids=KINDS)
def test_the_html_names_one_licence_and_it_is_for_people(statement):
    rels = [tag.attributes for tag in head.head(statement) if tag.name == "link"]
    licences = [found["href"] for found in rels if found["rel"] == "license"]
    assert licences == ([] if statement.is_fair_use else [statement.licence_url])
    assert not any("rsl" in found.get("type", "") for found in rels)
    assert not any(found["rel"] == "canonical" for found in rels)


def test_the_headers_name_licence_rsl_and_policy():
    statement = KINDS["community cross-post"]
    assert links_in(head.headers(statement)["Link"]) == [
        (statement.licence_url, {"rel": "license", "type": "text/html"}),
        (statement.rsl_url, {"rel": "license", "type": "application/rsl+xml"}),
        (
            statement.odrl_url,
            {"rel": "http://www.w3.org/ns/odrl/2/hasPolicy", "type": "application/ld+json"},
        ),
    ]
    assert head.headers(statement)["tdm-reservation"] == "1"
    assert head.headers(statement)["tdm-policy"] == statement.tdm_policy_url


def test_a_copy_stays_out_of_the_search_that_was_agreed():
    news = make_carried(COMMUNITY, keeps_out_of_search="news")
    everything = make_carried(COMMUNITY, keeps_out_of_search="all")
    neither = make_carried(COMMUNITY)
    assert metas(news, "googlebot-news") == ["noindex"]
    assert metas(news, "googlebot") == []
    assert metas(news, "robots") == ["max-image-preview:standard"]
    assert metas(everything, "googlebot") == ["noindex"]
    assert metas(everything, "robots") == ["noindex, max-image-preview:standard"]
    assert metas(neither, "googlebot-news") == metas(neither, "googlebot") == []


def test_refused_search_is_noindex_and_search_to_be_asked_for_is_not():
    refused = with_answers(make_statement(), search_index=Verdict.REFUSED)
    asked = with_answers(make_statement(), search_index=Verdict.ASK)
    assert metas(refused, "robots")[0].startswith("noindex")
    assert metas(asked, "robots") == ["max-image-preview:large"]


def test_a_carriage_that_ends_tells_the_robots_when():
    statement = make_statement(expires_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert metas(statement, "robots") == [
        "max-image-preview:large, unavailable_after: 2030-01-01T00:00:00+00:00"
    ]


def test_files_without_markup_tell_the_robots_the_same():
    statement = make_carried(COMMUNITY, keeps_out_of_search="news")
    said = head.headers_without_markup(statement)["X-Robots-Tag"]
    assert said == "max-image-preview:standard, googlebot-news: noindex"
    assert head.headers(statement).items() <= head.headers_without_markup(statement).items()


def test_what_is_not_ours_gets_no_large_preview():
    assert metas(make_fairly_carried(), "robots") == ["max-image-preview:standard"]


def test_readers_cite_a_newspaper_article():
    statement = make_carried(COMMUNITY, authors=(("Ada Brook", ""), ("Ben Cole", "")))
    assert metas(statement, "DC.type") == ["newspaperArticle"]
    assert metas(statement, "DC.creator") == ["Ada Brook", "Ben Cole"]
    assert metas(statement, "citation_author") == ["Ada Brook", "Ben Cole"]
    assert metas(statement, "citation_publication_date") == ["2021/05/04"]
    assert metas(statement, "DC.date") == ["2021-05-04"]
    assert metas(statement, "DC.rights") == ["© 2019 OneWorld"]
    assert metas(statement, "DC.source") == ["https://oneworld.example/a/1"]
    # Either of these would make it an article of a journal.
    assert metas(statement, "citation_title") == metas(statement, "citation_journal_title") == []
