"""From a question to a licence, through HTTP alone: the public form, secret links, the admin."""

import re

import pytest
from django.urls import reverse

from licensing.models import Grant, PermissionRequest
from tests.factories.accounts import make_person
from tests.factories.articles import house, make_live_article, make_publication
from tests.factories.fees import install_a_schedule
from tests.factories.holders import letters_to
from tests.factories.rights import hold_an_agreement_with
from tests.factories.rules import install_a_rule
from tests.factories.terms import put_community_terms_in_place
from tests.pressing import press
from tests.reading import body_of, printed, reader, soup, words

pytestmark = pytest.mark.django_db
INES = "ines@harbour-press.example"
DESK = "rights@house.example"


class Requester:
    """Somebody without an account, who knows only public pages and what comes by mail."""

    def __init__(self, client):
        self.client = client

    def asks(self, article, use, told):
        """Opens the article's rights, goes through the form, and sends it."""
        page = self.client.get(
            reverse("rights:permission_new"), {"article": article.slug, "use": use}
        )
        onward = next(
            link["href"] for link in soup(page).select("a[href]") if "step=details" in link["href"]
        )
        details = self.client.get(onward)
        who = {
            "requester_name": "Ines Roca",
            "requester_email": INES,
            "outlet": "Harbour Press",
            "outlet_country": "GB",
        }
        check = press(self.client, details, "Continue", who | told)
        assert check.status_code == 200, words(check)
        sent = press(self.client, check, "Send the request", {"consent": "on"})
        assert sent.status_code == 200, words(sent)
        return sent

    def opens_the_mail(self):
        """The page that the last letter leads to."""
        return self.client.get(secret_path())

    def does(self, button, typed=None):
        answer = press(self.client, self.opens_the_mail(), button, typed)
        assert answer.status_code == 200, words(answer)
        return answer


class Colleague:
    """Somebody of the rights desk at the admin."""

    def __init__(self, client, person):
        self.client = client
        self.client.force_login(person)

    def makes(self, move, button, typed=None):
        """A move of the newest request, by its page."""
        row = PermissionRequest.objects.first()
        address = reverse("admin:licensing_permissionrequest_move", args=[row.pk, move])
        if move == "quote":
            address = reverse("admin:licensing_permissionrequest_quote", args=[row.pk])
        page = self.client.get(address)
        assert page.status_code == 200, words(page)
        answer = press(self.client, page, button, typed)
        assert answer.status_code == 200, words(answer)
        return answer


def secret_path() -> str:
    return re.findall(r"/permissions/[-\w]{20,}/", letters_to(INES)[-1].message)[-1]


def status() -> str:
    return PermissionRequest.objects.first().status


@pytest.fixture
def ours():
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    return ours


@pytest.fixture
def ines(client):
    return Requester(client)


@pytest.fixture
def ruth(people, client_class):
    return Colleague(client_class(), people["rights_desk"])


@pytest.fixture
def client_class(client):
    return type(client)


PRINT = {
    "asked_title": "Harbour Reader",
    "asked_publisher": "Harbour Press",
    "asked_runs-paperback-copies": "3000",
    "asked_runs-paperback-price": "18.00",
    "asked_portion": "whole",
    "asked_territories": "United Kingdom",
    "requester_kind": "publisher",
}


