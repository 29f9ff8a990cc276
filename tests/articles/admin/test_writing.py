"""What is written in the form is kept, handed back to its owner only, and gone once it is saved."""

import pytest

from articles import actions, presence
from articles.models import Article, UnsavedWork
from tests.browsing import filled, page_of, rows, typed_in
from tests.factories.articles import house, make_article, make_author
from tests.factories.headings import make_report
from tests.reading import words

DESK = "/admin/articles/article/"


def as_(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def article(people):
    return make_article(by=people["contributor"], headline="Old", body="<p>Old words.</p>")


def test_kept_words_are_offered_taken_up_whole_and_gone_once_saved(client, people, article):
    as_(client, people["editor"])
    url, author = f"{DESK}{article.pk}/change/", make_author("Ada Byron")
    page = client.get(url)
    typed = filled(page, headline="New", body="<p>New<span class='footnote'>A note</span>.</p>")
    typed |= {"bylines-TOTAL_FORMS": "2", "bylines-1-author": author.pk}
    typed |= {"bylines-1-role": "author", "bylines-1-id": "", "unknown": "x"}
    answer = client.post(f"{DESK}{article.pk}/keep/", typed)
    assert answer.json()["kept"].startswith("Kept ")
    work = UnsavedWork.objects.get()
    assert "unknown" not in work.form and "csrfmiddlewaretoken" not in work.form
    assert work.article == article

    offer = page_of(client.get(url)).select_one(".writing-offer").get_text(" ", strip=True)
    assert "You have unsaved work of" in offer
    differs = client.get(f"{DESK}unsaved/{work.key}/").content.decode()
    assert "<del>Old</del>" in differs and "<ins>New</ins>" in differs and "Ada Byron" in differs

    taken_up = client.get(f"{url}?unsaved={work.key}")
    assert typed_in(taken_up, "headline") == "New"
    assert "A note" in typed_in(taken_up, "body")
    assert typed_in(taken_up, "bylines-1-author") == str(author.pk)
    assert typed_in(taken_up, "writing_key") != work.key
    assert Article.objects.get().headline == "Old"

    assert client.post(url, filled(taken_up)).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.bylines.count()) == ("New", 2)
    assert not UnsavedWork.objects.exists()


def test_an_article_that_was_never_saved_is_found_again(client, people):
    house()
    as_(client, people["contributor"])
    author = make_author()
    typed = filled(client.get(f"{DESK}add/"), headline="Begun")
    typed |= rows("bylines", {"author": author.pk, "role": "author"})
    client.post(f"{DESK}keep/", typed)
    work = UnsavedWork.objects.get()
    assert "Begun" in client.get(f"{DESK}unsaved/").content.decode()
    assert client.get(f"{DESK}unsaved/{work.key}/").status_code == 200
    taken_up = client.get(f"{DESK}add/?unsaved={work.key}")
    assert typed_in(taken_up, "bylines-0-author") == str(author.pk)
    assert not Article.objects.exists()
    client.post(f"{DESK}add/", filled(taken_up))
    assert Article.objects.get().headline == "Begun"
    assert not UnsavedWork.objects.exists()


def test_only_its_owner_sees_takes_up_or_throws_away_what_is_kept(client, people, article):
    as_(client, people["editor"])
    url = f"{DESK}{article.pk}/change/"
    client.post(f"{DESK}{article.pk}/keep/", filled(client.get(url), headline="Secret"))
    key = UnsavedWork.objects.get().key
    for role in ("contributor", "managing_editor", "rights_manager"):
        as_(client, people[role])
        assert client.get(f"{DESK}unsaved/{key}/").status_code == 404
        assert client.post(f"{DESK}unsaved/{key}/throw-away/").status_code == 404
        for page in (f"{url}?unsaved={key}", f"{DESK}unsaved/"):
            assert "Secret" not in client.get(page).content.decode()
    as_(client, people["editor"])
    assert client.get(f"{DESK}unsaved/{key}/throw-away/").status_code == 405
    assert client.post(f"{DESK}unsaved/{key}/throw-away/").status_code == 302
    assert not UnsavedWork.objects.exists()


