"""The filters that answer for the counts of the first page, and what nobody offers."""

from django.urls import reverse
from django.utils import timezone

from articles import correcting, tempo
from articles.models import Article
from tests.factories.articles import make_live_article
from tests.factories.desk import make_blocked, make_working_day
from tests.factories.hidden import embargoed, scheduled

LIST = reverse("admin:articles_article_changelist")


def shown(client, **query):
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


def test_what_is_due_in_seven_days_is_what_comes_out_then(people, client):
    client.force_login(people["editor"])
    due = {scheduled(people), embargoed(people)}
    make_blocked(people)
    assert set(shown(client, waits="week")) == due


def test_a_contributor_finds_own_articles_only(people, client):
    make_working_day(people)
    client.force_login(people["contributor"])
    for name in ("sent_back", "week", "blocked", "correction"):
        rows = shown(client, waits=name)
        assert rows and {row.created_by for row in rows} == {people["contributor"]}


def test_of_what_is_due_only_those_hear_who_may_write_it(people, client):
    article = make_live_article(people=people)
    Article.objects.filter(pk=article.pk).update(created_by=people["editor"])
    correcting.put_off(article, by=people["editor"])
    for role in ("contributor", "rights_desk", "editor"):
        client.force_login(people[role])
        assert bool(shown(client, waits="correction")) == (role == "editor"), role


def test_a_week_that_there_is_not_asks_nothing(people, client):
    client.force_login(people["editor"])
    article = embargoed(people)
    for asked in ("2026-13-45", "0000-00-00", "9999-12-31", "x" * 5000):
        assert shown(client, week=asked, waits=asked) == [article]
    assert shown(client, week=tempo.monday_of(timezone.localdate()).isoformat()) == []
