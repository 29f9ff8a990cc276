"""The readers' pages in a browser: open to everybody, on every screen, from this site alone."""

import re
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from playwright.sync_api import expect

from tests.factories.articles import make_live_article
from tests.factories.whole import write_house_texts
from tests.looking import is_too_wide, troubles_of, violations_in_both_schemes

pytestmark = pytest.mark.browser

CARRIED = "/articles/doha-draft-northern-neighbours-paying-for-the-pause/"
OURS = "the-committee-that-decides-where-the-world-is-dangerous"
LONGEST = f"/articles/{OURS}/"
ARABIC = "/articles/الحدود-تمر-فوق-الماء/"
PAGES = {
    "front page": "/",
    "list": "/articles/",
    "list without a hit": "/articles/?region=arctic&language=sw",
    "article": LONGEST,
    "article carried from elsewhere": CARRIED,
    "article with corrections": "/articles/at-forty-one-degrees-the-whistle/",
    "article in Arabic": ARABIC,
    "print edition": f"{LONGEST}print/",
    "print edition in Arabic": f"{ARABIC}print/",
    "withdrawn article": "/articles/an-album-of-the-quay/",
    "author": "/authors/daniyar-seitkali/",
    "publication": "/publications/meridian-review/",
    "region": "/regions/asia/",
    "theme": "/themes/water/",
    "in-depth report": "/reports/dividing-the-rivers/",
    "tag": "/tags/freight/",
    "saved articles": "/saved/",
    "follow by mail": "/follow/?author=wanjiru-kibe&theme=water",
    "rights": "/rights/",
    "rights in an article of our own": f"{LONGEST}rights/",
    "rights in an article carried from elsewhere": f"{CARRIED}rights/",
    "rights in an article in Arabic": f"{ARABIC}rights/",
}
# Made of the same parts: looked at once, in both schemes, on the narrowest screen and a wide one.
MORE_PAGES = {
    "front page in French": "/fr/",
    "front page in Arabic": "/ar/",
    "list in Arabic, narrowed": "/ar/articles/?theme=water&from=2020-01-01",
    "regions": "/regions/",
    "themes in Arabic": "/ar/themes/",
    "in-depth reports": "/reports/",
    "authors": "/authors/",
    "publications in Arabic": "/ar/publications/",
    "author in Arabic": "/ar/authors/daniyar-seitkali/",
    "archive": "/archive/",
    "archive of a year in Arabic": "/ar/archive/2026/",
    "archive of a month": "/archive/2026/11/",
    "search": "/search/",
    "search with hits": "/search/?q=river",
    "search with another spelling": "/search/?q=wter",
    "search without a hit": "/search/?q=zzzzzzzz",
    "search with hits in Arabic": "/ar/search/?q=water",
    "feeds": "/feeds/",
    "citation": f"{LONGEST}cite/?paragraph=1",
    "citation in Arabic": f"{ARABIC}cite/",
    "citation of what is not there": f"{LONGEST}cite/?quote=words+that+are+not+there",
    "follow by mail, sent": "/follow/?sent=1",
    "follow by mail in Arabic": "/ar/follow/?theme=water",
    "saved articles in Arabic": "/ar/saved/",
    "rights in Arabic": "/ar/rights/",
    "terms": "/rights/terms/community-cross-post/",
    "permission in French": "/fr/permissions/new/",
    "permission in French, an answer": f"/fr/permissions/new/?article={OURS}&use=print",
    "permission in Arabic, the form": (
        f"/ar/permissions/new/?article={OURS}&use=print&step=details"
    ),
}
FAULTS = {
    "not found": "404.html",
    "not allowed": "403.html",
    "bad": "400.html",
    "form from elsewhere": "403_csrf.html",
    "broken": "500.html",
}
WIDTHS = (320, 375, 768, 1280)
MAX_HTML = 60_000
MAX_CSS = 30 * 1024


