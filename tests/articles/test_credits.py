"""Who made a text, who owns it, and which way it came."""

from datetime import UTC, date, datetime

import pytest

from articles import credits
from articles.models import Article, Byline, OriginHop
from articles.pages import loaded
from tests.factories.articles import make_article, make_author, make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor(people):
    return people["contributor"]


def signed(article, *roles_and_names):
    """Bylines in this order; the same name is the same person."""
    known = {}
    for position, (role, name) in enumerate(roles_and_names):
        author = known[name] = known.get(name) or make_author(name)
        Byline.objects.create(article=article, author=author, role=role, position=position)


@pytest.fixture
def article(contributor):
    return make_article(by=contributor, authors=[])


def names(authors):
    return [author.name for author in authors]


def test_those_who_sign_as_authors_are_the_authors_in_their_order(article):
    signed(article, ("editor", "Eve"), ("author", "Zoë"), ("author", "Ada"))
    assert names(credits.authors(article)) == ["Zoë", "Ada"]


def test_where_nobody_signs_as_author_everybody_with_a_byline_does_once(article):
    signed(article, ("reporter", "Ada"), ("photographer", "Ben"), ("editor", "Ada"))
    assert names(credits.authors(article)) == ["Ada", "Ben"]


def test_an_article_nobody_signs_has_no_authors(article):
    assert credits.authors(article) == []


def test_bylines_are_grouped_in_the_order_of_roles_and_within_it_of_the_editor(article):
    signed(
        article,
        ("editor", "Eve"),
        ("translator", "Tess"),
        ("author", "Zoë"),
        ("photographer", "Pia"),
        ("author", "Ada"),
        ("reporter", "Rex"),
    )
    groups = [
        (role, names(byline.author for byline in bylines))
        for role, bylines in credits.byline_groups(article)
    ]
    assert groups == [
        ("author", ["Zoë", "Ada"]),
        ("reporter", ["Rex"]),
        ("translator", ["Tess"]),
        ("photographer", ["Pia"]),
        ("editor", ["Eve"]),
    ]


def test_every_role_has_words_of_its_own():
    words = [credits.byline_words(role) for role in Byline.Role.values]
    assert len(set(words)) == len(Byline.Role)


def test_the_copyright_line_names_authors_publication_and_year(article):
    signed(article, ("author", "Ada Brook"), ("author", "Ben Cole"), ("editor", "Eve"))
    article.published_at = datetime(2021, 5, 4, tzinfo=UTC)
    line = credits.copyright_line(article)
    assert line == "Copyright © Ada Brook, Ben Cole, The House Review, 2021"


def test_the_copyright_line_of_an_unsigned_text_names_the_publication(article):
    article.published_at = datetime(2021, 5, 4, tzinfo=UTC)
    assert credits.copyright_line(article) == "Copyright © The House Review, 2021"


def test_holders_and_year_said_by_the_editor_go_before_what_is_derived(article):
    signed(article, ("author", "Ada Brook"))
    article.copyright_holders = "The Brook Estate"
    article.copyright_year = 1998
    assert credits.copyright_line(article) == "Copyright © The Brook Estate, 1998"


@pytest.mark.parametrize(
    ("said", "original", "published", "year"),
    [
        (1998, date(2019, 9, 9), datetime(2021, 5, 4, tzinfo=UTC), 1998),
        (None, date(2019, 9, 9), datetime(2021, 5, 4, tzinfo=UTC), 2019),
        (None, None, datetime(2021, 5, 4, tzinfo=UTC), 2021),
    ],
)
def test_the_year_is_the_one_said_else_of_first_publication_else_of_ours(
    article, said, original, published, year
):
    article.copyright_year = said
    article.original_date = original
    article.published_at = published
    assert credits.copyright_year(article) == year


def test_the_year_of_a_text_that_is_not_public_yet_is_this_one(article, time_machine):
    time_machine.move_to(datetime(2031, 6, 1, tzinfo=UTC))
    assert credits.copyright_year(article) == 2031


def test_the_year_turns_at_midnight_where_the_house_is(article, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    article.published_at = datetime(2020, 12, 31, 12, tzinfo=UTC)
    assert credits.copyright_year(article) == 2021


def test_a_percent_sign_in_a_name_is_a_percent_sign(article):
    signed(article, ("author", "100 % Ada %(year)d"))
    article.copyright_year = 2020
    line = credits.copyright_line(article)
    assert line == "Copyright © 100 % Ada %(year)d, The House Review, 2020"


def test_a_text_of_our_own_came_no_way(article):
    assert credits.stages(article) == []


def test_the_way_begins_where_it_was_first_published_and_keeps_the_editors_order(article):
    gazette, pool, mirror = (make_publication(name) for name in ("Gazette", "Pool", "Mirror"))
    article.originating_publication = gazette
    article.original_url = "https://gazette.example/1"
    article.original_date = date(2019, 9, 9)
    OriginHop.objects.create(article=article, step="crossposted", publication=mirror, position=2)
    OriginHop.objects.create(
        article=article,
        step="translated",
        publication=pool,
        position=1,
        date=date(2020, 1, 1),
        url="https://pool.example/1",
    )
    assert credits.stages(article) == [
        credits.Stage("first_published", gazette, date(2019, 9, 9), "https://gazette.example/1"),
        credits.Stage("translated", pool, date(2020, 1, 1), "https://pool.example/1"),
        credits.Stage("crossposted", mirror, None, ""),
    ]


def test_of_a_loaded_article_credits_ask_the_database_nothing(article, django_assert_num_queries):
    signed(article, ("author", "Ada"), ("editor", "Eve"))
    Article.objects.filter(pk=article.pk).update(originating_publication=make_publication())
    row = loaded(Article.objects.all()).get(pk=article.pk)
    with django_assert_num_queries(0):
        credits.copyright_line(row)
        credits.byline_groups(row)
        credits.stages(row)
