"""A tab that dies while somebody writes, and two who write in one article: nobody loses a word."""

import pytest
from playwright.sync_api import Error, expect

from articles.reading import word_count
from tests.browser.desk import Desk
from tests.site import fresh_page

pytestmark = pytest.mark.browser

BODY = '<p>Neue Wörter 中文 — and/or <em>so</em> on.<span class="footnote">A note here.</span></p>'
COUNTED = BODY + "<ul><li>one</li><li>two</li></ul><p>half<br>way… over</p>"
HALF_A_MINUTE = 30_000


@pytest.fixture
def desk(demo_site, browser_page):
    desk = Desk(browser_page, demo_site)
    desk.log_in("editor")
    yield desk
    assert desk.troubles == []


def write(page, html: str) -> None:
    editor = page.locator(".field-body .ProseMirror")
    editor.evaluate("(box, html) => box.editor.commands.setContent(html, true)", html)


def test_a_tab_killed_in_mid_writing_loses_at_most_half_a_minute(desk, demo_site):
    page = desk.page
    page.clock.install()
    page.goto(f"{demo_site.url}/admin/articles/article/add/")
    page.fill("#id_headline", "Killed in mid-writing")
    expect(page.locator("#id_headline_meter")).to_contain_text("Characters: 21. Short")
    write(page, COUNTED)
    page.clock.fast_forward(1000)
    expect(page.locator("#id_body_meter")).to_contain_text(f"Words: {word_count(COUNTED)} ·")
    desk.choose(page, "id_bylines-0-author", "Daniyar")
    signed = page.locator("#id_bylines-0-author").input_value()
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(page.locator(".writing-status")).to_contain_text("Kept")
    with pytest.raises(Error):
        page.goto("chrome://crash")

    desk.page = page = page.context.new_page()
    page.goto(f"{demo_site.url}/admin/articles/article/add/")
    expect(page.locator(".writing-offer").first).to_contain_text("Killed in mid-writing")
    page.locator(".writing-offer").first.get_by_role("link", name="Take it up").click()
    expect(page.locator("#id_headline")).to_have_value("Killed in mid-writing")
    expect(page.locator(".field-body .ProseMirror .footnote")).to_have_text("A note here.")
    expect(page.locator("#id_bylines-0-author")).to_have_value(signed)
    page.press("#id_headline", "Control+s")
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_what_is_typed_after_a_save_that_was_stopped_or_into_a_net_that_hangs_is_kept(
    desk, demo_site
):
    page = desk.page
    page.clock.install()
    page.goto(f"{demo_site.url}/admin/articles/article/add/")
    page.fill("#id_headline", "Stopped in mid-save")
    page.locator("#article_form").evaluate(
        "form => form.addEventListener('submit', event => event.preventDefault(), {once: true})"
    )
    page.click("input[name=_save]")
    page.fill("#id_standfirst", "Typed after it was stopped.")
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(page.locator(".writing-status")).to_contain_text("Kept")

    page.route("**/keep/", lambda _route: None)
    page.fill("#id_standfirst", "Typed into a net that hangs.")
    with page.expect_request("**/keep/"):
        page.clock.fast_forward(HALF_A_MINUTE // 2)
    page.clock.fast_forward(HALF_A_MINUTE // 2)
    expect(page.locator(".writing-status")).to_contain_text("A copy stays in this browser")
    assert "a net that hangs" in page.evaluate("Object.values(localStorage).join()")
    page.unroute("**/keep/")
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(page.locator(".writing-status")).to_contain_text("Kept")
    assert "a net that hangs" not in page.evaluate("Object.values(localStorage).join()")


def test_a_net_that_goes_while_somebody_writes_and_a_step_back_lose_nothing(desk, demo_site):
    page = desk.page
    page.clock.install()
    page.goto(f"{demo_site.url}/admin/articles/article/add/")
    page.fill("#id_headline", "Gone and back")
    page.goto(f"{demo_site.url}/admin/articles/tag/")
    page.go_back()
    take_up(page, "Gone and back")

    page.context.set_offline(True)
    page.fill("#id_standfirst", "Typed without a net.")
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(page.locator(".writing-status")).to_contain_text("A copy stays in this browser")
    page.context.set_offline(False)
    expect(page.locator(".writing-status")).to_contain_text("Kept")

    page.context.set_offline(True)
    page.fill("#id_standfirst", "Typed and left at once.")
    with pytest.raises(Error):
        page.goto(demo_site.url)
    page.context.set_offline(False)
    page.go_back()
    page.wait_for_function("!Object.values(localStorage).join().includes('left at once')")
    page.goto(f"{demo_site.url}/admin/articles/article/add/")
    take_up(page, "Gone and back")
    expect(page.locator("#id_standfirst")).to_have_value("Typed and left at once.")


def take_up(page, headline: str) -> None:
    offer = page.locator(".writing-offer").first
    expect(offer).to_contain_text(headline)
    offer.get_by_role("link", name="Take it up").click()
    expect(page.locator("#id_headline")).to_have_value(headline)


def test_two_editors_of_one_article_lose_nothing(desk, demo_site, browser):
    first = desk.page
    first.goto(f"{demo_site.url}/admin/articles/article/add/")
    first.fill("#id_headline", "What two write")
    desk.save()
    expect(first.locator("#presence")).to_be_hidden()
    with fresh_page(browser, width=768, height=900) as second:
        other = Desk(second, demo_site)
        other.log_in("managing_editor")
        second.goto(first.url)
        expect(second.locator("#presence [role=status]")).to_contain_text("is editing this since")
        expect(second.locator("#id_headline")).not_to_be_editable()
        expect(second.locator(".field-body .ProseMirror")).to_have_attribute(
            "contenteditable", "false"
        )
        first.clock.install()
        first.fill("#id_standfirst", "What the first was writing.")
        second.get_by_role("button", name="Take over").click()
        expect(second.locator("#presence")).to_be_hidden()
        second.fill("#id_headline", "What the second wrote")

        first.clock.fast_forward(HALF_A_MINUTE)
        expect(first.locator("#presence [role=status]")).to_contain_text("is editing this since")
        expect(first.locator("#id_standfirst")).not_to_be_editable()
        second.click("input[name=_save]")
        expect(second.locator(".messagelist .success")).to_be_visible()
        assert other.troubles == []

        first.reload()
        first.locator(".writing-offer").first.get_by_role("link", name="Take it up").click()
        first.get_by_role("button", name="Take over").click()
        expect(first.locator("#presence")).to_be_hidden()
        expect(first.locator("#id_headline")).to_have_value("What the second wrote")
        expect(first.locator("#id_standfirst")).to_have_value("What the first was writing.")
        expect(first.locator(".meeting li")).to_have_text(["Headline"])
        first.click("input[name=_save]")
        expect(first.locator(".messagelist .success")).to_be_visible()
