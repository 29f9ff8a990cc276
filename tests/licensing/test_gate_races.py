"""Publication and the loss of a right at one moment: nothing stays out that rests on nothing."""

import pytest

from articles import actions as newsroom
from articles.models import Article
from licensing.actions import clearances
from licensing.models import Clearance
from tests.factories.articles import make_article, make_publication
from tests.factories.rights import hold_an_agreement_with
from tests.racing import race

ROUNDS = 8


def approved(people, publication):
    article = make_article(by=people["contributor"], originating_publication=publication)
    newsroom.submit(article, by=people["contributor"])
    newsroom.approve(article, by=people["editor"])
    return article


def held_by_nobody() -> list[Article]:
    return list(Article.objects.live())


@pytest.mark.django_db(transaction=True)
def test_what_is_published_while_its_clearance_is_revoked_is_not_public(people):
    for _round in range(ROUNDS):
        publication = make_publication()
        held = hold_an_agreement_with(publication)
        article = approved(people, publication)
        race(
            [
                lambda article=article: newsroom.publish(article, by=people["editor"]),
                lambda held=held: clearances.revoke(
                    Clearance.objects.get(pk=held.pk), by=people["admin"], reason="Taken back."
                ),
            ]
        )
        assert held_by_nobody() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_clearances_that_are_revoked_at_once_neither_keeps_it_public(people):
    for _round in range(ROUNDS):
        publication = make_publication()
        first = hold_an_agreement_with(publication)
        second = Clearance.objects.create(
            scope="publication",
            publication=publication,
            basis="agreement",
            covers=["web"],
            status="granted",
        )
        article = approved(people, publication)
        newsroom.publish(article, by=people["editor"])
        race(
            [
                lambda key=key: clearances.revoke(
                    Clearance.objects.get(pk=key), by=people["admin"], reason="Taken back."
                )
                for key in (first.pk, second.pk)
            ]
        )
        assert held_by_nobody() == []
