"""Certificates and bills from rows: the words of the grant stand on the page, and only its own."""

import io

import pytest
from pypdf import PdfReader

from licensing import certificates, invoices, papers
from licensing.actions import grants, requests
from licensing.models import Invoice
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_author, make_live_article
from tests.factories.requests import make_billed_request, make_granted_request
from tests.factories.terms import make_terms, make_terms_for_the_site

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_certificate_says_what_was_granted_and_where_to_check_it(people, settings):
    settings.SITE_URL = "https://imprimatur.example"
    settings.INVOICE_SELLER = "Imprimatur Media\n12 Quay Street"
    make_terms_for_the_site(make_terms("House terms", text="<p>Ask first.</p><p>Then print.</p>"))
    article = make_live_article(
        people=people, headline="The last lamplighter", authors=[make_author("Ada Brook")]
    )
    asked = make_granted_request(people=people, articles=[article], outlet_country="GB")
    grant = asked.grants.get()
    said = text_of(certificates.pdf(grant))
    for words in (
        grant.number,
        "Imprimatur Media",
        "Harbour Press",
        "The last lamplighter",
        "By Ada Brook",
        "Paperback: 3,000 copies at 18.00 each",
        "United Kingdom",
        "Free of charge",
        grant.granted.get().fingerprint[:16],
        "Ask first.",
        grant.issued_by.get_full_name() or grant.issued_by.username,
    ):
        assert words in said, words
    assert asked.requester_email not in said
    assert papers.check_url(grant) == f"https://imprimatur.example{grant.get_absolute_url()}"


def test_a_certificate_is_the_same_however_often_it_is_asked_for(people):
    grant = make_granted_request(people=people, use=Use.TRANSLATION).grants.get()
    before = certificates.pdf(grant)
    grants.revoke(grant, by=people["rights_manager"], reason="The author objects.")
    assert certificates.pdf(grant) == before
    said = text_of(before)
    assert "French" in said
    assert "On a website" in said


def test_what_was_never_paid_for_is_not_certified(people):
    asked = make_billed_request(people=people)
    grant = asked.grants.get()
    with pytest.raises(certificates.NotCertified):
        certificates.pdf(grant)
    requests.withdraw(asked)
    grant.refresh_from_db()
    with pytest.raises(certificates.NotCertified):
        certificates.pdf(grant)


def test_a_bill_and_its_credit_note_name_each_other(people, settings):
    settings.PAYMENT_URL = "https://pay.example/?n={number}&a={amount}"
    asked = make_billed_request(
        people=people, billing_name="Harbour Press Ltd", po_number="PO-7", vat_id="GB123"
    )
    bill = Invoice.objects.get()
    said = text_of(invoices.pdf(bill))
    for words in (bill.number, "Harbour Press Ltd", "€150.00", "PO-7", "GB123", "Licence"):
        assert words in said, words
    assert "only once this invoice has been paid" in said
    requests.withdraw(asked)
    note = Invoice.objects.get(kind="credit_note")
    assert f"cancels invoice {bill.number}" in text_of(invoices.pdf(note))
