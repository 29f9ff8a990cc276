"""The pictures of ``docs/newsroom.md``, taken anew: ``python -m tests.browser.screenshots``.

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
        path = self.folder / f"newsroom-{name}.webp"
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        shot.save(path, lossless=True, quality=100, method=6)
        if path.stat().st_size > LARGEST:
            shot.save(path, quality=88, method=6)

    def first_pages(self) -> None:
        with self.desk("editor") as desk:
            self.keep(desk.page, "first-page", height=1060)
            desk.page.goto(f"{self.site.url}/admin/articles/article/?status__exact=published")
            self.keep(desk.page, "list")
        with self.desk("rights_desk") as desk:
            self.keep(desk.page, "rights", height=700)
        with self.desk("rights_manager", scheme="dark") as desk:
            self.below(desk.page, "The rights desk in figures")
            self.keep(desk.page, "figures", height=760)

    def reading_over(self) -> None:
        with self.desk("editor") as desk:
            desk.open_article(REVIEWED)
            expect(desk.page.locator(".field-body .ProseMirror")).to_be_visible()
            self.keep(desk.page, "writing", height=1000)
            desk.page.get_by_role("link", name="Read it over").click()
            expect(desk.page.locator(".review-body")).to_be_visible()
            self.keep(desk.page, "review", height=1000)
            desk.page.get_by_role("link", name="Revisions", exact=True).click()
            desk.page.goto(f"{desk.page.url}1/2/")
            desk.page.emulate_media(color_scheme="dark")
            self.keep(desk.page, "comparison")

    def pictures_and_order(self) -> None:
        with self.desk("editor") as desk:
            page = desk.page
            page.goto(f"{self.site.url}/admin/articles/image/")
            page.locator(".tile a").first.click()
            page.get_by_role("button", name="Focal point: ").press("Shift+ArrowUp")
            page.locator(".focal, [data-focal]").first.scroll_into_view_if_needed()
            self.keep(page, "focal-point")
            page.goto(f"{self.site.url}/admin/articles/frontplace/")
            page.locator("[data-order-grip]").nth(1).press("Home")
            self.keep(page, "front-page", height=1000)

    def notices(self) -> None:
        with self.desk("editor") as desk:
            page = desk.page
            page.goto(f"{self.site.url}/admin/articles/correction/")
            self.keep(page, "corrections", height=700)
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
            self.keep(page, "notice")

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
            self.keep(mine.page, "two-editors")

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
