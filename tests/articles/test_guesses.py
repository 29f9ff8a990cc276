"""A page that is not there helps, and helps alike whether something is hidden there or not."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from articles import guesses
from articles.models import Article
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article
from tests.factories.headings import make_region
from tests.reading import links, soup, words

AT = datetime(2026, 1, 1, tzinfo=UTC)


@given(path=st.text(max_size=300))
def test_any_address_has_words_or_none(path):
    found = guesses.slugs_in(path)
    assert len(found) <= 36
    assert all(found)


def test_a_cut_or_lengthened_address_leads_to_the_article(client, people):
    make_live_article(people=people, headline="Who keeps the tides", slug="who-keeps-the-tides")
    for lost in ("who-keeps-the", "who-keeps-the-tides-2", "who-keeps-the-tides."):
        assert "/articles/who-keeps-the-tides/" in links(client.get(f"/articles/{lost}/")), lost


def test_headings_with_something_to_read_are_suggested(client, people):
    author, europe = make_author("Ada Brook", slug="ada-brook"), make_region(slug="europe")
    orkney = make_region(slug="orkney", parent=make_region(slug="scotland", parent=europe))
    make_region(slug="atlantis")
    make_live_article(people=people, authors=[author]).regions.add(orkney)
    found = links(client.get("/2019/ada-brook-in-orkney-and-atlantis-and-europe"))
    assert {"/authors/ada-brook/", "/regions/orkney/", "/regions/europe/"} <= found
    assert "/regions/atlantis/" not in found


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN])
def test_a_hidden_article_changes_nothing_at_its_own_address(client, people, kind):
    make_live_article(people=people, slug="secret-tides", headline="Secret tides")
    before = client.get("/articles/secret-plans/")
    hidden.UNKNOWN[kind](people, slug="secret-plans", headline="Secret plans")
    after = client.get("/articles/secret-plans/")
    assert (after.status_code, after.content) == (404, before.content)


def test_the_newest_stand_there_and_the_page_speaks_the_language_of_its_address(client, people):
    article = make_live_article(people=people)
    page = client.get("/de/nirgends/")
    assert article.headline in words(page)
    assert soup(page).html["lang"] == "de"
    assert soup(client.get("/nowhere/")).html["lang"] == "en"


def test_files_that_are_not_there_cost_no_search(client, people, django_assert_max_num_queries):
    make_live_article(people=people)
    with django_assert_max_num_queries(3):
        assert client.get("/wp-login.php").status_code == 404


@pytest.mark.parametrize("slug", ["%00", "%ff", "x" * 10_000, "'; DROP TABLE--", "%E2%80%AE", "-"])
def test_a_lost_address_of_any_shape_is_404(client, db, slug):
    assert client.get(f"/articles/{slug}/").status_code == 404
    assert client.get(f"/{slug}").status_code == 404


def test_the_page_of_a_fault_needs_no_database(client, people, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(Article.objects, "live", broken)
    client.raise_request_exception = False
    with override_settings(DEBUG=False):
        page = client.get("/de/articles/")
    assert page.status_code == 500
    assert "/de/" in links(page)
