"""Moves in the admin: GET asks, POST moves; the page says what the verb says."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.admin import ArticleAdmin
from articles.models import Article
from articles.workflow import EDITORIAL
from cms.workflows.moves import Reason
from tests.factories.articles import make_article, make_image, make_publication
from tests.factories.rights import hold_an_agreement_with
from tests.factories.stages import WAYS, make_article_at

STARTS = {
    "submit": "draft",
    "approve": "in_review",
    "send_back": "in_review",
    "schedule": "approved",
    "unschedule": "scheduled",
    "publish": "approved",
    "withdraw": "published",
    "reinstate": "withdrawn",
}
TYPED = {
    "reason": "Because it must be.",
    "publish_at": "2199-01-01T10:00",
    "notice": "We look into it.",
}


def address(article, name):
    return reverse("admin:articles_article_move", args=[article.pk, name])


def facts():
    return Article.objects.values().get()


@pytest.fixture
def desk(people, client):
    client.force_login(people["managing_editor"])
    return client


def test_every_move_is_tried_below():
    assert set(STARTS) == set(EDITORIAL.moves)


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_only_a_post_moves(people, desk, name, method):
    article = make_article_at(STARTS[name], people=people)
    before, events = facts(), article.events.count()
    getattr(desk, method)(address(article, name))
    assert facts() == before
    assert article.events.count() == events


@pytest.mark.parametrize("name", STARTS)
def test_a_post_moves_and_leaves_an_event_and_a_line_in_the_log(people, desk, name):
    article = make_article_at(STARTS[name], people=people)
    if name == "unschedule":
        assert article.is_scheduled()
    answer = desk.post(address(article, name), TYPED, follow=True)
    assert answer.redirect_chain == [(f"/admin/articles/article/{article.pk}/change/", 302)]
    assert str(EDITORIAL[name].label) in answer.content.decode()
    event = article.events.first()
    assert (event.move, event.by) == (name, people["managing_editor"])
    if EDITORIAL[name].reason != Reason.NONE:
        assert event.reason == TYPED["reason"]
    logged = LogEntry.objects.get(user=people["managing_editor"])
    assert logged.get_change_message() == str(EDITORIAL[name].label)
    history = desk.get(f"/admin/articles/article/{article.pk}/history/")
    assert history.status_code == 200
    assert desk.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["submit", "unschedule"])
def test_a_move_that_asks_nothing_is_made_by_a_post_that_says_nothing(people, desk, name):
    """The token may travel in a header; then the body is empty."""
    article = make_article_at(STARTS[name], people=people)
    assert desk.post(address(article, name)).status_code == 302
    assert article.events.first().move == name


@pytest.mark.parametrize("name", ["send_back", "withdraw", "reinstate"])
@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "NUL \x00", "turned \u202e"])
def test_a_reason_that_is_none_comes_back_with_a_sentence(people, desk, name, reason):
    article = make_article_at(STARTS[name], people=people)
    before = facts()
    answer = desk.post(address(article, name), TYPED | {"reason": reason})
    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    assert facts() == before


@pytest.mark.parametrize("notice", ["x" * 2001, "NUL \x00", "turned \u202e"])
def test_a_notice_that_readers_could_not_trust_comes_back(people, desk, notice):
    article = make_article_at("published", people=people)
    answer = desk.post(address(article, "withdraw"), TYPED | {"notice": notice})
    assert answer.status_code == 200
    assert answer.context["form"].errors["notice"]
    assert facts()["status"] == "published"


@pytest.mark.parametrize(
    "moment",
    ["", "2001-01-01T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "99999-01-01T00:00", "soon"],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_a_moment_that_cannot_be_comes_back_with_a_sentence(people, desk, settings, moment, zone):
    settings.TIME_ZONE = zone
    article = make_article_at("approved", people=people)
    answer = desk.post(address(article, "schedule"), {"publish_at": moment})
    assert answer.status_code == 200
    assert answer.context["form"].errors["publish_at"]
    assert facts()["published_at"] is None


@pytest.mark.parametrize("dated", ["2199-01-01T10:00", "2018-01-01T10:00", "0001-01-01T00:00"])
def test_a_date_ahead_or_before_the_original_comes_back(people, desk, dated):
    article = make_article_at("approved", people=people)
    elsewhere = make_publication()
    hold_an_agreement_with(elsewhere)
    Article.objects.update(originating_publication=elsewhere, original_date="2019-09-09")
    answer = desk.post(address(article, "publish"), {"dated": dated})
    assert answer.status_code in (200, 409)
    assert facts()["status"] == "approved"


def test_a_text_from_the_archive_is_published_under_its_own_date(people, desk):
    article = make_article_at("approved", people=people)
    assert desk.post(address(article, "publish"), {"dated": "1999-05-01T08:00"}).status_code == 302
    assert facts()["published_at"].isoformat() == "1999-05-01T08:00:00+00:00"


@pytest.mark.parametrize("stage", WAYS)
@pytest.mark.parametrize("name", STARTS)
def test_a_move_that_is_not_possible_from_here_is_answered_409_in_words(people, desk, stage, name):
    article = make_article_at(stage, people=people)
    possible = {button.move.name for button in buttons(people, article) if not button.hindrances}
    before = facts()
    if name in possible:
        return
    answer = desk.post(address(article, name), TYPED)
    assert answer.status_code == 409
    assert answer.context["reasons"]
    assert facts() == before


def buttons(people, article):
    from_here = EDITORIAL.moves_from(article.status)
    admin_page = ArticleAdmin(Article, admin.site)
    request = RequestFactory().get("/")
    request.user = people["managing_editor"]
    shown = admin_page.buttons(request, article)
    assert [button.move for button in shown] == from_here
    return shown


def test_a_button_stands_where_its_move_is_possible_and_says_what_hinders_it(people, desk):
    article = make_article(by=people["managing_editor"], body="")
    answer = desk.get(f"/admin/articles/article/{article.pk}/change/")
    page = answer.content.decode()
    assert address(article, "submit") in page
    assert address(article, "approve") not in page
    assert "The body is empty." in page


def test_an_unknown_move_and_an_unknown_row_are_unknown(people, desk):
    article = make_article(by=people["editor"])
    assert desk.post(f"/admin/articles/article/{article.pk}/move/burn/").status_code == 404
    assert desk.post("/admin/articles/article/4711/move/submit/").status_code == 404


# --- nothing that was public is deleted -------------------------------------------------------


@pytest.mark.parametrize(
    "stage", ["in_review", "approved", "scheduled", "struck", "published", "withdrawn"]
)
@pytest.mark.parametrize("role", ["contributor", "managing_editor", "admin"])
def test_only_a_draft_can_be_deleted(people, client, stage, role):
    article = make_article_at(stage, people=people)
    client.force_login(people[role])
    url = f"/admin/articles/article/{article.pk}/delete/"
    assert client.get(url).status_code == 403
    assert client.post(url, {"post": "yes"}).status_code == 403
    assert Article.objects.exists()
    page = client.get(f"/admin/articles/article/{article.pk}/change/")
    assert url not in page.content.decode()


@pytest.mark.parametrize("model", ["publication", "author", "image"])
def test_what_a_public_article_stands_on_is_not_deleted_either(people, client, model):
    image = make_image(developed=True)
    article = make_article_at("withdrawn", people=people, featured_image=image)
    row = {
        "publication": article.publication,
        "author": article.bylines.get().author,
        "image": image,
    }[model]
    client.force_login(people["admin"])
    client.post(f"/admin/articles/{model}/{row.pk}/delete/", {"post": "yes"})
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_writer_with_articles_is_not_deleted(people, client):
    make_article_at("published", people=people)
    client.force_login(people["admin"])
    url = f"/admin/auth/user/{people['contributor'].pk}/delete/"
    client.post(url, {"post": "yes"})
    people["contributor"].refresh_from_db()
    assert Article.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_only_a_post_restores(people, desk, method):
    article = make_article(by=people["editor"])
    url = reverse("admin:articles_article_restore", args=[article.pk, 1])
    answer = getattr(desk, method)(url)
    assert answer.status_code == 405
    assert article.revisions.count() == 1


def test_a_move_without_the_token_of_the_form_is_refused(people):
    article = make_article(by=people["contributor"])
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["contributor"])
    assert client.post(address(article, "submit"), {"go": "1"}).status_code == 403
    restore = reverse("admin:articles_article_restore", args=[article.pk, 1])
    assert client.post(restore).status_code == 403
    assert facts()["status"] == "draft"
