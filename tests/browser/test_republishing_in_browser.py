"""A copy is taken in a browser: by keyboard, with one tap, and seen before; open to everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from licensing.models import Grant
from tests.factories.articles import house, make_image, make_live_article
from tests.factories.holders import letters_to
from tests.factories.takings import TAKER, free_for_community_sites
from tests.looking import troubles_of, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The static files come from where they are kept, not from where a deployment collects them.
    pytest.mark.filterwarnings("ignore:No directory at"),
]
WIDTHS = (360, 768, 1280)


@pytest.fixture
def article(people):
    ours = house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    free_for_community_sites()
    return make_live_article(
        people=people,
        headline="The last lamplighter of the old harbour quarter",
        slug="lamplighter",
        body="<p>She lit the lamps at six.</p>" * 9,
        featured_image=make_image(developed=True, caption="Quay Street"),
    )


def is_fit_to_be_seen(page) -> None:
    """Nothing is held against it by light or in the dark, and it fits every screen."""
    page.emulate_media(color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    dark = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert dark == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def press_tab_to(page, name: str, most: int = 60) -> None:
    """Goes on by keyboard until what is called ``name`` has the focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        said = "(document.activeElement.textContent || document.activeElement.id).trim()"
        if page.evaluate(said).startswith(name):
            return
    raise AssertionError(f"the keyboard never comes to {name}")


def test_a_copy_is_taken_by_keyboard_and_copied_with_one_tap(browser_page, live_server, article):
    page = browser_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    troubles = troubles_of(page)
    page.goto(live_server.url + reverse("licensing:republish", args=["lamplighter"]))
    is_fit_to_be_seen(page)
    press_tab_to(page, "Get the text")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Cross-post on a community site")
    preview = page.frame_locator(".frame iframe")
    expect(preview.locator("h1")).to_have_text(article.headline)
    expect(preview.locator("img")).to_be_visible()
    page.locator("details.by-name > summary").click()
    is_fit_to_be_seen(page)
    page.get_by_role("button", name="Telephone").click()
    expect(page.locator(".frame iframe")).to_have_css("width", "375px")
    page.locator("#accepted").focus()
    page.keyboard.press("Space")
    press_tab_to(page, "Get the text")
    page.keyboard.press("Enter")
    box = page.locator("#copy-text")
    assert "She lit the lamps at six." in box.input_value()
    is_fit_to_be_seen(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".told-here")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == box.input_value()
    before = page.evaluate("performance.timeOrigin")
    page.get_by_role("link", name="Markdown").click()
    expect(page.get_by_role("link", name="Markdown")).to_have_attribute("aria-current", "true")
    assert page.evaluate("performance.timeOrigin") == before and "format=markdown" in page.url
    expect(page.get_by_role("link", name="Markdown")).to_be_focused()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".told-here")).to_have_text("Copied.")
    assert "<p>" not in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as file:
        page.get_by_role("link", name="Download").click()
    assert file.value.suggested_filename == "lamplighter.md"
    assert troubles == []


def test_what_cannot_be_copied_is_selected_and_said(browser_page, live_server, article):
    page = browser_page
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    address = reverse("licensing:republish", args=["lamplighter"])
    page.goto(f"{live_server.url}{address}?use=community_web")
    page.locator("#accepted").check()
    page.get_by_role("button", name="Get the text", exact=True).click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".told-here")).to_contain_text("could not be copied")
    box = page.locator("#copy-text")
    expect(box).to_be_focused()
    assert page.evaluate("getSelection().toString()") or box.evaluate("one => one.selectionEnd") > 0


def test_without_script_everything_is_there(browser, live_server, article):
    page = browser.new_context(java_script_enabled=False).new_page()
    address = reverse("licensing:republish", args=["lamplighter"])
    page.goto(f"{live_server.url}{address}?use=community_web")
    page.locator("details.by-name > summary").click()
    for name, value in {
        "requester_name": "Ines Roca",
        "requester_email": TAKER,
        "outlet": "Harbour Watch",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=requester_kind][value=non_commercial]").check()
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Get the text and a licence").click()
    number = Grant.objects.get().number
    expect(page.locator(".told")).to_contain_text(number)
    assert number in page.locator("#copy-text").input_value()
    assert not page.get_by_role("button", name="Copy", exact=True).is_visible()
    page.get_by_role("link", name="Plain text").click()
    assert "She lit the lamps" in page.locator("#copy-text").input_value()
    assert letters_to(TAKER)
    page.context.close()
