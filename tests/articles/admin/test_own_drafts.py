"""A contributor's own drafts, and nobody else's: at every address the desk has."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from articles import actions
from articles.admin import ArticleAdmin
from articles.models import Article, GalleryImage, ReportEntry
from articles.workflow import EDITORIAL
from tests.browsing import filled
from tests.factories.articles import make_article, make_image
from tests.factories.headings import make_report
from tests.factories.stages import make_article_at

SECRET = "The minister resigns"
NUMBERED = {
    "talk": [1, "resolve"],
    "tick": [1, "tick"],
    "revision": [1],
    "restore": [1],
    "comparison": [1, 1],
}
PAGES = [
    "change",
    "delete",
    "history",
    "preview",
    "preview_print",
    "revisions",
    "revision",
    "restore",
    "comparison",
    "compare",
    "review",
    "comment",
    "talk",
    "tick",
    "keep",
    "takeover",
    "dismiss",
    "translations",
    "follows",
    "links",
    "look",
    *(f"move {name}" for name in EDITORIAL.moves),
]


def address(article, page):
    page, _space, move = page.partition(" ")
    args = [article.pk, *([move] if move else NUMBERED.get(page, []))]
    return reverse(f"admin:articles_article_{page}", args=args)


def facts():
    return list(Article.objects.order_by("pk").values())


@pytest.fixture
def others(people):
    return make_article(by=people["editor"], headline=SECRET, slug="secret")


@pytest.fixture
def contributor(people, client):
    client.force_login(people["contributor"])
    return client


def test_every_address_of_an_article_is_tried_below():
    named = {url.name for url in ArticleAdmin(Article, admin.site).get_urls() if url.name}
    tried = {f"articles_article_{page.partition(' ')[0]}" for page in PAGES}
    assert named - tried == {
        "articles_article_add",
        "articles_article_changelist",
        "articles_article_letters",
        # What nobody has saved yet belongs to one person: tried in test_writing.
        "articles_article_keep_new",
        "articles_article_throw_away",
        "articles_article_unsaved",
        "articles_article_unsaved_work",
        # The list's own: who may do what there is tried in test_list.
        "articles_article_bulk",
        "articles_article_discard_filter",
        "articles_article_file",
        "articles_article_keep_filter",
        "articles_article_rename_filter",
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_article_is_not_there(contributor, others, page, method):
    before = facts()
    typed = {"post": "yes", "reason": "Mine.", "headline": "Mine"} if method == "post" else {}
    answer = getattr(contributor, method)(address(others, page), typed, follow=True)
    redirected = bool(answer.redirect_chain) and answer.redirect_chain[-1][0] == "/admin/"
    # What takes a POST only says so of any article, whether it is there or not.
    refusals = (403, 404, 405) if method == "get" else (403, 404)
    assert answer.status_code in refusals or redirected
    assert SECRET not in answer.content.decode()
    assert facts() == before
    assert others.events.count() == 0


@pytest.mark.parametrize("page", PAGES)
def test_an_article_that_never_was_answers_as_somebody_elses_does(contributor, others, page):
    never = Article(pk=others.pk + 1000)
    answers = [contributor.get(address(article, page)) for article in (others, never)]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].get("Location") == answers[1].get("Location")


@pytest.mark.parametrize("key", ["99999999999999999999999", "abc", "1/2", "-1", "%00", "_5F"])
@pytest.mark.parametrize("page", ["change/", "preview/", "revisions/", "move/publish/", "history/"])
def test_a_made_up_key_is_unknown_to_everybody(people, client, key, page):
    client.force_login(people["admin"])
    assert client.get(f"/admin/articles/article/{key}/{page}").status_code in (302, 404)


def test_the_list_and_the_choosers_know_own_articles_only(contributor, people, others):
    own = make_article(by=people["contributor"], headline="My own piece")
    listed = contributor.get("/admin/articles/article/")
    assert own.headline in listed.content.decode()
    assert SECRET not in listed.content.decode()
    searched = contributor.get("/admin/articles/article/", {"q": "minister"})
    assert SECRET not in searched.content.decode()
    for field, model in (("translation_of", "article"), ("article", "reportentry")):
        chosen = contributor.get(
            "/admin/autocomplete/",
            {"app_label": "articles", "model_name": model, "field_name": field, "term": ""},
        )
        assert SECRET not in chosen.content.decode()


def test_the_headline_of_somebody_elses_article_is_not_had_by_naming_its_key(contributor, others):
    page = contributor.get("/admin/articles/article/add/")
    answer = contributor.post(page.request["PATH_INFO"], filled(page, translation_of=others.pk))
    assert SECRET not in answer.content.decode()
    answer = contributor.get("/admin/articles/article/add/", {"translation_of": others.pk})
    assert SECRET not in answer.content.decode()


def test_a_report_names_no_article_to_whom_it_is_not_shown(contributor, others):
    report = make_report()
    ReportEntry.objects.create(report=report, article=others)
    answer = contributor.get(f"/admin/articles/indepthreport/{report.pk}/change/")
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("place", ["featured", "gallery"])
def test_a_picture_names_no_article_to_whom_it_is_not_shown(contributor, others, place):
    image = make_image(developed=True)
    if place == "featured":
        Article.objects.filter(pk=others.pk).update(featured_image=image)
    else:
        GalleryImage.objects.create(article=others, image=image)
    answer = contributor.get(f"/admin/articles/image/{image.pk}/change/")
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("page", [*PAGES, "changelist", "add"])
@pytest.mark.parametrize("who", ["nobody", "a reader with an account"])
def test_who_is_not_of_the_newsroom_gets_the_login_page_everywhere(client, others, page, who):
    if who != "nobody":
        client.force_login(User.objects.create_user("reader"))
    before = facts()
    is_list = page in ("changelist", "add")
    url = reverse(f"admin:articles_article_{page}") if is_list else address(others, page)
    for ask in (client.get, client.post):
        answer = ask(url, {"post": "yes", "reason": "Mine."})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/?next=")
    assert facts() == before


# --- one's own --------------------------------------------------------------------------------


def test_one_reads_edits_compares_restores_submits_and_deletes_ones_own_draft(contributor, people):
    own = make_article(by=people["contributor"], headline="Before")
    for page in ("change", "preview", "preview_print", "revisions", "revision", "comparison"):
        assert contributor.get(address(own, page)).status_code == 200
    page = contributor.get(address(own, "change"))
    answer = contributor.post(address(own, "change"), filled(page, headline="After"))
    assert answer.status_code == 302
    assert Article.objects.get().headline == "After"
    assert contributor.post(address(own, "restore")).status_code == 302
    assert Article.objects.get().headline == "Before"
    assert contributor.post(address(own, "move submit"), {"go": "1"}).status_code == 302
    assert Article.objects.get().status == "in_review"


def test_ones_own_draft_may_be_thrown_away(contributor, people):
    own = make_article(by=people["contributor"])
    assert contributor.post(address(own, "delete"), {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()


@pytest.mark.parametrize("stage", ["in_review", "approved", "published", "withdrawn"])
def test_what_one_has_handed_in_one_reads_and_changes_no_more(contributor, people, stage):
    own = make_article_at(stage, people=people)
    before = facts()
    for page in ("change", "preview", "revisions", "history"):
        assert contributor.get(address(own, page)).status_code == 200
    assert b'name="headline"' not in contributor.get(address(own, "change")).content
    for page in ("change", "delete", "restore"):
        typed = {"headline": "Mine", "post": "yes", "_save": "1"}
        assert contributor.post(address(own, page), typed).status_code == 403
    for name in EDITORIAL.moves:
        answer = contributor.post(address(own, f"move {name}"), {"reason": "Mine."})
        assert answer.status_code in (403, 409)
    assert facts() == before


def test_what_was_sent_back_is_ones_own_again(contributor, people):
    own = make_article_at("in_review", people=people)
    actions.send_back(own, by=people["editor"], reason="Shorter.")
    page = contributor.get(address(own, "change"))
    assert contributor.post(address(own, "change"), filled(page, headline="X")).status_code == 302
