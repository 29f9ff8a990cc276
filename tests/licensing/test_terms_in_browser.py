"""The table of usage terms in a browser: sentences follow the hand, a licence fills it in."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(demo_site, browser_page):
    desk = Desk(browser_page, demo_site)
    desk.log_in("rights_manager")
    return desk


def row(page, use):
    return page.locator(f"tr[data-use={use}]")


def sentence(page, use):
    return row(page, use).locator("[data-sentence]")


def test_the_sentences_follow_what_is_chosen_and_ticked(desk):
    page = desk.page
    page.goto(f"{desk.site.url}/admin/licensing/usageterms/add/?start=community-cross-post")
    page.locator("#id_rule-print-verdict").select_option("refused")
    expect(sentence(page, "print")).to_have_text("You may not publish this article in print.")
    expect(row(page, "print")).to_have_attribute("data-verdict", "refused")
    page.locator("#id_rule-print-verdict").select_option("granted")
    row(page, "print").locator("summary").click()
    row(page, "print").get_by_label("Name the author").check()
    row(page, "print").get_by_label("Print run of at most").fill("500")
    expect(sentence(page, "print")).to_have_text(
        "You may publish this article in print, provided you name the author and print at most "
        "500 copies."
    )
    expect(row(page, "print").locator("summary")).to_have_text("2 conditions")
    row(page, "print").get_by_label("Print run of at most").fill("many")
    expect(row(page, "print").locator(".errorlist")).to_contain_text("needs a number")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(row(page, "print").locator("details")).not_to_have_attribute("open", "")
    assert page.url.endswith("?start=community-cross-post")
    assert desk.troubles == []


def test_a_licence_fills_the_table_and_what_contradicts_it_is_said_and_blocks(desk):
    page = desk.page
    page.goto(f"{desk.site.url}/admin/licensing/usageterms/add/")
    page.fill("#id_name", "No derivatives, please")
    page.locator("#id_licence").select_option("CC-BY-ND-4.0")
    expect(page.locator("#id_rule-print-verdict")).to_have_value("granted")
    expect(page.locator("[data-note]")).to_contain_text("NoDerivatives 4.0")
    page.locator("#id_rule-translation-verdict").select_option("granted")
    faults = row(page, "translation").locator(".errorlist li")
    expect(faults).to_contain_text("NoDerivatives")
    desk.paste(page, "id_text", "<p>Pass it on as it is.</p>")
    page.click("input[name=_save]")
    expect(page.locator(".errornote")).to_be_visible()
    expect(faults).to_contain_text("NoDerivatives")
    expect(page.locator("#id_name")).to_have_value("No derivatives, please")
    page.locator("#id_rule-translation-verdict").select_option("ask")
    expect(faults).to_have_count(0)
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .success")).to_contain_text("Version 1 is written")
    assert desk.troubles == []
