"""Of those who move a row at the same moment one wins, on the database the site runs on."""

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone

from articles import actions
from articles.models import Article, ArticleEvent
from cms.workflows.actions import TooLate
from cms.workflows.chains import Reading
from tests.factories.articles import make_article
from tests.factories.stages import make_article_at, make_move
from tests.racing import race

ROUNDS = 12
THREADS = 8


def runner(article, name, *, by):
    """A move by somebody who has had the article open for a while."""
    return partial(
        make_move, Article.objects.get(pk=article.pk), name, by=User.objects.get(pk=by.pk)
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("stage", "moves"),
    [
        ("approved", ["publish", "send_back"]),
        ("struck", ["publish", "withdraw"]),
        ("approved", ["schedule", "publish", "send_back"]),
        ("scheduled", ["unschedule", "publish", "send_back", "schedule"]),
        ("in_review", ["approve", "send_back"]),
        ("published", ["withdraw"]),
    ],
)
def test_of_eight_who_move_at_once_one_wins_and_one_event_is_written(people, stage, moves):
    for _round in range(ROUNDS):
        article = make_article_at(stage, people=people)
        before = article.events.count()
        names = [moves[place % len(moves)] for place in range(THREADS)]
        outcomes = race([runner(article, name, by=people["managing_editor"]) for name in names])
        wins = [outcome for outcome in outcomes if isinstance(outcome, ArticleEvent)]
        losses = [outcome for outcome in outcomes if isinstance(outcome, TooLate)]
        assert (len(wins), len(losses)) == (1, THREADS - 1), outcomes
        assert article.events.count() == before + 1
        article.refresh_from_db()
        assert article.status == wins[0].to_status


@pytest.mark.django_db(transaction=True)
def test_revisions_saved_at_once_are_numbered_without_gaps(people):
    article = make_article(by=people["editor"])

    def saved(place):
        own = Article.objects.get(pk=article.pk)
        own.headline = f"Headline of {place}"
        own.save()
        return actions.revise(own, by=people["editor"])

    outcomes = race([partial(saved, place) for place in range(THREADS)])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    numbers = sorted(article.revisions.values_list("number", flat=True))
    assert numbers == list(range(1, THREADS + 2))


@pytest.mark.django_db(transaction=True)
def test_events_written_at_once_past_the_verbs_do_not_fork_the_chain(people):
    article = make_article(by=people["editor"])
    said = {"move": "x", "from_status": "draft", "to_status": "draft", "at": timezone.now()}

    def written(place):
        return article.events.create(**said, by=people["editor"], reason=str(place))

    outcomes = race([partial(written, place) for place in range(THREADS)])
    refused = [outcome for outcome in outcomes if isinstance(outcome, IntegrityError)]
    numbers = sorted(event.number for event in outcomes if isinstance(event, ArticleEvent))
    assert numbers == list(range(1, THREADS + 1 - len(refused)))
    assert not list(Reading(["public"]).faults())
