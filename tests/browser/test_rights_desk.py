"""A print request from question to certificate, by hand: a requester and the desk in Chromium."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.looking import troubles_of
from tests.site import fresh_page

pytestmark = pytest.mark.browser
ARTICLE = "a-town-that-stands-on-its-winters"
INES = "ines@harbour-press.example"
FIELDS = {
    "asked_title": "Harbour Reader",
    "asked_publisher": "Harbour Press",
    "asked_runs-paperback-copies": "3000",
    "asked_runs-paperback-price": "18.00",
    "requester_name": "Ines Roca",
    "requester_email": INES,
    "outlet": "Harbour Press",
}


class Requester:
    """Ines, at the public pages, and her mailbox."""

    def __init__(self, page: Page, site):
        self.page = page
        self.site = site
        self.troubles = troubles_of(page)

    def asks(self) -> None:
        page = self.page
        page.goto(f"{self.site.url}/articles/{ARTICLE}/rights/")
        # By the keyboard: a click meets nothing where a font that comes late moves the line.
        page.locator("a[href*='/permissions/new/'][href*='use=print']").first.press("Enter")
        page.get_by_role("link", name="Continue").click()
        for name, value in FIELDS.items():
            page.fill(f"[name='{name}']", value)
        page.check("[name=asked_portion][value=whole]")
        page.check("[name=requester_kind][value=publisher]")
        page.get_by_role("button", name="Continue").last.click()
        page.check("[name=consent]")
        page.get_by_role("button", name="Send the request").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    def opens_the_mail(self) -> None:
        """Follows the link of the newest letter, which the clock has delivered."""
        self.site.strike()
        letters = [letter for letter in mails(self.site.folder / "mail") if INES in letter["To"]]
        text = letters[-1].get_body(("plain",)).get_content()
        path = re.findall(r"/permissions/[-\w]{20,}/", text)[-1]
        self.page.goto(self.site.url + path)


def mails(folder: Path) -> list:
    """Every letter that was delivered into ``folder``, oldest first."""
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    found = []
    for file in files:
        for raw in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            if raw.strip():
                found.append(message_from_bytes(raw.lstrip(), policy=policy.default))
    return found


def test_a_print_request_goes_from_the_question_to_a_certificate(demo_site, browser, browser_page):
    with fresh_page(browser, width=1280, height=900) as office:
        ines, ruth = Requester(browser_page, demo_site), Desk(office, demo_site)
        ines.asks()
        ines.opens_the_mail()
        ines.page.get_by_role("button", name="Yes, this is my request").click()

        ruth.log_in("rights_desk")
        office.goto(f"{demo_site.url}/admin/licensing/permissionrequest/?q={INES}")
        office.locator("#result_list").get_by_role("link", name=re.compile("PR-")).click()
        case = office.url
        step(office, "Take it")
        step(office, "Ask for more information", text="Which edition?")
        ines.opens_the_mail()
        ines.page.fill("[name='answer-text']", "The second.")
        ines.page.get_by_role("button", name="Send the answer").click()

        office.goto(case)
        quote(office, "For 3,000 copies.")
        ines.opens_the_mail()
        ines.page.get_by_text("If you would like something else").click()
        ines.page.fill("[name='counter-text']", "We print 500.")
        ines.page.fill("[name='counter-asked_runs-paperback-copies']", "500")
        ines.page.get_by_role("button", name="Send the counter-offer").click()

        office.goto(case)
        quote(office, "For 500 copies.")
        ines.opens_the_mail()
        ines.page.fill("[name='accept-billing_address']", "1 Quay Street, Harbour")
        ines.page.check("[name='accept-agreed']")
        ines.page.get_by_role("button", name=re.compile("^Accept")).click()
        expect(ines.page.get_by_role("link", name="Invoice (PDF)")).to_be_visible()

        office.goto(case)
        step(office, "Record the payment")
        ines.opens_the_mail()
        certificate = ines.page.get_by_role("link", name="Certificate (PDF)")
        with ines.page.expect_download() as download:
            certificate.click(modifiers=["Alt"])
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
        ines.page.get_by_role("link", name="Page where anybody can check it").click()
        expect(ines.page.get_by_role("main")).to_contain_text("GR-")
        expect(ines.page.get_by_role("main")).not_to_contain_text("Ines")
        assert ines.troubles == [] and ruth.troubles == []


def step(office: Page, label: str, **told: str) -> None:
    """A move, from the button of the case to its success."""
    office.get_by_role("link", name=label, exact=True).first.click()
    for name, words in told.items():
        office.fill(f"#id_{name}", words)
    office.locator("#move_form input[type=submit]").click()
    expect(office.locator(".messagelist .success")).to_be_visible()


def quote(office: Page, words: str) -> None:
    """A quote at the price of the list."""
    office.get_by_role("link", name="Send a quote", exact=True).first.click()
    office.get_by_role("button", name="Work out the price").click()
    office.fill("[name=message]", words)
    office.locator("[name=_send]").click()
    expect(office.locator(".messagelist .success")).to_be_visible()
