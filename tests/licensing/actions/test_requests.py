"""From a question to a licence, verb by verb, as both sides make them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from articles.models import Article
from articles.pages import loaded
from cms.workflows.actions import MoveNotAllowed, NotYours, TooLate
from licensing.actions import clearances, desk, endings, grants, requests, settling
from licensing.models import Grant, Invoice, PermissionRequest
from licensing.rights.decide import decide
from licensing.rights.facts import Requester
from licensing.rights.vocabulary import Use, Verdict
from licensing.snapshot import snapshot
from tests.factories.articles import make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.requests import (
    REQUESTER,
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)

pytestmark = pytest.mark.django_db


def answer_for(article, use=Use.PRINT, requester=REQUESTER, at=None):
    """What ``decide`` tells a requester about a loaded article."""
    now = at or timezone.now()
    who = Requester(requester)
    row = loaded(Article.objects.filter(pk=article.pk)).get()
    return decide(snapshot(row, at=now, requester=who), use, now, who)


def pay(permission_request, *, by, amount="150"):
    return settling.record_payment(
        permission_request, by=by, amount=Decimal(amount), received_on=timezone.localdate()
    )


def test_a_print_request_goes_all_the_way_to_a_paid_licence(people):
    article = make_live_article(people=people)
    asked = make_request(article)
    desk.review(asked, by=people["rights_desk"])
    desk.ask_back(asked, by=people["rights_desk"], text="Which edition?")
    smaller = {**asked.particulars, "edition": "Second"}
    requests.answer(asked, text="The second.", changes={"particulars": smaller})
    send_quote(asked, by=people["rights_desk"])
    fewer = {**smaller, "runs": [{"format": "paperback", "copies": 500, "price": "18.00"}]}
    requests.counter(asked, text="We print fewer.", changes={"particulars": fewer})
    send_quote(asked, by=people["rights_desk"], net="90")
    requests.accept(asked, quote=2)
    grant, bill = Grant.objects.get(), Invoice.objects.get()
    assert (asked.status, grant.status, bill.total) == ("awaiting_payment", "pending_payment", 90)
    assert answer_for(article).verdict is Verdict.ASK
    pay(asked, by=people["rights_manager"], amount="90")
    grant.refresh_from_db()
    assert (asked.status, grant.status, grant.given.print_run) == ("granted", "active", 500)
    assert answer_for(article).grant == grant.number
    assert answer_for(article, requester="somebody@else.example").verdict is Verdict.ASK


def test_a_licence_names_the_revision_the_terms_and_the_credit_of_that_day(people):
    grant = make_granted_request(people=people).grants.get()
    line = grant.granted.get()
    assert line.revision == line.article.revisions.first()
    assert grant.number in line.attribution
    assert grant.events.count() == 2


def test_what_others_hold_is_not_given(people):
    gazette = make_publication("The Gazette")
    article = make_live_article(people=people, originating_publication=gazette)
    asked = make_taken_request(people=people, articles=[article])
    with pytest.raises(MoveNotAllowed, match="Gazette"):
        settling.issue(asked, by=people["rights_desk"])
    with pytest.raises(MoveNotAllowed, match="Gazette"):
        send_quote(asked, by=people["rights_desk"])
    assert not Grant.objects.exists()
    settling.refer(asked, by=people["rights_desk"], holder_name="The Gazette")
    assert asked.status == "referred"


def test_nothing_is_given_for_longer_than_we_hold_it(people):
    gazette = make_publication("The Gazette")
    article = make_live_article(people=people, originating_publication=gazette)
    soon = timezone.localdate() + timedelta(days=20)
    clear(gazette, by=people["rights_desk"], passes_on=["commercial_web"], valid_until=soon)
    asked = make_taken_request(people=people, articles=[article], use=Use.COMMERCIAL_WEB)
    with pytest.raises(MoveNotAllowed, match="could no longer give it"):
        settling.issue(asked, by=people["rights_desk"])
    brief = {**asked.particulars, "posted_for": "30"}
    PermissionRequest.objects.filter(pk=asked.pk).update(particulars=brief)
    with pytest.raises(MoveNotAllowed, match="could no longer give it"):
        settling.issue(asked, by=people["rights_desk"])


def test_an_exclusive_licence_keeps_others_out(people):
    article = make_live_article(people=people)
    make_granted_request(people=people, articles=[article], is_exclusive=True)
    rival = make_taken_request(
        people=people, articles=[article], requester_email="rival@press.example"
    )
    with pytest.raises(MoveNotAllowed, match="exclusive to Harbour Press"):
        settling.issue(rival, by=people["rights_desk"])
    elsewhere = make_taken_request(
        people=people,
        articles=[article],
        requester_email="rival@press.example",
        particulars={**rival.particulars, "territories": ["FR"]},
    )
    settling.issue(elsewhere, by=people["rights_desk"])


def test_who_withdraws_before_paying_owes_nothing(people):
    asked = make_billed_request(people=people)
    requests.withdraw(asked)
    kinds = list(Invoice.objects.order_by("number").values_list("kind", "total"))
    assert kinds == [("invoice", 150), ("credit_note", -150)]
    assert asked.grants.get().status == "revoked"


def test_a_part_of_the_money_does_not_make_the_licence_count(people):
    asked = make_billed_request(people=people)
    assert pay(asked, by=people["rights_manager"], amount="100") is None
    assert (asked.status, asked.grants.get().status) == ("awaiting_payment", "pending_payment")
    assert pay(asked, by=people["rights_manager"], amount="50").to_status == "granted"


def test_a_licence_that_is_extended_gives_way_to_the_longer_one(people):
    asked = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    first = asked.grants.get()
    later = first.valid_until + timedelta(days=100)
    longer = grants.extend(first, by=people["rights_desk"], valid_until=later, reason="Asked for.")
    first.refresh_from_db()
    assert (first.status, longer.status, longer.valid_until) == ("superseded", "active", later)
    with pytest.raises(MoveNotAllowed, match="later last day"):
        grants.extend(longer, by=people["rights_desk"], valid_until=later, reason="Again.")


def test_the_second_of_two_who_decide_is_told(people):
    asked = make_taken_request(people=people)
    stale = PermissionRequest.objects.get(pk=asked.pk)
    settling.decline(asked, by=people["rights_desk"], reason="No.", code="use")
    with pytest.raises(TooLate):
        settling.issue(stale, by=people["rights_manager"])
    assert not Grant.objects.exists()


def test_when_the_holder_changes_the_request_goes_on_in_a_new_one(people):
    asked = make_taken_request(people=people)
    endings.transfer(asked, by=people["rights_desk"], reason="The author took them back.")
    new = asked.followed_by.get()
    assert (asked.status, new.status, new.requested.count()) == ("closed", "received", 1)
    assert new.particulars == asked.particulars


def test_a_duplicate_is_closed_in_favour_of_the_other_of_the_same_requester(people):
    one, two = make_taken_request(people=people), make_taken_request(people=people)
    other = make_taken_request(people=people, requester_email="rival@press.example")
    with pytest.raises(MoveNotAllowed, match="somebody else"):
        endings.merge(two, by=people["rights_desk"], into=other)
    endings.merge(two, by=people["rights_desk"], into=one)
    assert (two.status, two.duplicate_of) == ("closed", one)


def test_the_newsroom_decides_nothing(people):
    asked = make_taken_request(people=people)
    for role in ("contributor", "editor", "managing_editor"):
        with pytest.raises(NotYours):
            settling.issue(asked, by=people[role])
        with pytest.raises(NotYours):
            desk.add_note(asked, by=people[role], text="Mine.")


def test_a_revoked_clearance_keeps_a_paid_licence_from_counting(people):
    gazette = make_publication("The Gazette")
    article = make_live_article(people=people, originating_publication=gazette)
    leave = clear(gazette, by=people["rights_desk"], passes_on=["print"])
    asked = make_billed_request(people=people, articles=[article])
    clearances.revoke(leave, by=people["rights_manager"], reason="They took it back.")
    with pytest.raises(MoveNotAllowed):
        pay(asked, by=people["rights_manager"])
    assert asked.grants.get().status == "pending_payment"
