"""Articles saved in a browser: read without the net, and never longer than they may be shown."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages_in_browser import ARABIC, CARRIED, LONGEST, address
from tests.looking import troubles_of, violations
from tests.site import PATIENCE

pytestmark = pytest.mark.browser

WITHDRAWN = "/articles/an-album-of-the-quay/"
UNKNOWN = "/articles/there-never-was-such-an-article/"
SAYS_IT_IS_A_COPY = "You are offline. This is the copy saved on"
SAYS_THERE_IS_NONE = "The page you asked for cannot be shown offline"
HOUR = 3_600_000
DAY = 24 * HOUR

# Moves the moments of a copy, which is as good as moving the time; or puts it under an address.
MOVE = """
async ([path, moved, to]) => {
    const copies = await caches.open("saved-articles");
    const copy = await copies.match(path);
    const headers = new Headers(copy.headers);
    for (const name in moved) headers.set(name, Number(headers.get(name)) + moved[name]);
    await copies.put(to, new Response(await copy.text(), { headers }));
}
"""
# How long ago the site was asked about what is kept of an address; nothing where nothing is kept.
CHECKED = """
async (path) => {
    const copy = await (await caches.open("saved-articles")).match(path);
    return copy ? Date.now() - Number(copy.headers.get("Copy-Checked")) : null;
}
"""
REFUSING = """
    const refuse = () => Promise.reject(new DOMException("Refused", "SecurityError"));
    for (const name of ["has", "open", "match", "keys"]) CacheStorage.prototype[name] = refuse;
    ServiceWorkerContainer.prototype.register = refuse;
