"""What time does to requests and grants: each duty at its hour, once, however often it is asked."""

from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone
from post_office.models import Email

from cms.clock import do_duties
from licensing import request_duties
from licensing.actions import desk, endings, requests, settling
from licensing.models import PermissionRequest, RequestLink
from licensing.rights.vocabulary import Use
from tests.factories.articles import house, make_live_article
from tests.factories.holders import letters_to
from tests.factories.requests import (
    REQUESTER,
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)
from tests.racing import race

DESK = "rights@house.example"
DAY = timedelta(days=1)
NOON = datetime(2030, 3, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def staff(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    return people["rights_desk"]


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def strike(clock, *, day: int):
    """Every duty is done ``day`` days after the beginning, and once more a minute later."""
    clock.move_to(NOON + day * DAY)
    outcomes = [*do_duties(at=timezone.now()), *do_duties(at=timezone.now() + DAY / 1440)]
    assert not [outcome for outcome in outcomes if outcome.has_failed], outcomes


def said_to(address: str, what: str) -> int:
    return len([mail for mail in letters_to(address) if what in mail.subject])


def status(permission_request) -> str:
    permission_request.refresh_from_db()
    return permission_request.status


# --- Requests that wait for the requester -----------------------------------------------------


def test_who_does_not_confirm_is_reminded_once_and_then_left_alone(people, staff, clock):
    asked = make_request(make_live_article(people=people), confirmed=False)
    for day, letters in ((2, 0), (3, 1), (4, 1), (13, 1)):
        strike(clock, day=day)
        assert said_to(REQUESTER, "not confirmed yet") == letters, day
    assert status(asked) == "held"
    strike(clock, day=14)
    assert status(asked) == "lapsed"
    # Nobody knows whether the address is theirs: no letter says that it lapsed.
    assert len(letters_to(REQUESTER)) == 2 and not letters_to(DESK)


def test_who_does_not_answer_is_reminded_twice_before_the_request_lapses(people, staff, clock):
    asked = make_taken_request(people=people)
    desk.ask_back(asked, by=staff, text="Which edition?")
    for day, letters in ((6, 0), (7, 1), (8, 1), (14, 2), (27, 2)):
        strike(clock, day=day)
        assert said_to(REQUESTER, "waiting for your answer") == letters, day
    last = letters_to(REQUESTER)[-1].message
    assert "Which edition?" in last and "29 March 2030" in last
    assert status(asked) == "awaiting_requester"
    strike(clock, day=28)
    assert (status(asked), said_to(REQUESTER, "has lapsed")) == ("lapsed", 1)
    event = asked.events.first()
    assert (event.move, event.by, event.actor) == ("lapse", None, "The clock")


def test_who_writes_without_answering_is_not_pressed(people, staff, clock):
    asked = make_taken_request(people=people)
    desk.ask_back(asked, by=staff, text="Which edition?")
    clock.move_to(NOON + 5 * DAY)
    requests.write(asked, text="I am looking for it.")
    strike(clock, day=14)
    strike(clock, day=30)
    assert said_to(REQUESTER, "waiting for your answer") == 0
    assert status(asked) == "awaiting_requester"
    strike(clock, day=34)
    assert status(asked) == "lapsed"


def test_who_is_asked_again_is_reminded_anew(people, staff, clock):
    asked = make_taken_request(people=people)
    desk.ask_back(asked, by=staff, text="Which edition?")
    strike(clock, day=7)
    requests.answer(asked, text="The second.")
    desk.ask_back(asked, by=staff, text="And where?")
    strike(clock, day=13)
    assert said_to(REQUESTER, "waiting for your answer") == 1
    strike(clock, day=14)
    assert said_to(REQUESTER, "waiting for your answer") == 2
    assert "And where?" in letters_to(REQUESTER)[-1].message


def test_a_quote_is_reminded_of_before_it_ends_and_lapses_after(people, staff, clock):
    asked = make_taken_request(people=people)
    send_quote(asked, by=staff, days=20)
    for day, letters in ((12, 0), (13, 1), (18, 1), (19, 2), (20, 2)):
        strike(clock, day=day)
        assert said_to(REQUESTER, "is valid until 21 March 2030") == letters, day
    assert status(asked) == "quoted"
    strike(clock, day=21)
    assert status(asked) == "lapsed"


def test_a_quote_that_takes_another_ones_place_counts_for_itself(people, staff, clock):
    asked = make_taken_request(people=people)
    send_quote(asked, by=staff, days=5)
    send_quote(asked, by=staff, days=40)
    strike(clock, day=6)
    assert (status(asked), said_to(REQUESTER, "is valid until")) == ("quoted", 0)


def test_a_bill_is_reminded_of_after_its_day_and_lapses_a_month_later(people, staff, clock):
    asked = make_billed_request(people=people)
    for day, letters in ((30, 0), (31, 1), (43, 1), (44, 2), (59, 2)):
        strike(clock, day=day)
        assert said_to(REQUESTER, "was due on 31 March 2030") == letters, day
    strike(clock, day=60)
    assert (status(asked), asked.grants.get().status) == ("lapsed", "revoked")
    assert asked.invoices.count() == 2
    assert said_to(REQUESTER, "has lapsed") == 1


def test_where_a_part_was_paid_a_person_looks_at_it(people, staff, clock):
    asked = make_billed_request(people=people)
    settling.record_payment(
        asked, by=staff, amount=asked.accepted_quote.total / 2, received_on=NOON.date()
    )
    strike(clock, day=45)
    strike(clock, day=90)
    assert (status(asked), said_to(REQUESTER, "was due")) == ("awaiting_payment", 0)


def test_a_clock_that_stood_still_writes_one_reminder_or_none(people, staff, clock):
    late, gone = make_taken_request(people=people), make_taken_request(people=people)
    desk.ask_back(gone, by=staff, text="Where?")
    clock.move_to(NOON + 15 * DAY)
    desk.ask_back(late, by=staff, text="When?")
    strike(clock, day=31)
    assert (status(late), status(gone)) == ("awaiting_requester", "lapsed")
    assert said_to(REQUESTER, "waiting for your answer") == 1


def test_a_reminder_brings_one_link_and_never_a_second(people, staff, clock):
    asked = make_taken_request(people=people)
    desk.ask_back(asked, by=staff, text="Which edition?")
    before = RequestLink.objects.count()
    strike(clock, day=7)
    strike(clock, day=8)
    assert RequestLink.objects.count() == before + 1


def test_what_is_due_beyond_one_turn_is_left_to_the_next(people, staff, clock, monkeypatch):
    monkeypatch.setattr(request_duties, "MOST_AT_ONCE", 2)
    article = make_live_article(people=people)
    for _number in range(5):
        make_request(article, confirmed=False)
    later = NOON + 4 * DAY
    said = [request_duties.remind_to_confirm(at=later) for _turn in range(4)]
    assert [sentence[:1] for sentence in said] == ["2", "2", "1", ""]


# --- Grants -----------------------------------------------------------------------------------


def test_a_licensee_hears_a_month_and_a_week_ahead_and_at_the_end(people, staff, clock):
    asked = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    grant = asked.grants.get()
    assert (grant.valid_until - NOON.date()).days == 364
    for day, letters in ((333, 0), (334, 1), (335, 1), (356, 1), (357, 2), (364, 2)):
        strike(clock, day=day)
        assert said_to(REQUESTER, f"licence {grant.number} ends on") == letters, day
    grant.refresh_from_db()
    assert grant.status == "active"
    strike(clock, day=365)
    grant.refresh_from_db()
    assert (grant.status, said_to(REQUESTER, "has ended")) == ("expired", 1)


def test_who_renews_is_not_asked_whether_to_renew(people, staff, clock):
    asked = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    clock.move_to(NOON + 300 * DAY)
    endings.renew(asked.grants.get(), by=staff)
    strike(clock, day=340)
    assert said_to(REQUESTER, "ends on") == 0
    assert said_to(REQUESTER, "renewal of licence") == 1


# --- The desk ---------------------------------------------------------------------------------


def test_the_desk_hears_of_what_is_late_once_a_day_in_the_morning(people, staff, clock):
    asked = make_request(make_live_article(people=people))
    strike(clock, day=7)
    assert said_to(DESK, "past") == 0
    midnight = NOON + 8 * DAY - timedelta(hours=11)
    do_duties(at=midnight)
    assert said_to(DESK, "past") == 0
    strike(clock, day=8)
    assert said_to(DESK, "1 request is past its promised day") == 1
    told = letters_to(DESK)[-1]
    assert asked.number in told.message and asked.get_admin_url() in told.html_message
    strike(clock, day=9)
    assert said_to(DESK, "past") == 2


def test_the_desk_hears_once_a_week_which_licences_end(people, staff, clock):
    grant = make_granted_request(people=people, use=Use.COMMERCIAL_WEB).grants.get()
    strike(clock, day=330)
    assert said_to(DESK, "ends soon") == 0
    for day in range(340, 347):
        strike(clock, day=day)
    assert said_to(DESK, "1 licence ends soon") == 2
    assert grant.number in letters_to(DESK)[-1].message


# --- Two at once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_do_it_once(people):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    now = timezone.now()
    article = make_live_article(people=people)
    held = make_request(article, confirmed=False, at=now - 4 * DAY)
    gone = make_request(article, confirmed=False, at=now - 15 * DAY)
    links = RequestLink.objects.count()
    outcomes = race([partial(do_duties, at=now)] * 4)
    assert not [one for found in outcomes for one in found if one.has_failed], outcomes
    assert (status(held), status(gone)) == ("held", "lapsed")
    assert gone.events.count() == 1
    assert Email.objects.filter(subject__contains="not confirmed yet").count() == 1
    assert RequestLink.objects.count() == links + 1
    assert PermissionRequest.objects.count() == 2
