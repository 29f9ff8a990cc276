"""The index says of every article what the article says, and nothing else runs to make it so."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import actions
from articles.models import Article, SearchEntry
from articles.search import index, search, upkeep
from articles.search.duties import find_anew
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article, make_publication
from tests.factories.headings import make_region, make_report, make_theme


def held() -> dict[int, tuple]:
    """All that the index holds, by article."""
    columns = ("place", "version", "mark", "headline", "standfirst", "names", "frequent")
    rows = SearchEntry.objects.values_list("article", *columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT rowid, words FROM articles_search_text")
        else:
            cursor.execute("SELECT place, words::text FROM articles_searchentry")
        tokens = dict(cursor.fetchall())
    return {row[0]: (*row[1:], tokens[row[1]]) for row in rows}


def found(text: str, at=None) -> list[str]:
    live = Article.objects.live(at)
    return [hit.article.headline for hit in search(live, text, at=at, is_literal=True).hits]


def through_a_life(people) -> Article:
    """An article that was changed in every way after it was published."""
    article = make_live_article(people=people, headline="Barometer", body="<p>Falling.</p>")
    article.headline, article.body = "Thermometer", "<p>Rising, rising, rising.</p>"
    article.save()
    article.regions.add(make_region("Orkney"))
    article.tags.add("weather")
    make_report("Dossier", articles=[article])
    actions.revise(article, by=people["editor"])
    return article


def test_an_article_is_found_by_what_it_says_now_and_no_longer_by_what_it_said(people):
    article = make_live_article(people=people, headline="Barometer", body="<p>Falling.</p>")
    first = article.revisions.first()
    article.headline, article.body = "Thermometer", "<p>Rising.</p>"
    article.save()
    actions.revise(article, by=people["editor"])
    assert (found("barometer"), found("thermometer rising")) == ([], ["Thermometer"])
    actions.restore(first, by=people["editor"])
    assert (found("barometer falling"), found("thermometer")) == (["Barometer"], [])


def test_withdrawal_takes_it_out_and_reinstatement_puts_it_back(people):
    article = make_live_article(people=people, headline="Barometer")
    actions.withdraw(article, by=people["managing_editor"], reason="Wrong.")
    assert not SearchEntry.objects.filter(article=article).exists()
    actions.reinstate(article, by=people["managing_editor"], reason="Right.")
    assert found("barometer") == ["Barometer"]


@pytest.mark.parametrize("kind", ["draft", "in_review", "approved"])
def test_what_is_not_to_go_out_is_not_in_the_index(people, kind):
    article = hidden.UNKNOWN[kind](people)
    assert not SearchEntry.objects.filter(article=article).exists()


def test_what_is_taken_off_the_schedule_leaves_the_index(people):
    article = hidden.scheduled(people, headline="Barometer")
    tomorrow = timezone.now() + timedelta(days=2)
    assert found("barometer", at=tomorrow) == ["Barometer"]
    actions.unschedule(article, by=people["editor"])
    assert not SearchEntry.objects.filter(article=article).exists()


def test_the_index_is_what_making_it_anew_makes(people, capsys):
    through_a_life(people)
    make_live_article(people=people, language="ar", headline="الخبز", body="<p>القمح</p>")
    for make in hidden.UNKNOWN.values():
        make(people)
    before = held()
    assert len(before) == Article.objects.filter(index.belongs()).count() > 3
    call_command("reindex_search")
    assert held() == before
    # As after a database that was restored without it.
    SearchEntry.objects.all().delete()
    call_command("reindex_search")
    assert held() == before
    assert f"{len(before)} of {len(before)}" in capsys.readouterr().out


def test_making_it_anew_is_taken_up_where_it_stopped(people, monkeypatch, capsys):
    monkeypatch.setattr(index, "BATCH", 2)
    for _ in range(5):
        make_live_article(people=people)
    before = held()
    index.outdate_everything()
    made = index.make_anew()
    next(made)
    made.close()
    assert (index.waiting(), len(held())) == (3, 5)
    call_command("reindex_search", "--resume")
    assert held() == before
    assert capsys.readouterr().out.splitlines()[-1] == "The index holds 3 articles anew."
    call_command("reindex_search", "--resume")
    assert capsys.readouterr().out == "Nothing waits.\n"


def test_reindexing_drops_what_should_not_be_there(people):
    article = make_live_article(people=people, headline="Barometer")
    Article.objects.filter(pk=article.pk).update(status="draft", published_at=None)
    call_command("reindex_search")
    assert held() == {}


HEADINGS = {
    "author": lambda article: article.bylines.get().author,
    "publication": lambda article: article.originating_publication,
    "region": lambda article: article.regions.get(),
    "theme": lambda article: article.themes.get(),
    "indepthreport": lambda article: article.reports.get(),
    "tag": lambda article: article.tags.get(),
}


@pytest.fixture
def headed(people):
    """A live article under one heading of each kind."""
    article = make_live_article(
        people=people,
        headline="Headed",
        authors=[make_author("Ada Brook")],
        originating_publication=make_publication("Firth Gazette"),
    )
    article.regions.add(make_region())
    article.themes.add(make_theme())
    article.tags.add("weather")
    make_report(articles=[article])
    actions.revise(article, by=people["editor"])
    return article


@pytest.mark.parametrize("kind", HEADINGS)
def test_an_article_is_found_by_the_new_name_of_its_heading(client, people, headed, kind):
    row = HEADINGS[kind](headed)
    name = "title" if kind == "indepthreport" else "name"
    app = row._meta.app_label
    client.force_login(people["admin"])
    address = f"/admin/{app}/{kind}/{row.pk}/change/"
    form = client.get(address).context["adminform"].form
    fields = {field: form[field].value() or "" for field in form.fields} | {name: "Zanzibar"}
    for formset in client.get(address).context["inline_admin_formsets"]:
        management = formset.formset.management_form
        fields |= {
            f"{management.prefix}-{key}": management[key].value() for key in management.fields
        }
        for entry in formset.formset.initial_forms:
            values = {entry.add_prefix(key): entry[key].value() for key in entry.fields}
            fields |= {key: value for key, value in values.items() if value is not None}
    assert client.post(address, fields).status_code == 302
    assert found("zanzibar") == ["Headed"]


def test_of_a_heading_with_many_articles_the_clock_makes_the_index_anew(people, monkeypatch):
    monkeypatch.setattr(upkeep, "AT_ONCE", 1)
    author = make_author("Ada Brook")
    for number in range(3):
        make_live_article(people=people, authors=[author], headline=f"Number {number}")
    author.name = "Ida Beck"
    author.save()
    for _twice in range(2):
        upkeep.renamed(author)
    assert (len(found("brook")), index.waiting()) == (3, 3)
    assert find_anew(at=timezone.now()) == "3 articles indexed anew."
    assert (len(found("brook")), len(found("beck"))) == (0, 3)
    assert find_anew(at=timezone.now()) == ""


def test_a_very_long_text_is_found_to_its_last_word(people):
    words = " ".join(f"word{number} and" for number in range(30_000))
    make_live_article(people=people, headline="Long", body=f"<p>{words} barometer</p>")
    assert found("barometer word29999") == ["Long"]


def test_an_old_date_and_a_far_one_have_their_place(people):
    make_live_article(
        people=people, headline="Old", dated=timezone.now().replace(year=1650), body="<p>xyz</p>"
    )
    make_live_article(people=people, headline="New", body="<p>xyz</p>")
    assert found("xyz") == ["New", "Old"]
