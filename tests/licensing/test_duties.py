"""What time does to clearances: they begin and end, holders are reminded, the desk is warned."""

import re
from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from cms.clock import do_duties
from licensing import duties
from licensing.actions import clearances
from licensing.models import Clearance
from tests.factories.articles import house, make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.holders import HOLDER, letters_to, link_of, make_asked, secret_path
from tests.racing import race

DESK = "rights@house.example"
DAY = timedelta(days=1)
NOON = datetime(2030, 3, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def desk(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    return people["rights_desk"]


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def strike(clock, *, day: int = 0):
    """Every duty is done ``day`` days after the beginning, and once more a minute later."""
    clock.move_to(NOON + day * DAY)
    outcomes = [*do_duties(at=timezone.now()), *do_duties(at=timezone.now() + DAY / 1440)]
    assert not [outcome for outcome in outcomes if outcome.has_failed], outcomes


# --- The end ----------------------------------------------------------------------------------


def test_what_has_ended_is_recorded_once_and_the_desk_is_told(people, desk, clock):
    publication = make_publication()
    last = timezone.localdate() + 40 * DAY
    agreement = clear(publication, by=desk, valid_until=last)
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    strike(clock, day=40)
    agreement.refresh_from_db()
    assert (agreement.status, article.is_live()) == ("granted", True)
    strike(clock, day=41)
    agreement.refresh_from_db()
    assert agreement.status == "expired"
    event = agreement.events.first()
    assert (event.move, event.by, event.who) == ("expire", None, clearances.CLOCK)
    assert agreement.events.filter(move="expire").count() == 1
    (told,) = [mail for mail in letters_to(DESK) if mail.subject.startswith("Ended")]
    assert article.headline in told.message
    assert f"/admin/articles/article/{article.pk}/change/" in told.message


def test_readers_do_not_wait_for_the_clock(people, desk, clock, client):
    publication = make_publication()
    clear(publication, by=desk, valid_until=timezone.localdate())
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    midnight = timezone.localtime().replace(hour=0, minute=0) + DAY
    clock.move_to(midnight - timedelta(seconds=1))
    assert client.get(article.get_absolute_url()).status_code == 200
    clock.move_to(midnight)
    assert client.get(article.get_absolute_url()).status_code == 404


# --- The beginning ----------------------------------------------------------------------------


def test_what_begins_brings_its_articles_back_once(people, desk, clock, client):
    publication = make_publication()
    first = clear(publication, by=desk, valid_until=timezone.localdate())
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    later = clear(publication, by=desk, valid_from=timezone.localdate() + 5 * DAY)
    strike(clock, day=3)
    assert client.get(article.get_absolute_url()).status_code == 404
    strike(clock, day=5)
    assert client.get(article.get_absolute_url()).status_code == 200
    later.refresh_from_db()
    first.refresh_from_db()
    assert later.has_begun
    assert first.status == "expired"
    assert duties.begin_what_begins(at=timezone.now()) == ""


def test_a_clock_that_stood_still_for_weeks_misses_no_beginning(people, desk, clock, client):
    publication = make_publication()
    clear(publication, by=desk, valid_until=timezone.localdate())
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    clear(publication, by=desk, valid_from=timezone.localdate() + 5 * DAY)
    strike(clock, day=90)
    assert client.get(article.get_absolute_url()).status_code == 200


# --- Reminders --------------------------------------------------------------------------------


def test_a_holder_is_reminded_after_one_week_and_after_two_and_no_more(desk, clock):
    make_asked(by=desk)
    for day, letters in ((1, 1), (6, 1), (7, 2), (8, 2), (13, 2), (14, 3), (15, 3), (50, 3)):
        strike(clock, day=day)
        assert len(letters_to(HOLDER)) == letters, day
    assert all("reminder" in mail.subject for mail in letters_to(HOLDER)[1:])


def test_a_clock_that_stood_still_reminds_once_not_twice(desk, clock):
    make_asked(by=desk)
    strike(clock, day=20)
    assert len(letters_to(HOLDER)) == 2


def test_who_has_answered_is_left_alone(desk, clock):
    make_asked(by=desk)
    clearances.refuse_by_link(link_of(secret_path()), name="Ines Roca")
    strike(clock, day=7)
    assert len(letters_to(HOLDER)) == 1


def test_who_is_asked_anew_is_reminded_anew(desk, clock):
    asked = make_asked(by=desk)
    strike(clock, day=7)
    clearances.refuse(asked, by=desk, reason="By telephone.")
    clearances.reopen(asked, by=desk)
    clearances.request(asked, by=desk)
    strike(clock, day=13)
    assert len(letters_to(HOLDER)) == 3
    strike(clock, day=14)
    assert len(letters_to(HOLDER)) == 4


def test_the_link_in_a_reminder_takes_the_answer_and_the_former_one_says_so(desk, clock, client):
    make_asked(by=desk)
    former = secret_path()
    strike(clock, day=7)
    assert client.get(former).status_code == 410
    assert client.get(secret_path()).status_code == 200


def test_whom_no_letter_reaches_any_more_holds_nobody_up(desk, clock):
    lost = make_asked(by=desk)
    lost.publication.rights_contact = ""
    lost.publication.save()
    make_asked(by=desk, publication=make_publication(rights_contact="other@gazette.example"))
    strike(clock, day=7)
    assert len(letters_to(HOLDER)) == 1
    assert len(letters_to("other@gazette.example")) == 2


# --- Warnings ---------------------------------------------------------------------------------


def warnings():
    return [mail for mail in letters_to(DESK) if mail.subject.startswith("Ends")]


def test_the_desk_is_warned_a_month_a_week_and_a_day_ahead(people, desk, clock):
    publication = make_publication()
    clear(publication, by=desk, valid_until=timezone.localdate() + 60 * DAY)
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    told = {29: 0, 30: 1, 31: 1, 52: 1, 53: 2, 54: 2, 58: 2, 59: 3, 60: 3}
    for day, letters in told.items():
        strike(clock, day=day)
        assert len(warnings()) == letters, day
    subjects = [re.search(r"Ends in (\d+) days?", mail.subject)[1] for mail in warnings()]
    assert subjects == ["30", "7", "1"]
    for mail in warnings():
        assert article.headline in mail.message
        assert f"/admin/articles/article/{article.pk}/change/" in mail.message


def test_what_something_else_clears_too_is_no_reason_to_worry(people, desk, clock):
    publication = make_publication()
    clear(publication, by=desk, valid_until=timezone.localdate() + 7 * DAY)
    article = make_live_article(people=people, originating_publication=publication, cleared=False)
    clear(article, by=desk)
    strike(clock)
    assert article.headline not in warnings()[0].message


def test_what_is_granted_five_days_before_its_end_is_warned_of_once_and_on_the_last_day(
    desk, clock
):
    clear(make_publication(), by=desk, valid_until=timezone.localdate() + 5 * DAY)
    strike(clock)
    assert [mail.subject[:14] for mail in warnings()] == ["Ends in 5 days"]
    strike(clock, day=4)
    assert len(warnings()) == 2


def test_without_an_address_of_the_desk_nothing_fails(people, clock):
    clear(make_publication(), by=people["rights_desk"], valid_until=timezone.localdate() + DAY)
    strike(clock)
    strike(clock, day=2)
    assert Clearance.objects.get().status == "expired"


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_do_it_once(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    desk, now = people["rights_desk"], timezone.now()
    ended = clear(
        make_publication(),
        by=desk,
        at=now - 60 * DAY,
        valid_until=timezone.localdate(now) - DAY,
    )
    clear(make_publication(), by=desk, valid_until=timezone.localdate(now) + 7 * DAY)
    make_asked(by=desk, at=now - 8 * DAY)
    outcomes = race([partial(do_duties, at=now)] * 4)
    assert not [one for found in outcomes for one in found if one.has_failed], outcomes
    assert ended.events.filter(move="expire").count() == 1
    assert len(letters_to(HOLDER)) == 2
    assert sorted(mail.subject[:5] for mail in letters_to(DESK)) == ["Ended", "Ends "]
