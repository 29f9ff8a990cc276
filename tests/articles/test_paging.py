"""Pages by key: nothing twice, nothing lost, and a made-up key is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import paging
from articles.models import Article, Status
from tests.factories.articles import house

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
slowly = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def published(moments, by):
    """Live articles of these moments, made as rows: their content is no matter here."""
    publication, known = house(), Article.objects.count()
    return Article.objects.bulk_create(
        Article(
            headline=f"Article {number}",
            slug=f"article-{number}",
            publication=publication,
            created_by=by,
            status=Status.PUBLISHED,
            published_at=moment,
        )
        for number, moment in enumerate(moments, start=known)
    )


def walk(articles, *, size, between=lambda: None):
    """Every page's articles, from the first to the last."""
    seen, before = [], ""
    while True:
        page = paging.page(articles, before=before, size=size)
        seen.append([article.pk for article in page.articles])
        between()
        if not page.before:
            return seen
        before = page.before


class Once:
    """Does it the first time only."""

    def __init__(self, act):
        self.acts = [act]

    def __call__(self):
        if self.acts:
            self.acts.pop()()


@slowly
@given(
    seconds=st.lists(st.integers(0, 4), max_size=24),
    size=st.integers(1, 7),
)
def test_every_article_stands_on_one_page_in_the_order_of_the_list(people, seconds, size):
    Article.objects.all().delete()
    published([NOON + timedelta(seconds=second) for second in seconds], people["editor"])
    pages = walk(Article.objects.live(), size=size)
    assert [pk for page in pages for pk in page] == list(
        Article.objects.live().newest_first().values_list("pk", flat=True)
    )
    assert all(len(page) == size for page in pages[:-1])


@slowly
@given(
    seconds=st.lists(st.integers(0, 3), min_size=2, max_size=16),
    arriving=st.integers(0, 3),
    size=st.integers(1, 5),
)
def test_an_article_published_while_one_reads_moves_no_other(people, seconds, arriving, size):
    Article.objects.all().delete()
    rows = published([NOON + timedelta(seconds=second) for second in seconds], people["editor"])

    def one_more():
        published([NOON + timedelta(seconds=arriving)], people["editor"])

    pages = walk(Article.objects.live(), size=size, between=Once(one_more))
    seen = [pk for page in pages for pk in page]
    assert len(seen) == len(set(seen))
    assert {row.pk for row in rows} <= set(seen)


def test_an_article_withdrawn_while_one_reads_takes_no_other_with_it(people):
    rows = published([NOON] * 9, people["editor"])
    first = paging.page(Article.objects.live(), size=4)
    Article.objects.filter(pk=first.articles[-1].pk).delete()
    following = paging.page(Article.objects.live(), before=first.before, size=4)
    assert [row.pk for row in following.articles] == [row.pk for row in reversed(rows)][4:8]


def test_the_last_page_that_is_exactly_full_leads_nowhere(people):
    published([NOON] * 4, people["editor"])
    page = paging.page(Article.objects.live(), size=4)
    assert page.before == ""
    assert page.is_first


def test_a_list_of_nothing_is_one_empty_page(db):
    page = paging.page(Article.objects.live())
    assert (page.articles, page.before, page.is_first) == ([], "", True)


def test_a_page_costs_one_query_wherever_it_is(people, django_assert_num_queries):
    published([NOON + timedelta(seconds=second) for second in range(30)], people["editor"])
    first = paging.page(Article.objects.live(), size=10)
    with django_assert_num_queries(1):
        paging.page(Article.objects.live(), before=first.before, size=10)


KEY = "2026-03-01T12:00:00+00:00~7"
NO_KEYS = [
    "7",
    "~",
    "~7",
    "x~7",
    "2026-03-01T12:00:00+00:00",
    "2026-03-01T12:00:00+00:00~",
    "2026-03-01T12:00:00+00:00~x",
    "2026-03-01T12:00:00+00:00~-7",
    "2026-03-01T12:00:00+00:00~0",
    "2026-03-01T12:00:00+00:00~7~7",
    "2026-03-01T12:00:00+00:00~7.0",
    "2026-03-01T12:00:00+00:00~ 7",
    "2026-03-01T12:00:00+00:00~1_0",
    "2026-03-01T12:00:00+00:00~٧",
    f"2026-03-01T12:00:00+00:00~{2**63}",
    f"2026-03-01T12:00:00+00:00~{'9' * 4000}",
    f"2026-03-01T12:00:00+00:00~{'9' * 5000}",
    "2026-03-01T12:00:00~7",
    "2026-03-01~7",
    "20260301T120000Z~7",
    "2026-03-01T12:00:00Z~7",
    "2026-03-01T13:00:00+01:00~7",
    "2026-13-01T12:00:00+00:00~7",
    "0001-01-01T00:00:00+23:59~7",
    "9999-12-31T23:59:59-23:59~7",
    "2026-03-01T12:00:00+00:00:00.000001~7",
    "0000-00-00T00:00:00+00:00~7",
    "\x00",
    f"{KEY}\x00",
    "2026-03-01T12:00:00+00:00~7' OR '1'='1",
    "%s~%s",
    "x" * 10_000,
    "水" * 10_000,
]


@pytest.mark.parametrize("before", NO_KEYS, ids=range(len(NO_KEYS)))
def test_a_key_that_was_not_made_here_is_refused(db, before):
    with pytest.raises(paging.AddressIsWrong):
        paging.page(Article.objects.live(), before=before)


@pytest.mark.parametrize(
    "before", [KEY, "0001-01-01T00:00:00+00:00~1", f"9999-12-31T23:59:59.999999+00:00~{2**63 - 1}"]
)
def test_a_key_at_the_edge_of_time_is_a_key(db, before):
    assert paging.page(Article.objects.live(), before=before).articles == []


def test_a_plus_that_became_a_space_on_the_way_is_still_the_key(people):
    published([NOON] * 3, people["editor"])
    key = paging.page(Article.objects.live(), size=2).before
    assert len(paging.page(Article.objects.live(), before=key.replace("+", " ")).articles) == 1


@slowly
@given(before=st.text(max_size=60))
def test_no_text_at_all_breaks_the_page(db, before):
    try:
        paging.page(Article.objects.live(), before=before)
    except paging.AddressIsWrong as refusal:
        assert before  # no key at all is the first page
        assert str(refusal) == before


@slowly
@given(place=st.integers(0, len(KEY) - 1), sign=st.characters())
def test_a_key_altered_in_one_place_is_another_key_or_none(db, place, sign):
    altered = KEY[:place] + sign + KEY[place + 1 :]
    try:
        paging.page(Article.objects.live(), before=altered)
    except paging.AddressIsWrong:
        assert altered != KEY


@pytest.mark.parametrize("before", NO_KEYS, ids=range(len(NO_KEYS)))
def test_a_made_up_key_in_an_address_is_unknown_and_not_an_error(client, db, before):
    assert client.get("/articles/", {"before": before}).status_code == 404


def test_of_two_keys_in_an_address_the_last_counts(client, people):
    published([NOON] * 21, people["editor"])
    key = paging.page(Article.objects.live()).before
    assert client.get("/articles/", {"before": ["x", key]}).status_code == 200
    assert client.get("/articles/", {"before": [key, "x"]}).status_code == 404
