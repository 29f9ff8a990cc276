"""The editorial table: two pairs of eyes, schedules that lie ahead, dates that stay."""

from datetime import UTC, datetime, timedelta

import pytest

from articles import actions
from articles.models import Status
from cms.workflows.actions import MoveNotAllowed
from tests.factories.articles import make_article, make_live_article
from tests.factories.stages import HOUR, make_article_at

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def lonely(people):
    """An article that the editor alone wrote, and submitted."""
    article = make_article(by=people["editor"])
    actions.submit(article, by=people["editor"])
    return article


def test_the_only_writer_of_an_article_does_not_approve_it(people, lonely):
    with pytest.raises(MoveNotAllowed, match="You alone wrote this"):
        actions.approve(lonely, by=people["editor"])
    actions.approve(lonely, by=people["managing_editor"])
    assert lonely.status == Status.APPROVED


def test_a_house_may_do_with_one_pair_of_eyes(people, lonely, settings):
    settings.TWO_PAIRS_OF_EYES = False
    actions.approve(lonely, by=people["editor"])
    assert lonely.status == Status.APPROVED


def test_whoever_touched_what_a_colleague_wrote_may_approve_it(people):
    article = make_article(by=people["contributor"])
    article.headline = "A better one"
    article.save()
    actions.revise(article, by=people["editor"])
    actions.submit(article, by=people["contributor"])
    actions.approve(article, by=people["editor"])
    assert article.status == Status.APPROVED


def test_an_administrator_needs_a_second_pair_of_eyes_too(people):
    article = make_article(by=people["admin"])
    actions.submit(article, by=people["admin"])
    with pytest.raises(MoveNotAllowed, match="You alone wrote this"):
        actions.approve(article, by=people["admin"])


@pytest.mark.parametrize("publish_at", [AT, AT - HOUR])
def test_a_schedule_lies_ahead(people, publish_at):
    article = make_article_at("approved", people=people)
    with pytest.raises(MoveNotAllowed, match="must lie ahead"):
        actions.schedule(article, by=people["editor"], publish_at=publish_at, at=AT)


def test_what_is_published_now_is_not_dated_ahead(people):
    article = make_article_at("approved", people=people)
    with pytest.raises(MoveNotAllowed, match="for “Schedule”"):
        actions.publish(article, by=people["editor"], dated=AT + HOUR, at=AT)


def test_publishing_before_the_scheduled_hour_dates_it_now(people):
    article = make_article_at("approved", people=people)
    actions.schedule(article, by=people["editor"], publish_at=AT + HOUR, at=AT - HOUR)
    actions.publish(article, by=people["editor"], at=AT)
    assert article.published_at == AT


def test_a_scheduled_article_whose_hour_has_struck_keeps_its_date(people):
    article = make_article_at("struck", people=people)
    dated = article.published_at
    actions.publish(article, by=people["editor"])
    assert article.published_at == dated


def test_sending_back_drops_the_schedule(people):
    article = make_article_at("scheduled", people=people)
    actions.send_back(article, by=people["editor"], reason="One more question.")
    assert (article.status, article.published_at) == (Status.DRAFT, None)


def test_taking_off_the_schedule_leaves_it_approved(people):
    article = make_article_at("scheduled", people=people)
    actions.unschedule(article, by=people["editor"])
    assert (article.status, article.published_at) == (Status.APPROVED, None)


def test_what_readers_may_have_seen_is_withdrawn_and_not_sent_back(people):
    article = make_article_at("struck", people=people)
    with pytest.raises(MoveNotAllowed, match="Withdraw it instead"):
        actions.send_back(article, by=people["editor"], reason="Wrong.")


def test_a_withdrawn_article_comes_back_under_its_old_date_and_without_its_notice(people):
    article = make_live_article(people=people, dated=AT - timedelta(days=9))
    actions.withdraw(
        article, by=people["managing_editor"], reason="Claim.", notice="We look into it.", at=AT
    )
    assert (article.withdrawn_at, article.withdrawal_notice) == (AT, "We look into it.")
    actions.reinstate(article, by=people["managing_editor"], reason="Unfounded.", at=AT + HOUR)
    article.refresh_from_db()
    assert article.published_at == AT - timedelta(days=9)
    assert (article.withdrawn_at, article.withdrawal_notice) == (None, "")
