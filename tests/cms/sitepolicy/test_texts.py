"""Which wording counts: by time, by language, and as plain text where it is plain."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.sitepolicy.models import Kind, SitePolicy
from cms.sitepolicy.texts import house_texts, versions
from tests.factories.sitepolicy import make_text

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_newest_version_whose_time_has_come_is_in_force(db):
    make_text("<p>One.</p>", valid_from=AT - 2 * HOUR)
    make_text("<p>Two.</p>", valid_from=AT)
    make_text("<p>Three.</p>", valid_from=AT + HOUR)

    def in_force(at):
        return [row.text for row in SitePolicy.objects.in_force(at)]

    assert in_force(AT - 3 * HOUR) == []
    assert in_force(AT - timedelta(microseconds=1)) == ["<p>One.</p>"]
    assert in_force(AT) == ["<p>Two.</p>"]
    assert in_force(AT + HOUR) == ["<p>Three.</p>"]


def test_each_kind_and_language_has_its_own_version_in_force(db):
    for kind in (Kind.DISCLAIMER, Kind.FAIR_USE):
        for language in ("en", "fr"):
            make_text(kind=kind, language=language, valid_from=AT - HOUR)
            make_text(kind=kind, language=language, valid_from=AT - HOUR)
    in_force = SitePolicy.objects.in_force(AT)
    assert sorted(in_force.values_list("version", flat=True)) == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "English"),
        ("fr", "French"),
        ("fr-ca", "French"),
        ("de", "English"),
        ("zh-hant", "English"),
    ],
)
def test_a_page_shows_its_own_language_else_the_sites(db, language, shown):
    make_text("<p>English</p>")
    make_text("<p>French</p>", language="fr")
    texts = house_texts(language=language)
    assert texts[Kind.DISCLAIMER] == f"<p>{shown}</p>"
    assert texts.languages[Kind.DISCLAIMER] == {"English": "en", "French": "fr"}[shown]


def test_the_sites_own_language_fills_the_gaps_one_by_one(db):
    make_text("<p>English</p>")
    make_text("<p>English fair use</p>", kind=Kind.FAIR_USE)
    make_text("<p>French</p>", language="fr")
    texts = house_texts(language="fr")
    assert texts[Kind.DISCLAIMER] == "<p>French</p>"
    assert texts[Kind.FAIR_USE] == "<p>English fair use</p>"


def test_a_text_that_nobody_wrote_reads_as_nothing(db):
    texts = house_texts(language="en")
    assert texts[Kind.TAGLINE] == ""
    assert (len(texts), list(texts)) == (0, [])


def test_a_site_that_nobody_named_has_a_name_which_is_none_of_its_own(db):
    texts = house_texts(language="en")
    assert (texts[Kind.MASTHEAD], texts.written(Kind.MASTHEAD)) == ("Imprimatur", "")
    make_text("<p>The House Review</p>", kind=Kind.MASTHEAD)
    texts = house_texts(language="en")
    assert texts[Kind.MASTHEAD] == texts.written(Kind.MASTHEAD) == "The House Review"


def test_plain_kinds_come_as_plain_text_and_the_others_as_html(db):
    for kind in (Kind.MASTHEAD, Kind.TAGLINE, Kind.ABOUT):
        make_text("<p>News <strong>&amp;</strong> views &lt;3</p>", kind=kind)
    texts = house_texts(language="en")
    assert texts[Kind.MASTHEAD] == texts[Kind.TAGLINE] == "News & views <3"
    assert texts[Kind.ABOUT] == "<p>News <strong>&amp;</strong> views &lt;3</p>"


def test_texts_of_a_page_are_one_query(django_assert_num_queries, db):
    make_text()
    make_text(language="fr")
    with django_assert_num_queries(1):
        house_texts(language="fr")


def test_the_wordings_of_a_text_are_listed_newest_first_without_those_to_come(db):
    make_text("<p>One.</p>", valid_from=AT - HOUR)
    make_text("<p>Two.</p>", valid_from=AT)
    make_text("<p>Three.</p>", valid_from=AT + HOUR)
    listed = versions(kind=Kind.DISCLAIMER, language="en", at=AT)
    assert [row.version for row in listed] == [2, 1]
