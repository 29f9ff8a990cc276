"""Every move of a request, made on the desk's pages; and what they say to whoever is late."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from licensing.actions import clearances, desk, requests, settling
from licensing.models import RequestStatus
from licensing.request_workflow import REQUEST
from tests.browsing import filled
from tests.factories.articles import make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.requests import (
    make_billed_request,
    make_canned_answer,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)

BY_ITSELF = {"take", "settle", "lapse"}


def address(row, page, *args):
    return reverse(f"admin:licensing_permissionrequest_{page}", args=[row.pk, *args])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return client


def held(people):
    return make_request(make_live_article(people=people), confirmed=False)


def received(people):
    return make_request(make_live_article(people=people))


def in_review(people):
    return make_taken_request(people=people)


def awaiting(people):
    row = in_review(people)
    desk.ask_back(row, by=people["rights_desk"], text="Which edition?")
    return row


def quoted(people, **told):
    row = in_review(people)
    send_quote(row, by=people["rights_desk"], **told)
    return row


def with_duplicate(people):
    row = in_review(people)
    make_request(row.requested.get().article)
    return row


def declined(people):
    row = in_review(people)
    settling.decline(row, by=people["rights_desk"], reason="No.", code="use")
    return row


# Move → how a row gets there, and what is typed over the form.
MOVES = {
    "confirm": (held, {}),
    "review": (received, {}),
    "ask_back": (in_review, {"text": "Which print run?"}),
    "answer": (awaiting, {"text": "Two thousand.", "asked_runs-paperback-copies": "2,000"}),
    "counter": (quoted, {"text": "Fewer.", "asked_runs-paperback-copies": "500"}),
    "accept": (quoted, {}),
    "issue": (in_review, {"reason": "A friend of the house."}),
    "record_payment": (lambda people: make_billed_request(people=people), {"reference": "A 7"}),
    "refer": (in_review, {"holder_name": "OneWorld", "holder_contact": "rights@ow.example"}),
    "decline": (in_review, {"code": "author", "reason": "The author says no."}),
    "withdraw": (in_review, {"text": "Called: not needed."}),
    "reopen": (declined, {"reason": "The author changed her mind."}),
    "transfer": (in_review, {"reason": "Sold to OneWorld."}),
    "merge": (with_duplicate, {}),
    "close": (lambda people: make_granted_request(people=people), {"reason": "Done."}),
}


def test_every_move_that_a_person_makes_is_tried_here_or_in_the_quote_editor():
    # An invoice follows an acceptance by itself; by hand it is sent where something hindered it.
    assert set(MOVES) | BY_ITSELF | {"quote", "invoice"} == set(REQUEST.moves)


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_offered_made_and_on_record_and_not_made_twice(people, manager, name):
    make, typed = MOVES[name]
    row = make(people)
    page = manager.get(address(row, "change"))
    offered = {one.move.name for group in page.context["groups"] for one in group["buttons"]}
    assert name in offered and not offered & BY_ITSELF
    form = manager.get(address(row, "move", name))
    assert form.status_code == 200
    if name == "merge":
        typed = {"into": form.context["form"].fields["into"].queryset.get().pk}
    sent = filled(form, **typed)
    answer = manager.post(address(row, "move", name), sent, follow=True)
    assert answer.redirect_chain, words(answer)
    event = row.events.get(move=name)
    assert event.by == people["rights_manager"]
    again = manager.post(address(row, "move", name), sent)
    assert again.status_code in (200, 409)
    assert row.events.filter(move=name).count() == 1
    if again.status_code == 409:
        assert "not possible from there" in words(again)


def test_what_was_told_for_the_requester_changes_what_is_asked(people, manager):
    row = awaiting(people)
    form = manager.get(address(row, "move", "answer"))
    typed = filled(form, **{"text": "", "asked_runs-paperback-copies": "2,000"})
    manager.post(address(row, "move", "answer"), typed)
    row.refresh_from_db()
    assert row.particulars["runs"][0]["copies"] == 2000


def test_bad_particulars_come_back_with_everything_typed(people, manager):
    row = awaiting(people)
    form = manager.get(address(row, "move", "answer"))
    typed = filled(form, text="Called.", asked_isbn="123", asked_territories="Atlantis")
    answer = manager.post(address(row, "move", "answer"), typed)
    assert answer.status_code == 200
    page = words(answer)
    assert "Called." in page and 'value="Atlantis"' in page and "We know no country" in page
    row.refresh_from_db()
    assert row.status == RequestStatus.AWAITING_REQUESTER


def test_whoever_saw_the_case_before_something_happened_is_told(people, manager):
    row = in_review(people)
    sent = filled(manager.get(address(row, "move", "issue")))
    desk.ask_back(row, by=people["rights_desk"], text="Which edition?")
    requests.answer(row, text="The second.", changes={"particulars": row.particulars})
    answer = manager.post(address(row, "move", "issue"), sent)
    assert "Something happened after you opened the page." in words(answer)
    assert not row.grants.exists()


def test_the_quote_that_was_shown_is_accepted_and_no_other(people, manager):
    row = quoted(people)
    sent = filled(manager.get(address(row, "move", "accept"))) | {"seen": ""}
    send_quote(row, by=people["rights_desk"], net="999")
    answer = manager.post(address(row, "move", "accept"), sent)
    assert answer.status_code == 409
    assert "We have sent you another quote since." in words(answer)


def test_what_will_be_issued_is_shown_before_with_what_stands_in_its_way(people, manager):
    article = make_live_article(people=people)
    make_granted_request(people=people, articles=[article])
    row = make_taken_request(people=people, articles=[article])
    page = words(manager.get(address(row, "move", "issue")))
    assert "What will be issued" in page and "revision" in page
    assert "Print at most 3,000 copies" in page and "Reprinted with permission" in page
    assert "holds this for" in page
    exclusive = make_taken_request(people=people, articles=[article], is_exclusive=True)
    answer = manager.get(address(exclusive, "move", "issue"))
    assert "It cannot be exclusive" in words(answer)
    assert manager.post(address(exclusive, "move", "issue"), filled(answer)).status_code == 409


def test_whom_to_refer_to_is_filled_in_from_the_decision(people, manager):
    gazette = make_publication("The Gazette", rights_contact="rights@gazette.example")
    article = make_live_article(people=people, originating_publication=gazette, cleared=True)
    row = make_request(article)
    form = manager.get(address(row, "move", "refer")).context["form"]
    assert form["holder_name"].value() == "The Gazette"
    assert form["holder_contact"].value() == "rights@gazette.example"


def test_a_canned_answer_is_put_below_what_was_typed_and_nothing_is_sent(people, manager):
    row = in_review(people)
    canned = make_canned_answer()
    typed = {"text": "Hello.", "canned": canned.pk, "_canned": "1"}
    for page in (address(row, "move", "ask_back"), address(row, "write")):
        answer = manager.post(page, typed)
        text = answer.context["form"]["text"].value()
        assert text.startswith(f"Hello.\n\nDear {row.requester_name}, about “")
        assert f"({row.number})" in text and text.endswith("{other}")
    row.refresh_from_db()
    assert row.status == RequestStatus.IN_REVIEW and not row.messages.exists()
    assert manager.post(address(row, "write"), typed | {"canned": "9" * 40}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "0"}, "More than nothing"),
        ({"amount": "10.005"}, "no coins as small"),
        ({"amount": "NaN"}, "Enter a number"),
        ({"received_on": "1066-01-01"}, ""),
        ({"received_on": (timezone.localdate() + timedelta(days=9)).isoformat()}, "lies ahead"),
    ],
)
def test_a_payment_that_makes_no_sense_is_not_recorded(people, manager, typed, said):
    row = make_billed_request(people=people)
    form = manager.get(address(row, "move", "record_payment"))
    answer = manager.post(address(row, "move", "record_payment"), filled(form, **typed))
    assert answer.status_code in (200, 409) and said in words(answer)
    assert row.invoices.get().payments.count() == 0


def test_a_part_of_the_payment_is_recorded_and_the_rest_is_still_owed(people, manager):
    row = make_billed_request(people=people)
    form = manager.get(address(row, "move", "record_payment"))
    manager.post(address(row, "move", "record_payment"), filled(form, amount="100"))
    row.refresh_from_db()
    assert row.status == RequestStatus.AWAITING_PAYMENT
    form = manager.get(address(row, "move", "record_payment")).context["form"]
    assert form["amount"].value() == "50.00"


def test_a_quote_has_a_page_of_its_own(people, manager):
    row = in_review(people)
    page = manager.get(address(row, "change"))
    urls = {one.url for group in page.context["groups"] for one in group["buttons"]}
    assert address(row, "quote") in urls
    for name in (*BY_ITSELF, "quote", "nonsense"):
        assert manager.post(address(row, "move", name)).status_code == 404


def test_a_bill_that_something_kept_from_going_out_is_sent_once_nothing_does(people, manager):
    gazette = make_publication("The Gazette", rights_contact="rights@gazette.example")
    article = make_live_article(people=people, originating_publication=gazette)
    leave = clear(gazette, by=people["rights_desk"], passes_on=["print"])
    row = make_taken_request(people=people, articles=[article])
    send_quote(row, by=people["rights_desk"])
    clearances.revoke(leave, by=people["rights_manager"], reason="They took it back.")
    requests.accept(row)
    assert (row.status, row.invoices.count()) == ("accepted", 0)
    page = address(row, "move", "invoice")
    assert "The Gazette" in words(manager.get(page))
    clear(gazette, by=people["rights_desk"], passes_on=["print"])
    assert manager.post(page, filled(manager.get(page))).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.invoices.get().total) == ("awaiting_payment", 150)
