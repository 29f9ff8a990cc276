"""Letters to whoever entered an article, promised with the move they tell of."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from articles import actions, reviewing
from articles.models import WithoutLetters
from cms.workflows.actions import MoveNotAllowed
from tests.factories.articles import make_article


@pytest.fixture
def article(people):
    for who in ("contributor", "editor"):
        people[who].email = f"{who}@review.example"
        people[who].save()
    article = make_article(by=people["contributor"], headline="Boats & rivers")
    actions.submit(article, by=people["contributor"])
    return article


def test_the_writer_is_told_what_is_to_be_done_and_which_comments_are_open(article, people):
    done = reviewing.comment(article, by=people["editor"], text="Done already.")
    reviewing.resolve(done, by=people["editor"])
    reviewing.comment(article, by=people["editor"], text="Which <one>?", passage="Some words")
    actions.send_back(article, by=people["editor"], reason="Shorter & sharper.")
    letter = Email.objects.get()
    assert letter.to == ["contributor@review.example"]
    assert letter.subject == "Sent back to you: Boats & rivers"
    for words in ("Shorter & sharper.", "1 comment is open", "“Some words”", "Which <one>?"):
        assert words in letter.message
    assert f"/admin/articles/article/{article.pk}/review/" in letter.message
    assert "Done already." not in letter.message
    assert "Which &lt;one&gt;?" in letter.html_message


def test_it_is_told_of_approval_schedule_and_publication_and_of_nothing_else(article, people):
    actions.approve(article, by=people["editor"])
    actions.schedule(article, by=people["editor"], publish_at=timezone.now() + timedelta(days=2))
    actions.unschedule(article, by=people["editor"])
    actions.publish(article, by=people["editor"])
    actions.withdraw(article, by=people["managing_editor"], reason="A mistake.")
    subjects = list(Email.objects.order_by("pk").values_list("subject", flat=True))
    assert [subject.partition(":")[0] for subject in subjects] == [
        "Approved",
        "Scheduled",
        "Published",
    ]


def test_whoever_wants_no_letters_gets_none(article, people):
    WithoutLetters.objects.create(user=people["contributor"])
    actions.send_back(article, by=people["editor"], reason="Shorter.")
    assert not Email.objects.exists()


def test_nobody_is_told_of_what_they_did_themselves(people):
    people["editor"].email = "editor@review.example"
    people["editor"].save()
    own = make_article(by=people["editor"])
    actions.submit(own, by=people["editor"])
    actions.send_back(own, by=people["editor"], reason="Second thoughts.")
    assert not Email.objects.exists()


@pytest.mark.parametrize("address", ["", "two@a.example, others@b.example"])
def test_an_address_that_is_none_holds_up_no_move(article, people, address):
    type(people["contributor"]).objects.filter(username="contributor").update(email=address)
    article.refresh_from_db()
    actions.approve(article, by=people["editor"])
    assert not Email.objects.exists()


def test_a_refused_move_writes_no_letter(article, people):
    with pytest.raises(MoveNotAllowed):
        actions.send_back(article, by=people["editor"], reason="")
    assert not Email.objects.exists()
