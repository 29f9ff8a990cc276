"""The talk about a text: who takes part, what a comment is about, how it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import actions, reviewing
from articles.anchoring import Words
from articles.models import Article, Comment
from articles.threads import threads
from cms.workflows.actions import MoveNotAllowed, NotYours
from tests.factories.articles import make_article

BODY = (
    "<h2>On the river</h2><p>The first <em>boat</em> sank.</p>"
    '<ul><li>The second boat<span class="footnote">Hers was blue.</span> came home.</li></ul>'
)


@pytest.fixture
def article(people):
    return make_article(by=people["contributor"], body=BODY, standfirst="Two boats.")


def test_a_comment_keeps_the_words_of_the_text_and_those_around_them(article, people):
    remark = reviewing.comment(article, by=people["editor"], text="Which?", passage="first  boat")
    assert (remark.field, remark.exact, remark.revision) == ("body", "first boat", 1)
    assert remark.prefix == "On the river The "
    assert remark.suffix.startswith(" sank. The second boat came home.")


@pytest.mark.parametrize(
    ("passage", "field", "exact"),
    [
        ("Two boats", "standfirst", "Two boats"),
        ("THE SECOND boat came", "body", "The second boat came"),
        ("Hers was blue.", "body", "Hers was blue."),
        ("sank. The second", "body", "sank. The second"),
    ],
)
def test_a_passage_is_found_as_it_was_typed(article, people, passage, field, exact):
    remark = reviewing.comment(article, by=people["editor"], text="Hm.", passage=passage)
    assert (remark.field, remark.exact) == (field, exact)
    line = Words.of(article)[field]
    assert line[slice(*Words.of(article).find(remark))] == exact


def test_of_two_places_of_the_same_words_the_selected_one_is_meant(article, people):
    remark = reviewing.comment(
        article, by=people["editor"], text="Hm.", field="body", passage="boat", prefix="The second "
    )
    assert remark.prefix.endswith("The second ")


def test_words_that_stand_nowhere_are_refused_and_nothing_is_written(article, people):
    with pytest.raises(MoveNotAllowed, match="do not stand in the text"):
        reviewing.comment(article, by=people["editor"], text="Hm.", passage="The third boat")
    assert not Comment.objects.exists()


def test_what_was_read_may_be_commented_on_though_a_colleague_has_changed_it(article, people):
    article.body = "<p>Nobody sailed.</p>"
    article.save(update_fields=["body"])
    actions.revise(article, by=people["managing_editor"])
    remark = reviewing.comment(
        article, by=people["editor"], text="Sure?", passage="first boat", seen=1
    )
    assert (remark.exact, remark.revision) == ("first boat", 1)
    (thread,) = threads(article, by=people["editor"], at=timezone.now())
    assert thread.is_gone


def test_threads_stand_in_the_order_of_the_text_the_whole_first_and_lost_ones_last(article, people):
    def say(text, passage=""):
        return reviewing.comment(article, by=people["editor"], text=text, passage=passage)

    say("lost", "river")
    say("later", "came home")
    say("earlier", "sank")
    say("whole")
    say("standfirst", "Two")
    Article.objects.filter(pk=article.pk).update(body=BODY.replace("river", "lake"))
    article.refresh_from_db()
    found = threads(article, by=people["editor"], at=timezone.now())
    said = [thread.comment.text for thread in found]
    assert said == ["whole", "standfirst", "earlier", "later", "lost"]
    assert [thread.is_gone for thread in found] == [False] * 4 + [True]


def test_a_comment_is_answered_resolved_and_reopened_by_whoever_takes_part(article, people):
    remark = reviewing.comment(article, by=people["editor"], text="Which?")
    answer = reviewing.answer(remark, by=people["contributor"], text="The red one.")
    below = reviewing.answer(answer, by=people["editor"], text="Thanks.")
    assert {answer.in_answer_to_id, below.in_answer_to_id} == {remark.pk}
    reviewing.resolve(remark, by=people["contributor"])
    first = remark.resolved_at
    reviewing.resolve(remark, by=people["editor"])
    assert (remark.resolved_by, remark.resolved_at) == (people["contributor"], first)
    assert list(article.comments.open()) == []
    reviewing.reopen(remark, by=people["editor"])
    assert (remark.resolved_by, remark.reopened_by) == (None, people["editor"])
    assert list(article.comments.open()) == [remark]


def test_a_slip_is_taken_back_soon_by_its_writer_and_unanswered_only(article, people):
    editor, now = people["editor"], timezone.now()
    slip = reviewing.comment(article, by=editor, text="Slip.", at=now)
    with pytest.raises(NotYours):
        reviewing.withdraw(slip, by=people["managing_editor"], at=now)
    reviewing.withdraw(slip, by=editor, at=now)
    old = reviewing.comment(article, by=editor, text="Old.", at=now - timedelta(minutes=16))
    answered = reviewing.comment(article, by=editor, text="Answered.", at=now)
    reviewing.answer(answered, by=people["contributor"], text="Yes.", at=now)
    for remark in (old, answered):
        with pytest.raises(MoveNotAllowed, match="resolved instead"):
            reviewing.withdraw(remark, by=editor, at=now)
    assert set(article.comments.beginning()) == {old, answered}


@pytest.mark.parametrize("who", ["rights_desk", "rights_manager"])
def test_those_who_only_read_take_no_part(article, people, who):
    remark = reviewing.comment(article, by=people["editor"], text="Which?")
    for act in (
        lambda: reviewing.comment(article, by=people[who], text="I, too."),
        lambda: reviewing.answer(remark, by=people[who], text="This one."),
        lambda: reviewing.resolve(remark, by=people[who]),
        lambda: reviewing.reopen(remark, by=people[who]),
        lambda: reviewing.withdraw(remark, by=people[who]),
    ):
        with pytest.raises(NotYours):
            act()
    assert list(Comment.objects.open()) == [remark]


def test_a_contributor_takes_part_in_the_talk_about_own_articles_only(people):
    own, other = (make_article(by=people[who]) for who in ("contributor", "editor"))
    assert reviewing.takes_part(people["contributor"], own)
    assert not reviewing.takes_part(people["contributor"], other)


@pytest.mark.parametrize("text", ["", " \n", "x" * 4001, "a\x00b", "\ud800"])
def test_what_is_no_comment_is_refused_in_a_sentence(article, people, text):
    with pytest.raises(MoveNotAllowed) as refusal:
        reviewing.comment(article, by=people["editor"], text=text)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("passage", ["a\x00b", "\ud800", "x" * 1_000_000])
def test_a_passage_of_any_signs_is_looked_for_without_harm(article, people, passage):
    with pytest.raises(MoveNotAllowed):
        reviewing.comment(article, by=people["editor"], text="Hm.", passage=passage, field="nix")


def test_comments_go_with_the_draft_they_are_about(article, people):
    remark = reviewing.comment(article, by=people["editor"], text="Which?")
    reviewing.answer(remark, by=people["contributor"], text="The red one.")
    article.delete()
    assert not Comment.objects.exists()
