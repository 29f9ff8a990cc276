"""What stands under an article: each section in its place, and none that has nothing to say."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from articles.colophon import colophon
from articles.models import Article, GalleryImage, Image
from articles.pages import article_page, loaded
from cms.sitepolicy.actions import write_version
from tests.factories.articles import (
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.whole import make_whole_article, write_house_texts

COPIES = {"version": "abc", "widths": [320]}
ORDER = [
    "reader_note",
    "origin",
    "picture_credits",
    "source",
    "copyright",
    "comment",
    "membership",
    "archive",
    "about",
    "disclaimer",
    "crosspost",
    "print_commercial",
    "fair_use",
    "media_contact",
]


def sections(article):
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk))
    return {section.key: section for section in colophon(page)}


def shown_image(**fields):
    image = make_image(**fields)
    Image.objects.filter(pk=image.pk).update(renditions=COPIES)
    return image


def test_sections_come_in_the_order_of_the_reference(people):
    write_house_texts()
    found = sections(make_whole_article(people))
    assert list(found) == ORDER
    legal = ["disclaimer", "crosspost", "print_commercial", "fair_use", "media_contact"]
    assert [key for key, section in found.items() if section.style == "small"] == legal
    assert all(found[key].label for key in legal)


def test_a_house_without_texts_has_no_empty_sections(people):
    found = sections(make_live_article(people=people))
    said_by_the_decision = ["crosspost", "print_commercial"]
    assert list(found) == ["source", "copyright", "archive", *said_by_the_decision]


def test_an_author_without_a_word_about_them_is_not_written_about(people):
    authors = [make_author("Ada", bio="<p>Ada sails.</p>"), make_author("Ben")]
    found = sections(make_live_article(people=people, authors=authors))
    assert found["about"].html == "<p>Ada sails.</p>"
    assert found["about"].label == "About the authors"


def test_one_author_is_spoken_of_in_the_singular(people):
    author = make_author("Ada", bio="<p>Ada sails.</p>")
    found = sections(make_live_article(people=people, authors=[author]))
    assert found["about"].label == "About the author"


def test_the_copyright_line_links_authors_unless_the_editor_wrote_it(people):
    author = make_author("Ada Brook", slug="ada-brook")
    derived = make_live_article(
        people=people, authors=[author], dated=datetime(2021, 5, 4, tzinfo=UTC)
    )
    assert sections(derived)["copyright"].html == (
        '<p>Copyright © <a href="/authors/ada-brook/">Ada Brook</a>, The House Review, 2021</p>'
    )
    said = make_live_article(
        people=people, authors=[author], copyright_holders="The Estate", copyright_year=1998
    )
    assert sections(said)["copyright"].html == "<p>Copyright © The Estate, 1998</p>"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"original_url": "https://g.example/1", "original_date": date(2019, 3, 2)},
            '<p>This article was originally published on <a href="https://g.example/1">Gazette</a>,'
            " 2 March 2019.</p>",
        ),
        (
            {},
            '<p>This article was originally published on <a href="https://g.example/">Gazette</a>.'
            "</p>",
        ),
    ],
)
def test_the_origin_says_where_and_when_as_far_as_it_is_known(people, fields, sentence):
    gazette = make_publication("Gazette", url="https://g.example/")
    article = make_live_article(people=people, originating_publication=gazette, **fields)
    assert sections(article)["origin"].html == sentence


def test_an_origin_without_an_address_is_a_name(people):
    article = make_live_article(people=people, originating_publication=make_publication("Gazette"))
    assert sections(article)["origin"].html == (
        "<p>This article was originally published on Gazette.</p>"
    )


def test_pictures_are_credited_where_they_are_shown_and_have_a_credit(people):
    article = make_live_article(
        people=people,
        featured_image=shown_image(credit_line="Cora", credit_url="https://c.example/"),
    )
    for image in (
        shown_image(alt_text="A boat", credit_line="Eve"),
        make_image(alt_text="Undeveloped", credit_line="Fay"),
        shown_image(alt_text="Ended", credit_line="Gil", use_until=timezone.now()),
        shown_image(alt_text="Uncredited", credit_line=""),
    ):
        GalleryImage.objects.create(article=article, image=image)
    assert sections(article)["picture_credits"].html == (
        '<p>Featured image: <a href="https://c.example/">Cora</a></p><p>Picture “A boat”: Eve</p>'
    )


def test_names_with_markup_in_them_are_names(people):
    nasty = "<script>alert('{0}')</script>"
    article = make_live_article(
        people=people,
        authors=[make_author(nasty)],
        originating_publication=make_publication(nasty),
        featured_image=shown_image(credit_line=nasty),
        copyright_holders=nasty,
    )
    for section in sections(article).values():
        assert "<script" not in section.html
    assert "&lt;script&gt;alert(&#x27;{0}&#x27;)" in sections(article)["origin"].html


def test_a_house_text_is_cleaned_once_more_on_its_way_to_the_page(people):
    row = write_version(kind="disclaimer", language="en", text="<p>Fine.</p>")
    type(row).objects.filter(pk=row.pk).update(text="<p onclick=x()>Fine.</p><script>x()</script>")
    html = sections(make_live_article(people=people))["disclaimer"].html
    assert "script" not in html
    assert "onclick" not in html
    assert "Fine." in html
