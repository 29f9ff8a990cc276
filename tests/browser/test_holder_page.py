"""The page of rights holders in a browser: answered for real, and open to everybody."""

import pytest
from playwright.sync_api import expect

from licensing.actions import clearances
from licensing.models import Clearance, ClearanceLink
from tests.browser.test_pages_in_browser import WIDTHS
from tests.factories.articles import house, make_article, make_publication
from tests.factories.holders import HOLDER, make_asked, secret_path
from tests.looking import troubles_of, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The static files come from where they are kept, not from where a deployment collects them.
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def asked(people):
    """An article asked for, after a few words."""
    ours = house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    article = make_article(
        by=people["editor"],
        headline="The last lamplighter",
        originating_publication=make_publication("The Gazette", rights_contact=HOLDER),
        original_url="https://gazette.example/2019/the-last-lamplighter-of-the-old-harbour-quarter",
        cleared=False,
    )
    clearance = make_asked(
        by=people["rights_desk"],
        article=article,
        basis="permission",
        reference="",
        covers=["web", "newsletter"],
        passes_on=["excerpt"],
        is_exclusive=True,
    )
    clearances.answer(clearance, by=people["rights_desk"], text="We would be glad to hear of you.")
    return clearance


@pytest.fixture
def page(asked, live_server, browser_page):
    browser_page.goto(live_server.url + secret_path())
    return browser_page


def say_yes(page):
    page.get_by_label("Your name and role").first.fill("Ines Roca, rights manager")
    page.get_by_role("button", name="Give permission", exact=True).click()


def say_no(page):
    page.get_by_text("If you do not agree").click()
    page.locator("[name=refuse-name]").fill("Ines Roca")
    page.get_by_role("button", name="Do not give permission").click()


def open_everything(page):
    for summary in page.locator("main summary").all():
        summary.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_open_to_everybody_in_each_of_its_states(page, scheme):
    page.emulate_media(color_scheme=scheme)
    assert violations(page) == []
    say_yes(page)
    expect(page.get_by_role("alert")).to_contain_text("Please confirm this")
    assert violations(page) == []
    open_everything(page)
    assert violations(page) == []
    page.get_by_label("I may give this permission").check()
    page.get_by_role("button", name="Give permission", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("your answer is recorded")
    assert violations(page) == []


def test_a_yes_is_given_with_the_real_headers_of_a_browser(page, asked):
    """The page tells nobody its address, and its own form is not taken for a stranger's."""
    troubles = troubles_of(page)
    page.get_by_label("I may give this permission").check()
    page.get_by_text("More that you may allow").first.click()
    page.get_by_label("publication in our printed editions").check()
    say_yes(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("your answer is recorded")
    asked.refresh_from_db()
    assert (asked.status, asked.covers) == ("granted", ["web", "print", "newsletter"])
    assert troubles == []


def test_a_no_and_a_question_are_given_too(page, asked):
    page.get_by_text("If you have a question first").click()
    page.locator("[name=ask-text]").fill("In which language?")
    page.locator("[name=ask-name]").fill("Ines Roca")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("status")).to_contain_text("with us")
    assert violations(page) == []
    say_no(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("your answer is recorded")
    assert Clearance.objects.get().status == "refused"


def test_no_address_that_the_page_asks_for_learns_the_secret(asked, live_server, browser_page):
    path = secret_path()
    told = []
    browser_page.on("request", lambda request: told.append(request.headers.get("referer", "")))
    browser_page.goto(live_server.url + path)
    browser_page.get_by_role("link", name="Rights").first.click()
    browser_page.wait_for_load_state("networkidle")
    assert len(told) > 3
    assert not [address for address in told if path.strip("/") in address]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_every_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    open_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for box in page.locator("main label.box, main button, main summary").all():
        assert box.bounding_box()["height"] >= 24


def test_a_link_that_is_closed_says_so(asked, live_server, browser_page):
    path = secret_path()
    ClearanceLink.objects.update(revoked_at=asked.created_at)
    answer = browser_page.goto(live_server.url + path)
    assert answer.status == 410
    assert violations(browser_page) == []
