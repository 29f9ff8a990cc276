"""Many who act on one request, or on one right, at once: one wins, the others are told."""

from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from articles import correcting
from cms.outbox.models import PromisedMail
from cms.workflows.actions import MoveNotAllowed
from licensing.actions import complaints, grants, requests, settling
from licensing.models import (
    Complaint,
    Grant,
    GrantedArticle,
    Invoice,
    Payment,
    PermissionRequest,
    PermissionRequestEvent,
    Recall,
)
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.complaints import acknowledged
from tests.factories.recalls import taken_by
from tests.factories.requests import make_billed_request, make_taken_request, send_quote
from tests.factories.takings import free_for_community_sites
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


# --- A licence that meets the end of what it is for -------------------------------------------

ROUNDS = 3


@pytest.fixture
def asked(people):
    """A request for a text of which somebody else holds a copy."""
    free_for_community_sites()
    article = make_live_article(people=people)
    taken_by("ines", article)
    return asked_for(article, people)


def asked_for(article, people) -> PermissionRequest:
    told = {"use": Use.COMMUNITY_WEB, "requester_kind": "non_commercial"}
    return make_taken_request(people=people, articles=[article], **told)


def article_of(permission_request):
    return permission_request.requested.get().article


def retract(article, *, by):
    return correcting.correct(article, by=by, kind="retraction", text="It was made up.")


def uphold(article, *, people):
    key = acknowledged(article, people=people).pk
    by = people["rights_manager"]
    return lambda: complaints.uphold(Complaint.objects.get(pk=key), reason="Hers.", by=by)


def first(cause, monkeypatch) -> None:
    """Whoever waits for the articles gets them when this has happened."""
    hold = grants.hold

    def hold_afterwards(keys):
        monkeypatch.setattr(grants, "hold", hold)
        cause()
        hold(keys)

    monkeypatch.setattr(grants, "hold", hold_afterwards)


def test_a_licence_that_waited_for_a_retraction_is_younger_than_it(asked, people, monkeypatch):
    first(partial(retract, article_of(asked), by=people["editor"]), monkeypatch)
    settling.issue(asked, by=people["rights_desk"])
    assert asked.grants.get().issued_at > Recall.objects.get().at


def test_what_is_withheld_while_a_licence_waits_is_not_licensed(asked, people, monkeypatch):
    first(uphold(article_of(asked), people=people), monkeypatch)
    with pytest.raises(MoveNotAllowed):
        settling.issue(asked, by=people["rights_desk"])
    assert not asked.grants.exists()


@pytest.mark.parametrize("is_withheld", [True, False])
def test_a_licence_that_meets_the_end_of_a_text_is_told_or_comes_after(people, is_withheld):
    free_for_community_sites()
    for _round in range(ROUNDS):
        article = make_live_article(people=people)
        taken_by("ines", article)
        asked = asked_for(article, people)
        end = partial(retract, article, by=people["editor"])
        if is_withheld:
            end = uphold(article, people=people)
        winners(race([partial(settling.issue, fresh(asked), by=people["rights_desk"]), end]))
        recall = Recall.objects.get(article=article)
        for granted in GrantedArticle.objects.filter(grant__permission_request=asked):
            is_told = granted.pk < recall.left_below
            assert is_told or (not is_withheld and granted.grant.issued_at >= recall.at)