def address(site, path: str) -> str:
    """The path on this site, percent-encoded."""
    return site.url + quote(path, safe="/?&=%")


def scroll_through(page) -> None:
    """Down to the end, so that pictures which wait for their turn are fetched."""
    for _screen in range(page.evaluate("document.body.scrollHeight / innerHeight | 0")):
        page.mouse.wheel(0, 900)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_everybody_on_every_screen(demo_site, browser_page, name):
    browser_page.goto(address(demo_site, PAGES[name]))
    assert violations_in_both_schemes(browser_page) == []
    too_wide = []
    for width in WIDTHS:
        browser_page.set_viewport_size({"width": width, "height": 800})
        too_wide += [width] if is_too_wide(browser_page) else []
    assert too_wide == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_page_that_tells_of_a_fault_is_open_to_everybody(demo_site, browser_page, name, db):
    url = address(demo_site, "/fault/")
    html = render_to_string(FAULTS[name])
    browser_page.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
    browser_page.goto(url)
    assert violations_in_both_schemes(browser_page) == []


@pytest.mark.parametrize("path", ["/ar/there-is-none/", "/articles/who-keeps-the-tide-tabels/"])
def test_the_way_out_of_a_wrong_address_is_open_to_everybody(
    demo_site, browser_page, path, client, people
):
    write_house_texts()
    make_live_article(people=people, headline="Who keeps the tide tables")
    make_live_article(people=people, headline="الحدود تمر فوق الماء", language="ar")
    html = client.get(path).content
    url = address(demo_site, path)
    browser_page.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
    browser_page.set_viewport_size({"width": 320, "height": 800})
    browser_page.goto(url)
    assert violations_in_both_schemes(browser_page) == []
    assert not is_too_wide(browser_page)


@pytest.mark.parametrize("name", MORE_PAGES)
def test_a_page_of_known_parts_is_as_good(demo_site, browser_page, name):
    troubles = troubles_of(browser_page)
    browser_page.goto(address(demo_site, MORE_PAGES[name]))
    assert violations_in_both_schemes(browser_page) == []
    browser_page.set_viewport_size({"width": 320, "height": 800})
    assert not is_too_wide(browser_page)
    assert troubles == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_whole_from_this_site_alone_and_sets_no_cookie(demo_site, browser_page, name):
    troubles, asked = troubles_of(browser_page), []
    browser_page.on("response", lambda answer: asked.append((answer.url, answer.status)))
    served = BeautifulSoup(browser_page.goto(address(demo_site, PAGES[name])).body(), "html.parser")
    scroll_through(browser_page)
    own = urlsplit(demo_site.url).netloc
    assert [url for url, _status in asked if urlsplit(url).netloc != own] == []
    assert [url for url, status in asked[1:] if status >= 400] == []
    assert troubles == []
    assert browser_page.context.cookies() == []
    inline = served.select('script:not([src], [type="application/ld+json"]), style, [style]')
    assert inline == []


def test_a_mark_leads_to_its_note_and_the_note_leads_back(demo_site, browser_page):
    browser_page.goto(address(demo_site, LONGEST))
    mark = browser_page.locator("[role=doc-noteref]").nth(2)
    mark.focus()
    browser_page.keyboard.press("Enter")
    note = browser_page.locator("[role=doc-endnotes] li").nth(2)
    expect(browser_page).to_have_url(re.compile(f"#{note.get_attribute('id')}$"))
    expect(note).to_be_in_viewport()
    back = note.locator("[role=doc-backlink]")
    browser_page.keyboard.press("Tab")
    expect(back).to_be_focused()
    expect(back).to_have_accessible_name("Back to mark 3 in the text")
    browser_page.keyboard.press("Enter")
    expect(browser_page).to_have_url(re.compile(f"#{mark.get_attribute('id')}$"))
    expect(mark).to_be_in_viewport()