def test_who_may_not_write_keeps_nothing_and_is_told_of_nobody(client, people, article):
    presence.claim(article, by=people["editor"], key="k" * 22)
    as_(client, people["rights_desk"])
    page = client.get(f"{DESK}{article.pk}/change/").content.decode()
    assert "is editing this" not in page and 'id="writing"' not in page
    sent = {"writing_key": "k" * 22, "headline": "X"}
    for address in ("keep/", f"{article.pk}/keep/", f"{article.pk}/takeover/"):
        assert client.post(DESK + address, sent).status_code == 403
    other = make_article(by=people["editor"])
    as_(client, people["contributor"])
    assert client.post(f"{DESK}{other.pk}/keep/", sent).status_code in (403, 404)
    assert client.post(f"{DESK}{other.pk}/takeover/").status_code in (403, 404)
    assert not UnsavedWork.objects.exists()


def test_what_no_tab_sends_is_answered_in_words(client, people, article):
    as_(client, people["editor"])
    for key in ("", "short", "x" * 41, "a b" * 8):
        answer = client.post(f"{DESK}keep/", {"writing_key": key, "headline": "X"})
        assert answer.status_code == 400 and answer.json()["refused"]
        assert client.get(f"{DESK}{article.pk}/change/", {"unsaved": key}).status_code == 200
    assert client.get(f"{DESK}keep/").status_code == 405
    broken = {"writing_key": "k" * 22, "headline": "\0X", "bylines-TOTAL_FORMS": "x"}
    broken |= {"publication": "none", "regions": ["\0", "9" * 30], "seen_revision": "9" * 30}
    assert client.post(f"{DESK}{article.pk}/keep/", broken).status_code == 200
    for page in (f"unsaved/{'k' * 22}/", f"{article.pk}/change/?unsaved={'k' * 22}"):
        assert client.get(DESK + page).status_code == 200


def test_a_colleague_who_writes_is_named_and_taken_over_from(client, people, article):
    url = f"{DESK}{article.pk}/change/"
    first = typed_in(as_(client, people["editor"]).get(url), "writing_key")
    page = as_(client, people["managing_editor"]).get(url)
    said = page_of(page).select_one("#presence [role=status]").text
    assert said.startswith("editor is editing this since ")

    refused = client.post(url, filled(page, headline="Mine"))
    assert refused.status_code == 200 and typed_in(refused, "headline") == "Mine"
    assert page_of(refused).select_one("button[name=_takeover]").text == "Take over and save"
    assert Article.objects.get().headline == "Old"
    typed = filled(refused) | {"_takeover": "1"}
    assert client.post(url, typed).status_code == 302
    assert Article.objects.get().headline == "Mine"
    assert "Took over from editor." in client.get(f"{DESK}{article.pk}/history/").content.decode()

    client.get(url)
    as_(client, people["editor"])
    answer = client.post(f"{DESK}{article.pk}/keep/", {"writing_key": first})
    assert "is editing this since" in answer.json()["held"]
    client.post(f"{DESK}{article.pk}/takeover/")
    assert presence.holder(article).user == people["editor"]


def kept(client, address, page, **typed):
    """What a tab with ``page`` sends of itself, and what the server answers."""
    return client.post(DESK + address, filled(page, **typed)).json()


def headlines():
    return sorted(UnsavedWork.objects.values_list("headline", flat=True))


def test_two_tabs_of_one_person_keep_apart_what_was_written_in_each(client, people, article):
    as_(client, people["editor"])
    url, keep = f"{DESK}{article.pk}/change/", f"{article.pk}/keep/"
    first = client.get(url)
    kept(client, keep, first, headline="In the first tab")
    work = UnsavedWork.objects.get()
    second = client.get(f"{url}?unsaved={work.key}")
    kept(client, keep, first, headline="The first wrote on")
    kept(client, keep, second, headline="In the second tab")
    assert headlines() == ["In the second tab", "The first wrote on"]
    assert client.post(url, filled(second, headline="Saved")).status_code == 302
    assert headlines() == ["The first wrote on"]


def test_what_was_taken_up_is_offered_once(client, people, article):
    as_(client, people["editor"])
    url, keep = f"{DESK}{article.pk}/change/", f"{article.pk}/keep/"
    kept(client, keep, client.get(url), headline="Of a tab that died")
    taken_up = client.get(f"{url}?unsaved={UnsavedWork.objects.get().key}")
    kept(client, keep, taken_up, headline="Written on")
    assert headlines() == ["Written on"]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_copy_in_the_browser_of_what_was_saved_is_no_offer(client, people, article, is_new):
    as_(client, people["editor"])
    url, keep = ("add/", "keep/") if is_new else (f"{article.pk}/change/", f"{article.pk}/keep/")
    page = client.get(DESK + url)
    copy = {**filled(page, headline="Without a connection"), "reading": "1", "brought": "1"}
    other = {**copy, "writing_key": "a-tab-that-was-never-saved"}
    assert client.post(DESK + url, filled(page, headline="Saved")).status_code == 302
    assert "kept" not in client.post(DESK + keep, copy).json()
    assert "kept" in client.post(DESK + keep, other).json()
    assert headlines() == ["Without a connection"]


