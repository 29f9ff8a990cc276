"""The picture desk in Chromium: a focal point set by keys alone, and pages without barriers."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.looking import violations_in_both_schemes

pytestmark = pytest.mark.browser


def test_a_focal_point_is_set_by_keys_and_the_crops_follow(demo_site, browser_page):
    page, desk = browser_page, Desk(browser_page, demo_site)
    desk.log_in("editor")
    page.goto(f"{demo_site.url}/admin/articles/image/")
    page.locator(".tile a").first.press("Enter")
    marker = page.get_by_role("button", name="Focal point: ")
    marker.press("Shift+ArrowLeft")
    marker.press("ArrowDown")
    expect(page.locator("[data-focal-status]")).to_have_text(
        "40 % from the left, 51 % from the top"
    )
    expect(page.locator(".crop img").first).to_have_css("object-position", "40% 51%")
    page.fill("#id_focal_y", "120")
    expect(page.locator(".crop img").first).to_have_css("object-position", "40% 100%")
    page.fill("#id_focal_y", "20")
    page.get_by_role("button", name="Save and continue editing").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_focal_x")).to_have_value("40")
    expect(page.locator("#id_focal_y")).to_have_value("20")
    # Before axe, which sets styles of its own.
    assert desk.troubles == []
    assert violations_in_both_schemes(page) == []
    page.goto(f"{demo_site.url}/admin/articles/image/")
    assert violations_in_both_schemes(page) == []
