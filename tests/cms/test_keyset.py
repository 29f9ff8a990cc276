"""Pages by key in any order: nothing twice, nothing lost, forwards and back."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Status
from cms import keyset
from cms.keyset import Column
from tests.factories.articles import house

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
slowly = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ORDERS = [
    [
        Column("published_at", is_descending=True, is_nullable=True),
        Column("pk", is_descending=True),
    ],
    [Column("published_at", is_nullable=True), Column("pk")],
    [
        Column("word_count"),
        Column("copyright_year", is_descending=True, is_nullable=True),
        Column("carry_until", is_nullable=True),
        Column("pk", is_descending=True),
    ],
    [Column("pk")],
]
row = st.tuples(
    st.none() | st.integers(0, 3), st.integers(0, 1), st.none() | st.integers(2000, 2002)
)


def made(facts, by):
    Article.objects.all().delete()
    publication = house()
    Article.objects.bulk_create(
        Article(
            headline=f"Article {number}",
            slug=f"article-{number}",
            publication=publication,
            created_by=by,
            status=Status.APPROVED,
            published_at=None if second is None else NOON + timedelta(seconds=second),
            word_count=words,
            copyright_year=year,
            carry_until=None if year is None else NOON,
        )
        for number, (second, words, year) in enumerate(facts)
    )


def pages(order, size):
    """Every page from the first to the last."""
    found, after = [], None
    while True:
        page = keyset.page(Article.objects, order, size=size, after=after)
        found.append(page)
        if not page.has_after:
            return found
        after = keyset.values_of(page.rows[-1], order)


def keys(rows):
    return [one.pk for one in rows]


@pytest.mark.parametrize("order", ORDERS, ids=range(len(ORDERS)))
@slowly
@given(facts=st.lists(row, max_size=16), size=st.integers(1, 5))
def test_each_row_stands_on_one_page_and_the_way_back_shows_the_same(people, order, facts, size):
    made(facts, people["editor"])
    forwards = pages(order, size)
    seen = [key for page in forwards for key in keys(page.rows)]
    assert seen == keys(Article.objects.order_by(*keyset.ordering(order)))
    for one, following in pairwise(forwards):
        start = keyset.values_of(following.rows[0], order)
        back = keyset.page(Article.objects, order, size=size, before=start)
        assert keys(back.rows) == keys(one.rows)
        assert back.has_before == (one is not forwards[0])
    walked = list(keyset.walk(Article.objects, order, size=size, most=7))
    assert keys(walked) == seen[:7]


def test_the_order_of_empty_values_is_the_same_on_both_databases(people):
    made([(None, 0, None), (1, 0, None), (2, 0, None)], people["editor"])
    for order in ORDERS[:2]:
        found = [page.rows[0].published_at for page in pages(order, 1)]
        assert found[-1] is None and None not in found[:-1]


def test_a_column_over_a_relation_that_is_missing_says_nothing():
    assert keyset.values_of(Article(), [Column("originating_publication__name")]) == [None]
    assert keyset.values_of(Article(original_date=date(2026, 1, 1)), [Column("original_date")]) == [
        date(2026, 1, 1)
    ]
