"""An editor's hands: logging in, entering, choosing, uploading, moving, all by clicks and keys."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

# Selects the words in the text that is read over.
SELECT = """
(words) => {
    const walker = document.createTreeWalker(document.querySelector(".review-body"), 4);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at < 0) continue;
        getSelection().setBaseAndExtent(
            walker.currentNode, at, walker.currentNode, at + words.length);
        return;
    }
}
"""


@dataclass
class Story:
    """What an editor has on the desk before entering it."""

    headline: str
    standfirst: str
    body_html: str
    author: str
    author_bio_html: str
    publication: str
    originating_publication: str
    originating_url: str
    original_url: str
    region: str
    theme: str
    report: str
    picture: Path
    picture_alt: str
    picture_credit: str
    are_headings_new: bool = False
    house_texts: dict[str, str] = field(default_factory=dict)


class Desk:
    """One person at the admin of one site."""

    def __init__(self, page: Page, site):
        self.page = page
        self.site = site
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.troubles.append(message.text)

    def log_in(self, role: str) -> None:
        login = self.site.logins[role]
        self.page.context.clear_cookies()
        self.page.goto(f"{self.site.url}/admin/login/?next=/admin/")
        self.page.fill("#id_username", login["username"])
        self.page.fill("#id_password", login["password"])
        self.page.click("input[type=submit]")
        expect(self.page.locator("#user-tools")).to_be_visible()

    # --- pieces of forms ---

    @staticmethod
    def paste(page: Page, field_id: str, html: str) -> None:
        """Pastes ``html`` into the rich text editor of a field, as from the clipboard."""
        editor = page.locator(f"#{field_id}").locator(
            "xpath=ancestor::*[contains(@class,'prose-editor')][1]//div[@contenteditable='true']"
        )
        editor.click()
        editor.evaluate(
            """(element, html) => {
                const data = new DataTransfer();
                data.setData("text/html", html);
                element.dispatchEvent(new ClipboardEvent("paste", {
                    clipboardData: data, bubbles: true, cancelable: true,
                }));
            }""",
            html,
        )

    @staticmethod
    def choose(page: Page, field_id: str, words: str) -> None:
        """Types into a field that completes, and takes the first hit."""
        page.locator(f"#{field_id} + .select2 .select2-selection").click()
        search = page.locator(".select2-container--open .select2-search__field")
        with page.expect_response(lambda answer: "/autocomplete/?term=" in answer.url):
            search.fill(words)
        # What was listed before the answer came is gone when "Searching…" is.
        expect(page.locator(".select2-results .loading-results")).to_have_count(0)
        page.locator(".select2-results__option--highlighted", has_text=words).first.click()
        expect(page.locator(f"#{field_id} + .select2")).to_contain_text(words)

    def create(self, button_id: str, fill) -> None:
        """Opens the “+” beside a field, lets ``fill(popup)`` enter the row, and saves it."""
        with self.page.expect_popup() as opened:
            self.page.click(f"#{button_id}")
        popup = opened.value
        popup.wait_for_load_state()
        fill(popup)
        with popup.expect_event("close"):
            # The answer closes the window: there is no next page to wait for.
            popup.click("input[name=_save]", no_wait_after=True)

    # --- the article ---

    def enter(self, story: Story) -> None:
        """Everything of ``story`` into the form of a new article, and saves it."""
        page = self.page
        page.goto(f"{self.site.url}/admin/articles/article/add/")
        page.fill("#id_headline", story.headline)
        page.fill("#id_standfirst", story.standfirst)
        self.paste(page, "id_body", story.body_html)
        self._sign(story)
        self._say_where_from(story)
        self.choose(page, "id_regions", story.region)
        page.click("text=Add another Place in an in-depth report")
        if story.are_headings_new:
            self.create("add_id_themes", lambda popup: popup.fill("#id_name", story.theme))
            self.create(
                "add_id_report_entries-0-report",
                lambda popup: popup.fill("#id_title", story.report),
            )
        else:
            self.choose(page, "id_themes", story.theme)
            self.choose(page, "id_report_entries-0-report", story.report)
        self._picture(story)
        self.save()

    def save(self) -> None:
        self.page.click("input[name=_save]")
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def _sign(self, story: Story) -> None:
        def author(popup: Page) -> None:
            popup.fill("#id_name", story.author)
            self.paste(popup, "id_bio", story.author_bio_html)

        self.create("add_id_bylines-0-author", author)

    def _say_where_from(self, story: Story) -> None:
        def publication(name: str, url: str):
            def fill(popup: Page) -> None:
                popup.fill("#id_name", name)
                popup.fill("#id_url", url)

            return fill

        if story.publication:
            self.create("add_id_publication", publication(story.publication, ""))
        self.create(
            "add_id_originating_publication",
            publication(story.originating_publication, story.originating_url),
        )
        self.page.fill("#id_original_url", story.original_url)

    def _picture(self, story: Story) -> None:
        def picture(popup: Page) -> None:
            popup.set_input_files("#id_original", story.picture)
            expect(popup.locator("img.chosen-picture")).to_be_visible()
            popup.fill("#id_alt_text", story.picture_alt)
            popup.fill("#id_credit_line", story.picture_credit)
            popup.select_option("#id_rights_category", "handout")

        self.create("add_id_featured_image", picture)
        expect(self.page.locator("img.chosen-picture")).to_be_visible()

    def open_article(self, headline: str) -> None:
        self.page.goto(f"{self.site.url}/admin/articles/article/")
        self.page.fill("#searchbar", headline)
        self.page.press("#searchbar", "Enter")
        expect(self.page).to_have_url(re.compile(r"[?&]q="))
        self.page.locator("#result_list").get_by_role("link", name=headline).click()

    def move(self, label: str, **answers: str) -> None:
        """Clicks a move in the side panel, answers what it asks, and makes it."""
        self.page.locator(".desk-moves").get_by_role("link", name=label, exact=True).click()
        for name, answer in answers.items():
            self.page.fill(f"#id_{name}", answer)
        self.page.locator(".move input[type=submit]").click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def record_agreement(self, publication: str, *uses: str) -> None:
        """A standing agreement with ``publication`` for the web, which passes ``uses`` on."""
        page = self.page
        page.goto(f"{self.site.url}/admin/licensing/clearance/add/")
        page.locator("input[name=scope][value=publication]").check()
        self.choose(page, "id_publication", publication)
        page.select_option("#id_basis", "agreement")
        page.fill("#id_reference", "Exchange of letters, 2018")
        for name, values in (("covers", ["web"]), ("passes_on", uses)):
            for value in values:
                page.locator(f"input[name={name}][value={value}]").check()
        # Who has entered it goes on with it: saving stays on its page.
        self.save()
        self.move("Record as granted")

    def write_house_text(self, kind: str, html: str) -> None:
        """A next version of a house text, in English."""
        self.page.goto(f"{self.site.url}/admin/sitepolicy/sitepolicy/add/")
        self.page.select_option("#id_kind", kind)
        self.page.select_option("#id_language", "en")
        self.paste(self.page, "id_text", html)
        self.save()
