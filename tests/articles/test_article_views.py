"""The three editions of an article: who gets them, and what everybody else is told."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions, editions
from articles.models import Article
from articles.printing.typeset import Typeset
from tests.factories import hidden
from tests.factories.articles import make_article, make_live_article
from tests.reading import body_of, soup, words

EDITIONS = ("articles:article_detail", "articles:article_print", "articles:article_pdf")
TELLTALE = {
    "headline": "Zanzibar xylophone",
    "slug": "zanzibar-xylophone",
    "standfirst": "Quixotic standfirst",
    "body": "<p>Vexillology in the body.</p>",
}


@pytest.fixture(autouse=True)
def a_press_that_costs_nothing(monkeypatch):
    fake = Typeset(b"%PDF-1.7 fake", True, ())
    monkeypatch.setattr(editions, "typeset", lambda document, more_fonts: fake)


def address(edition, slug):
    return reverse(edition, args=[slug])


def get(client, edition, slug):
    response = client.get(address(edition, slug))
    response.body = body_of(response)
    return response


def rename(article, slug, people):
    article.slug = slug
    article.save()
    actions.revise(article, by=people["editor"])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_live_article_is_there_in_every_edition(client, people, edition):
    article = make_live_article(people=people)
    response = get(client, edition, article.slug)
    assert response.status_code == 200
    is_pdf = edition == "articles:article_pdf"
    assert response["Content-Type"] == ("application/pdf" if is_pdf else "text/html; charset=utf-8")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", hidden.UNKNOWN)
def test_an_article_that_is_not_public_answers_like_one_that_does_not_exist(
    client, people, kind, edition
):
    article = hidden.UNKNOWN[kind](people, **TELLTALE)
    response = get(client, edition, article.slug)
    assert response.status_code == 404
    assert response.body == get(client, edition, "there-is-no-such-article").body


@pytest.mark.parametrize("kind", hidden.UNKNOWN)
def test_who_may_see_an_article_at_the_desk_does_not_see_it_at_its_public_address(
    client, people, kind
):
    article = hidden.UNKNOWN[kind](people)
    client.force_login(people["admin"])
    assert client.get(article.get_absolute_url()).status_code == 404


def test_an_article_appears_at_the_minute_its_embargo_ends(client, people, time_machine):
    end = timezone.now() + timedelta(hours=3)
    article = make_live_article(people=people, embargo_until=end)
    time_machine.move_to(end - timedelta(seconds=1), tick=False)
    assert client.get(article.get_absolute_url()).status_code == 404
    time_machine.move_to(end, tick=False)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_scheduled_article_appears_by_itself_at_its_hour(client, people, time_machine):
    article = hidden.scheduled(people)
    time_machine.move_to(article.published_at, tick=False)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_no_machine_is_told_of_a_change_before_the_publication(client, people, time_machine):
    article = hidden.scheduled(people)
    time_machine.move_to(article.published_at + timedelta(minutes=5))
    page = soup(client.get(article.get_absolute_url()))
    told = page.find("meta", property="article:modified_time")["content"]
    assert told == page.find("meta", property="article:published_time")["content"]
    said = json.loads(page.find("script", type="application/ld+json").string)
    assert said["dateModified"] == said["datePublished"]


def test_no_line_of_the_head_says_nothing(client, people):
    page = soup(client.get(make_live_article(people=people).get_absolute_url()))
    assert page.select('meta[content=""]') == []


def test_an_article_goes_at_the_minute_the_right_to_carry_it_ends(client, people, time_machine):
    article = make_live_article(people=people)
    end = timezone.now() + timedelta(hours=3)
    Article.objects.filter(pk=article.pk).update(carry_until=end)
    assert client.get(article.get_absolute_url()).status_code == 200
    time_machine.move_to(end, tick=False)
    assert client.get(article.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_withdrawn_article_is_gone_with_a_dated_notice(client, people, edition):
    article = hidden.withdrawn(people, notice="The figures were invented.", **TELLTALE)
    response = client.get(address(edition, article.slug))
    text = words(response)
    assert response.status_code == 410
    assert "The figures were invented." in text
    assert article.withdrawn_at.strftime("%Y") in text
    assert str(article.withdrawn_at.day) in text
    assert "noindex" in response["X-Robots-Tag"]
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_notice_of_withdrawal_says_nothing_of_the_text_or_the_reason_inside_the_house(
    client, people
):
    article = hidden.withdrawn(people, **TELLTALE)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Quixotic" not in page
    assert "Vexillology" not in page
    assert "Made up from end to end." not in page


def test_an_article_killed_under_embargo_leaves_no_notice_before_the_embargo_ends(
    client, people, time_machine
):
    article = hidden.killed_under_embargo(people)
    assert client.get(article.get_absolute_url()).status_code == 404
    time_machine.move_to(article.embargo_until)
    assert client.get(article.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_former_address_leads_to_the_same_edition_for_good(client, people, edition):
    article = make_live_article(people=people, slug="first")
    rename(article, "second", people)
    rename(article, "third", people)
    for former in ("first", "second"):
        response = client.get(address(edition, former))
        assert response.status_code == 301
        assert response["Location"] == address(edition, "third")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", hidden.UNKNOWN)
def test_a_former_address_of_an_article_that_is_not_public_leads_nowhere(
    client, people, kind, edition
):
    article = hidden.UNKNOWN[kind](people, slug="former")
    rename(article, "present", people)
    assert get(client, edition, "former").body == get(client, edition, "unknown").body


def test_a_former_address_of_a_withdrawn_article_leads_to_its_notice(client, people):
    article = hidden.withdrawn(people, slug="former")
    rename(article, "present", people)
    response = client.get("/articles/former/", follow=True)
    assert response.redirect_chain == [("/articles/present/", 301)]
    assert response.status_code == 410


def test_a_draft_that_takes_a_former_address_does_not_cut_the_way_to_the_live_article(
    client, people
):
    article = make_live_article(people=people, slug="former")
    rename(article, "present", people)
    make_article(by=people["contributor"], slug="former")
    assert client.get("/articles/former/")["Location"] == "/articles/present/"


@pytest.mark.parametrize(
    "slug", ["الماء-والأرض", "вода-и-земля", "水と土地", "ñandú-ß-ﬁ", "a_b--c"]
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_slugs_of_every_script_are_addresses(client, people, slug, edition):
    make_live_article(people=people, slug=slug)
    assert get(client, edition, slug).status_code == 200


def test_a_pdf_is_offered_under_a_name_of_any_script(client, people):
    make_live_article(people=people, slug="вода")
    disposition = get(client, "articles:article_pdf", "вода")["Content-Disposition"]
    assert disposition == "inline; filename*=utf-8''%D0%B2%D0%BE%D0%B4%D0%B0.pdf"


@pytest.mark.parametrize(
    "path",
    [
        "/articles/%00/",
        "/articles/a%00b/",
        "/articles/a%0A/",
        "/articles/%ff%fe/",
        "/articles/../admin/",
        "/articles/%2e%2e%2fadmin/",
        "/articles/a.b/",
        "/articles/a%20b/",
        "/articles/%F0%9F%98%80/",
        f"/articles/{'x' * 10_000}/",
        f"/articles/{'%E6%B0%B4' * 3_000}/print/",
        f"/articles/{'x' * 10_000}/article.pdf",
        "/articles/x/article.pdf/",
        "/articles/x/%00/",
    ],
)
def test_an_address_nobody_made_is_unknown_and_nothing_worse(client, db, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_is_read_and_nothing_else(client, people, edition, method):
    article = make_live_article(people=people)
    assert getattr(client, method)(address(edition, article.slug)).status_code == 405


@pytest.mark.parametrize("edition", EDITIONS)
def test_head_says_what_get_would_say(client, people, edition):
    article = make_live_article(people=people)
    response = client.head(address(edition, article.slug))
    assert response.status_code == 200
    assert body_of(response) == b""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("who", ["a stranger", "a forged cookie", "an editor"])
def test_an_edition_sets_no_cookie_and_is_the_same_for_everybody(client, people, edition, who):
    article = make_live_article(people=people)
    if who == "a forged cookie":
        client.cookies["sessionid"] = "forged"
    if who == "an editor":
        client.force_login(people["editor"])
    response = client.get(address(edition, article.slug))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert body_of(response) == body_of(Client().get(address(edition, article.slug)))


def test_an_edition_that_somebody_else_is_still_making_is_asked_for_again_later(
    client, people, monkeypatch
):
    def nobody_finishes(page, *, url):
        raise editions.NobodyFinishesIt

    article = make_live_article(people=people)
    monkeypatch.setattr(editions, "pdf", nobody_finishes)
    response = client.get(address("articles:article_pdf", article.slug))
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
