"""Reading an article in a browser: notes at hand, the reader's own settings, nothing that jumps."""

import re
from itertools import pairwise
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages_in_browser import ARABIC, CARRIED, LONGEST, address
from tests.looking import violations
from tests.site import fresh_page

pytestmark = pytest.mark.browser

SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
MOST_THAT_MAY_SHIFT = 0.01
LATE_AFTER = 500


def box_of(locator) -> dict:
    box = locator.bounding_box()
    return box | {"right": box["x"] + box["width"], "bottom": box["y"] + box["height"]}


class HeldFonts:
    """Fonts do not come before somebody lets them; from then on they come at once."""

    def __init__(self, page):
        self.waiting, self.is_over = [], False
        page.route("**/*.woff2", self.hold)

    def hold(self, route) -> None:
        if self.is_over:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self) -> None:
        self.is_over = True
        for route in self.waiting:
            route.continue_()


@pytest.mark.parametrize("path", [LONGEST, ARABIC], ids=["from the left", "from the right"])
def test_notes_stand_beside_their_marks_where_there_is_room(demo_site, browser_page, path):
    browser_page.goto(address(demo_site, path))
    sides = browser_page.locator(".sidenote")
    expect(sides.first).to_be_visible()
    prose = box_of(browser_page.locator(".prose"))
    boxes = [box_of(side) for side in sides.all()]
    marks = [box_of(mark) for mark in browser_page.locator("[role=doc-noteref]").all()]
    for box, mark in zip(boxes, marks, strict=True):
        is_outside = box["x"] >= prose["right"] or box["right"] <= prose["x"]
        assert is_outside and box["width"] >= 176
        assert box["y"] >= mark["y"] - 24
    for above, below in pairwise(boxes):
        assert above["bottom"] <= below["y"]
    is_from_the_right = path == ARABIC
    assert (boxes[0]["right"] <= prose["x"]) is is_from_the_right


def test_notes_are_read_aloud_once_however_often_they_are_seen(demo_site, browser_page):
    browser_page.goto(address(demo_site, LONGEST))
    expect(browser_page.locator(".sidenote").first).to_be_visible()
    words = browser_page.locator("[role=doc-endnotes] li").first.inner_text().split(".")[0]
    assert browser_page.locator("main").aria_snapshot().count(words) == 1
    reached = browser_page.locator(".sidenotes :is(a, button):not([tabindex='-1'])")
    assert reached.count() == 0


def test_a_long_note_is_cut_short_and_opens_whole(demo_site, browser_page):
    browser_page.goto(address(demo_site, LONGEST))
    more = browser_page.locator(".more-of-note:visible")
    before = more.count()
    assert before > 0
    more.first.click()
    expect(more).to_have_count(before - 1)
    whole = browser_page.locator(".sidenote.whole .note-words")
    assert whole.evaluate("it => it.scrollHeight <= it.clientHeight + 2")


def test_a_note_opens_over_the_text_of_a_narrow_screen_and_gives_the_place_back(
    demo_site, browser_page
):
    browser_page.set_viewport_size({"width": 390, "height": 800})
    browser_page.goto(address(demo_site, LONGEST))
    mark = browser_page.locator("[role=doc-noteref]").nth(1)
    mark.focus()
    browser_page.keyboard.press("Enter")
    note = browser_page.get_by_role("dialog", name="Note 2")
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport(ratio=1)
    expect(note).to_contain_text("Monthly means of vessels")
    assert violations(browser_page) == []
    browser_page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(mark).to_be_focused()
    mark.click()
    expect(note).to_be_visible()
    browser_page.mouse.click(5, 5)
    expect(note).to_have_count(0)
    mark.click()
    note.get_by_role("link", name="To the note under the text").click()
    expect(browser_page).to_have_url(re.compile("#note-2$"))
    expect(browser_page.locator("#note-2")).to_be_in_viewport()


