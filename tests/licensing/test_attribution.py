"""What is said of an article comes from its rows, in the words of the publication that has some."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from articles.models import Article, Byline, GalleryImage
from articles.pages import loaded
from licensing.attribution import picture_credit, rule_for, work_of
from licensing.rights.attribution import (
    FIELDS,
    AttributionRule,
    Author,
    Part,
    PictureCredit,
)
from tests.factories.articles import make_article, make_author, make_image, make_publication

URL = "https://house.example/articles/on-bridges/"


@pytest.fixture
def article(people):
    row = make_article(
        by=people["contributor"],
        authors=[make_author("Jane Doe", slug="jane-doe")],
        headline="On bridges",
    )
    row.published_at = datetime(2021, 5, 4, 12, tzinfo=UTC)
    return row


def template(**lines):
    return SimpleNamespace(**dict.fromkeys(FIELDS, "") | lines)


@pytest.mark.django_db
def test_a_text_of_our_own_was_first_published_by_us(article):
    work = work_of(article, url=URL, grant="G-1", licence="CC0", licence_url="https://cc.example/")
    assert (work.headline, work.house, work.url) == ("On bridges", "The House Review", URL)
    assert work.authors == (Author("Jane Doe", "https://house.example/authors/jane-doe/"),)
    assert (work.source, work.original_url, work.first_outlet) == ("", "", "The House Review")
    assert (work.holders, work.year) == (("Jane Doe", "The House Review"), 2021)
    assert (work.published, work.language) == (date(2021, 5, 4), "English")
    assert (work.grant, work.licence, work.licence_url) == ("G-1", "CC0", "https://cc.example/")


@pytest.mark.django_db
def test_the_day_of_publication_is_that_of_the_house(article, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    assert work_of(article, url=URL).published == date(2021, 5, 5)


@pytest.mark.django_db
def test_a_text_from_elsewhere_names_where_it_first_ran(article):
    article.originating_publication = make_publication("OneWorld", url="https://ow.example/")
    article.original_url = "https://ow.example/1"
    work = work_of(article, url=URL)
    assert (work.source, work.source_url) == ("OneWorld", "https://ow.example/")
    assert (work.original_url, work.passed_on_by) == ("https://ow.example/1", "The House Review")
    assert work.published is None
    article.original_date = date(2019, 9, 9)
    assert work_of(article, url=URL).published == date(2019, 9, 9)


@pytest.mark.django_db
def test_a_draft_has_no_day_of_publication(article):
    article.published_at = None
    assert work_of(article, url=URL).published is None


@pytest.mark.django_db
def test_translators_are_named_apart(article):
    tess = make_author("Tess Tolk")
    Byline.objects.create(article=article, author=tess, role="translator", position=5)
    work = work_of(article, url=URL)
    assert work.translators == ("Tess Tolk",)
    assert [author.name for author in work.authors] == ["Jane Doe"]


@pytest.mark.django_db
def test_a_language_nobody_knows_is_not_named(article):
    article.language = "xx"
    assert work_of(article, url=URL).language == ""


@pytest.mark.django_db
def test_pictures_bring_their_credit_each_once_and_within_their_time(article):
    first, second, past = (
        make_image(credit_line="Zoë", credit_url="https://zoe.example/", caption="A bridge"),
        make_image(credit_line="", creator="Ana", copyright_notice="© Ana", alt_text="A river"),
        make_image(credit_line="Gone", use_until=datetime(2020, 1, 1, tzinfo=UTC)),
    )
    article.featured_image = first
    for image in (first, second, past):
        GalleryImage.objects.create(article=article, image=image)
    assert work_of(article, url=URL).pictures == (
        PictureCredit("A bridge", "Zoë", "https://zoe.example/"),
        PictureCredit("A river", "Ana", "", "© Ana"),
    )
    assert work_of(article, url=URL, images=[second]).pictures == (picture_credit(second),)
    assert work_of(article, url=URL, images=[]).pictures == ()


@pytest.mark.django_db
def test_of_a_loaded_article_attribution_asks_the_database_nothing(
    article, django_assert_num_queries
):
    article.published_at = None
    Article.objects.filter(pk=article.pk).update(originating_publication=make_publication("Other"))
    row = loaded(Article.objects.all()).get(pk=article.pk)
    with django_assert_num_queries(0):
        work = work_of(row, url=URL)
    rule = rule_for(None)
    assert rule.verify(rule.build(work), work) == ()


def test_without_a_template_the_house_has_its_own_words():
    assert rule_for(None) == rule_for(template()) == AttributionRule()


def test_a_publication_with_words_of_its_own_is_heard():
    line = "{source}: {author}[, {translators}][, {house}]."
    rule = rule_for(template(broadcast=line))
    assert rule == AttributionRule(broadcast=line)
    assert rule is rule_for(template(broadcast=line))


def test_a_line_that_cannot_be_used_breaks_no_page():
    rule = rule_for(template(web="By {author.password}", print_line="Nothing.", edited=None))
    assert rule == AttributionRule()


def test_the_parts_asked_for_are_those_of_the_terms():
    parts = frozenset({Part.SOURCE})
    rule = rule_for(template(web="{source}"), parts)
    assert (rule.parts, rule.web) == (parts, "{source}")
    assert rule_for(template(web="{source}")).web == ""
