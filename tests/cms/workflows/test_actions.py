"""Nothing moves but by the table, and what moves leaves one line of record."""

from datetime import UTC, datetime

import pytest
from django.db.models import PROTECT

from articles import actions
from articles.models import Article, ArticleEvent
from articles.workflow import EDITORIAL
from cms import roles
from cms.workflows.actions import MoveNotAllowed, NotYours, TooLate, perform
from cms.workflows.chains import kinds
from cms.workflows.models import EventsAreAppendOnly, FactsAreNotPlain
from cms.workflows.moves import Reason
from tests.factories.articles import make_article
from tests.factories.stages import WAYS, make_article_at, make_move

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
POSSIBLE = {
    "draft": {"submit"},
    "in_review": {"approve", "send_back"},
    "approved": {"send_back", "schedule", "publish"},
    "scheduled": {"send_back", "schedule", "unschedule", "publish"},
    "struck": {"publish", "withdraw"},
    "published": {"withdraw"},
    "withdrawn": {"reinstate"},
}


def facts(article):
    return Article.objects.filter(pk=article.pk).values().get()


def holds(role, move):
    return role == "admin" or move.permission in roles.ROLES[role]


@pytest.mark.parametrize("stage", WAYS)
@pytest.mark.parametrize("name", EDITORIAL.moves)
def test_a_move_is_made_by_whom_and_from_where_the_table_says_and_by_nobody_else(
    people, stage, name
):
    move = EDITORIAL[name]
    for role, person in people.items():
        article = make_article_at(stage, people=people)
        before, events = facts(article), article.events.count()
        if holds(role, move) and name in POSSIBLE[stage]:
            make_move(article, name, by=person)
            after = facts(article)
            assert after["status"] == article.status == move.target
            assert article.events.count() == events + 1
            event = article.events.first()
            assert (event.move, event.by) == (name, person)
            assert (event.from_status, event.to_status) == (before["status"], move.target)
        else:
            refusal = MoveNotAllowed if holds(role, move) else NotYours
            with pytest.raises(refusal) as refused:
                make_move(article, name, by=person)
            assert refused.value.reasons
            assert all(str(reason).endswith(".") for reason in refused.value.reasons)
            assert facts(article) == before
            assert article.status == before["status"]
            assert article.events.count() == events


def test_an_event_says_who_when_from_where_to_where_and_why(people):
    article = make_article_at("in_review", people=people)
    event = actions.send_back(article, by=people["editor"], reason="  Name the source. ", at=AT)
    event.refresh_from_db()
    assert (event.by, event.at, event.reason) == (people["editor"], AT, "Name the source.")
    assert (event.move, event.from_status, event.to_status) == ("send_back", "in_review", "draft")


@pytest.mark.parametrize(
    ("name", "stage"),
    [("send_back", "in_review"), ("withdraw", "published"), ("reinstate", "withdrawn")],
)
@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_move_that_asks_for_a_reason_is_not_made_without_one(people, name, stage, reason):
    assert EDITORIAL[name].reason == Reason.REQUIRED
    article = make_article_at(stage, people=people)
    before, events = facts(article), article.events.count()
    with pytest.raises(MoveNotAllowed, match="needs a reason"):
        make_move(article, name, by=people["managing_editor"], reason=reason)
    assert facts(article) == before
    assert article.events.count() == events


def test_a_stale_copy_of_the_row_loses_and_changes_nothing(people):
    article = make_article_at("in_review", people=people)
    stale = Article.objects.get(pk=article.pk)
    actions.approve(article, by=people["editor"])
    before = facts(article)
    with pytest.raises(TooLate, match="Somebody else moved"):
        actions.send_back(stale, by=people["managing_editor"], reason="Too long.")
    assert facts(article) == before
    assert stale.status == "in_review"
    assert article.events.count() == 2


def test_a_stale_copy_loses_although_the_status_is_the_same_again(people):
    """Two who schedule at once see the same status before and after."""
    article = make_article_at("approved", people=people)
    stale = Article.objects.get(pk=article.pk)
    make_move(article, "schedule", by=people["editor"])
    before = facts(article)
    with pytest.raises(TooLate):
        make_move(stale, "schedule", by=people["managing_editor"])
    assert facts(article) == before


def test_a_text_whose_hour_struck_unseen_is_not_sent_back_on_the_strength_of_a_stale_copy(people):
    article = make_article_at("approved", people=people)
    stale = Article.objects.get(pk=article.pk)
    actions.publish(article, by=people["editor"])
    Article.objects.filter(pk=article.pk).update(status="approved")  # scheduled, hour struck
    with pytest.raises(TooLate):
        actions.send_back(stale, by=people["editor"], reason="Not yet.")
    assert Article.objects.live().filter(pk=article.pk).exists()


