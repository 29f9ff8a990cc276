"""A text on its way through the newsroom, each at their own desk: written, sent back, put right,
scheduled, published, corrected; and a report put into another order.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import SELECT, Desk

pytestmark = pytest.mark.browser

HEADLINE = "The Lock Keeper Counts Nine Barges a Day"
DOUBTFUL = "nobody had ever counted"
BODY = f"""
    <p>The keeper counts nine barges a day, and says that {DOUBTFUL} before her.</p>
    <p>The canal authority publishes its own figures every spring.</p>"""
BETTER = """
    <p>The keeper counts nine barges a day, and says that her father began the ledger.</p>
    <p>The canal authority publishes its own figures every spring.</p>"""
CORRECTED = BETTER.replace("nine", "eleven")
REPORT = "Dividing the Rivers"


@pytest.fixture
def desk(demo_site, browser_page):
    desk = Desk(browser_page, demo_site)
    yield desk
    assert desk.troubles == []


def write(desk: Desk, html: str) -> None:
    editor = desk.page.locator(".field-body .ProseMirror")
    editor.evaluate("(box, html) => box.editor.commands.setContent(html, true)", html)


def row_on_the_first_page(desk: Desk, panel: str):
    """The line of the article in one panel of this person's first page."""
    desk.page.goto(f"{desk.site.url}/admin/")
    return desk.page.locator(".panel", has=desk.page.get_by_role("heading", name=panel)).locator(
        "li", has_text=HEADLINE
    )


def take_over(desk: Desk) -> None:
    """Whoever looked at the form a moment ago still holds it."""
    button = desk.page.get_by_role("button", name="Take over", exact=True)
    if button.is_visible():
        button.click()
        expect(button).to_be_hidden()


def review(desk: Desk) -> None:
    desk.page.get_by_role("link", name="Read it over").click()
    expect(desk.page.locator(".review-body")).to_be_visible()
    desk.page.wait_for_load_state()


def move(desk: Desk, label: str, **told: str) -> None:
    """Makes a move where the text is read over."""
    name = desk.page.locator("summary", has_text=re.compile(f"^{label}$"))
    moves = desk.page.locator(".review-moves details", has=name)
    moves.locator("summary").click()
    for name, answer in told.items():
        moves.locator(f"[name={name}]").fill(answer)
    moves.locator("input[type=submit]").click()
    expect(desk.page.locator(".messagelist .success")).to_be_visible()


def test_a_text_goes_from_its_writer_to_its_correction(desk, demo_site):
    page = desk.page
    desk.log_in("contributor")
    page.goto(f"{demo_site.url}/admin/articles/article/add/")
    page.fill("#id_headline", HEADLINE)
    page.fill(
        "#id_standfirst", "On a canal that carries less each year, one person keeps the list."
    )
    write(desk, BODY)
    desk.choose(page, "id_bylines-0-author", "Daniyar")
    desk.save()
    form = page.url
    desk.move("Submit for review")

    desk.log_in("editor")
    row_on_the_first_page(desk, "Waiting for review").get_by_role("link").click()
    review(desk)
    page.evaluate(SELECT, DOUBTFUL)
    page.keyboard.press("Control+Alt+m")
    page.fill("#new-comment-text", "The archive has a ledger from 1931.")
    page.get_by_role("button", name="Comment", exact=True).locator("visible=true").click()
    expect(page.locator(".talk")).to_contain_text("a ledger from 1931")
    move(desk, "Send back", reason="One claim does not hold, see the comment.")

    desk.log_in("contributor")
    sent_back = row_on_the_first_page(desk, "My articles")
    expect(sent_back).to_contain_text("One claim does not hold")
    sent_back.get_by_role("link").click()
    expect(page.locator(".desk-side .talk")).to_contain_text("a ledger from 1931")
    take_over(desk)
    write(desk, BETTER)
    desk.save()
    page.locator(".desk-side .talk").get_by_role("button", name="Resolve").click()
    expect(page.locator(".desk-side .talk")).to_have_count(0)
    desk.move("Submit for review")

    desk.log_in("editor")
    page.goto(form)
    review(desk)
    move(desk, "Approve")
    review(desk)
    move(desk, "Schedule", publish_at="2199-01-01T10:00")
    expect(page.locator(".desk-status")).to_have_text("Scheduled")
    desk.move("Take off the schedule")
    desk.move("Publish")
    public = page.get_by_role("link", name="Public page", exact=True).get_attribute("href")

    page.goto(form)
    take_over(desk)
    write(desk, CORRECTED)
    page.click("input[name=_save]")
    question = page.locator("#notice")
    expect(question).to_contain_text("the change matters to them")
    question.get_by_label("Write the notice now").check()
    notice = "An earlier version said nine barges. It is eleven."
    page.fill("#id_notice_text", notice)
    page.click("input[name=_save]")
    # The text is saved, and readers are told.
    expect(page.locator(".messagelist .success")).to_have_count(2)
    for address in (public, "/corrections/"):
        page.goto(f"{demo_site.url}{address}")
        expect(page.locator("main")).to_contain_text(notice)
    page.goto(f"{demo_site.url}{public}")
    expect(page.locator("main")).to_contain_text("eleven barges a day")
    expect(page.locator("main")).not_to_contain_text("a ledger from 1931")


def test_a_managing_editor_puts_a_report_into_another_order(desk, demo_site):
    page = desk.page
    desk.log_in("managing_editor")
    page.goto(f"{demo_site.url}/admin/articles/indepthreport/")
    page.get_by_role("link", name=REPORT).click()
    page.get_by_role("link", name="Arrange the articles").click()
    headlines = page.locator(".order-card .order-headline")
    expect(headlines.first).to_be_visible()
    before = headlines.all_inner_texts()
    for step, order in (("End", [*before[1:], before[0]]), ("Home", before)):
        page.locator(".order-card", has_text=before[0]).locator("[data-order-grip]").press(step)
        expect(page.locator("[data-order-unsaved]")).to_be_visible()
        page.get_by_role("button", name="Save the order").click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        assert headlines.all_inner_texts() == order
