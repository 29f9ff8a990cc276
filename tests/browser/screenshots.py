"""The pictures of the guides in ``docs``, taken anew: ``python -m tests.browser.screenshots``.

A demo newsroom of its own is loaded, worked in as colleagues would, and photographed.
"""

import io
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.browser.desk import Desk
from tests.site import CHROMIUM_FLAGS, PATIENCE, ROOT, DemoSite, chromium_path, fresh_page

FOLDER = ROOT / "docs" / "screenshots"
WIDTH, HEIGHT = 1280, 860
REVIEWED = "Lights Beyond the Two Hundredth Mile"
CORRECTED = "The Policy That Pays When the Grass Is Brown"
TAKEN = "/articles/four-minutes-below-forty-nine-point-four/"
WRONG, RIGHT = "eleven thousand", "fourteen thousand"
SHARED = "The Ferry That Sails If Asked"
THEIRS, OURS = "The Ferry That Sails Only If Asked", "The Ferry That Sails If You Ask Twice"
NOTICE = (
    "An earlier version of this article said that the message came to eleven thousand telephones. "
    "It came to fourteen thousand."
)
# A photograph would be larger without a loss.
LARGEST = 190_000
CLOSE_SIDEBAR = "localStorage.setItem('django.admin.navSidebarIsOpen', 'false')"


