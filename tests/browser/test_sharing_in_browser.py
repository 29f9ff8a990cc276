"""Passing an article on in a browser: copied, posted to the reader's own server, quoted exactly."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages_in_browser import ARABIC, LONGEST, address
from tests.looking import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def clipboard(browser_page):
    """What the reader has copied."""
    browser_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda: browser_page.evaluate("navigator.clipboard.readText()")


def test_a_link_and_a_reference_are_copied(demo_site, browser_page, clipboard):
    browser_page.goto(address(demo_site, LONGEST))
    browser_page.get_by_role("button", name="Copy link").click()
    expect(browser_page.locator(".share .told")).to_have_text("Copied.")
    assert clipboard() == address(demo_site, LONGEST)
    browser_page.locator("#share").get_by_role("link", name="Cite or quote").click()
    browser_page.locator("[data-copy-from=apa]").click()
    expect(browser_page.locator(".citing .told")).to_have_text("Copied.")
    assert clipboard() == browser_page.locator("#apa").inner_text()


def test_a_post_goes_to_the_server_that_the_reader_names(demo_site, browser_page):
    browser_page.goto(address(demo_site, LONGEST))
    browser_page.evaluate("open = (url) => { document.body.dataset.opened = url; }")
    form = browser_page.locator("[data-mastodon]")
    form.get_by_role("textbox").fill("nowhere")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).not_to_be_empty()
    form.get_by_role("textbox").fill("@me@social.example")
    form.get_by_role("button").click()
    opened = browser_page.locator("body").get_attribute("data-opened")
    assert opened.startswith("https://social.example/share?text=")
    browser_page.reload()
    expect(form.get_by_role("textbox")).to_have_value("social.example")


def test_the_address_of_a_quotation_leads_to_its_words(demo_site, browser_page):
    browser_page.goto(address(demo_site, f"{LONGEST}cite/"))
    browser_page.get_by_label("Or pick a paragraph").select_option(index=6)
    browser_page.get_by_role("button", name="Make the quotation").click()
    words = browser_page.locator(".quoted blockquote").inner_text()
    leads = browser_page.get_by_role("link", name="See it in the article").get_attribute("href")
    assert violations(browser_page) == []
    browser_page.goto("about:blank")
    browser_page.goto(leads)
    browser_page.wait_for_function("scrollY > 0")
    there = browser_page.locator(".article-body p", has_text=words[:40]).first
    expect(there).to_be_in_viewport()


def test_a_page_of_references_in_arabic_is_open_to_everybody(demo_site, browser_page):
    browser_page.goto(address(demo_site, f"{ARABIC}cite/"))
    assert violations(browser_page) == []
