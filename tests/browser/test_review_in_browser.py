"""Reading over in a browser: select words, comment on them, see them marked, resolve."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.desk import SELECT, Desk

pytestmark = pytest.mark.browser

# Under review in the demo, with nothing said of these words.
CHOOSER = {
    "app_label": "articles",
    "model_name": "reportentry",
    "field_name": "article",
    "term": "Four Hundred Words for a River That Is Gone",
}
WORDS = "It was not a language in the sense of the philologists"
MARKED = """
() => [...(CSS.highlights.get("comment") ?? [])].map((range) => range.toString())
"""


def test_a_passage_is_commented_on_marked_and_resolved(browser_page, demo_site):
    desk, page = Desk(browser_page, demo_site), browser_page
    desk.log_in("editor")
    chosen = page.request.get(f"{demo_site.url}/admin/autocomplete/", params=CHOOSER).json()
    key = next(one["id"] for one in chosen["results"] if one["text"] == CHOOSER["term"])
    page.goto(f"{demo_site.url}/admin/articles/article/{key}/review/")
    expect(page.locator(".review-body")).to_be_visible()
    page.wait_for_load_state()
    page.evaluate(SELECT, WORDS)
    expect(page.locator(".talk-float")).to_be_visible()
    page.keyboard.press("Control+Alt+m")
    expect(page.locator("#new-comment-passage")).to_have_value(WORDS)
    expect(page.locator("#new-comment-text")).to_be_focused()
    page.keyboard.type("Who says so?")
    page.get_by_role("button", name="Comment", exact=True).locator("visible=true").click()
    talk = page.locator(".talk", has_text="Who says so?")
    expect(talk.locator(".talk-passage")).to_have_text(WORDS)
    assert WORDS in page.evaluate(MARKED)
    serious = [
        found["id"]
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]
    assert serious == []

    # Beside the form it is answered without leaving what is being written.
    page.get_by_role("link", name="Edit", exact=True).click()
    page.fill("#id_headline", "A headline not saved yet")
    talk = page.locator(".talk", has_text="Who says so?")
    talk.get_by_role("button", name="Show in the text").click()
    expect(talk).to_have_class(re.compile("is-current"))
    talk.get_by_role("button", name="Resolve").click()
    expect(talk).to_have_count(0)
    expect(page.locator("#id_headline")).to_have_value("A headline not saved yet")
    assert desk.troubles == []
