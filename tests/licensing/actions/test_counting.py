"""Counting: who has a pixel, many readers at once, and hosts that nobody told us of."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.workflows.actions import NotYours
from licensing.actions import counting, crossposts, grants
from licensing.copies.pixels import pixel_of
from licensing.models import FoundBy, Grant, Pixel, Readings, Sighting
from licensing.republication import offered
from licensing.rights.conditions import Kind, condition, must_be_counted
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.copies import make_pixel, make_sighting
from tests.factories.takings import free_for_community_sites, make_taking
from tests.factories.terms import granted, make_rules, make_terms, make_terms_for_the_site
from tests.racing import race

DAY = timedelta(days=1)
MANY = 40


# --- Who has a pixel --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "must", "may"),
    [
        ([], False, True),
        (["keep_pixel"], True, True),
        (["no_pixel"], False, False),
        (["keep_pixel", "no_pixel"], False, False),
    ],
)
def test_terms_demand_offer_or_refuse_to_be_counted(people, db, conditions, must, may):
    free_for_community_sites(*conditions)
    article = make_live_article(people=people)
    offer = offered(article, Use.COMMUNITY_WEB, at=timezone.now())
    assert (offer.must_be_counted, offer.may_be_counted) == (must, may)
    assert must_be_counted(map(condition, conditions)) == must
    grant = make_taking(article)
    assert (pixel_of(grant, article) is not None) == may


def test_a_licence_of_the_desk_has_a_pixel_where_it_has_to_stand_and_hands_it_on(people, db):
    rules = make_rules(community_web=granted("name_author", "keep_pixel"))
    make_terms_for_the_site(make_terms(rules=rules))
    article = make_live_article(people=people)
    pixel = make_pixel(article, people=people)
    assert Kind.KEEP_PIXEL in pixel.grant.conditions and Pixel.objects.count() == 1
    until = timezone.localdate() + 30 * DAY
    Grant.objects.filter(pk=pixel.grant_id).update(valid_until=timezone.localdate())
    grant = Grant.objects.get(pk=pixel.grant_id)
    longer = grants.extend(
        grant, by=people["rights_manager"], valid_until=until, reason="They asked."
    )
    assert Pixel.objects.count() == 1
    assert pixel_of(longer, article) == pixel


# --- Readings ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_readers_at_once_none_is_lost_and_none_counted_twice(people):
    pixel = make_pixel(make_live_article(people=people), people=people)
    at = timezone.now()
    count = partial(counting.count, pixel, host="outlet.example", at=at)
    outcomes = race([partial(count, reader=f"reader {place // 2}") for place in range(MANY)])
    assert sorted(outcomes) == [False] * (MANY // 2) + [True] * (MANY // 2)
    assert Readings.objects.get().number == MANY // 2
    assert Sighting.objects.get().host == "outlet.example"


def test_who_says_to_come_from_everywhere_makes_no_end_of_rows(people, db, monkeypatch):
    monkeypatch.setattr(counting, "MOST_HOSTS", 3)
    pixel = make_pixel(make_live_article(people=people), people=people)
    for place in range(6):
        counting.count(pixel, host=f"h{place}.example", reader="", at=timezone.now())
    assert dict(Readings.objects.values_list("host", "number")) == {
        **{f"h{place}.example": 1 for place in range(3)},
        "": 3,
    }
    assert Sighting.objects.count() == 3


def test_a_reader_cannot_be_read_back_and_is_another_one_tomorrow(people, db):
    pixel = make_pixel(make_live_article(people=people), people=people)
    today = timezone.now()
    assert counting.count(pixel, host="", reader="203.0.113.7 Firefox", at=today)
    assert not counting.count(pixel, host="", reader="203.0.113.7 Firefox", at=today)
    assert counting.count(pixel, host="", reader="203.0.113.7 Firefox", at=today + DAY)
    assert [row.number for row in Readings.objects.all()] == [1, 1]


# --- Hosts that nobody told us of -------------------------------------------------------------


def test_the_desk_enters_the_address_of_what_a_pixel_saw(people, db):
    pixel = make_pixel(make_live_article(people=people), people=people)
    row = make_sighting(pixel)
    with pytest.raises(NotYours):
        counting.enter_sighting(row, url="https://unknown.example/a/", by=people["editor"])
    for url in ("http://10.0.0.1/", "https://elsewhere.example/a/", "nonsense"):
        with pytest.raises(ValidationError):
            counting.enter_sighting(row, url=url, by=people["rights_desk"])
    copy, is_new = counting.enter_sighting(
        row, url="https://unknown.example/a/", by=people["rights_desk"]
    )
    assert is_new and (copy.found_by, copy.grant) == (FoundBy.PIXEL, pixel.grant)
    assert copy.outlet == pixel.grant.licensee_outlet
    assert not Sighting.objects.exists()


def test_a_host_is_seen_anew_once_the_copy_that_was_told_is_gone(people, db):
    pixel = make_pixel(make_live_article(people=people), people=people)
    at, row = timezone.now(), make_sighting(pixel)
    others = make_sighting(make_pixel(make_live_article(people=people), people=people))
    dismissed = make_sighting(pixel, host="translate.example")
    counting.dismiss(dismissed, by=people["rights_desk"])
    copy, _is_new = crossposts.declare(
        pixel.article, url="https://unknown.example/a/", found_by=FoundBy.WEBMENTION
    )
    counting.count(pixel, host=row.host, reader="", at=at)
    assert set(Sighting.objects.all()) == {others, dismissed}
    crossposts.mark_gone(copy, by=people["rights_desk"])
    counting.count(pixel, host=row.host, reader="", at=at + DAY)
    assert [one.host for one in Sighting.objects.open().filter(pixel=pixel)] == [row.host]


def test_the_desk_says_that_it_is_none(people, db):
    row = make_sighting(make_pixel(make_live_article(people=people), people=people))
    with pytest.raises(NotYours):
        counting.dismiss(row, by=people["managing_editor"])
    counting.dismiss(row, by=people["rights_desk"])
    assert row.dismissed_by == people["rights_desk"]
    assert not Sighting.objects.open().exists()
