"""What the verbs of the rights desk refuse, in words and without a trace."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.workflows.actions import MoveNotAllowed, TooLate
from licensing.actions import desk, endings, grants, requests, settling
from licensing.models import Grant, Payment, PermissionRequest
from licensing.rights.conditions import Condition, Kind
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.requests import (
    TOLD,
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)

pytestmark = pytest.mark.django_db
REFUSED = (MoveNotAllowed, ValidationError)
ODD = ["a\0b", "a\ud800b", "a\u202eb", "x" * 1_000_000]


def line(amount):
    return {"label": "Licence", "why": "", "amount": amount}


@pytest.fixture
def asked(people):
    return make_taken_request(people=people)


@pytest.mark.parametrize(
    "fields",
    [
        {"net": "-1", "lines": [line("-1")]},
        {"net": "150", "lines": [line("149.99")]},
        {"net": "150", "lines": []},
        {"net": "0.001", "lines": [line("0.001")]},
        {"net": "1.5", "lines": [line("1.5")], "currency": "JPY"},
        {"net": "99999999999999", "lines": [line("99999999999999")]},
        {"net": "NaN", "lines": [line("NaN")]},
        {"currency": "XXX"},
        {"currency": "eur"},
        {"lines": [{"label": "Licence", "amount": "150"}]},
        {"lines": "150"},
        {"tax": Decimal("-1")},
        {"valid_until": date.max},
        {"valid_until": date(2020, 1, 1)},
        {"given": Particulars(Use.PRINT, {})},
        {"given": Particulars(Use.TRANSLATION, TOLD[Use.TRANSLATION])},
        {"given": Particulars(Use.PRINT, {**TOLD[Use.PRINT], "title": "a\0b"})},
        {"conditions": (Condition(Kind.PRINT_RUN, -1),)},
        {"articles": []},
        {"articles": ["1"]},
        *({"text": text} for text in ODD),
    ],
    ids=lambda fields: f"{fields}"[:60],
)
def test_a_quote_that_makes_no_sense_is_not_sent(people, asked, fields):
    with pytest.raises(REFUSED):
        send_quote(asked, by=people["rights_desk"], **fields)
    asked.refresh_from_db()
    assert (asked.status, asked.quotes.count(), asked.events.count()) == ("in_review", 0, 2)


def test_a_quote_is_for_what_was_asked_and_nothing_else(people, asked):
    mine, foreign = asked.requested.get().article_id, make_live_article(people=people).pk
    for keys in ([foreign], [mine, foreign], [mine, mine]):
        with pytest.raises(ValidationError, match="asked for"):
            send_quote(asked, by=people["rights_desk"], articles=keys)


def test_the_licence_says_what_was_accepted_whatever_was_asked_since(people, asked):
    send_quote(asked, by=people["rights_desk"], net="0")
    bigger = {**asked.particulars, "title": "Another book"}
    requests.accept(asked, quote=1, changes={"particulars": bigger, "billing_name": "Press Ltd"})
    asked.refresh_from_db()
    assert (asked.status, asked.billing_name) == ("granted", "Press Ltd")
    assert asked.particulars["title"] == asked.grants.get().particulars["title"] == "Harbour Reader"


@pytest.mark.parametrize("text", ["", "  \n", *ODD], ids=["nothing", "blank", *map(ascii, "0s~>")])
def test_words_that_nobody_could_read_or_keep_are_refused(people, asked, text):
    by = people["rights_desk"]
    with pytest.raises(REFUSED):
        desk.write(asked, by=by, text=text)
    with pytest.raises(REFUSED):
        requests.write(asked, text=text)
    with pytest.raises(REFUSED):
        desk.add_note(asked, by=by, text=text)
    with pytest.raises(REFUSED):
        desk.ask_back(asked, by=by, text=text)
    with pytest.raises(REFUSED):
        settling.decline(asked, by=by, reason=text)
    with pytest.raises(REFUSED):
        settling.refer(asked, by=by, holder_name=text)
    if text.strip():
        with pytest.raises(REFUSED):
            settling.refer(asked, by=by, holder_name="The Gazette", holder_contact=text)
        with pytest.raises(REFUSED):
            requests.withdraw(asked, text=text)
    asked.refresh_from_db()
    assert (asked.status, asked.messages.count(), asked.notes.count()) == ("in_review", 0, 0)


@pytest.mark.parametrize("code", ["", "nonsense", None])
def test_a_refusal_of_no_known_kind_is_refused(people, asked, code):
    with pytest.raises(ValidationError):
        settling.decline(asked, by=people["rights_desk"], reason="No.", code=code)


@pytest.mark.parametrize(
    "change",
    [
        {"particulars": {}},
        {"particulars": {**TOLD[Use.PRINT], "made_up": "yes"}},
        {"particulars": {**TOLD[Use.PRINT], "title": "a\ud800b"}},
        {"particulars": {**TOLD[Use.PRINT], "title": "a\u202eb"}},
        {"particulars": None},
        {"deadline": "soon"},
        {"outlet_url": "javascript:alert(1)"},
        *({"purpose": text} for text in ODD),
        *({"billing_address": text} for text in ODD),
    ],
    ids=lambda change: ascii(change)[:60],
)
def test_a_correction_that_makes_no_sense_is_refused(people, asked, change):
    desk.ask_back(asked, by=people["rights_desk"], text="Which edition?")
    with pytest.raises(ValidationError):
        requests.answer(asked, text="This one.", changes=change)
    asked.refresh_from_db()
    assert (asked.status, asked.particulars) == ("awaiting_requester", TOLD[Use.PRINT])


def test_what_is_asked_is_kept_as_it_is_read(people):
    told = {**TOLD[Use.PRINT], "title": "  Harbour Reader ", "words": 12, "territories": ["GB"] * 2}
    assert (
        make_request(make_live_article(people=people), particulars=told).particulars
        == (TOLD[Use.PRINT])
    )


def test_an_article_is_asked_for_once(people):
    article = make_live_article(people=people)
    with pytest.raises(ValidationError, match="once"):
        make_request(article, article)
    assert not PermissionRequest.objects.exists()


@pytest.mark.parametrize("amount", ["0", "-1", "150.01", "0.001", "NaN", "1e20"])
def test_no_more_is_recorded_than_is_due_and_nothing_smaller_than_a_coin(people, amount):
    asked = make_billed_request(people=people)
    told = {"by": people["rights_manager"], "received_on": timezone.localdate()}
    with pytest.raises(REFUSED):
        settling.record_payment(asked, amount=Decimal(amount), **told)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(REFUSED):
        settling.record_payment(asked, amount=Decimal(150), by=told["by"], received_on=tomorrow)
    assert not Payment.objects.exists()


def test_nothing_is_paid_for_twice_or_after_the_end(people):
    told = {"by": people["rights_manager"], "received_on": timezone.localdate()}
    paid, gone = (make_billed_request(people=people) for _ in range(2))
    settling.record_payment(paid, amount=Decimal(150), **told)
    requests.withdraw(gone)
    for one in (paid, gone):
        with pytest.raises(REFUSED):
            settling.record_payment(one, amount=Decimal(1), **told)
    assert Payment.objects.count() == 1


def test_two_requests_are_never_each_others_duplicate(people):
    one, two = make_taken_request(people=people), make_taken_request(people=people)
    stale = PermissionRequest.objects.get(pk=two.pk)
    endings.merge(two, by=people["rights_desk"], into=one)
    with pytest.raises(MoveNotAllowed, match="does not go on"):
        endings.merge(one, by=people["rights_desk"], into=stale)
    assert PermissionRequest.objects.get(pk=one.pk).status == "in_review"


def test_only_what_goes_on_takes_in_a_duplicate(people):
    ended, held = (
        make_taken_request(people=people),
        make_request(make_live_article(people=people), confirmed=False),
    )
    settling.decline(ended, by=people["rights_desk"], reason="No.", code="use")
    duplicate = make_taken_request(people=people)
    for into in (ended, held, duplicate):
        with pytest.raises(MoveNotAllowed):
            endings.merge(duplicate, by=people["rights_desk"], into=into)


def test_of_two_without_an_address_nobody_knows_that_they_are_the_same(people):
    article = make_live_article(people=people)
    one, two = (
        make_request(article, by=people["rights_desk"], requester_email="") for _ in range(2)
    )
    with pytest.raises(MoveNotAllowed, match="somebody else"):
        endings.merge(one, by=people["rights_desk"], into=two)


def test_who_saw_an_earlier_quote_does_not_send_the_next(people, asked):
    """The status is the same, the case is not."""
    send_quote(asked, by=people["rights_desk"])
    stale = PermissionRequest.objects.get(pk=asked.pk)
    send_quote(asked, by=people["rights_manager"], net="90")
    with pytest.raises(TooLate):
        send_quote(stale, by=people["rights_desk"], net="200")
    with pytest.raises(TooLate):
        endings.lapse(stale)
    assert asked.quotes.count() == 2


def test_who_gave_it_to_somebody_else_first_wins(people, asked):
    stale = PermissionRequest.objects.get(pk=asked.pk)
    desk.assign(asked, by=people["rights_desk"], to=people["rights_manager"])
    with pytest.raises(TooLate):
        desk.assign(stale, by=people["rights_manager"], to=None)
    retired = people["admin"]
    retired.is_active = False
    for nobody in (people["editor"], retired):
        with pytest.raises(MoveNotAllowed):
            desk.assign(asked, by=people["rights_desk"], to=nobody)


def test_a_licence_that_waits_for_payment_ends_with_its_request(people):
    asked = make_billed_request(people=people)
    with pytest.raises(MoveNotAllowed, match="waits for payment"):
        grants.revoke(asked.grants.get(), by=people["rights_manager"], reason="Gone.")
    settling.decline(asked, by=people["rights_desk"], reason="The author took it back.")
    assert asked.grants.get().status == "revoked"
    assert sum(asked.invoices.values_list("total", flat=True)) == 0


def test_only_what_counts_or_counted_is_renewed(people):
    grant = make_granted_request(people=people).grants.get()
    grants.revoke(grant, by=people["rights_manager"], reason="Misused.")
    with pytest.raises(MoveNotAllowed):
        endings.renew(grant, by=people["rights_desk"])


@pytest.mark.parametrize("day", [date.max, date(2201, 1, 1)])
def test_a_licence_is_extended_to_a_day_that_calendars_know(people, day):
    asked = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    with pytest.raises(ValidationError):
        grants.extend(asked.grants.get(), by=people["rights_desk"], valid_until=day, reason="Long.")


def test_nobody_holds_what_is_extended_for_nobody(people):
    asked = make_granted_request(people=people, use=Use.COMMERCIAL_WEB)
    PermissionRequest.objects.filter(pk=asked.pk).update(
        requester_name="", requester_email="", erased_at=timezone.now()
    )
    with pytest.raises(MoveNotAllowed, match="erased"):
        grants.extend(Grant.objects.get(), by=people["rights_desk"], valid_until=None, reason="On.")


def test_what_nobody_confirmed_may_be_closed_as_well(people):
    asked = make_request(make_live_article(people=people), confirmed=False)
    endings.lapse(asked)
    endings.close(asked, by=people["rights_desk"])
    assert asked.status == "closed"
