"""Entering an article: everything in one go, and nothing that is not the form's to say."""

from datetime import UTC, date, datetime

import pytest

from articles import actions
from articles.models import Article, FormerSlug, Status
from tests.browsing import filled, rows
from tests.factories.articles import house, make_article, make_author, make_image, make_publication
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.stages import make_article_at

ADD = "/admin/articles/article/add/"


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def editor(people, client):
    house()
    client.force_login(people["editor"])
    return client


def test_an_article_with_everything_is_entered_in_one_go(people, editor):
    jane, joe = make_author("Jane Doe"), make_author("Joe Roe")
    elsewhere, image, report = make_publication("Elsewhere"), make_image(), make_report()
    other_report, picture = make_report(), make_image()
    region, theme = make_region(), make_theme()
    head = make_article(by=people["editor"], language="fr")
    pool = make_publication("Pool")
    page = editor.get(ADD)
    typed = filled(
        page,
        headline="Rivers run dry",
        standfirst="In short.",
        body="<p>One.[1]</p><p>[1] A note.</p>",
        language="en",
        translation_of=head.pk,
        originating_publication=elsewhere.pk,
        original_url="https://elsewhere.example/rivers",
        original_date="2019-09-09",
        copyright_holders="Jane Doe and Elsewhere",
        copyright_year="2019",
        regions=[region.pk],
        themes=[theme.pk],
        tags="water, dams and locks",
        featured_image=image.pk,
        slug="rivers",
        embargo_until="2026-02-01T10:00",
        reader_note="<p>Read on.</p>",
        editorial_note="Call them.",
    )
    typed |= rows(
        "bylines",
        {"author": jane.pk, "role": "author", "credit_suffix": "in Nairobi", "position": ""},
        {"author": joe.pk, "role": "translator", "credit_suffix": "", "position": ""},
    )
    typed |= rows("gallery", {"image": picture.pk, "caption": "Here", "position": ""})
    typed |= rows(
        "hops",
        {"step": "translated", "publication": pool.pk, "url": "", "date": "2020-01-01"},
    )
    typed |= rows(
        "report_entries",
        {"report": report.pk, "position": ""},
        {"report": other_report.pk, "position": "0"},
    )
    answer = editor.post(ADD, typed)
    article = Article.objects.get(headline="Rivers run dry")
    assert (answer.status_code, answer["Location"]) == (302, change(article))
    assert article.slug == "rivers"
    assert article.body == '<p>One.<span class="footnote">A note.</span></p>'
    assert article.original_date == date(2019, 9, 9)
    assert article.embargo_until == datetime(2026, 2, 1, 10, tzinfo=UTC)
    assert (article.status, article.published_at) == (Status.DRAFT, None)
    assert article.created_by == people["editor"]
    content = article.revisions.get().content
    assert [byline["author"]["name"] for byline in content["bylines"]] == ["Jane Doe", "Joe Roe"]
    assert content["tags"] == ["dams and locks", "water"]
    assert [entry["caption"] for entry in content["gallery"]] == ["Here"]
    assert [hop["date"] for hop in content["hops"]] == ["2020-01-01"]
    assert len(content["reports"]) == 2
    assert content["regions"][0]["id"] == region.pk
    assert content["themes"][0]["id"] == theme.pk
    assert article.word_count == 1


def test_the_page_after_saving_holds_what_was_saved(editor):
    page = editor.get(ADD)
    answer = editor.post(ADD, filled(page, headline="A “quoted” <headline> & more"), follow=True)
    again = filled(answer)
    assert again["headline"] == "A “quoted” <headline> & more"
    before = Article.objects.get().revisions.count()
    editor.post(answer.redirect_chain[-1][0], again)
    assert Article.objects.get().revisions.count() == before


def test_a_slug_is_made_of_the_headline_in_its_own_script_and_is_free(people, editor):
    make_article(by=people["editor"], slug="مقال-اليوم")
    FormerSlug.objects.create(model="article", slug="مقال-اليوم-2", row_id=999)
    editor.post(ADD, filled(editor.get(ADD), headline="مقال اليوم"))
    assert Article.objects.get(headline="مقال اليوم").slug == "مقال-اليوم-3"


