"""JSON-LD: every word is schema.org's, a licence is an address, and the text stays out."""

from datetime import UTC, datetime

import pytest

from licensing.rights import schema_org
from licensing.rights.licences import LICENCES
from tests.factories.statements import (
    COMMUNITY,
    HOUSE,
    SITE,
    every_kind,
    licence_terms,
    make_carried,
    make_picture,
    make_statement,
)

KINDS = every_kind()
# Type → its properties, of schema.org 30.0, as far as articles say them here.
KNOWN = {
    "NewsArticle": {
        "acquireLicensePage",
        "articleSection",
        "author",
        "copyrightHolder",
        "copyrightNotice",
        "copyrightYear",
        "correction",
        "creditText",
        "dateModified",
        "datePublished",
        "description",
        "expires",
        "headline",
        "image",
        "inLanguage",
        "isAccessibleForFree",
        "isBasedOn",
        "keywords",
        "license",
        "mainEntityOfPage",
        "publisher",
        "sdPublisher",
        "sourceOrganization",
        "translationOfWork",
        "url",
        "usageInfo",
        "wordCount",
    },
    "ImageObject": {
        "acquireLicensePage",
        "caption",
        "contentUrl",
        "copyrightNotice",
        "creator",
        "creditText",
        "height",
        "license",
        "width",
    },
    "NewsMediaOrganization": {"name", "url", "publishingPrinciples"},
    "Organization": {"name", "url"},
    "Person": {"name", "url"},
    "WebPage": set(),
    "CorrectionComment": {"name", "text", "datePublished"},
}


def nodes(data):
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from nodes(value)
    elif isinstance(data, list):
        for value in data:
            yield from nodes(value)


def make_full(**facts):
    return make_carried(
        COMMUNITY,
        expires_at=datetime(2030, 1, 1, tzinfo=UTC),
        pictures=(make_picture(),),
        corrections=((datetime(2021, 5, 6, tzinfo=UTC), "correction", "The year is 1802."),),
        translation_of_url="https://pool.example/mareas",
        **facts,
    )


@pytest.mark.parametrize("statement", [*KINDS.values(), make_full()])
def test_every_word_is_one_of_schema_org(statement):
    for node in nodes(schema_org.news_article(statement)):
        said = {key for key in node if not key.startswith("@")}
        assert said <= KNOWN[node["@type"]]


@pytest.mark.parametrize("statement", KINDS.values(), ids=KINDS)
def test_a_licence_is_an_address(statement):
    node = schema_org.news_article(statement)
    assert node.get("license", "https://").startswith("https://")
    assert ("license" in node) == (not statement.is_fair_use)


def test_a_copy_says_where_it_comes_from_and_who_made_this_page():
    node = schema_org.news_article(make_full())
    assert node["publisher"]["name"] == node["sdPublisher"]["name"] == HOUSE
    assert node["isBasedOn"]["url"] == "https://oneworld.example/a/1"
    assert node["isBasedOn"]["datePublished"] == "2019-09-09"
    assert node["isBasedOn"]["publisher"]["name"] == "OneWorld"
    assert node["sourceOrganization"]["name"] == "OneWorld"
    assert node["copyrightHolder"]["@type"] == "Organization"
    assert node["translationOfWork"]["url"] == "https://pool.example/mareas"


def test_own_work_has_no_source():
    node = schema_org.news_article(make_statement())
    assert not {"isBasedOn", "sourceOrganization", "sdPublisher"} & set(node)


def test_the_desk_sells_under_the_american_spelling():
    node = schema_org.news_article(make_full())
    assert node["acquireLicensePage"].startswith(f"{SITE}permissions/new/")
    assert node["image"][0]["acquireLicensePage"] == f"{SITE}permissions/new/"
    assert not any("Licence" in key for found in nodes(node) for key in found)


def test_numbers_are_numbers_and_instants_have_a_zone():
    node = schema_org.news_article(make_full())
    assert node["copyrightYear"] == 2019
    assert node["wordCount"] == 9
    assert node["isAccessibleForFree"] is True
    for name in ("datePublished", "dateModified", "expires"):
        assert datetime.fromisoformat(node[name]).tzinfo


def test_authors_are_persons_with_pages_and_nothing_but_a_name():
    node = schema_org.news_article(make_statement(authors=(("Ada Brook", ""), ("Ben Cole", ""))))
    assert node["author"] == [
        {"@type": "Person", "name": "Ada Brook"},
        {"@type": "Person", "name": "Ben Cole"},
    ]
    with_page = schema_org.news_article(make_statement())["author"]
    assert with_page[0]["url"] == f"{SITE}authors/ada-brook/"


def test_a_holder_who_wrote_is_a_person_and_another_a_house():
    node = schema_org.news_article(make_statement(holders=("Ada Brook", HOUSE)))
    assert [holder["@type"] for holder in node["copyrightHolder"]] == ["Person", "Organization"]


@pytest.mark.parametrize("statement", [make_full(), KINDS["fair use"], KINDS["CC-BY-4.0"]])
def test_the_text_stays_out(statement):
    node = schema_org.news_article(statement)
    assert not {"articleBody", "text"} & set(node)
    assert "Skerryvoe" not in str(node)


def test_a_correction_is_dated():
    (correction,) = schema_org.news_article(make_full())["correction"]
    assert correction["@type"] == "CorrectionComment"
    assert correction["datePublished"] == "2021-05-06T00:00:00+00:00"


def test_a_picture_has_what_the_licensable_badge_needs():
    (image,) = schema_org.news_article(make_full())["image"]
    assert {"contentUrl", "license", "acquireLicensePage", "creditText"} <= set(image)


def test_a_public_licence_is_named_by_its_own_address():
    licence = LICENCES["CC-BY-SA-4.0"]
    assert schema_org.news_article(make_statement(licence_terms(licence)))["license"] == licence.url
