"""A person who opens a feed in a browser sees what it is and what is in it, in our own dress."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_a_feed_is_shown_to_people(demo_site, browser_page, ending):
    complaints = []
    browser_page.on("console", lambda message: complaints.append(message.text))
    browser_page.goto(f"{demo_site.url}/feed.{ending}")
    expect(browser_page.get_by_text("This is a feed.")).to_be_visible()
    entries = browser_page.locator({"rss": "item > title", "atom": "entry > title"}[ending])
    expect(entries.first).to_be_visible()
    # What is meant for machines is not.
    expect(browser_page.locator("generator")).to_be_hidden()
    browser_page.get_by_text("All feeds").click()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Feeds")
    assert complaints == []
