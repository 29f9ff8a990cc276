"""The review page and its addresses: who reads and says what there, by click and by direct POST."""

import pytest
from django.urls import reverse

from articles import actions, reviewing
from articles.models import ChecklistPoint, ChecklistTick, Comment, WithoutLetters
from tests.factories.articles import make_article

NEWSROOM = ("contributor", "editor", "managing_editor", "admin")
EDITORS = ("editor", "managing_editor", "admin")
SECRET = "Said among editors"


@pytest.fixture
def article(people):
    article = make_article(by=people["contributor"], body="<p>The red boat &amp; the blue.</p>")
    actions.submit(article, by=people["contributor"])
    return article


@pytest.fixture
def remark(article, people):
    return reviewing.comment(article, by=people["editor"], text=SECRET, passage="red boat")


def at(article, page, *args):
    return reverse(f"admin:articles_article_{page}", args=[article.pk, *args])


def everything():
    return list(Comment.objects.values()), list(ChecklistTick.objects.values())


@pytest.mark.parametrize(
    "who", ["contributor", "editor", "managing_editor", "rights_desk", "rights_manager", "admin"]
)
def test_each_role_reads_and_does_what_is_its_own(client, people, article, remark, who):
    point = ChecklistPoint.objects.create(label="Fact check")
    client.force_login(people[who])
    takes_part, before = who in NEWSROOM, everything()
    shown = client.get(at(article, "review"))
    assert shown.status_code == (200 if takes_part else 403)
    assert (SECRET in shown.content.decode()) == takes_part
    assert client.get(at(article, "comment")).status_code == (405 if takes_part else 403)
    acts = [
        (at(article, "comment"), {"text": "Hm.", "passage": "the blue"}),
        (at(article, "talk", remark.pk, "answer"), {"text": "Yes."}),
        (at(article, "talk", remark.pk, "resolve"), {}),
        (at(article, "talk", remark.pk, "reopen"), {}),
    ]
    for address, told in acts:
        answer = client.post(address, told)
        assert answer.status_code == (302 if takes_part else 403)
    assert (everything() != before) == takes_part
    ticked = client.post(at(article, "tick", point.pk, "tick"), {"seen": "1"})
    assert ticked.status_code == (302 if who in EDITORS else 403)
    assert ChecklistTick.objects.exists() == (who in EDITORS)


@pytest.mark.parametrize("who", ["contributor", "rights_desk"])
def test_the_form_shows_the_talk_to_those_who_take_part(client, people, article, remark, who):
    client.force_login(people[who])
    page = client.get(at(article, "change")).content.decode()
    assert (SECRET in page) == ("data-card" in page) == (who == "contributor")


def test_a_made_up_comment_point_or_verb_is_unknown(client, people, article, remark):
    client.force_login(people["editor"])
    other = make_article(by=people["editor"])
    point = ChecklistPoint.objects.create(label="Fact check")
    for address in (
        at(article, "talk", remark.pk, "publish"),
        at(article, "talk", 10**30, "resolve"),
        at(other, "talk", remark.pk, "resolve"),
        at(article, "tick", point.pk, "burn"),
        at(article, "tick", 10**30, "tick"),
    ):
        assert client.post(address).status_code == 404, address


def test_what_was_typed_is_not_lost_when_it_is_refused(client, people, article):
    client.force_login(people["editor"])
    told = {"text": "My \ud800long remark", "passage": "the green boat", "seen": "9" * 40}
    for headers in ({}, {"X-Card": "1"}):
        answer = client.post(at(article, "comment"), told | {"text": "My remark"}, headers=headers)
        assert answer.status_code == 409
        page = answer.content.decode()
        for words in ("My remark", "the green boat", "do not stand in the text"):
            assert words in page
    assert not Comment.objects.exists()


def test_the_card_alone_is_answered_to_the_form(client, people, article):
    client.force_login(people["editor"])
    answer = client.post(
        at(article, "comment"),
        {"text": "<b>Bold</b>", "passage": "boat & the"},
        headers={"X-Card": "1"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    assert 'data-exact="boat &amp; the"' in page


def test_moves_are_made_from_the_review_and_name_what_is_open(client, people, article, remark):
    client.force_login(people["editor"])
    page = client.get(at(article, "review")).content.decode()
    assert "1 comment is open." in page
    for move in ("approve", "send_back"):
        assert at(article, "move", move) in page
    client.post(at(article, "move", "send_back"), {"reason": "Shorter.", "seen_revision": "1"})
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_review_costs_the_same_however_much_is_said(
    client, people, article, django_assert_max_num_queries
):
    client.force_login(people["editor"])
    for number in range(8):
        remark = reviewing.comment(article, by=people["editor"], text=str(number), passage="boat")
        reviewing.answer(remark, by=people["contributor"], text="Yes.")
        ChecklistPoint.objects.create(label=str(number))
    with django_assert_max_num_queries(30):
        client.get(at(article, "review"))


def test_each_colleague_turns_letters_off_and_on_again(client, people):
    address = reverse("admin:articles_article_letters")
    assert client.get(address).status_code == 302
    client.force_login(people["contributor"])
    client.post(address)
    assert WithoutLetters.objects.get().user == people["contributor"]
    assert b" checked" not in client.get(address).content
    client.post(address, {"wanted": "1"})
    assert not WithoutLetters.objects.exists()


@pytest.mark.parametrize("who", ["contributor", "editor", "managing_editor", "rights_manager"])
def test_a_managing_editor_begins_the_checklist(client, people, who):
    client.force_login(people[who])
    is_allowed = who == "managing_editor"
    shown = client.get(reverse("admin:articles_checklistpoint_changelist"))
    assert shown.status_code == (200 if who in EDITORS else 403)
    assert (b"Begin with the usual three" in shown.content) == is_allowed
    answer = client.post(reverse("admin:articles_checklistpoint_begin"))
    assert answer.status_code == (302 if is_allowed else 403)
    assert ChecklistPoint.objects.exists() == is_allowed
    assert client.get(reverse("admin:articles_checklistpoint_begin")).status_code == 405


# --- two revisions ---


def test_any_two_revisions_are_compared_in_two_columns_or_one(client, people, article):
    article.body = "<p>The red boat &amp; the <em>green</em>.</p>"
    article.save()
    actions.revise(article, by=people["editor"])
    client.force_login(people["editor"])
    chosen = client.get(at(article, "compare"), {"older": "2", "newer": "1", "view": "inline"})
    assert chosen["Location"] == at(article, "comparison", 1, 2) + "?view=inline"
    for view in ("", "?view=inline"):
        page = client.get(at(article, "comparison", 1, 2) + view).content.decode()
        assert "<del>blue</del>" in page
        assert "<ins>green</ins>" in page
    for older in ("", "x", "7", "9" * 40):
        told = {"older": older, "newer": "1"}
        assert client.get(at(article, "compare"), told).status_code == 404