@pytest.mark.parametrize("headline", ["!!!", "—", "🌍", "½ ﷺ", "İstanbul", "ＷＩＤＥ", "x" * 200])
def test_every_headline_leads_to_an_address_that_works(people, editor, headline):
    answer = editor.post(ADD, filled(editor.get(ADD), headline=headline))
    assert answer.status_code == 302
    assert Article.objects.get().get_absolute_url()
    assert editor.get(answer["Location"]).status_code == 200


FORBIDDEN = {
    "status": "published",
    "published_at": "2020-01-01T00:00",
    "published_at_0": "2020-01-01",
    "published_at_1": "00:00",
    "carry_until": "2030-01-01",
    "withdrawn_at": "2020-01-01",
    "withdrawal_notice": "Gone",
    "created_by": "1",
    "created_at": "2001-01-01",
    "updated_at": "2001-01-01",
    "word_count": "99999",
    "id": "4711",
    "pk": "4711",
}
KEPT = [
    "status",
    "published_at",
    "carry_until",
    "withdrawn_at",
    "created_by_id",
    "withdrawal_notice",
]


@pytest.mark.parametrize("role", ["contributor", "editor", "managing_editor", "admin"])
def test_no_form_sets_what_the_moves_and_the_machine_keep(people, client, role):
    house()
    client.force_login(people[role])
    client.post(ADD, filled(client.get(ADD), headline="Mine") | FORBIDDEN)
    article = Article.objects.get()
    assert article.pk != 4711
    values = Article.objects.values(*KEPT).get()
    assert values == {
        "status": "draft",
        "published_at": None,
        "carry_until": None,
        "withdrawn_at": None,
        "created_by_id": people[role].pk,
        "withdrawal_notice": "",
    }
    typed = filled(client.get(change(article)), headline="Still mine") | FORBIDDEN
    assert client.post(change(article), typed).status_code == 302
    assert Article.objects.get().headline == "Still mine"
    assert Article.objects.values(*KEPT).get() == values


def test_a_row_of_another_article_is_not_taken_over_through_the_key_of_an_inline(people, editor):
    mine, theirs = make_article(by=people["editor"]), make_article(by=people["contributor"])
    page = editor.get(change(mine))
    typed = filled(page)
    typed["bylines-0-id"] = theirs.bylines.get().pk
    typed["bylines-0-article"] = mine.pk
    typed["bylines-0-credit_suffix"] = "taken over"
    before = theirs.bylines.values().get()
    editor.post(change(mine), typed)
    assert theirs.bylines.values().get() == before
    assert mine.bylines.count() == 1


@pytest.mark.parametrize("stage", ["published", "withdrawn"])
def test_editing_what_was_public_leaves_its_state_alone_and_keeps_its_old_address(
    people, editor, stage
):
    article = make_article_at(stage, people=people, slug="old")
    before = Article.objects.values(*KEPT).get()
    answer = editor.post(change(article), filled(editor.get(change(article)), slug="new"))
    assert answer.status_code == 302
    assert Article.objects.values(*KEPT).get() == before
    assert FormerSlug.objects.get().slug == "old"


def test_a_contributor_saves_a_draft_whose_original_an_editor_chose(people, client):
    head = make_article(by=people["editor"], language="fr")
    draft = make_article(by=people["contributor"], translation_of=head)
    client.force_login(people["contributor"])
    answer = client.post(change(draft), filled(client.get(change(draft)), headline="Other"))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.headline, draft.translation_of) == ("Other", head)


def test_an_embargo_is_typed_in_the_newsrooms_own_time(people, editor, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    article = make_article(by=people["editor"])
    typed = filled(editor.get(change(article)), embargo_until="2026-07-01T09:30")
    editor.post(change(article), typed)
    article.refresh_from_db()
    assert article.embargo_until == datetime(2026, 6, 30, 21, 30, tzinfo=UTC)
    assert filled(editor.get(change(article)))["embargo_until"] == "2026-07-01T09:30"


def test_nothing_changed_means_nothing_written(people, editor):
    article = make_article(by=people["contributor"], body='<p>W<span class="footnote">N</span></p>')
    article.tags.add("water", "dams and locks")
    actions.revise(article, by=people["contributor"])
    editor.post(change(article), filled(editor.get(change(article))))
    assert article.revisions.count() == 2
