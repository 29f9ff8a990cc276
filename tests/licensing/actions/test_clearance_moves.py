"""Clearances are moved by verbs: who moves, when, what is written down, and of two one wins."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import actions as newsroom
from cms.workflows.actions import MoveNotAllowed, TooLate
from licensing.actions import clearances
from licensing.models import Clearance, ClearanceEvent, ClearanceStatus
from tests.factories.articles import make_article, make_live_article, make_publication
from tests.factories.clearance_stages import make_clearance_at, make_move
from tests.factories.clearances import clear, make_clearance
from tests.racing import race

ROUNDS, THREADS = 5, 6


def test_entering_records_who_entered_it(people):
    clearance = make_clearance(by=people["editor"], grant=False)
    clearance.refresh_from_db()
    assert (clearance.status, clearance.created_by) == ("needed", people["editor"])
    assert not clearance.events.exists()


def test_an_event_says_who_when_and_why(people):
    desk, then = people["rights_desk"], timezone.now() - timedelta(hours=3)
    clearance = make_clearance(by=desk, grant=False)
    event = clearances.grant(clearance, by=desk, at=then, reason="Letter of Tuesday.")
    assert (event.move, event.by, event.at, event.reason) == (
        "grant",
        desk,
        then,
        "Letter of Tuesday.",
    )


def test_what_was_granted_once_remembers_it(people):
    for stage in ("granted", "revoked", "expired"):
        assert make_clearance_at(stage, by=people["admin"]).was_granted
    for stage in ("needed", "requested", "refused"):
        assert not make_clearance_at(stage, by=people["admin"]).was_granted
    again = make_clearance_at("revoked", by=people["admin"])
    clearances.reopen(again, by=people["admin"])
    assert again.was_granted


def test_a_move_that_is_refused_sends_no_mail_and_makes_no_link(people):
    clearance = make_clearance(by=people["rights_desk"], grant=False, covers=[])
    with pytest.raises(MoveNotAllowed):
        clearances.request(clearance, by=people["rights_desk"])
    assert not clearance.links.exists()
    assert not clearance.messages.exists()


def test_a_grant_dated_back_is_judged_by_what_counts_today(people):
    """The letter is of last year, and meanwhile another agreement has ended."""
    desk, today = people["rights_desk"], timezone.localdate()
    publication = make_publication()
    ended = clear(publication, by=desk, valid_until=today)
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    clearances.revoke(ended, by=people["rights_manager"], reason="Replaced.")
    article.refresh_from_db()
    assert not article.is_live()
    clear(publication, by=desk, at=timezone.now() - timedelta(days=365), valid_from=today)
    article.refresh_from_db()
    assert article.is_live()


# --- Two at once ------------------------------------------------------------------------------


def runner(clearance, name, *, by, **told):
    """A colleague who has had the page open for a while."""
    own = Clearance.objects.get(pk=clearance.pk)
    return partial(make_move, own, name, by=User.objects.get(pk=by.pk), **told)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("stage", "moves"),
    [
        ("needed", ["grant"]),
        ("needed", ["request", "refuse"]),
        ("requested", ["grant", "refuse"]),
        ("granted", ["revoke"]),
        ("refused", ["reopen", "grant"]),
    ],
)
def test_of_many_who_move_at_once_one_wins_and_one_event_is_written(people, stage, moves):
    for _round in range(ROUNDS):
        clearance = make_clearance_at(stage, by=people["admin"])
        before = clearance.events.count()
        names = [moves[place % len(moves)] for place in range(THREADS)]
        outcomes = race([runner(clearance, name, by=people["admin"]) for name in names])
        wins = [outcome for outcome in outcomes if isinstance(outcome, ClearanceEvent)]
        losses = [outcome for outcome in outcomes if isinstance(outcome, TooLate)]
        assert (len(wins), len(losses)) == (1, THREADS - 1), outcomes
        assert clearance.events.count() == before + 1
        clearance.refresh_from_db()
        assert clearance.status == wins[0].to_status


@pytest.mark.django_db(transaction=True)
def test_of_exclusive_ones_granted_at_once_one_is(people):
    for _round in range(ROUNDS):
        publication = make_publication()
        rivals = [
            make_clearance(
                by=people["admin"], grant=False, publication=publication, is_exclusive=True
            )
            for _place in range(4)
        ]
        outcomes = race([runner(rival, "grant", by=people["admin"]) for rival in rivals])
        granted = Clearance.objects.filter(publication=publication, status=ClearanceStatus.GRANTED)
        assert granted.count() == 1, outcomes
        assert sum(isinstance(outcome, MoveNotAllowed) for outcome in outcomes) == 3, outcomes


@pytest.mark.django_db(transaction=True)
def test_what_is_published_while_its_clearance_is_revoked_is_not_left_standing(people):
    """Whoever comes first: in the end nothing is public that rests on nothing."""
    for _round in range(2 * ROUNDS):
        publication = make_publication()
        agreement = clear(publication, by=people["admin"])
        article = make_article(
            by=people["contributor"], originating_publication=publication, cleared=False
        )
        newsroom.submit(article, by=people["contributor"])
        newsroom.approve(article, by=people["editor"])
        outcomes = race(
            [
                partial(newsroom.publish, article, by=people["editor"]),
                runner(agreement, "revoke", by=people["admin"]),
            ]
        )
        assert isinstance(outcomes[1], ClearanceEvent), outcomes
        article.refresh_from_db()
        assert not article.is_live(), outcomes
