"""Webmentions are taken in at once where they make sense, and looked at later."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from articles import actions
from licensing.actions import webmentions
from licensing.copy_duties import forget_webmentions
from licensing.models import Outcome, Webmention
from tests.factories.articles import make_article, make_live_article
from tests.factories.crossposts import make_crosspost

pytestmark = pytest.mark.django_db
SOURCE = "https://reader.example/blog/what-i-read"
HOUR = timedelta(hours=1)


@pytest.fixture
def article(people):
    return make_live_article(people=people, headline="The last lamplighter")


@pytest.fixture
def send(client, article):
    def sent(source=SOURCE, target=None, **told):
        target = f"http://testserver{article.get_absolute_url()}" if target is None else target
        return client.post("/webmention/", {"source": source, "target": target}, **told)

    return sent


def test_pages_say_where_webmentions_go(client, article):
    page = client.get(article.get_absolute_url())
    assert '<http://testserver/webmention/>; rel="webmention"' in page["Link"]
    assert 'rel="license"' in page["Link"]
    head = BeautifulSoup(page.content, "html.parser").head
    assert head.find("link", rel="webmention")["href"] == "/webmention/"


def test_one_is_taken_in_once_and_looked_at_later(send, article):
    for _time in range(3):
        assert send().status_code == 202
    row = Webmention.objects.get()
    assert (row.article, row.source, row.outcome) == (article, SOURCE, Outcome.WAITING)
    assert list(Webmention.objects.due()) == [row]
    # No cookie, and nobody keeps the answer.
    answer = send(f"{SOURCE}?page=2")
    assert not answer.cookies and answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "source",
    [
        *("", "x", "javascript:alert(1)", "http://127.0.0.1/", "http://[::1]/", "ftp://a.example/"),
        *("https://user:word@a.example/", "https://a.example:8080/", "https://a.example/\0"),
        *("http://2130706433/", f"https://a.example/{'x' * 3000}"),
    ],
)
def test_a_source_that_is_no_page_on_the_open_net_is_refused(send, source):
    assert send(source).status_code == 400
    assert not Webmention.objects.exists()


@pytest.mark.parametrize(
    "target",
    [
        *("", SOURCE, "http://testserver/", "http://testserver/articles/no/", "//testserver/x"),
        *("http://other.example/articles/the-last-lamplighter/", "http://testserver/admin/"),
        *("http://testserver/articles/a%00b/", "http://[/"),
        f"http://testserver/articles/{'x' * 3000}/",
    ],
)
def test_a_target_that_is_no_article_of_ours_is_refused(send, target):
    assert send(target=target).status_code == 400
    assert not Webmention.objects.exists()


def test_of_what_is_not_public_nothing_is_told(send, article, people):
    draft = make_article(by=people["editor"], headline="Not yet")
    unknown = send(target="http://testserver/articles/nothing/")
    hidden = send(target=f"http://testserver/articles/{draft.slug}/")
    actions.withdraw(article, by=people["managing_editor"], reason="Taken back.")
    withdrawn = send()
    told = {(answer.status_code, answer.content) for answer in (unknown, hidden, withdrawn)}
    assert len(told) == 1 and not Webmention.objects.exists()


def test_nothing_is_noted_of_a_copy_that_is_known(send, article):
    make_crosspost(article, url=SOURCE)
    assert send().status_code == 202
    assert not Webmention.objects.exists()


def test_who_sends_too_many_waits(send, settings):
    settings.MENTIONS_PER_HOST_AN_HOUR = 2
    answers = [send(f"https://many.example/{place}") for place in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert send("https://other.example/").status_code == 202
    settings.MENTIONS_PER_ADDRESS_AN_HOUR = 3
    assert send("https://a-third.example/").status_code == 429
    assert Webmention.objects.count() == 3


def test_it_is_only_posted(client):
    assert client.get("/webmention/").status_code == 405


def test_a_page_may_tell_again_after_a_while_and_is_forgotten_after_longer(send, article):
    send()
    row = Webmention.objects.get()
    webmentions.record(row, Outcome.MENTION, at=timezone.now())
    send()
    row.refresh_from_db()
    assert (row.look_at, row.outcome) == (None, Outcome.MENTION)
    webmentions.receive(article, source=SOURCE, at=timezone.now() + 2 * HOUR)
    row.refresh_from_db()
    assert row.look_at is not None and row.outcome == Outcome.WAITING
    webmentions.record(row, Outcome.MENTION, at=timezone.now())
    forget_webmentions(at=timezone.now() + timedelta(days=29))
    assert Webmention.objects.exists()
    forget_webmentions(at=timezone.now() + timedelta(days=31))
    assert not Webmention.objects.exists()
