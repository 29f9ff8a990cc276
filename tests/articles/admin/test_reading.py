"""Those who only read: the desk of rights sees drafts, and no word between editors."""

import pytest
from django.urls import reverse

from articles import actions
from articles.models import Article
from articles.workflow import EDITORIAL
from tests.factories.articles import make_article
from tests.factories.stages import WAYS, make_article_at

NOTE = "Our source is the minister's driver"


def address(article, page, *args):
    return reverse(f"admin:articles_article_{page}", args=[article.pk, *args])


@pytest.fixture
def noted(people):
    """Two revisions, the second with an editorial note."""
    article = make_article(by=people["contributor"], headline="Not public yet")
    article.editorial_note = NOTE
    article.save()
    actions.revise(article, by=people["editor"])
    return article


PAGES = [
    ("change", ()),
    ("revisions", ()),
    ("revision", (1,)),
    ("revision", (2,)),
    ("comparison", (1, 2)),
    ("history", ()),
    ("preview", ()),
    ("preview_print", ()),
]


@pytest.mark.parametrize("role", ["rights_desk", "rights_manager"])
@pytest.mark.parametrize(("page", "args"), PAGES)
def test_the_desk_of_rights_reads_drafts_without_the_editors_note(
    people, client, noted, role, page, args
):
    client.force_login(people[role])
    answer = client.get(address(noted, page, *args))
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "Not public yet" in said
    assert "minister" not in said
    assert "ditorial note" not in said


@pytest.mark.parametrize(
    ("page", "args"), [("change", ()), ("revision", (2,)), ("comparison", (1, 2))]
)
def test_editors_read_their_own_note(people, client, noted, page, args):
    client.force_login(people["editor"])
    assert "driver" in client.get(address(noted, page, *args)).content.decode()


def test_the_note_is_found_by_no_search_and_no_filter(people, client, noted):
    client.force_login(people["rights_desk"])
    found = client.get("/admin/articles/article/", {"q": "driver"})
    assert "Not public yet" not in found.content.decode()
    probed = client.get("/admin/articles/article/", {"editorial_note__startswith": "Our"})
    assert probed.status_code in (302, 400)


@pytest.mark.parametrize("stage", WAYS)
@pytest.mark.parametrize("role", ["rights_desk", "rights_manager"])
def test_the_desk_of_rights_changes_and_moves_no_article(people, client, role, stage):
    article = make_article_at(stage, people=people)
    before = Article.objects.values().get()
    client.force_login(people[role])
    assert b"desk-moves" not in client.get(address(article, "change")).content
    typed = {"headline": "Mine", "post": "yes", "reason": "Mine.", "_save": "1"}
    for page, args in [("change", ()), ("delete", ()), ("restore", (1,))]:
        assert client.post(address(article, page, *args), typed).status_code == 403
    for name in EDITORIAL.moves:
        assert client.get(address(article, "move", name)).status_code == 403
        assert client.post(address(article, "move", name), typed).status_code == 403
    assert Article.objects.values().get() == before
    assert article.revisions.count() == 1


@pytest.mark.parametrize("role", ["contributor", "editor", "rights_desk"])
def test_pages_of_what_is_not_public_are_kept_by_no_cache(people, client, noted, role):
    client.force_login(people[role])
    for page, args in PAGES:
        answer = client.get(address(noted, page, *args))
        assert "no-store" in answer["Cache-Control"], page
        assert "private" in answer["Cache-Control"], page


@pytest.mark.parametrize("page", ["preview", "preview_print"])
def test_a_preview_is_for_the_newsroom_alone(people, client, noted, page):
    answer = client.get(address(noted, page))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
    client.force_login(people["rights_desk"])
    assert client.get(address(noted, page))["X-Robots-Tag"] == "noindex"
