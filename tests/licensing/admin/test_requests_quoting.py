"""The quote editor: a price worked out, changed, sent; nothing typed is lost."""

from decimal import Decimal

import pytest
from django.urls import reverse

from licensing.actions import fees, requests
from licensing.models import FeeSchedule
from tests.browsing import filled
from tests.factories.articles import make_live_article
from tests.factories.requests import make_granted_request, make_taken_request, send_quote

TARIFF = {
    "currency": "EUR",
    "tax": {"label": "VAT", "percent": "7"},
    "uses": {
        "print": {
            "base": "100",
            "per": "request",
            "drivers": [
                {
                    "driver": "print_run",
                    "bands": [{"up_to": 1000, "times": "1"}, {"times": "2"}],
                }
            ],
        }
    },
}


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return client


@pytest.fixture
def price_list(people):
    schedule = FeeSchedule.objects.create(name="Fees", is_default=True)
    return fees.write_version(schedule, tariff=TARIFF, by=people["admin"])


def editor(row):
    return reverse("admin:licensing_permissionrequest_quote", args=[row.pk])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def typed_in(answer, **typed):
    values = filled(answer, **typed)
    return {name: value for name, value in values.items() if name != "_save"}


def test_a_quote_begins_at_the_price_of_what_was_asked_and_is_sent(people, manager, price_list):
    row = make_taken_request(people=people)
    page = manager.get(editor(row))
    assert [line.amount for line in page.context["form"].sheet.lines] == ["100.00", "100.00"]
    answer = manager.post(editor(row), typed_in(page, _send="1", message="Dear Ines"), follow=True)
    assert answer.redirect_chain, words(answer)
    quote = row.quotes.get()
    assert (quote.net, quote.tax, quote.total) == (Decimal(200), Decimal(14), Decimal(214))
    assert (quote.tax_label, quote.schedule_version) == ("VAT (7%)", price_list)
    # What the price list wrote can be read in another language; nothing else was typed.
    assert "pattern" in quote.lines[0]["label"]
    assert "€214.00" in words(answer)


def test_the_price_follows_the_rights_and_lines_written_by_hand_stay(people, manager, price_list):
    row = make_taken_request(people=people)
    page = manager.get(editor(row))
    typed = typed_in(
        page,
        **{
            "asked_runs-paperback-copies": "900",
            "line-2-label": "For old friends",
            "line-2-amount": "-10",
            "_price": "1",
        },
    )
    page = manager.post(editor(row), typed)
    sheet = page.context["form"].sheet
    assert [line.label for line in sheet.lines] == ["Base fee", "For old friends"]
    assert page.context["sums"]["net"] == "€90.00"
    said = words(page)
    assert "Other than was asked" in said and "900 copies" in said and "What will be issued" in said
    answer = manager.post(editor(row), typed_in(page, _send="1"))
    assert answer.status_code == 302
    quote = row.quotes.get()
    assert quote.particulars["runs"][0]["copies"] == 900
    assert {"kind": "print_run", "value": 900} in quote.conditions
    assert quote.lines[1] == {"label": "For old friends", "why": "", "amount": "-10"}
    row.refresh_from_db()
    assert row.particulars["runs"][0]["copies"] == 3000


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"line-0-amount": "12,345"}, ""),
        ({"line-0-amount": "ten"}, "An amount such as"),
        ({"line-0-amount": "1.005"}, "An amount such as"),
        ({"line-0-label": ""}, "Say what this line is for."),
        ({"line-0-amount": "-500"}, "less than nothing"),
        ({"line-0-why": "a\x00b"}, "invisible control character"),
        ({"valid_until": "2001-01-01"}, "This day has passed."),
        ({"articles": ["99999999"]}, "Select a valid choice"),
        ({"asked_publisher": ""}, "Please answer this."),
        ({"tax_percent": "101"}, "less than or equal to 100"),
        ({"currency": "XXX"}, "Select a valid choice"),
        ({"line-0-amount": "9" * 400}, "An amount such as"),
    ],
)
def test_what_makes_no_sense_is_said_and_the_rest_stays_typed(
    people, manager, price_list, typed, said
):
    row = make_taken_request(people=people)
    sent = typed_in(manager.get(editor(row)), message="My own words", _send="1") | typed
    answer = manager.post(editor(row), sent)
    if not said:
        assert answer.status_code == 302
        assert row.quotes.get().lines[0]["amount"] == "12345"
        return
    assert answer.status_code == 200 and said in words(answer)
    assert "My own words" in words(answer)
    assert not row.quotes.exists()


def test_nothing_for_what_costs_wants_a_tick(people, manager, price_list):
    row = make_taken_request(people=people)
    sent = typed_in(manager.get(editor(row)), _send="1")
    sent |= {"line-0-amount": "0", "line-1-amount": "0"}
    answer = manager.post(editor(row), sent)
    assert "Tick this, or ask for a fee." in words(answer) and not row.quotes.exists()
    answer = manager.post(editor(row), sent | {"is_meant_free": "on"})
    assert answer.status_code == 302 and row.quotes.get().is_free


def test_after_a_counter_offer_the_quote_begins_with_what_is_asked_now(people, manager):
    row = make_taken_request(people=people)
    send_quote(row, by=people["rights_desk"])
    fewer = {**row.particulars, "publisher": "Another Press"}
    requests.counter(row, text="Another publisher.", changes={"particulars": fewer})
    page = manager.get(editor(row))
    assert 'value="Another Press"' in page.content.decode()
    # Without a price list the lines of the quote before are a beginning.
    assert [line.label for line in page.context["form"].sheet.lines] == ["Licence"]
    assert "No fee schedule is in use" in words(page)


def test_a_quote_that_we_could_not_keep_is_not_sent_and_says_why(people, manager):
    article = make_live_article(people=people)
    make_granted_request(people=people, articles=[article])
    row = make_taken_request(people=people, articles=[article])
    sent = typed_in(manager.get(editor(row)), _send="1", is_exclusive="on")
    answer = manager.post(editor(row), sent | {"line-0-label": "All of it", "line-0-amount": "90"})
    assert answer.status_code == 409
    assert "It cannot be exclusive" in words(answer) and "All of it" in words(answer)
    assert not row.quotes.exists()


def test_a_late_quote_is_refused_and_stays_typed(people, manager):
    row = make_taken_request(people=people)
    sent = typed_in(manager.get(editor(row)), _send="1", message="My own words")
    send_quote(row, by=people["rights_desk"])
    answer = manager.post(editor(row), sent)
    assert "Something happened after you opened the page." in words(answer)
    assert "My own words" in words(answer) and row.quotes.count() == 1


def test_many_lines_do_not_break_the_page(people, manager):
    row = make_taken_request(people=people)
    sent = typed_in(manager.get(editor(row)), _add="1")
    for place in range(60):
        sent |= {f"line-{place}-label": "x" * 200, f"line-{place}-amount": "1"}
    answer = manager.post(editor(row), sent)
    assert answer.status_code == 200 and answer.context["sums"]["net"] == "€40.00"
