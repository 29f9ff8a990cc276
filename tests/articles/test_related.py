"""What to read after an article."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Byline
from articles.related import MOST_SHOWN, related
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article
from tests.factories.headings import make_region, make_report, make_theme
from tests.reading import soup, words

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def shared():
    return {"region": make_region(), "theme": make_theme()}


def made(people, shared, *, day=0, **fields):
    article = make_live_article(people=people, dated=LONG_AGO + timedelta(days=day), **fields)
    article.regions.add(shared["region"])
    article.themes.add(shared["theme"])
    return article


def test_what_shares_more_stands_first_and_the_newer_of_two_alike(people, shared):
    article, older, newer, dossier = (made(people, shared, day=day) for day in range(4))
    alien = make_live_article(people=people)
    dossier.themes.clear()
    make_report(articles=[article, dossier])
    found = [other.key for other in related(article)]
    assert found == [dossier.pk, newer.pk, older.pk]
    assert alien.pk not in found


def test_a_shared_tag_is_enough(people):
    article, other = make_live_article(people=people), make_live_article(people=people)
    article.tags.add("tides")
    other.tags.add("tides")
    assert [row.key for row in related(article)] == [other.pk]


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN, "withdrawn"])
def test_hidden_articles_are_not_named(people, shared, kind):
    article = made(people, shared)
    other = hidden.UNKNOWN.get(kind, hidden.withdrawn)(people)
    other.regions.add(shared["region"])
    assert related(article) == []


def test_no_other_version_of_the_text_itself_and_no_text_twice(people, shared):
    article, other = made(people, shared), made(people, shared, day=1)
    french = made(people, shared, language="fr", translation_of=article)
    made(people, shared, language="de", translation_of=other, day=9)
    assert [row.key for row in related(article)] == [other.pk]
    assert article.pk not in [row.key for row in related(french)]


def test_the_line_names_who_wrote_it_and_whoever_signs_where_nobody_did(people, shared):
    ada, ben, tess = make_author("Ada"), make_author("Ben"), make_author("Tess")
    article = made(people, shared)
    other = made(people, shared, authors=[ada, ben])
    Byline.objects.create(article=other, author=tess, role="translator", position=0)
    assert related(article)[0].names == ("Ada", "Ben")


def test_one_query_whatever_there_is_and_not_more_than_fits(people, shared):
    article = made(people, shared)
    for day in range(MOST_SHOWN + 3):
        made(people, shared, day=day)
    with CaptureQueriesContext(connection) as captured:
        assert len(related(article)) == MOST_SHOWN
    assert len(captured) == 1


def test_the_page_offers_them_and_so_does_the_notice_of_a_withdrawal(client, people, shared):
    other = made(people, shared)
    article = made(people, shared)
    assert other.headline in words(
        soup(client.get(article.get_absolute_url())).select_one(".related")
    )
    gone = hidden.withdrawn(people)
    gone.themes.add(shared["theme"])
    response = client.get(gone.get_absolute_url())
    assert response.status_code == 410
    assert other.headline in words(response)
