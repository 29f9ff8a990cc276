"""The checklist: what is asked of an article, who ticked it, and what it holds back."""

import pytest

from articles import actions, checking, checklist, readiness
from articles.models import ChecklistPoint, ChecklistTick
from cms.workflows.actions import MoveNotAllowed, NotYours
from tests.factories.articles import make_article, make_publication
from tests.racing import race


@pytest.fixture
def article(people):
    return make_article(by=people["contributor"])


def make_point(label="Fact check", **fields):
    return ChecklistPoint.objects.create(label=label, **fields)


def test_a_required_point_holds_back_publication_until_somebody_ticks_it(article, people):
    point = make_point()
    make_point("Reminder", is_required=False)
    make_point("Old", is_active=False)
    make_point("Elsewhere", publication=make_publication())
    assert readiness.blockers(article) == ["Not ticked yet: Fact check."]
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    with pytest.raises(MoveNotAllowed, match="Fact check"):
        actions.publish(article, by=people["editor"])
    checking.tick(article, point, by=people["editor"])
    assert readiness.blockers(article) == []
    actions.publish(article, by=people["editor"])


def test_who_ticked_what_and_when_stays_on_record(article, people):
    point = make_point()
    first = checking.tick(article, point, by=people["editor"])
    assert checking.tick(article, point, by=people["managing_editor"]) == first
    checking.take_back(article, point, by=people["managing_editor"])
    second = checking.tick(article, point, by=people["managing_editor"])
    record = list(ChecklistTick.objects.values_list("pk", "by", "taken_back_by"))
    editor, manager = people["editor"].pk, people["managing_editor"].pk
    assert record == [(first.pk, editor, manager), (second.pk, manager, None)]


def test_a_tick_says_when_the_text_has_changed_since(article, people):
    make_point("Never ticked")
    point = make_point()
    checking.tick(article, point, by=people["editor"])
    article.editorial_note = "Only for us."
    article.save()
    actions.revise(article, by=people["editor"])
    assert [line.is_stale for line in checklist.lines(article)] == [False, False]
    article.body = "<p>Quite another text.</p>"
    article.save()
    actions.revise(article, by=people["editor"])
    assert [line.is_stale for line in checklist.lines(article)] == [False, True]


@pytest.mark.parametrize("who", ["contributor", "rights_desk", "rights_manager"])
def test_only_who_may_approve_it_ticks(article, people, who):
    point = make_point()
    for act in (checking.tick, checking.take_back):
        with pytest.raises(NotYours):
            act(article, point, by=people[who])
    assert not ChecklistTick.objects.exists()


def test_a_point_of_another_publication_is_not_ticked(article, people):
    with pytest.raises(MoveNotAllowed):
        checking.tick(article, make_point(publication=make_publication()), by=people["editor"])


def test_the_usual_three_are_begun_once_and_by_a_managing_editor(people):
    with pytest.raises(NotYours):
        checking.begin(by=people["editor"])
    made = checking.begin(by=people["managing_editor"])
    assert [point.kind for point in made] == ["facts", "law", "picture_rights"]
    with pytest.raises(MoveNotAllowed):
        checking.begin(by=people["managing_editor"])
    assert ChecklistPoint.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tick_at_once_one_is_on_record(article, people):
    point = make_point()
    ticked = race(
        [
            lambda who=who: checking.tick(article, point, by=people[who])
            for who in ("editor", "managing_editor")
        ]
    )
    assert ticked[0] == ticked[1] == ChecklistTick.objects.get()
