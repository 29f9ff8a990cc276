"""Many who act on one request, or on one right, at once: one wins, the others are told."""

from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from cms.outbox.models import PromisedMail
from cms.workflows.actions import MoveNotAllowed
from licensing.actions import requests, settling
from licensing.models import (
    Grant,
    Invoice,
    Payment,
    PermissionRequest,
    PermissionRequestEvent,
)
from tests.factories.articles import make_live_article
from tests.factories.requests import make_billed_request, make_taken_request, send_quote
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 200
DECIDED = ("granted", "declined")


def fresh(permission_request) -> PermissionRequest:
    """The row as somebody who opens the page finds it."""
    return PermissionRequest.objects.get(pk=permission_request.pk)


def letters_of(moves) -> int:
    """How many letters about these moves were promised."""
    events = PermissionRequestEvent.objects.filter(move__in=moves)
    return sum(
        PromisedMail.objects.filter(key__startswith=f"request-event-{event.pk}-").count()
        for event in events
    )


def winners(outcomes) -> list:
    """What those got who were not refused; anything but a refusal in words is a fault."""
    faults = [
        one
        for one in outcomes
        if isinstance(one, Exception) and not isinstance(one, MoveNotAllowed)
    ]
    assert faults == []
    return [one for one in outcomes if not isinstance(one, Exception)]


def test_two_hundred_who_decide_one_request_make_one_decision(people):
    asked = make_taken_request(people=people)
    seen = [fresh(asked) for _ in range(MANY)]
    desk, manager = people["rights_desk"], people["rights_manager"]

    def decide(place):
        if place % 2:
            return settling.issue(seen[place], by=desk)
        return settling.decline(seen[place], by=manager, reason="No.", code="use")

    won = winners(race([lambda place=place: decide(place) for place in range(MANY)]))
    assert len(won) == 1
    status = fresh(asked).status
    assert status in DECIDED
    assert Grant.objects.count() == (status == "granted")
    decisions = asked.events.filter(to_status__in=DECIDED)
    assert decisions.count() == 1
    assert letters_of(["issue", "decline"]) == 1


def test_an_acceptance_that_meets_a_withdrawal_leaves_one_of_the_two(people):
    for _round in range(4):
        asked = make_taken_request(people=people)
        send_quote(asked, by=people["rights_desk"])
        outcomes = race(
            [
                partial(requests.accept, fresh(asked), quote=1),
                partial(requests.withdraw, fresh(asked)),
                partial(requests.accept, fresh(asked), quote=1),
            ]
        )
        assert winners(outcomes)
        status, bills = fresh(asked).status, asked.invoices.count()
        open_grants = asked.grants.filter(status="pending_payment").count()
        if status == "withdrawn":
            # Bills that were sent before it are cancelled, each by its credit note.
            assert (open_grants, bills % 2) == (0, 0)
        else:
            assert (status, open_grants, bills) == ("awaiting_payment", 1, 1)


def test_a_double_click_on_paid_records_one_licence(people):
    asked = make_billed_request(people=people)
    today = timezone.localdate()
    paid = {"amount": Decimal(150), "received_on": today, "by": people["rights_manager"]}
    outcomes = race([partial(settling.record_payment, fresh(asked), **paid) for _ in range(6)])
    assert len(winners(outcomes)) == 1
    assert (Payment.objects.count(), Grant.objects.get().status) == (1, "active")


def test_of_two_exclusive_licences_for_one_article_one_is_given(people):
    for _round in range(4):
        article = make_live_article(people=people)
        asked = [
            make_taken_request(
                people=people,
                articles=[article],
                is_exclusive=True,
                requester_email=f"press{place}@harbour.example",
            )
            for place in range(3)
        ]
        by = people["rights_desk"]
        outcomes = race([partial(settling.issue, fresh(one), by=by) for one in asked])
        assert len(winners(outcomes)) == 1
        assert article.grants.count() == 1


def test_bills_of_many_requests_are_numbered_without_a_gap(people):
    article = make_live_article(people=people)
    asked = []
    for place in range(8):
        one = make_taken_request(
            people=people, articles=[article], requester_email=f"press{place}@harbour.example"
        )
        send_quote(one, by=people["rights_desk"])
        asked.append(one)
    won = race([partial(requests.accept, fresh(one)) for one in asked])
    assert len(winners(won)) == len(asked)
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    year = timezone.localdate().year
    assert numbers == [f"INV-{year}-{place:06d}" for place in range(1, len(asked) + 1)]
