"""Two who decide a complaint at one moment, and one who publishes while it is upheld."""

import pytest

from articles import actions as newsroom
from articles.models import Article
from cms.workflows.actions import MoveNotAllowed
from licensing.actions import complaints, deliveries
from licensing.models import Complaint, Delivery
from tests.factories.articles import make_image, make_live_article
from tests.factories.complaints import acknowledged
from tests.factories.hidden import approved
from tests.factories.partners import fetch, make_partner
from tests.factories.takings import free_for_community_sites
from tests.racing import race

ROUNDS = 4


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does_and_the_pages_say_what_was_decided(people):
    manager = people["rights_manager"]
    for _round in range(ROUNDS):
        article = make_live_article(people=people)
        key = acknowledged(article, people=people).pk

        def decide(verb, key=key):
            return verb(Complaint.objects.get(pk=key), reason="So it is.", by=manager)

        outcomes = race([lambda: decide(complaints.uphold), lambda: decide(complaints.reject)])
        refused = [one for one in outcomes if isinstance(one, Exception)]
        assert len(refused) == 1 and isinstance(refused[0], MoveNotAllowed), outcomes
        complaint = Complaint.objects.get(pk=key)
        is_live = Article.objects.live().filter(pk=article.pk).exists()
        assert is_live == (complaint.status == "rejected") != complaint.is_withholding
        assert complaint.events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_published_while_it_is_upheld_is_not_public(people):
    for _round in range(ROUNDS):
        article = approved(people)
        key = acknowledged(article, people=people).pk
        race(
            [
                lambda article=article: newsroom.publish(article, by=people["editor"]),
                lambda key=key: complaints.uphold(
                    Complaint.objects.get(pk=key), reason="Hers.", by=people["rights_manager"]
                ),
            ]
        )
        assert Complaint.objects.get(pk=key).is_withholding
        assert not Article.objects.live().exists()


@pytest.mark.django_db
def test_what_feeds_gave_is_held_at_once_so_that_no_visit_waits_for_it_in_turn(people, monkeypatch):
    free_for_community_sites()
    image = make_image(developed=True)
    make_live_article(people=people, featured_image=image)
    article = make_live_article(people=people)
    fetch(make_partner())
    held, ask_again = [], deliveries.ask_again

    def asked(rows):
        held.append(set(rows.values_list("pk", flat=True)))
        ask_again(rows)

    monkeypatch.setattr(deliveries, "ask_again", asked)
    complaint = acknowledged(article, people=people, pictures=[image])
    for verb in (complaints.uphold, complaints.restore):
        held.clear()
        verb(complaint, reason="So it is.", by=people["rights_manager"])
        assert held[0] == set(Delivery.objects.values_list("pk", flat=True)) and len(held[0]) == 2
