"""Nothing that anybody typed is run by the browser of whoever reads it in the admin."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from taggit.models import Tag

from articles import actions
from articles.models import Byline, GalleryImage, OriginHop, ReportEntry
from tests.browsing import filled
from tests.factories.accounts import make_person
from tests.factories.articles import make_article, make_author, make_image, make_publication
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.sitepolicy import make_text
from tests.factories.stages import make_article_at

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
RICH = f'<p>Words {EVIL}<a href="javascript:alert(1)" onclick="alert(1)">x</a></p>'
# What a browser reads as data, never as a program.
NOT_RUN = ("importmap", "application/ld+json")


def assert_harmless(answer):
    """No script of ours, no handler, no address that runs; the words themselves may stand."""
    assert answer.status_code in (200, 403, 404, 409), answer.status_code
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = said.decode()
    if answer["Content-Type"].startswith("application/json"):
        assert answer["X-Content-Type-Options"] == "nosniff"
        json.loads(said)
        return
    assert "<script>alert(1)" not in said
    assert "<img src=x" not in said
    for element in BeautifulSoup(said, "html.parser").find_all(True):
        assert not [name for name in element.attrs if name.startswith("on")], element
        for name in ("href", "src", "action", "formaction"):
            assert not str(element.get(name, "")).strip().lower().startswith("javascript:"), element
        if element.name == "script":
            assert "alert(1)" not in (element.string or "") or element.get("type") in NOT_RUN


@pytest.fixture
def poisoned(people):
    """An article with something evil in every place where somebody may write."""
    somebody = make_person(EVIL[:150], role="contributor")
    somebody.first_name = somebody.last_name = EVIL[:150]
    somebody.save()
    elsewhere = make_publication(EVIL, description=EVIL, rights_contact="a@e.example")
    image = make_image(
        developed=True,
        **dict.fromkeys(
            ("alt_text", "caption", "credit_line", "creator", "source", "usage_terms"), EVIL
        ),
        copyright_notice=EVIL,
    )
    head = make_article(by=people["editor"], headline=EVIL, language="fr")
    author = make_author(EVIL, bio=RICH, photo=image)
    article = make_article(
        by=somebody,
        authors=[author],
        headline=EVIL,
        standfirst=EVIL,
        body=RICH,
        publication=elsewhere,
        originating_publication=make_publication(f"{EVIL} too"),
        original_url="https://e.example/?a=%22%3E%3Cscript%3E",
        translation_of=head,
        copyright_holders=EVIL,
        featured_image=image,
        reader_note=RICH,
        editorial_note=EVIL,
    )
    region, theme, report = make_region(EVIL), make_theme(EVIL), make_report(EVIL)
    article.regions.add(region)
    article.themes.add(theme)
    article.tags.add(EVIL)
    Byline.objects.filter(article=article).update(credit_suffix=EVIL)
    GalleryImage.objects.create(article=article, image=image, caption=EVIL)
    OriginHop.objects.create(article=article, step="translated", publication=elsewhere)
    ReportEntry.objects.create(report=report, article=article)
    actions.revise(article, by=somebody, note=EVIL)
    for row in (author, elsewhere, image):
        row.save()
    actions.submit(article, by=somebody)
    actions.send_back(article, by=people["editor"], reason=EVIL)
    return {
        "article": article,
        "author": author,
        "publication": elsewhere,
        "image": image,
        "region": region,
        "theme": theme,
        "indepthreport": report,
    }


@pytest.fixture
def admin_client(people, client):
    client.force_login(people["admin"])
    return client


def test_no_page_about_an_article_runs_what_was_typed(poisoned, admin_client):
    article = poisoned["article"]
    pages = ["change", "history", "delete", "preview", "preview_print", "revisions"]
    urls = [reverse(f"admin:articles_article_{page}", args=[article.pk]) for page in pages]
    urls.append(reverse("admin:articles_article_revision", args=[article.pk, 2]))
    urls.append(reverse("admin:articles_article_comparison", args=[article.pk, 1, 2]))
    for url in urls:
        assert_harmless(admin_client.get(url))
    for move in ("submit", "approve", "publish", "withdraw"):
        url = reverse("admin:articles_article_move", args=[article.pk, move])
        assert_harmless(admin_client.get(url))
        assert_harmless(admin_client.post(url, {"reason": EVIL, "notice": EVIL}, follow=True))
    assert_harmless(admin_client.get(urls[0]))
    assert_harmless(admin_client.get(urls[1]))


@pytest.mark.parametrize(
    "model", ["article", "author", "publication", "image", "region", "theme", "indepthreport"]
)
def test_no_list_form_or_history_runs_what_was_typed(poisoned, admin_client, model):
    row = poisoned[model]
    assert_harmless(admin_client.get(f"/admin/articles/{model}/"))
    assert_harmless(admin_client.get(f"/admin/articles/{model}/", {"q": EVIL, "e": EVIL}))
    for page in ("change", "history", "delete"):
        assert_harmless(admin_client.get(f"/admin/articles/{model}/{row.pk}/{page}/"))
    if hasattr(row, "history"):
        for version in row.history.all():
            url = f"/admin/articles/{model}/{row.pk}/history/{version.pk}/"
            assert_harmless(admin_client.get(url))


def test_no_page_about_tags_people_or_house_texts_runs_what_was_typed(
    poisoned, admin_client, people
):
    tag = Tag.objects.get()
    policy = make_text(RICH)
    for url in (
        "/admin/",
        "/admin/taggit/tag/",
        f"/admin/taggit/tag/{tag.pk}/change/",
        f"/admin/taggit/tag/{tag.pk}/delete/",
        "/admin/auth/user/",
        f"/admin/auth/user/{poisoned['article'].created_by_id}/change/",
        f"/admin/auth/user/{poisoned['article'].created_by_id}/delete/",
        "/admin/sitepolicy/sitepolicy/?versions=all",
        f"/admin/sitepolicy/sitepolicy/{policy.pk}/change/",
        f"/admin/sitepolicy/sitepolicy/add/?follow={policy.pk}",
        f"/admin/sitepolicy/sitepolicy/{policy.pk}/history/",
    ):
        assert_harmless(admin_client.get(url))


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("article", "publication"),
        ("article", "translation_of"),
        ("article", "featured_image"),
        ("article", "regions"),
        ("article", "themes"),
        ("byline", "author"),
        ("reportentry", "report"),
    ],
)
def test_choosers_answer_in_json_that_no_browser_takes_for_a_page(
    poisoned, admin_client, model, field
):
    answer = admin_client.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": model, "field_name": field, "term": "script"},
    )
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["results"]
    assert_harmless(answer)


def test_the_sentence_after_saving_runs_nothing(poisoned, admin_client):
    for model in ("article", "author", "publication", "region", "theme", "indepthreport", "image"):
        url = f"/admin/articles/{model}/{poisoned[model].pk}/change/"
        answer = admin_client.post(url, filled(admin_client.get(url)), follow=True)
        assert_harmless(answer)
        assert answer.context["messages"], model


@pytest.mark.parametrize(
    "url",
    [
        "/admin/articles/article/add/",
        "/admin/articles/author/add/",
        "/admin/articles/region/add/",
        "/admin/sitepolicy/sitepolicy/add/",
    ],
)
def test_what_stands_in_an_address_is_not_run(admin_client, db, url):
    names = ["headline", "body", "name", "slug", "kind", "text", "tags", "regions", "publication"]
    names += ["follow", "_popup", "_to_field", "_changelist_filters"]
    for name in names:
        answer = admin_client.get(url, {name: EVIL})
        if answer.status_code != 400:
            assert_harmless(answer)


def test_a_form_that_comes_back_runs_nothing(admin_client, people):
    article = make_article(by=people["editor"])
    url = f"/admin/articles/article/{article.pk}/change/"
    typed = filled(admin_client.get(url))
    for name in ("headline", "standfirst", "slug", "original_url", "tags", "language", "regions"):
        assert_harmless(admin_client.post(url, typed | {"copyright_year": "0", name: EVIL}))


def test_the_withdrawal_notice_is_text_on_the_readers_page(people, client):
    article = make_article_at("published", people=people, headline=EVIL, standfirst=EVIL, body=RICH)
    assert_harmless(client.get(article.get_absolute_url()))
    actions.withdraw(article, by=people["managing_editor"], reason=EVIL, notice=EVIL)
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert "<script>alert(1)" not in answer.content.decode()
    assert "<img src=x" not in answer.content.decode()