def test_marks_and_ways_back_are_large_enough_for_a_thumb(demo_site, browser_page):
    browser_page.set_viewport_size({"width": 375, "height": 800})
    browser_page.goto(address(demo_site, LONGEST))
    targets = browser_page.locator("[role=doc-noteref], [role=doc-backlink]").all()
    assert len(targets) >= 2
    for target in targets:
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_the_first_key_offers_the_way_past_the_masthead(demo_site, browser_page):
    browser_page.goto(address(demo_site, LONGEST))
    browser_page.keyboard.press("Tab")
    skip = browser_page.locator("a.skip").first
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("main")).to_be_focused()


def test_the_focus_is_seen_on_whatever_has_it(demo_site, browser_page):
    browser_page.goto(address(demo_site, "/"))
    unseen = []
    for _press in range(25):
        browser_page.keyboard.press("Tab")
        unseen += browser_page.evaluate(
            """() => {
                const has = document.activeElement, card = has.closest('.card') || has;
                const seen = [has, card].some(e => parseFloat(getComputedStyle(e).outlineWidth) >= 2
                    && getComputedStyle(e).outlineStyle !== 'none');
                return seen ? [] : [has.outerHTML];
            }"""
        )
    assert unseen == []


def test_an_arabic_article_and_the_page_around_it_run_from_the_right(demo_site, browser_page):
    browser_page.goto(address(demo_site, ARABIC))
    article = browser_page.locator("article.article")
    assert article.get_attribute("lang") == "ar"
    assert article.evaluate("it => getComputedStyle(it).direction") == "rtl"
    assert browser_page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    rail = browser_page.locator(".meta").bounding_box()
    text = browser_page.locator(".article-text").bounding_box()
    assert rail["x"] > text["x"] + text["width"] - 1


def test_the_print_edition_writes_out_where_links_lead(demo_site, browser_page):
    browser_page.goto(address(demo_site, f"{LONGEST}print/"))
    browser_page.emulate_media(media="print", color_scheme="dark")
    link = browser_page.locator(".colophon a[href^=http]").first
    written = link.evaluate("it => getComputedStyle(it, '::after').content")
    assert link.get_attribute("href") in written
    ground = browser_page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    expect(browser_page.locator(".paper-links")).to_be_hidden()


def test_the_page_of_the_longest_article_and_its_style_are_light(demo_site, browser_page):
    def size(path):
        return len(browser_page.request.get(address(demo_site, path)).body())

    assert size(LONGEST) <= MAX_HTML
    browser_page.goto(address(demo_site, LONGEST))
    styles = [
        link.get_attribute("href") for link in browser_page.locator("link[rel=stylesheet]").all()
    ]
    assert sum(size(path) for path in styles) <= MAX_CSS


def test_a_reader_opens_the_further_uses_by_key_and_reads_on(demo_site, browser_page):
    browser_page.goto(address(demo_site, CARRIED))
    panel = browser_page.locator("#rights")
    assert panel.locator(":scope > ul > li").count() == 3
    summary = panel.locator("summary")
    expect(panel.get_by_text("Train an AI:")).to_be_hidden()
    summary.focus()
    browser_page.keyboard.press("Enter")
    expect(panel.get_by_text("Train an AI:")).to_be_visible()
    panel.get_by_role("link", name="whom to ask").click()
    expect(browser_page.locator(".chain li").first).to_be_visible()
    assert browser_page.url == address(demo_site, f"{CARRIED}rights/")


@pytest.mark.parametrize(("width", "is_a_row"), [(1280, True), (375, False)])
def test_the_way_of_a_text_runs_across_where_there_is_room(
    demo_site, browser_page, width, is_a_row
):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(address(demo_site, f"{CARRIED}rights/"))
    first, last = (browser_page.locator(".chain li").nth(place) for place in (0, -1))
    across = last.bounding_box()["x"] > first.bounding_box()["x"]
    assert across is is_a_row
