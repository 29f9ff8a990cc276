"""What rests on a clearance: who would leave the public pages without it, and who waits for one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing.actions import clearances
from licensing.reliance import reliance
from tests.factories.articles import (
    house,
    make_article,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.clearances import clear, make_clearance
from tests.factories.hidden import scheduled, withdrawn


@pytest.fixture
def desk(people):
    return people["rights_desk"]


def found(clearance):
    return reliance(clearance, at=timezone.now())


def test_what_nothing_else_clears_rests_on_it(people, desk):
    publication = make_publication()
    agreement = clear(publication, by=desk)
    carried = {"originating_publication": publication, "cleared": False}
    live = make_live_article(people=people, **carried)
    planned = scheduled(people, **carried)
    draft = make_article(by=people["editor"], **carried)
    withdrawn(people, **carried)
    make_live_article(people=people)
    rests = found(agreement)
    assert rests.concerned == 3
    assert set(rests.resting) == {live, planned, draft}
    assert rests.leaving == [live]
    assert rests.lacking == []


def test_what_something_else_clears_too_stays(people, desk):
    publication = make_publication()
    agreement = clear(publication, by=desk)
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    own = clear(article, by=desk)
    assert found(agreement).resting == found(own).resting == []
    clearances.revoke(own, by=people["rights_manager"], reason="Over.")
    assert found(agreement).leaving == [article]


def test_of_two_authors_the_leave_of_each_is_needed(people, desk):
    first, second = make_author(), make_author()
    article = make_article(
        by=people["editor"],
        authors=[first, second],
        originating_publication=make_publication(),
        cleared=False,
    )
    one = clear(first, by=desk, basis="permission")
    assert found(one).lacking == [article]
    other = clear(second, by=desk, basis="permission")
    assert found(one).resting == found(other).resting == [article]


def test_before_it_is_granted_the_articles_wait(people, desk):
    publication = make_publication()
    article = make_article(by=people["editor"], originating_publication=publication, cleared=False)
    needed = make_clearance(by=desk, grant=False, publication=publication)
    assert (found(needed).resting, found(needed).lacking) == ([], [article])
    clearances.grant(needed, by=desk)
    assert (found(needed).resting, found(needed).lacking) == ([article], [])


def test_what_begins_tomorrow_carries_nothing_today(people, desk):
    tomorrow = timezone.localdate() + timedelta(days=1)
    publication = make_publication()
    article = make_article(by=people["editor"], originating_publication=publication, cleared=False)
    agreement = clear(publication, by=desk, valid_from=tomorrow)
    assert found(agreement).lacking == [article]
    then = reliance(agreement, at=timezone.now() + timedelta(days=2))
    assert then.resting == [article]


def test_a_picture_s_clearance_is_about_the_articles_that_show_it(people, desk):
    image = make_image(rights_category="agency", developed=True)
    article = make_live_article(people=people, featured_image=image)
    assert found(clear(image, by=desk, basis="permission")).leaving == [article]


def test_our_own_articles_rest_on_nobodys_leave(people, desk):
    author = make_author()
    make_live_article(people=people, authors=[author], publication=house())
    rests = found(clear(author, by=desk, basis="permission"))
    assert (rests.concerned, rests.resting, rests.lacking) == (1, [], [])


def test_an_archive_of_any_size_costs_the_same_queries(people, desk, django_assert_max_num_queries):
    publication = make_publication()
    agreement = clear(publication, by=desk)
    for _number in range(6):
        make_article(by=people["editor"], originating_publication=publication, cleared=False)
    with django_assert_max_num_queries(7):
        assert len(found(agreement).resting) == 6
