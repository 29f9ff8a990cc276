"""What a licence says to whoever checks it, and who gets its papers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from articles import actions as newsroom
from articles.models import Correction
from licensing import papers, request_links
from licensing.actions import desk, endings, grants, requests, settling
from licensing.checking import Standing, standing
from licensing.models import Grant, Invoice
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.requests import (
    REQUESTER,
    TOLD,
    make_billed_request,
    make_granted_request,
    make_taken_request,
    send_quote,
)

pytestmark = pytest.mark.django_db


def page_of(client, grant):
    """The check page: the word beside the sign, and everything that it says."""
    answer = client.get(grant.get_absolute_url())
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    main = BeautifulSoup(answer.content, "html.parser").main
    return main.h1.get_text(), " ".join(main.get_text(" ").split()), main


def secret(permission_request, name, number):
    _link, token = request_links.make(permission_request, at=timezone.now())
    return reverse(f"licensing:{name}", args=[token, number])


def granted(people, **fields) -> Grant:
    return make_granted_request(people=people, **fields).grants.get()


# --- In every state ---------------------------------------------------------------------------


def test_a_licence_in_force_is_valid_for_what_it_names_and_for_nobody_by_name(client, people):
    article = make_live_article(people=people, headline="The last lamplighter")
    grant = granted(people, articles=[article], purpose="For my aunt", billing_name="Aunt Ltd")
    word, said, main = page_of(client, grant)
    assert word == "Valid"
    for words in (
        grant.number,
        "Publish in print",
        "Harbour Press",
        "United Kingdom",
        "Paperback",
        "at most 3,000 copies",
        "Non-exclusive",
        "in force, without an end",
        grant.granted.get().fingerprint,
    ):
        assert words in said
    assert main.select_one("h3 a")["href"] == article.get_absolute_url()
    for hidden in (grant.licensee_name, REQUESTER, "aunt", "Aunt", "18.00", "Harbour Reader"):
        assert hidden not in said


def test_before_it_begins_and_after_it_ended_it_is_not_valid(client, people):
    told = {**TOLD[Use.PRINT], "publication_date": str(timezone.localdate() + timedelta(days=9))}
    word, said, _main = page_of(client, granted(people, particulars=told))
    assert word == "Not valid yet"
    assert "begins on" in said
    grant = granted(people, use=Use.COMMERCIAL_WEB)
    later = timezone.now() + timedelta(days=400)
    assert standing(grant, at=later) is Standing.EXPIRED
    grants.expire(grant, at=later)
    assert page_of(client, grant)[0] == "Not valid: expired"


def test_until_it_is_paid_for_it_is_not_valid(client, people):
    asked = make_billed_request(people=people)
    word, said, _main = page_of(client, asked.grants.get())
    assert word == "Not valid: not paid for"
    assert "150" not in said


def test_once_revoked_it_is_not_valid_and_why_is_nobodys_business(client, people):
    grant = granted(people)
    grants.revoke(grant, by=people["rights_manager"], reason="They did not behave.")
    word, said, _main = page_of(client, grant)
    assert word == "Not valid: revoked"
    assert "behave" not in said


def test_one_that_was_replaced_leads_to_the_one_that_counts(client, people):
    first = granted(people, use=Use.COMMERCIAL_WEB)
    until = first.valid_until + timedelta(days=30)
    longer = grants.extend(first, by=people["rights_desk"], valid_until=until, reason="Asked.")
    first.refresh_from_db()
    word, _said, main = page_of(client, first)
    assert word == "Not valid: replaced"
    assert main.select_one(".standing a")["href"] == longer.get_absolute_url()
    assert page_of(client, longer)[0] == "Valid"


def test_a_renewal_takes_the_place_of_what_it_renews_once_it_is_paid_for(client, people):
    first = granted(people, use=Use.COMMERCIAL_WEB)
    again = endings.renew(first, by=people["rights_desk"])
    send_quote(again, by=people["rights_desk"])
    requests.accept(again)
    first.refresh_from_db()
    assert first.status == "active"
    settling.record_payment(
        again,
        by=people["rights_manager"],
        amount=Decimal(150),
        received_on=timezone.localdate(),
    )
    first.refresh_from_db()
    assert first.status == "superseded"
    assert again.grants.get().number in page_of(client, first)[1]


@pytest.mark.parametrize("days", [-1, 0, 1, 364, 365])
def test_valid_means_the_same_to_the_page_and_to_whoever_asks_for_grants_in_force(people, days):
    grant = granted(people, use=Use.COMMERCIAL_WEB)
    at = timezone.now() + timedelta(days=days)
    is_valid = standing(grant, at=at) is Standing.VALID
    assert is_valid == grant.is_in_force(at) == Grant.objects.in_force(at).contains(grant)


# --- What else it says, and does not ------------------------------------------------------------


def test_a_correction_that_came_later_is_told_and_an_earlier_one_is_not(client, people):
    article = make_live_article(people=people)
    before = timezone.now() - timedelta(days=1)
    Correction.objects.create(article=article, text="A name.", dated=before)
    grant = granted(people, articles=[article])
    assert "was corrected" not in page_of(client, grant)[1]
    Correction.objects.create(article=article, text="Another name.")
    assert "The article was corrected on" in page_of(client, grant)[1]


def test_an_article_that_left_the_site_is_named_and_not_linked(client, people):
    article = make_live_article(people=people, headline="The last lamplighter")
    grant = granted(people, articles=[article])
    newsroom.withdraw(article, by=people["managing_editor"], reason="The author asked for it.")
    _word, said, main = page_of(client, grant)
    assert "The last lamplighter" in said
    assert "not on this site now" in said
    assert main.select_one("h3 a") is None


@pytest.mark.parametrize("outlet", ["", "Ines Roca", "ines@roca.example"])
def test_a_person_is_not_named_by_way_of_an_outlet(client, people, outlet):
    grant = granted(people, requester_name="Ines Roca", outlet=outlet)
    _word, said, _main = page_of(client, grant)
    assert "A person, whose name is not shown here" in said
    assert "oca" not in said.replace("location", "")


def test_the_code_on_the_certificate_leads_to_the_page(client, people, settings):
    settings.SITE_URL = "https://imprimatur.example"
    grant = granted(people)
    address = papers.check_url(grant)
    assert address == f"https://imprimatur.example/grants/{grant.number}/"
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200
    lower = client.get(f"/grants/{grant.number.lower()}/")
    assert lower["Location"] == grant.get_absolute_url()


@pytest.mark.parametrize(
    "number", ["GR-2026-999999", "x", "%00", "%E2%80%AE", "9" * 400, "GR-2026-000001%0d%0aX"]
)
def test_numbers_that_nobody_gave_are_all_answered_alike(client, number):
    answer = client.get(f"/grants/{number}/")
    assert answer.status_code == 404
    assert client.get(f"/grants/{number}/certificate.pdf").status_code in (302, 404)
    assert client.post(f"/grants/{number}/").status_code == 405


# --- Papers -------------------------------------------------------------------------------------


def test_the_secret_link_brings_its_own_certificate_and_nobody_elses(client, people):
    grant, other = granted(people), granted(people)
    answer = client.get(secret(grant.permission_request, "grant_certificate", grant.number))
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    wrong = secret(grant.permission_request, "grant_certificate", other.number)
    assert client.get(wrong).status_code == 404
    assert (
        client.get(secret(grant.permission_request, "grant_certificate", "%00")).status_code == 404
    )
    made_up = reverse("licensing:grant_certificate", args=["x" * 43, grant.number])
    assert client.get(made_up).status_code == 404


def test_before_it_is_paid_for_there_is_a_bill_and_no_certificate(client, people):
    asked = make_billed_request(people=people)
    answer = client.get(secret(asked, "grant_certificate", asked.grants.get().number))
    assert answer.status_code == 409
    assert "has not been paid for" in answer.content.decode()
    bill = client.get(secret(asked, "invoice_pdf", Invoice.objects.get().number))
    assert bill.content.startswith(b"%PDF-")
    theirs = make_taken_request(people=people)
    desk.add_note(theirs, by=people["rights_desk"], text="Not theirs.")
    wrong = secret(theirs, "invoice_pdf", Invoice.objects.get().number)
    assert client.get(wrong).status_code == 404


def test_a_link_that_has_ended_brings_nothing(client, people):
    grant = granted(people)
    address = secret(grant.permission_request, "grant_certificate", grant.number)
    request_links.revoke(grant.permission_request, at=timezone.now())
    answer = client.get(address)
    assert answer.status_code == 410
    assert not answer.content.startswith(b"%PDF-")


def test_the_house_prints_certificates_and_others_do_not(client, people):
    grant = granted(people)
    address = reverse("licensing:certificate", args=[grant.number])
    assert client.get(address).status_code == 302
    client.force_login(people["editor"])
    assert client.get(address).status_code == 403
    client.force_login(people["rights_desk"])
    assert client.get(address).content.startswith(b"%PDF-")
