"""Regions, themes, reports, tags, authors and publications: addresses that last, words that fit."""

import pytest
from django.apps import apps
from taggit.models import Tag

from articles.models import Author, FormerSlug, InDepthReport, Publication, Region
from tests.browsing import complaints, filled, page_of, rows
from tests.factories.articles import house, make_article, make_author, make_publication
from tests.factories.headings import make_region, make_report
from tests.factories.stages import make_article_at
from tests.reading import headlines

DESKS = {
    "articles/region": "name",
    "articles/theme": "name",
    "articles/indepthreport": "title",
    "articles/author": "name",
    "articles/publication": "name",
    "taggit/tag": "name",
}
INVISIBLE = {"NUL": "\x00", "bell": "\x07", "override": "\u202e"}


@pytest.fixture
def editor(people, client):
    client.force_login(people["editor"])
    return client


@pytest.mark.parametrize(("model", "named_by"), DESKS.items())
def test_a_name_is_enough_and_makes_an_address_that_is_free(editor, model, named_by):
    add = f"/admin/{model}/add/"
    for name, slug in [("Eau et forêts", "eau-et-forêts"), ("EAU ET FORÊTS", "eau-et-forêts-2")]:
        answer = editor.post(add, filled(editor.get(add), **{named_by: name}))
        assert answer.status_code == 302, complaints(answer)
        assert apps.get_model(model.replace("/", ".")).objects.latest("pk").slug == slug


@pytest.mark.parametrize(("model", "named_by"), DESKS.items())
@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 201, *(f"a{sign}b" for sign in INVISIBLE.values())]
)
def test_a_name_that_is_none_comes_back_with_a_sentence(editor, model, named_by, name):
    add = f"/admin/{model}/add/"
    answer = editor.post(add, filled(editor.get(add), **{named_by: name}))
    assert answer.status_code == 200
    assert any(" " in sentence for sentence in complaints(answer))


@pytest.mark.parametrize(("model", "named_by"), DESKS.items())
@pytest.mark.parametrize("name", ["!!!", "—", "🌍", "½", "ﷺ", "مياه", "水"])
def test_a_name_in_any_script_has_an_address_that_works_or_is_refused(
    editor, model, named_by, name
):
    add = f"/admin/{model}/add/"
    answer = editor.post(add, filled(editor.get(add), **{named_by: name}))
    if answer.status_code == 200:
        assert complaints(answer)
        return
    assert apps.get_model(model.replace("/", ".")).objects.get().slug


def test_the_address_a_heading_leaves_keeps_leading_to_it(editor):
    region = make_region(slug="kongo")
    url = f"/admin/articles/region/{region.pk}/change/"
    editor.post(url, filled(editor.get(url), slug="congo"))
    former = FormerSlug.objects.get()
    assert (former.model, former.slug, former.row_id) == ("region", "kongo", region.pk)
    add = "/admin/articles/region/add/"
    assert editor.post(add, filled(editor.get(add), name="Kongo", slug="kongo")).status_code == 200
    editor.post(url, filled(editor.get(url), slug="kongo"))
    assert FormerSlug.objects.get().slug == "congo"


@pytest.mark.parametrize(
    "typed",
    [
        {"country": "france"},
        {"country": "F\x00"},
        {"url": "javascript:alert(1)"},
        {"url": "https://e.example/\u202e"},
        {"rights_contact": "not an address"},
        {"rights_contact": "a@b.example\nBcc: c@d.example"},
        {"rights_contact": "a@b.example, c@d.example"},
        {"description": "x" * 2001},
        {"description": "a\u202eb"},
        {"language": "x" * 36},
        {"language": "e\u202en"},
        {"language": 'en" onload="alert(1)'},
        {"logo": "abc"},
        {"is_house": "on"},
    ],
    ids=str,
)
def test_what_a_publication_cannot_be_comes_back_with_a_sentence(editor, typed):
    house()
    add = "/admin/articles/publication/add/"
    answer = editor.post(add, filled(editor.get(add), name="Elsewhere") | typed)
    assert answer.status_code == 200
    assert complaints(answer)
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    "link",
    [
        {"label": "Home", "url": "javascript:alert(1)"},
        {"label": "Ho\u202eme", "url": "https://e.example/"},
        {"label": "Home", "url": "https://e.example/\u202e"},
        {"label": "", "url": "https://e.example/"},
        {"label": "x" * 81, "url": "https://e.example/"},
    ],
    ids=str,
)
def test_a_link_of_an_author_leads_somewhere_honest_or_comes_back(editor, link):
    add = "/admin/articles/author/add/"
    answer = editor.post(add, filled(editor.get(add), name="Jane") | rows("links", link))
    assert answer.status_code == 200
    assert complaints(answer)
    assert not Author.objects.exists()


