"""The front page is arranged by mouse and by keys, and readers see the order once it is saved."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser
CARD = ".order-card .order-headline"


def test_an_editor_drags_and_steps_and_readers_see_the_order(demo_site, browser_page):
    page, desk = browser_page, Desk(browser_page, demo_site)
    desk.log_in("managing_editor")
    page.goto(f"{demo_site.url}/admin/articles/frontplace/")
    before = page.locator(CARD).all_inner_texts()
    said = page.locator("[data-order-status]")
    unsaved = page.locator("[data-order-unsaved]")
    expect(unsaved).to_be_hidden()

    grips = page.locator("[data-order-grip]")
    held, goal = grips.nth(3).bounding_box(), grips.nth(0).bounding_box()
    page.mouse.move(held["x"] + 9, held["y"] + 9)
    page.mouse.down()
    page.mouse.move(goal["x"] + 9, goal["y"] + 40, steps=5)
    page.mouse.move(goal["x"] + 9, goal["y"] - 10, steps=3)
    page.mouse.up()
    expect(said).to_have_text(f"{before[3]}: place 1 of {len(before)}.")
    expect(unsaved).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text(f"{before[3]}: place 2 of {len(before)}.")
    grips.nth(2).focus()
    page.keyboard.press("Home")
    expect(said).to_have_text(f"{before[1]}: place 1 of {len(before)}.")
    order = [before[1], before[0], before[3], before[2], *before[4:]]
    assert page.locator(CARD).all_inner_texts() == order
    assert Axe().run(page).response["violations"] == []

    page.get_by_role("button", name="Save the order").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert page.locator(CARD).all_inner_texts() == order
    page.goto(demo_site.url)
    assert page.locator("main article .p-name").all_inner_texts()[: len(order)] == order
    page.goto(f"{demo_site.url}/admin/articles/frontplace/")
    # Other tests read the front page as the demo has it.
    for headline in reversed(before):
        page.locator(".order-card", has_text=headline).locator("[data-order-grip]").press("Home")
    page.get_by_role("button", name="Save the order").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert desk.troubles == []