def test_a_print_request_ends_as_a_paid_licence_that_anybody_can_check(people, ours, ines, ruth):
    install_a_schedule(by=people["rights_manager"])
    article = make_live_article(people=people, headline="The last lamplighter")

    ines.asks(article, "print", PRINT)
    assert status() == "held"
    ines.does("Yes, this is my request")
    assert status() == "received"
    assert "The last lamplighter" in letters_to(DESK)[-1].message

    ruth.makes("review", "Take it")
    ruth.makes("ask_back", "Ask for more information", {"text": "Which edition is it?"})
    assert "Which edition is it?" in words(ines.opens_the_mail())
    ines.does(
        "Send the answer", {"answer-text": "The second.", "answer-asked_edition": "Second edition"}
    )
    assert status() == "in_review"

    ruth.makes("quote", "Send the quote", {"message": "For the second edition."})
    offer = words(ines.opens_the_mail())
    assert "For the second edition." in offer and "€" in offer
    ines.does(
        "Send the counter-offer",
        {
            "counter-text": "We print fewer now.",
            "counter-asked_runs-paperback-copies": "500",
        },
    )
    assert status() == "in_review"
    first = PermissionRequest.objects.first().quotes.get()

    priced = ruth.makes("quote", "Work out the price")
    assert press(ruth.client, priced, "Send the quote").status_code == 200
    second = PermissionRequest.objects.first().quotes.first()
    assert second.number == 2 and second.total < first.total
    bill = {"accept-billing_address": "1 Quay Street\nHarbour", "accept-agreed": "on"}
    offered = ines.opens_the_mail()
    accept = next(text for text in labels_of(offered) if text.startswith("Accept"))
    ines.does(accept, bill)
    assert status() == "awaiting_payment"

    page = ines.opens_the_mail()
    invoice = reader(ines.client.get(pdf_on(page, "/invoices/")))
    assert "1 Quay Street" in printed(invoice) and "INV-" in printed(invoice)
    grant = Grant.objects.get()
    check = ines.client.get(grant.get_absolute_url())
    assert "not" in words(check).lower() and grant.status == "pending_payment"

    ruth.makes("record_payment", "Record the payment", {"reference": "SEPA 1"})
    assert status() == "granted"
    certificate = printed(reader(ines.client.get(pdf_on(ines.opens_the_mail(), "/certificate/"))))
    assert grant.number in certificate and "Harbour Reader" in certificate
    stranger = type(ines.client)()
    public = words(stranger.get(grant.get_absolute_url()))
    assert grant.number in public and "The last lamplighter" in public
    assert "valid" in public.lower()
    for private in ("Ines", INES, str(grant.fee)):
        assert private not in public


def labels_of(response) -> list[str]:
    return [button.get_text(" ", strip=True) for button in soup(response).select("button")]


def pdf_on(response, part: str) -> str:
    """The address of the PDF that the page offers."""
    return next(link["href"] for link in soup(response).select("a[href]") if part in link["href"])


def test_a_free_community_request_is_answered_without_a_person(people, ours, ines):
    put_community_terms_in_place(by=people["rights_manager"])
    install_a_rule(by=people["rights_manager"])
    article = make_live_article(people=people, headline="The last lamplighter")
    told = {
        "asked_url": "https://harbour-watch.example/",
        "asked_posted_for": "365",
        "asked_ads": "no",
        "requester_kind": "non_commercial",
    }
    ines.asks(article, "community_web", told)
    page = ines.does("Yes, this is my request")
    request = PermissionRequest.objects.get()
    assert (request.status, request.owner) == ("granted", None)
    assert request.rule_version is not None
    grant = Grant.objects.get()
    assert grant.status == "active" and grant.number in words(page)
    assert body_of(ines.client.get(pdf_on(page, "/certificate/"))).startswith(b"%PDF")
    moments = request.events.order_by("number").values_list("at", flat=True)
    assert (list(moments)[-1] - request.received_at).total_seconds() < 60


def test_who_asks_for_what_is_not_ours_is_told_whom_to_ask(people, ours, client):
    gazette = make_publication("The Gazette", rights_contact="rights@gazette.example")
    article = make_live_article(people=people, originating_publication=gazette)
    page = client.get(reverse("rights:permission_new"), {"article": article.slug, "use": "print"})
    assert "The Gazette" in words(page) and "rights@gazette.example" in words(page)
    assert not [link for link in soup(page).select("a[href]") if "step=details" in link["href"]]


def test_a_request_for_what_others_hold_meanwhile_is_referred_with_their_contact(
    people, ours, ines, ruth
):
    article = make_live_article(people=people)
    ines.asks(article, "print", PRINT)
    ines.does("Yes, this is my request")
    gazette = make_publication("The Gazette", rights_contact="rights@gazette.example")
    hold_an_agreement_with(gazette)
    article.originating_publication = gazette
    article.save()
    ruth.makes("refer", "Refer to the rights holder")
    page = words(ines.opens_the_mail())
    assert status() == "referred"
    assert "The Gazette" in page and "rights@gazette.example" in page


def test_the_newsroom_has_no_door_to_the_desk(people, ours, ines, client_class):
    ines.asks(make_live_article(people=people), "print", PRINT)
    row = PermissionRequest.objects.get()
    stranger = make_person("stranger")
    for person in (stranger, people["contributor"], people["editor"], people["managing_editor"]):
        visitor = client_class()
        visitor.force_login(person)
        for address in (
            reverse("admin:licensing_permissionrequest_changelist"),
            reverse("admin:licensing_permissionrequest_change", args=[row.pk]),
            reverse("admin:licensing_permissionrequest_move", args=[row.pk, "confirm"]),
        ):
            assert visitor.get(address).status_code == 403
            assert visitor.post(address).status_code == 403
    row.refresh_from_db()
    assert row.status == "held"