class Photographer:
    """Walks through the newsroom and keeps what it looks like."""

    def __init__(self, browser, site, folder: Path):
        self.browser = browser
        self.site = site
        self.folder = folder

    def take_all(self) -> None:
        """Nothing is saved before all that should show the demo as it is loaded is taken."""
        self.first_pages()
        self.reading_over()
        self.pictures_and_order()
        self.copies()
        self.taking()
        self.notices()
        self.two_editors()

    @contextmanager
    def desk(self, role: str, *, scheme: str = "light"):
        """Somebody at their desk; what they open is closed at the end."""
        with fresh_page(self.browser, width=WIDTH, height=HEIGHT) as page:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.add_init_script(CLOSE_SIDEBAR)
            desk = Desk(page, self.site)
            desk.log_in(role)
            yield desk

    def keep(self, page, name: str, *, height: int = HEIGHT) -> None:
        """What the window shows, in a small file."""
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.wait_for_load_state("networkidle")
        path = self.folder / f"{name}.webp"
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        shot.save(path, lossless=True, quality=100, method=6)
        if path.stat().st_size > LARGEST:
            shot.save(path, quality=88, method=6)

    def first_pages(self) -> None:
        with self.desk("editor") as desk:
            self.keep(desk.page, "newsroom-first-page", height=1060)
            desk.page.goto(f"{self.site.url}/admin/articles/article/?status__exact=published")
            self.keep(desk.page, "newsroom-list")
        with self.desk("rights_desk") as desk:
            self.keep(desk.page, "newsroom-rights", height=700)
        with self.desk("rights_manager", scheme="dark") as desk:
            self.below(desk.page, "The rights desk in figures")
            self.keep(desk.page, "newsroom-figures", height=760)

    def reading_over(self) -> None:
        with self.desk("editor") as desk:
            desk.open_article(REVIEWED)
            expect(desk.page.locator(".field-body .ProseMirror")).to_be_visible()
            self.keep(desk.page, "newsroom-writing", height=1000)
            desk.page.get_by_role("link", name="Read it over").click()
            expect(desk.page.locator(".review-body")).to_be_visible()
            self.keep(desk.page, "newsroom-review", height=1000)
            desk.page.get_by_role("link", name="Revisions", exact=True).click()
            desk.page.goto(f"{desk.page.url}1/2/")
            desk.page.emulate_media(color_scheme="dark")
            self.keep(desk.page, "newsroom-comparison")

    def pictures_and_order(self) -> None:
        with self.desk("editor") as desk:
            page = desk.page
            page.goto(f"{self.site.url}/admin/articles/image/")
            page.locator(".tile a").first.click()
            page.get_by_role("button", name="Focal point: ").press("Shift+ArrowUp")
            page.locator(".focal, [data-focal]").first.scroll_into_view_if_needed()
            self.keep(page, "newsroom-focal-point")
            page.goto(f"{self.site.url}/admin/articles/frontplace/")
            page.locator("[data-order-grip]").nth(1).press("Home")
            self.keep(page, "newsroom-front-page", height=1000)

    def copies(self) -> None:
        """What the desk sees of copies elsewhere, recalls, complaints and partners."""
        with self.desk("rights_manager") as desk:
            page = desk.page
            self.first_of(page, "crosspost/?status__exact=non_compliant")
            self.keep(page, "cross-posting-amiss", height=1150)
            self.first_of(page, "recall/")
            self.keep(page, "cross-posting-recall", height=420)
            self.first_of(page, "complaint/?waiting=1")
            self.keep(page, "cross-posting-complaint", height=900)
            self.first_of(page, "partner/")
            self.keep(page, "cross-posting-partner", height=900)

    def first_of(self, page, rows: str) -> None:
        """The case that a list of the rights desk shows first."""
        page.goto(f"{self.site.url}/admin/licensing/{rows}")
        page.locator("#result_list tbody tr").first.get_by_role("link").first.click()

    def taking(self) -> None:
        """As somebody takes a text who gives no name."""
        with fresh_page(self.browser, width=WIDTH, height=HEIGHT) as page:
            page.goto(f"{self.site.url}{TAKEN}republish/")
            self.keep(page, "cross-posting-uses", height=1000)
            page.get_by_role("link", name="Get the text").first.click()
            page.get_by_label("I accept these conditions.").first.check()
            page.get_by_role("button", name="Get the text", exact=True).click()
            page.get_by_role("heading", name="Your copy").wait_for()
            self.keep(page, "cross-posting-copy", height=1000)

    def notices(self) -> None:
        with self.desk("editor") as desk:
            page = desk.page
            page.goto(f"{self.site.url}/admin/articles/correction/")
            self.keep(page, "newsroom-corrections", height=700)
            desk.open_article(CORRECTED)
            editor = page.locator(".field-body .ProseMirror")
            editor.evaluate(
                """(box, [wrong, right]) => box.editor.commands.setContent(
                    box.editor.getHTML().replace(wrong, right), true)""",
                [WRONG, RIGHT],
            )
            page.click("input[name=_save]")
            page.locator("#notice").get_by_label("Write the notice now").check()
            page.fill("#id_notice_text", NOTICE)
            page.locator("#notice").scroll_into_view_if_needed()
            self.keep(page, "newsroom-notice")

    def two_editors(self) -> None:
        with self.desk("editor") as mine, self.desk("managing_editor") as other:
            mine.open_article(SHARED)
            mine.page.fill("#id_headline", OURS)
            other.open_article(SHARED)
            other.page.get_by_role("button", name="Take over", exact=True).click()
            expect(other.page.locator("#presence")).to_be_hidden()
            other.page.fill("#id_headline", THEIRS)
            other.save()
            mine.page.click("input[name=_save]")
            expect(mine.page.locator(".meeting")).to_be_visible()
            mine.page.locator(".meeting").scroll_into_view_if_needed()
            self.keep(mine.page, "newsroom-two-editors")

    @staticmethod
    def below(page, heading: str) -> None:
        """Scrolls until the heading stands at the top."""
        words = page.get_by_text(heading, exact=True).first
        words.evaluate(
            "(element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 24)"
        )


def main() -> None:
    expect.set_options(timeout=PATIENCE * 1000)
    with TemporaryDirectory() as folder, DemoSite(Path(folder)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        Photographer(browser, site, FOLDER).take_all()
        browser.close()


if __name__ == "__main__":
    main()