@pytest.mark.parametrize(
    "claimed", ["", "x", " ", "{key}", "{key} today", "{key} 2026-01-01", "{key} 0001-01-01T00:00Z"]
)
def test_a_form_that_lies_of_what_it_took_up_throws_nothing_away(client, people, article, claimed):
    as_(client, people["editor"])
    url, keep = f"{DESK}{article.pk}/change/", f"{article.pk}/keep/"
    kept(client, keep, client.get(url), headline="Kept")
    claimed = claimed.format(key=UnsavedWork.objects.get().key)
    kept(client, keep, client.get(url), headline="Another", instead_of=claimed)
    assert headlines() == ["Another", "Kept"]


def test_nobody_throws_away_a_colleagues_work_by_naming_it(client, people, article):
    as_(client, people["editor"])
    url, keep = f"{DESK}{article.pk}/change/", f"{article.pk}/keep/"
    kept(client, keep, client.get(url), headline="The editor’s")
    named = f"{UnsavedWork.objects.get().key} 2199-01-01T00:00:00+00:00"
    as_(client, people["managing_editor"])
    kept(client, keep, client.get(url), headline="The other’s", instead_of=named)
    assert headlines() == ["The editor’s", "The other’s"]


def test_what_is_written_in_an_article_that_moved_on_is_kept_and_can_be_read(
    client, people, article
):
    as_(client, people["contributor"])
    url = f"{DESK}{article.pk}/change/"
    typed = filled(client.get(url), headline="Mine", body="<p>An hour of work.</p>")
    actions.submit(article, by=people["contributor"])
    answer = client.post(url, typed)
    assert answer.status_code == 403
    assert "What you wrote is kept as your unsaved work." in words(answer)
    assert "An hour of work." in words(page_of(answer).select_one("details.comparison"))
    assert "Take it up" not in words(answer)
    assert Article.objects.get().headline == "Old"


def test_unsaved_work_outlives_its_draft_and_begins_another(client, people, article):
    as_(client, people["editor"])
    url = f"{DESK}{article.pk}/change/"
    typed = filled(client.get(url), headline="Written on", body="<p>An hour of work.</p>")
    client.post(f"{DESK}{article.pk}/keep/", typed)
    as_(client, people["managing_editor"])
    assert client.post(f"{DESK}{article.pk}/delete/", {"post": "yes"}).status_code == 302
    assert headlines() == ["Written on"]
    as_(client, people["editor"])
    assert "Take it up" in words(client.post(url, typed))
    work = UnsavedWork.objects.get()
    taken_up = client.get(f"{DESK}add/?unsaved={work.key}")
    assert client.post(f"{DESK}add/", filled(taken_up)).status_code == 302
    begun = Article.objects.get()
    assert (begun.headline, begun.bylines.count()) == ("Written on", 1)
    assert begun.created_by == people["editor"]


def test_nobody_learns_of_an_article_by_saving_it(client, people):
    other = make_article(by=people["editor"], headline="Secret")
    as_(client, people["contributor"])
    typed = {"writing_key": "k" * 22, "headline": "Mine"}
    answers = []
    for key in (other.pk, 999_999):
        answer = client.post(f"{DESK}{key}/change/", typed)
        answers.append((answer.status_code, words(page_of(answer).select_one("#content"))))
        assert UnsavedWork.objects.get().article is None
        UnsavedWork.objects.all().delete()
    assert answers[0] == answers[1]
    assert "Secret" not in answers[0][1]
    other.refresh_from_db()
    assert other.headline == "Secret"


def test_a_place_in_a_report_that_was_taken_away_meanwhile_does_not_stop_the_save(
    client, people, article
):
    """Reports are arranged on a desk of their own, which makes no revision of an article."""
    gone, left, kept_in = [make_report(f"Report {n}", articles=[article]) for n in range(3)]
    as_(client, people["editor"])
    url = f"{DESK}{article.pk}/change/"
    typed = filled(client.get(url), headline="New")
    # The rows stand by the titles of their reports.
    typed["report_entries-1-DELETE"] = "on"
    gone.entries.all().delete()
    assert client.post(url, typed).status_code == 302
    article.refresh_from_db()
    assert article.headline == "New"
    assert [entry.report for entry in article.report_entries.all()] == [kept_in]
    assert not left.entries.exists()