"""
# The worker works on while the page is read.
UNTIL = """
async ([path, patience]) => {
    const checked = %s;
    const end = performance.now() + patience;
    while (performance.now() < end) {
        const ago = await checked(path);
        if (%s) return true;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
}
"""


class Reader:
    """Somebody with one page, which may be off the net."""

    def __init__(self, site, page):
        self.site, self.page = site, page

    def opens(self, path):
        return self.page.goto(address(self.site, path))

    def saves(self, path):
        self.opens(path)
        button = self.page.locator(".keep")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(self.page.locator(".told")).to_have_text(
            button.get_attribute("data-kept"), use_inner_text=True
        )

    def moves(self, path, *, to=None, **moments):
        headers = {name.replace("_", "-"): by for name, by in moments.items()}
        path, to = (address(self.site, one) for one in (path, to or path))
        self.page.evaluate(MOVE, [path, headers, to])

    def holds(self, path):
        return self.page.evaluate(CHECKED, address(self.site, path)) is not None

    def sees(self, condition, path):
        arguments = [address(self.site, path), PATIENCE * 1000]
        return self.page.evaluate(UNTIL % (CHECKED.strip(), condition), arguments)

    def sees_it_go(self, path):
        return self.sees("ago === null", path)

    def sees_it_asked_for(self, path):
        return self.sees(f"ago !== null && ago < {HOUR}", path)

    def is_offline(self, *, yes=True):
        self.page.context.set_offline(yes)

    def is_told_there_is_none(self, path):
        answer = self.opens(path)
        expect(self.page.get_by_text(SAYS_THERE_IS_NONE)).to_be_visible()
        return answer.status == 503


@pytest.fixture
def reader(demo_site, browser_page):
    return Reader(demo_site, browser_page)


def test_a_saved_article_is_read_without_the_net_and_says_that_it_is_a_copy(reader):
    reader.saves(LONGEST)
    expect(reader.page.get_by_text(SAYS_IT_IS_A_COPY)).to_be_hidden()
    reader.is_offline()
    assert reader.opens(f"{LONGEST}?from=a-letter").status == 200
    page = reader.page
    expect(page.get_by_text(SAYS_IT_IS_A_COPY)).to_be_visible()
    expect(page.locator(".prose > p").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).flexGrow") == "1"
    picture = page.locator(".featured img")
    picture.evaluate("it => it.decode()")
    assert picture.evaluate("it => it.naturalWidth") > 0
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('1rem \"Our Serif\"')")
    # What else the site had to read may have gone since.
    expect(page.locator(".related")).to_have_count(0)
    assert violations(page) == []
    assert reader.is_told_there_is_none(CARRIED)
    page.get_by_role("link", name="The Committee That Decides").click()
    expect(page.get_by_text(SAYS_IT_IS_A_COPY)).to_be_visible()
    reader.is_offline(yes=False)
    reader.opens(LONGEST)
    expect(page.get_by_text(SAYS_IT_IS_A_COPY)).to_be_hidden()
    assert page.context.cookies() == []


def test_a_copy_is_shown_no_longer_than_the_site_said_nor_with_a_clock_set_back(reader):
    reader.saves(LONGEST)
    left = reader.page.evaluate(
        """async (path) => {
            const copy = await (await caches.open("saved-articles")).match(path);
            return Number(copy.headers.get("Copy-Until")) - Date.now();
        }""",
        address(reader.site, LONGEST),
    )
    assert 6 * DAY < left <= 7 * DAY
    reader.moves(LONGEST, Copy_Until=-7 * DAY)
    reader.is_offline()
    assert reader.is_told_there_is_none(LONGEST)
    expect(reader.page.get_by_text("Cannot be read offline any more")).to_be_visible()
    reader.moves(LONGEST, Copy_Until=7 * DAY, Copy_Checked=DAY)
    assert reader.is_told_there_is_none(LONGEST)
    reader.moves(LONGEST, Copy_Checked=-2 * DAY)
    reader.opens(LONGEST)
    expect(reader.page.get_by_text(SAYS_IT_IS_A_COPY)).to_be_visible()
    reader.is_offline(yes=False)
    reader.opens("/rights/")
    assert reader.sees_it_asked_for(LONGEST)


@pytest.mark.parametrize("gone", [WITHDRAWN, UNKNOWN], ids=["withdrawn", "expired"])
def test_what_the_site_no_longer_gives_is_kept_no_longer_than_the_next_visit(reader, gone):
    reader.saves(CARRIED)
    # A copy from a time at which it was still to be had.
    reader.moves(CARRIED, to=gone, Copy_Checked=-HOUR)
    reader.is_offline()
    reader.opens(gone)
    expect(reader.page.get_by_text(SAYS_IT_IS_A_COPY)).to_be_visible()
    reader.is_offline(yes=False)
    reader.opens("/rights/")
    assert reader.sees_it_go(gone)
    assert reader.holds(CARRIED)
    reader.is_offline()
    assert reader.is_told_there_is_none(gone)


def test_with_the_net_the_site_itself_answers_whatever_is_kept(reader):
    reader.saves(CARRIED)
    reader.moves(CARRIED, to=WITHDRAWN)
    assert reader.opens(WITHDRAWN).status == 410
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(
        "This article has been withdrawn"
    )
    assert reader.sees_it_go(WITHDRAWN)


def test_an_article_that_moved_is_kept_under_its_new_address_alone(reader):
    reader.saves(LONGEST)
    # An address that answers 301, as a former one does.
    former = LONGEST.removesuffix("/")
    reader.moves(LONGEST, to=former)
    reader.moves(LONGEST, Copy_Checked=-2 * HOUR)
    reader.opens(former)
    assert reader.sees_it_go(former)
    assert reader.sees_it_asked_for(LONGEST)


def test_the_list_shows_what_is_saved_and_lets_it_go(reader):
    reader.opens("/saved/")
    expect(reader.page.get_by_text("Nothing is saved yet")).to_be_visible()
    reader.saves(ARABIC)
    reader.saves(CARRIED)
    reader.opens("/saved/")
    rows = reader.page.locator(".saved-entry")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Saved on")
    expect(rows.nth(1).get_by_role("link")).to_have_attribute("dir", "rtl")
    assert violations(reader.page) == []
    rows.first.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(1)
    assert not reader.holds(CARRIED)
    reader.opens(ARABIC)
    reader.page.locator(".keep").click()
    expect(reader.page.locator(".keep")).to_have_attribute("aria-pressed", "false")
    assert not reader.holds(ARABIC)


def test_the_list_itself_is_no_page_that_cannot_be_shown(reader):
    reader.saves(ARABIC)
    reader.saves(CARRIED)
    reader.is_offline()
    page = reader.page
    assert reader.opens("/saved/").status == 200
    expect(page.locator(".saved-entry")).to_have_count(2)
    expect(page.get_by_text(SAYS_THERE_IS_NONE)).to_be_hidden()
    # What is not kept is answered in the language of its address, whatever was saved first.
    assert reader.is_told_there_is_none("/regions/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_browser_that_refuses_to_keep_says_so_and_goes_on(reader):
    """With cookies blocked there is a Cache, and it refuses whatever it is asked."""
    troubles = troubles_of(reader.page)
    reader.page.add_init_script(REFUSING)
    reader.opens(LONGEST)
    button = reader.page.locator(".keep")
    for _time in range(2):
        button.click()
        expect(reader.page.locator(".told")).to_have_text(button.get_attribute("data-failed"))
        expect(button).to_have_attribute("aria-pressed", "false")
        assert button.get_attribute("aria-busy") is None
    reader.opens("/saved/")
    expect(reader.page.locator(".saved-cannot")).to_be_visible()
    assert troubles == []


def test_fonts_come_where_there_is_no_room_to_keep_them(reader):
    reader.saves(CARRIED)
    page = reader.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": reader.site.url, "quotaSize": 1})
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    refused = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    reader.opens(LONGEST)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('1rem \"Our Serif\"')")
    assert refused == []


def test_who_saves_nothing_gets_no_worker(reader):
    reader.opens(LONGEST)
    reader.page.wait_for_load_state("networkidle")
    assert reader.page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    assert reader.page.evaluate("caches.keys()") == []
