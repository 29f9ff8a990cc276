"""The question of the form, the card beside it, and the desk of corrections."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, Correction, Dismissal
from tests.browsing import complaints, filled, page_of, typed_in
from tests.factories.articles import make_article, make_live_article

BODY = "<p>Some words that stand for an article of 12 pages.</p>"
DESK = reverse("admin:articles_correction_changelist")
ADD = reverse("admin:articles_correction_add")


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"])
    return client


@pytest.fixture
def article(people):
    return make_live_article(people=people)


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def dismissal(article):
    return reverse("admin:articles_article_dismiss", args=[article.pk])


def due(article, people):
    article.body = BODY
    article.save(update_fields=["body"])
    actions.revise(article, by=people["editor"])
    return article


def test_a_change_that_matters_comes_back_with_the_question_and_with_all_that_was_typed(
    editor, article
):
    before = editor.get(change(article))
    assert page_of(before).select_one("#notice:not([open])")
    answer = editor.post(change(article), filled(before, body=BODY, headline="Another headline"))
    assert answer.status_code == 200
    assert "Body: words were added, “of 12 pages”." in complaints(answer)
    assert typed_in(answer, "headline") == "Another headline"
    article.refresh_from_db()
    assert article.headline != "Another headline"
    typed = filled(answer, notice="write", notice_text="It has twelve.", notice_kind="update")
    assert editor.post(change(article), typed).status_code == 302
    told = article.corrections.get()
    assert (told.kind, told.text, told.placement) == ("update", "It has twelve.", "end")
    assert told.revision == article.revisions.first()
    article.refresh_from_db()
    assert (article.headline, article.correction_due_since) == ("Another headline", None)


@pytest.mark.parametrize("answer", ["small", "later"])
def test_a_change_is_called_small_or_told_later(editor, article, answer):
    typed = filled(editor.get(change(article)), body=BODY, notice=answer)
    assert editor.post(change(article), typed).status_code == 302
    article.refresh_from_db()
    assert (article.correction_due_since is None) == (answer == "small")
    assert Dismissal.objects.filter(article=article, reason="").exists() == (answer == "small")


def test_a_small_change_asks_nothing_and_an_empty_notice_is_none(editor, article):
    page = editor.get(change(article))
    assert "words were" in "".join(complaints(editor.post(change(article), filled(page, body=""))))
    answer = editor.post(change(article), filled(page, notice="write"))
    assert complaints(answer) == ["Write what was wrong and what is right."]
    typed = filled(page, body="<p>Some <em>words</em> that stand for an artcle.</p>")
    assert editor.post(change(article), typed).status_code == 302
    article.refresh_from_db()
    assert article.correction_due_since is None


def test_who_signs_is_asked_about_and_a_made_up_answer_is_refused(editor, article):
    page = editor.get(change(article))
    answer = editor.post(change(article), filled(page, **{"bylines-0-DELETE": "on"}))
    assert complaints(answer) == ["Bylines: somebody was added, left out, or given another part."]
    answer = editor.post(change(article), filled(page, notice="x", notice_kind="y"))
    assert answer.status_code == 200
    assert not article.corrections.exists()


def test_what_is_due_stands_beside_the_form_first_on_the_desk_and_is_dismissed(
    editor, article, people
):
    due(article, people)
    card = page_of(editor.get(change(article))).select_one(".notice-due")
    assert "Body: words were added, “of 12 pages”." in card.get_text()
    desk = page_of(editor.get(DESK)).select_one(".due")
    assert {link["href"] for link in desk.select("a")} == {
        change(article),
        dismissal(article),
        f"{ADD}?article={article.pk}",
    }
    answer = editor.post(dismissal(article), {"reason": " "})
    assert answer.status_code == 200
    assert complaints(answer)
    answer = editor.post(dismissal(article), {"reason": "Page numbers of the print edition."})
    assert answer.status_code == 302
    assert not Article.objects.with_correction_due().exists()
    again = editor.post(dismissal(article), {"reason": "Once more."})
    assert complaints(again) == ["No notice is due for this article."]


def test_a_notice_is_written_at_the_desk_for_what_readers_have_seen(editor, article, people):
    page = editor.get(f"{ADD}?article={article.pk}")
    assert typed_in(page, "article") == str(article.pk)
    typed = filled(page, text="It was Tuesday.", kind="retraction")
    draft = make_article(by=people["contributor"])
    for wrong, sentence in (
        ({"article": draft.pk}, "Readers have not seen this text yet; there is nothing to tell."),
        ({"text": "a\x00b"}, "character"),
        ({"dated": "9998-12-31T10:00"}, ""),
    ):
        answer = editor.post(ADD, typed | wrong)
        assert answer.status_code == 200
        assert sentence in " ".join(complaints(answer))
    assert editor.post(ADD, typed).status_code == 302
    told = Correction.objects.get()
    assert (told.number, told.placement, told.created_by) == (1, "top", people["editor"])
    assert editor.get(f"{ADD}?article=%F0%9F").status_code == 200


def test_nobody_changes_or_deletes_what_was_told(client, people, article):
    told = article.corrections.create(text="It was Tuesday.", created_by=people["editor"])
    for role in ("editor", "managing_editor", "admin"):
        client.force_login(people[role])
        for page in ("change", "delete"):
            address = reverse(f"admin:articles_correction_{page}", args=[told.pk])
            assert client.post(address, {"text": "No.", "post": "yes"}).status_code == 403
    told.refresh_from_db()
    assert told.text == "It was Tuesday."


@pytest.mark.parametrize("role", ["contributor", "rights_desk"])
def test_who_only_reads_sees_what_the_public_was_told_and_nothing_of_what_is_due(
    client, people, role
):
    public = due(make_live_article(people=people), people)
    gone = make_live_article(people=people, headline="Secret")
    Article.objects.filter(pk__in=[gone.pk, public.pk]).update(created_by=people["editor"])
    public.corrections.create(text="It was Tuesday.", created_by=people["editor"])
    secret = gone.corrections.create(text="Secret matter.", created_by=people["editor"])
    actions.withdraw(gone, by=people["managing_editor"], reason="Wrong.")
    client.force_login(people[role])
    said = client.get(DESK).content.decode()
    assert "It was Tuesday." in said
    assert ("Secret matter." in said) == (role == "rights_desk")
    assert 'class="due"' not in said
    assert people["editor"].get_full_name() not in said or not people["editor"].get_full_name()
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"article": public.pk, "text": "x"}).status_code == 403
    assert client.post(dismissal(public), {"reason": "x"}).status_code in (302, 403, 404)
    assert Article.objects.with_correction_due().contains(public)
    one = client.get(reverse("admin:articles_correction_change", args=[secret.pk]))
    assert (one.status_code == 200) == (role == "rights_desk")
    assert client.get(one.request["PATH_INFO"].replace("change", "history")).status_code == 403
    assert not Dismissal.objects.exists()


def test_the_desk_is_narrowed_by_kind_article_day_and_words(editor, people, article):
    other = make_live_article(people=people)
    article.corrections.create(text="It was Tuesday.", kind="update", created_by=people["editor"])
    other.corrections.create(text="It was the quay.", kind="correction")
    for query in (
        "kind__exact=update",
        f"article={article.pk}",
        f"article={article.pk}&dated={timezone.now():%Y}",
        "q=Tuesday",
    ):
        said = page_of(editor.get(f"{DESK}?{query}")).select_one("#result_list").get_text()
        assert "It was Tuesday." in said
        assert "It was the quay." not in said
    for query in ("kind__exact=x", "article=%F0", "dated=x", "text__startswith=It"):
        assert editor.get(f"{DESK}?{query}").status_code in (200, 302, 400)