def test_somebody_who_has_left_moves_nothing(people):
    article = make_article_at("in_review", people=people)
    people["admin"].is_active = False
    with pytest.raises(NotYours):
        actions.approve(article, by=people["admin"])


def test_a_contributor_moves_nobody_elses_article(people):
    article = make_article(by=people["editor"])
    with pytest.raises(NotYours):
        actions.submit(article, by=people["contributor"])


def test_a_move_that_nobody_wrote_into_the_table_does_not_exist(people):
    article = make_article(by=people["editor"])
    with pytest.raises(KeyError):
        perform(article, EDITORIAL, "burn", by=people["admin"], at=AT)


# --- the record -------------------------------------------------------------------------------


@pytest.fixture
def event(people):
    make_article_at("in_review", people=people)
    return ArticleEvent.objects.get()


REWRITINGS = {
    "save": lambda event: event.save(),
    "save of one column": lambda event: event.save(update_fields=["reason"]),
    "delete": lambda event: event.delete(),
    "update": lambda event: ArticleEvent.objects.update(reason="Another."),
    "delete of many": lambda event: ArticleEvent.objects.all().delete(),
    "bulk_update": lambda event: ArticleEvent.objects.bulk_update([event], ["reason"]),
    "update_or_create": lambda event: ArticleEvent.objects.update_or_create(
        pk=event.pk, defaults={"reason": "Another."}
    ),
    "update through the article": lambda event: event.article.events.update(reason="Another."),
    "delete through the article": lambda event: event.article.events.all().delete(),
    "update through the base manager": lambda event: ArticleEvent._base_manager.update(reason="B."),
    "adding it to another article": lambda event: event.article.events.add(event),
    "update below the methods": lambda event: ArticleEvent.objects.all()._update([]),
    "delete below the methods": lambda event: ArticleEvent.objects.all()._raw_delete("default"),
    "bulk_create behind it": lambda event: ArticleEvent.objects.bulk_create([event]),
    "bulk_create over it": lambda event: ArticleEvent.objects.bulk_create(
        [event], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]
    ),
}


@pytest.mark.parametrize("way", REWRITINGS)
def test_what_has_happened_is_neither_changed_nor_deleted(event, way):
    event.reason = "Another."
    with pytest.raises(EventsAreAppendOnly):
        REWRITINGS[way](event)
    assert ArticleEvent.objects.get().reason == ""


def test_a_new_event_with_the_key_of_an_old_one_does_not_take_its_place(event):
    forged = ArticleEvent(
        pk=event.pk, article=event.article, move="x", to_status="draft", at=AT, by=event.by
    )
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        forged.save()


def test_nobody_chooses_the_place_or_the_seal_of_an_event(event):
    said = {"move": "x", "from_status": "in_review", "to_status": "in_review", "by": event.by}
    chosen = event.article.events.create(**said, at=AT, number=7, seal="0" * 64)
    assert (event.number, chosen.number) == (1, 2)
    assert chosen.seal != "0" * 64


def test_what_else_belongs_to_a_move_is_kept_with_it(people):
    article = make_article(by=people["editor"])
    event = perform(
        article, EDITORIAL, "submit", by=people["editor"], at=AT, facts={"quote": 2, "by": ["é"]}
    )
    assert ArticleEvent.objects.get(pk=event.pk).facts == {"quote": 2, "by": ["é"]}


def test_facts_that_a_database_would_change_are_refused_and_nothing_moves(people):
    article = make_article(by=people["editor"])
    before = facts(article)
    with pytest.raises(FactsAreNotPlain, match=r"facts.fee is a float\."):
        perform(article, EDITORIAL, "submit", by=people["editor"], at=AT, facts={"fee": 1.5})
    assert facts(article) == before
    assert not article.events.exists()


@pytest.mark.parametrize("label", kinds())
def test_every_kind_of_event_lets_nobody_fork_a_chain_or_pull_a_row_from_under_it(label):
    model = kinds()[label]
    unique = [constraint.fields for constraint in model._meta.constraints]
    assert (model.subject().name, "number") in unique
    keys = [field for field in model._meta.concrete_fields if field.is_relation]
    assert {field.remote_field.on_delete for field in keys} == {PROTECT}
    assert model._meta.base_manager_name == "objects"
