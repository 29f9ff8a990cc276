"""Permission is asked for, followed and accepted in a browser: for real, and open to everybody."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from licensing import request_links
from licensing.actions import desk, endings, requests, settling
from licensing.models import PermissionRequest
from tests.factories.articles import house, make_image, make_live_article, make_publication
from tests.factories.fees import install_a_schedule
from tests.factories.holders import letters_to
from tests.factories.requests import (
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)
from tests.looking import troubles_of, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The static files come from where they are kept, not from where a deployment collects them.
    pytest.mark.filterwarnings("ignore:No directory at"),
]
INES = "ines@harbour-press.example"
WIDTHS = (360, 768, 1280)
TOLD = {
    "asked_title": "Harbour Reader",
    "asked_publisher": "Harbour Press",
    "asked_runs-paperback-copies": "3,000",
    "asked_territories": "Germany, austria",
    "requester_name": "Ines Roca",
    "requester_email": INES,
    "outlet": "Harbour Press",
}


@pytest.fixture
def article(people):
    ours = house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    picture = make_image(
        developed=True, caption="The lamplighter on Quay Street, six in the evening"
    )
    return make_live_article(
        people=people,
        headline="The last lamplighter of the old harbour quarter",
        slug="lamplighter",
        featured_image=picture,
    )


@pytest.fixture
def theirs(people, article):
    gazette = make_publication("The Gazette", rights_contact="rights@gazette.example")
    return make_live_article(
        people=people, headline="A song for the ferry", slug="song", originating_publication=gazette
    )


def is_fit_to_be_seen(page) -> None:
    """Nothing is held against it by light or in the dark, and it fits every screen."""
    for summary in reversed(page.locator("main details:not([open]) > summary").all()):
        summary.click()
    page.emulate_media(color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    dark = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert dark == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def go_on(page, button: str) -> None:
    page.locator("main").get_by_role("button", name=button, exact=True).last.click()


def test_print_is_asked_for_confirmed_quoted_and_accepted(
    people, article, theirs, live_server, browser_page
):
    """With the real headers of a browser, on a page that tells nobody its address."""
    install_a_schedule(by=people["rights_manager"])
    page, troubles = browser_page, troubles_of(browser_page)
    page.goto(f"{live_server.url}/permissions/new/?article=lamplighter")
    page.get_by_label("Add another article").fill("ferry")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add A song for the ferry").click()
    page.get_by_label("Publish in print").check()
    is_fit_to_be_seen(page)
    go_on(page, "Continue")
    expect(page.get_by_role("main")).to_contain_text("rights@gazette.example")
    is_fit_to_be_seen(page)
    page.get_by_role("link", name="Ask for 1 article").click()
    go_on(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("Title of the publication")
    is_fit_to_be_seen(page)
    for name, value in TOLD.items():
        page.locator(f"[name='{name}']").fill(value)
    page.get_by_label("The whole article").check()
    page.get_by_label("A book or magazine publisher").check()
    page.get_by_label("The lamplighter on Quay Street").check()
    page.locator("[name=purpose]").press("Tab")
    go_on(page, "Continue")
    expect(page.get_by_role("main")).to_contain_text("About €")
    go_on(page, "Change something")
    expect(page.locator("[name=asked_title]")).to_have_value("Harbour Reader")
    go_on(page, "Continue")
    is_fit_to_be_seen(page)
    page.locator("[name=consent]").check()
    go_on(page, "Send the request")
    expect(page.get_by_role("heading", level=1)).to_contain_text("look into your mail")
    is_fit_to_be_seen(page)

    page.goto(live_server.url + secret_path())
    go_on(page, "Yes, this is my request")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your request is with us")
    row = PermissionRequest.objects.get()
    assert row.particulars["territories"] == ["AT", "DE"]
    desk.review(row, by=people["rights_desk"])
    send_quote(row, by=people["rights_desk"])
    page.goto(live_server.url + secret_path())
    page.get_by_label("Address for the invoice").fill("1 Quay Street\nHarbour")
    page.get_by_label("I accept this offer").check()
    go_on(page, "Accept for €150.00")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Please pay the invoice")
    row.refresh_from_db()
    assert row.status == "awaiting_payment"
    page.locator("[name='write-upload']").set_input_files(
        files=[{"name": "proof.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 proof"}]
    )
    go_on(page, "Send")
    with page.expect_download() as download:
        page.get_by_role("link", name="proof.pdf").click()
    assert download.value.suggested_filename == "proof.pdf"
    assert troubles == []


def secret_path() -> str:
    """The path in the last letter."""
    return re.findall(r"/permissions/[-\w]{43}/", letters_to(INES)[-1].message)[-1]


def test_the_link_is_open_to_everybody_in_each_state(people, article, live_server, browser_page):
    staff = people["rights_desk"]

    def look(row):
        link, token = request_links.make(row, at=timezone.now())
        path = reverse("licensing:permission", args=[token])
        browser_page.goto(live_server.url + path)
        is_fit_to_be_seen(browser_page)
        return link

    held = make_request(article, confirmed=False)
    look(held)
    requests.withdraw(held)
    look(held)
    row = make_taken_request(people=people, articles=[article])
    requests.write(row, text="https://harbour-press.example/" + "a-long-address" * 12)
    look(row)
    desk.ask_back(row, by=staff, text="Which pages will it be on?")
    look(row)
    send_quote(row, by=staff, text="For the first edition.")
    look(row)
    go_on(browser_page, "Accept for €150.00")
    expect(browser_page.get_by_role("alert")).to_contain_text("An invoice needs an address")
    is_fit_to_be_seen(browser_page)
    look(make_billed_request(people=people, articles=[article]))
    look(make_granted_request(people=people, articles=[article]))
    settling.decline(row, by=staff, reason="The author does not want it.", code="author")
    look(row)
    endings.close(row, by=staff)
    link = look(row)
    link.revoked_at = timezone.now()
    link.save()
    browser_page.reload()
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("leads nowhere")
    is_fit_to_be_seen(browser_page)