def test_a_report_is_put_together_in_the_editors_order(people, editor):
    add = "/admin/articles/indepthreport/add/"
    answer = editor.post(add, filled(editor.get(add), title="Rivers"))
    report = InDepthReport.objects.get()
    desk = f"/admin/articles/indepthreport/{report.pk}/articles/"
    assert answer["Location"] == desk
    live = make_article_at("published", people=people)
    draft = make_article(by=people["editor"], headline="Draft of it")
    posted = {"article": [draft.pk], "do": f"add-{live.pk}"}
    page = page_of(editor.post(desk, posted))
    assert [field["value"] for field in page.select("input[name=article]")] == [
        str(draft.pk),
        str(live.pk),
    ]
    answer = editor.post(desk, {"article": [draft.pk, live.pk], "do": "save"})
    assert answer.status_code == 302
    entries = report.entries.values_list("article", "position")
    assert list(entries) == [(draft.pk, 0), (live.pk, 1)]
    states = page_of(editor.get(desk)).select(".order-card .status")
    assert [state.text for state in states] == ["Draft", "Live"]
    glance = page_of(editor.get(f"/admin/articles/indepthreport/{report.pk}/change/"))
    assert draft.headline in glance.select_one(".order-glance ol").text


def test_a_report_is_looked_at_as_readers_will_see_it(people, editor):
    live = make_article_at("published", people=people)
    coming = make_article_at("scheduled", people=people)
    report = make_report(articles=[live])
    desk = f"/admin/articles/indepthreport/{report.pk}/articles/"
    for moment, shown in [("", [live]), ("2090-01-01T00:00", [coming, live])]:
        posted = {"article": [coming.pk, live.pk], "do": "preview", "moment": moment}
        answer = editor.post(desk, posted)
        assert headlines(answer) == [article.headline for article in shown]
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("role", ["contributor", "rights_desk", "rights_manager"])
def test_the_articles_of_a_report_are_arranged_by_editors_alone(people, client, role):
    report = make_report(articles=[make_article(by=people["contributor"])])
    client.force_login(people[role])
    desk = f"/admin/articles/indepthreport/{report.pk}/articles/"
    for do in ("save", "preview", "off-1"):
        assert client.post(desk, {"do": do}).status_code == 403
    assert client.get(desk).status_code == 403
    assert report.entries.count() == 1
    assert client.get(f"/admin/articles/indepthreport/{'9' * 30}/articles/").status_code == 404


def test_a_tag_that_is_renamed_keeps_its_articles_and_its_old_address(people, editor, client):
    article = make_article_at("published", people=people)
    article.tags.add("water")
    tag = Tag.objects.get()
    url = f"/admin/taggit/tag/{tag.pk}/change/"
    editor.post(url, filled(editor.get(url), name="rivers", slug="rivers"))
    assert list(article.tags.names()) == ["rivers"]
    answer = client.get("/tags/water/")
    assert (answer.status_code, answer["Location"]) == (301, "/tags/rivers/")


@pytest.mark.parametrize("q", ["\x00", "%", "_", '"', "'; DROP TABLE x; --", "x " * 500, "\u202e"])
@pytest.mark.parametrize("model", [*DESKS, "articles/article", "articles/image"])
def test_no_search_breaks_a_list(editor, model, q):
    answer = editor.get(f"/admin/{model}/", {"q": q})
    assert answer.status_code == (400 if q == "\x00" else 200)


@pytest.mark.parametrize(
    "query",
    [
        {"status__exact": "\x00"},
        {"status": "nonsense"},
        {"language": "\x00"},
        {"origin": "elsewhere"},
        {"o": "99.-99"},
        {"p": "99999999999999999999"},
        {"id": "abc"},
        {"id__in": "1,abc"},
        {"created_by__password__startswith": "p"},
        {"revisions__content__editorial_note__startswith": "x"},
        {"all": "1"},
    ],
    ids=str,
)
def test_no_question_breaks_the_list_of_articles(people, editor, query):
    make_article(by=people["editor"])
    assert editor.get("/admin/articles/article/", query).status_code in (200, 302, 400)


def test_the_tree_of_regions_stays_a_tree_on_every_level(editor):
    top = make_region("Top")
    below = make_region("Below", parent=top)
    url = f"/admin/articles/region/{top.pk}/change/"
    assert editor.post(url, filled(editor.get(url), parent=below.pk)).status_code == 200
    assert Region.objects.get(pk=top.pk).parent is None


def test_an_author_whose_name_changes_is_remembered_under_the_old_one(editor):
    author = make_author("Jane Doe")
    url = f"/admin/articles/author/{author.pk}/change/"
    editor.post(url, filled(editor.get(url), name="Jane Roe"))
    names = [version.name for version in author.history.all()]
    assert names == ["Jane Roe", "Jane Doe"]
    assert author.history.first().history_user.username == "editor"
    assert make_publication().history.count() == 1
