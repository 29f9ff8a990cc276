"""The way of a text as an editor enters it: what cannot be is refused in words, nothing is kept."""

import pytest

from articles.models import Article, OriginHop
from tests.browsing import filled, rows
from tests.factories.articles import house, make_article, make_publication


@pytest.fixture
def article(people, client):
    client.force_login(people["editor"])
    return make_article(
        by=people["editor"], originating_publication=make_publication("The Gazette")
    )


def saved(client, article, *steps, **fields):
    address = f"/admin/articles/article/{article.pk}/change/"
    typed = filled(client.get(address), **fields)
    hops = [{"step": "translated", "url": "", "date": "", "position": "", **step} for step in steps]
    return client.post(address, typed | rows("hops", *hops))


def refused(client, article, *steps, **fields) -> str:
    row = Article.objects.filter(pk=article.pk)
    before = row.values().get()
    answer = saved(client, article, *steps, **fields)
    assert answer.status_code == 200
    assert row.values().get() == before
    assert not OriginHop.objects.exists()
    return answer.content.decode()


def test_steps_that_follow_each_other_are_kept_in_their_order(client, article):
    pool, mirror = make_publication(), make_publication()
    answer = saved(
        client,
        article,
        {"publication": mirror.pk, "step": "crossposted", "position": "5"},
        {"publication": pool.pk, "position": "2"},
    )
    assert answer.status_code == 302
    assert [hop.publication for hop in article.hops.all()] == [pool, mirror]


def test_a_circle_is_refused(client, article):
    gazette = article.originating_publication
    assert "runs in a circle" in refused(client, article, {"publication": gazette.pk})
    pool, mirror = make_publication(), make_publication()
    circle = [{"publication": row.pk} for row in (pool, mirror, pool)]
    assert "runs in a circle" in refused(client, article, *circle)


def test_a_circle_that_the_numbers_of_the_places_hide_is_refused(client, article):
    pool, mirror = make_publication(), make_publication()
    hidden = [
        {"publication": pool.pk, "position": "9"},
        {"publication": mirror.pk, "position": "1"},
        {"publication": pool.pk, "position": "0"},
    ]
    assert "runs in a circle" in refused(client, article, *hidden)


def test_a_step_before_the_one_ahead_of_it_is_refused(client, article):
    pool = make_publication()
    step = {"publication": pool.pk, "date": "2019-01-01"}
    fields = {"original_date": "2019-06-01", "original_url": "https://gazette.example/1"}
    assert "before the step ahead of it" in refused(client, article, step, **fields)


def test_a_publication_is_not_its_own_origin(client, article):
    gazette = article.originating_publication
    said = refused(client, article, publication=gazette.pk)
    assert "origin" in said
    ours = refused(client, article, originating_publication=house().pk)
    assert "our own" in ours


def test_steps_without_an_origin_lead_from_nowhere(client, article):
    step = {"publication": make_publication().pk}
    assert "no originating publication" in refused(
        client, article, step, originating_publication=""
    )


def test_a_step_that_is_taken_away_is_no_part_of_a_circle(client, article):
    gazette = article.originating_publication
    step = {"publication": gazette.pk, "DELETE": "on"}
    assert saved(client, article, step).status_code == 302
    assert not OriginHop.objects.exists()