def test_a_printer_gets_the_list_of_notes_and_nothing_that_is_for_the_screen(
    demo_site, browser_page
):
    browser_page.goto(address(demo_site, LONGEST))
    browser_page.locator(".sidenote").first.wait_for()
    browser_page.emulate_media(media="print", color_scheme="dark")
    expect(browser_page.locator("[role=doc-endnotes] li").first).to_be_visible()
    for name in (".sidenotes", ".tools", ".ending", ".nav-row", ".foot"):
        expect(browser_page.locator(name)).to_be_hidden()
    ground = browser_page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


def test_the_reader_sets_text_and_colours_by_key_and_finds_them_on_the_next_page(
    demo_site, browser_page
):
    browser_page.emulate_media(color_scheme="light")
    browser_page.goto(address(demo_site, LONGEST))
    text = browser_page.locator(".prose > p").first
    usual = text.evaluate("it => parseFloat(getComputedStyle(it).fontSize)")
    summary = browser_page.locator(".controls summary")
    summary.focus()
    browser_page.keyboard.press("Enter")
    assert violations(browser_page) == []
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("radio", name="As usual")).to_be_focused()
    browser_page.keyboard.press("ArrowRight")
    expect(browser_page.get_by_role("radio", name="Larger")).to_be_checked()
    browser_page.get_by_role("radio", name="Dark").focus()
    browser_page.keyboard.press("Space")
    browser_page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(browser_page.get_by_role("radio", name="Dark")).to_be_hidden()
    browser_page.goto(address(demo_site, CARRIED))
    assert text.evaluate("it => parseFloat(getComputedStyle(it).fontSize)") > usual
    ground = browser_page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(21, 21, 20)"
    assert violations(browser_page) == []
    browser_page.goto(address(demo_site, "/"))
    assert browser_page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert browser_page.context.cookies() == []


@pytest.mark.parametrize("kept", ["", "null", "[", '{"size": "9", "theme": {"x": 1}}'])
def test_settings_that_nobody_understands_are_left_aside(demo_site, browser_page, kept):
    troubles = []
    browser_page.on("pageerror", lambda error: troubles.append(str(error)))
    browser_page.goto(address(demo_site, "/saved/"))
    browser_page.evaluate("kept => localStorage.setItem('reading', kept)", kept)
    browser_page.reload()
    assert browser_page.evaluate("Object.keys(document.documentElement.dataset).sort()") == [
        "keeps",
        "script",
    ]
    assert troubles == []


def test_without_script_nothing_is_offered_that_needs_it(demo_site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(demo_site, LONGEST))
    for name in (".controls", ".keep", ".copy-notice"):
        expect(page.locator(name)).to_be_hidden()
    expect(page.locator("[role=doc-endnotes] li").first).to_be_visible()
    page.goto(address(demo_site, "/saved/"))
    expect(page.locator("noscript p")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("are_late", [False, True], ids=["fonts in time", "fonts too late"])
def test_nothing_jumps_while_a_page_is_loaded(demo_site, browser, width, are_late):
    shifted = {}
    for path in (LONGEST, ARABIC, "/", "/rights/"):
        with fresh_page(browser, width=width, height=900) as page:
            page.add_init_script(SHIFTS)
            fonts = HeldFonts(page) if are_late else None
            page.goto(address(demo_site, path), wait_until="domcontentloaded")
            page.wait_for_function("after => performance.now() > after", arg=LATE_AFTER)
            if fonts:
                fonts.let_go()
            page.evaluate("document.fonts.ready")
            page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            shifted[path] = page.evaluate("window.shifted")
    assert {path: by for path, by in shifted.items() if by >= MOST_THAT_MAY_SHIFT} == {}


def test_a_page_twice_as_large_still_fits(demo_site, browser_page):
    """A screen of 1280 pixels at four times the size has 320 of them."""
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.goto(address(demo_site, quote(LONGEST)))
    browser_page.evaluate("document.documentElement.dataset.size = '5'")
    assert browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    browser_page.locator(".controls summary").click()
    panel = box_of(browser_page.locator(".controls-panel"))
    assert panel["x"] >= 0 and panel["right"] <= 320
