"""The editor in Chromium: typing, footnotes, pasting, the CSP, and what a screen reader is told."""

# ruff: noqa: E501 (what people paste is as long as it is)

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from playwright.sync_api import expect

from articles import body
from cms.richtext.admin import with_nonce
from cms.richtext.fields import RichTextField
from cms.richtext.vocabulary import BODY, NOTE
from tests.cms.richtext.pasted import KEPT, source
from tests.site import fresh_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls(__name__),
    # Static files come from the finders here; nothing need have been collected.
    pytest.mark.filterwarnings("ignore:No directory at"),
]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Editor</title>
<link rel="stylesheet" href="/static/admin/css/base.css">
<link rel="stylesheet" href="/static/admin/css/dark_mode.css">{{ media }}
</head><body><main><h1>Editor</h1><form method="post">{{ form.as_div }}<button>Save</button></form>
</main></body></html>"""


class TextForm(forms.Form):
    body = RichTextField(
        "body", extensions=BODY, clean=body.clean, help_text="Paste it."
    ).formfield()
    note = RichTextField("short text", extensions=NOTE, blank=True).formfield()


@csrf_exempt
def edit(request):
    form = TextForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    if form.is_valid():
        return HttpResponse(form.cleaned_data["body"], content_type="text/plain; charset=utf-8")
    context = {"form": form, "media": with_nonce(form.media, request)}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


# Until the editor has read where the browser's cursor stands. For 200 ms after it got the focus, it
# takes a cursor at the very start for a whim of the browser and puts it back; no hand is that fast.
SETTLE = """async () => {
    const { view } = document.querySelector("#id_body").closest(".prose-editor")
        .querySelector(".ProseMirror").editor
    const isSettled = () => view.hasFocus()
        && view.domObserver.currentSelection.eq(view.domSelectionRange())
        && Date.now() - view.input.lastFocus > 200
    do { await new Promise(requestAnimationFrame) } while (!isSettled())
}"""

urlpatterns = [path("", edit), path("favicon.ico", lambda request: HttpResponse(status=204))]


class Desk:
    """An editor's hands and eyes on the page."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.complaints = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def hear(self, message):
        if message.type in {"error", "warning"} or "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def open(self, text=""):
        self.page.goto(self.url)
        self.page.get_by_role("toolbar").nth(1).wait_for()
        if text:
            self.page.evaluate(
                "html => document.querySelector('#id_body').closest('.prose-editor')"
                ".querySelector('.ProseMirror').editor.commands.setContent(html)",
                text,
            )
        self.page.evaluate("async () => { await document.fonts.ready }")
        self.text.focus()
        self.settle()
        return self

    @property
    def text(self):
        return self.page.get_by_role("textbox", name="Body")

    def settle(self):
        """Until editor and browser agree where the cursor is: no key is pressed before it is seen."""
        self.page.evaluate(SETTLE)

    def type(self, words):
        self.settle()
        self.page.keyboard.type(words)

    def press(self, *keys):
        for key in keys:
            self.settle()
            self.page.keyboard.press(key)

    def button(self, name):
        return self.page.get_by_role("toolbar").first.get_by_role("button", name=name, exact=True)

    def paste(self, html, text=""):
        self.settle()
        self.page.evaluate(
            """([html, text]) => {
                const data = new DataTransfer()
                data.setData("text/html", html)
                data.setData("text/plain", text)
                document.activeElement.dispatchEvent(
                    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
            }""",
            [html, text],
        )

    def holds(self, html):
        """Asserts what the form would send now."""
        expect(self.page.locator("#id_body")).to_have_value(html)

    def save(self):
        """What the server keeps."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        return self.page.locator("pre").inner_text()


@pytest.fixture
def desk(browser, live_server):
    with fresh_page(browser, width=1000, height=900) as page:
        desk = Desk(page, live_server.url)
        yield desk
    assert desk.complaints == []


def test_what_is_typed_is_kept(desk):
    desk.open().type("First")
    desk.press("Enter")
    desk.button("bold").click()
    desk.type("Second")
    assert desk.save() == "<p>First</p><p><strong>Second</strong></p>"


def test_a_footnote_with_a_link_is_written_and_kept(desk):
    desk.open().type("A claim.")
    desk.press("ArrowLeft")
    desk.button("Footnote").click()
    desk.type("See the report")
    desk.press(*["Shift+ArrowLeft"] * 6)
    desk.button("insert link").click()
    desk.page.get_by_label("URL").fill("https://example.org/report?utm_source=x")
    desk.page.get_by_role("button", name="Update").click()
    desk.press("ArrowRight", "ArrowRight")
    desk.type(" and more")
    assert desk.save() == (
        '<p>A claim<span class="footnote">See the '
        '<a href="https://example.org/report">report</a></span> and more.</p>'
    )


def test_a_footnote_follows_the_selection(desk):
    desk.open().type("one two")
    desk.press(*["Shift+ArrowLeft"] * 3)
    desk.press("Control+Alt+f")
    desk.type("note")
    desk.holds('<p>one two<span class="footnote">note</span></p>')


@pytest.mark.parametrize("key", ["Enter", "Escape", "ArrowRight", "Shift+Enter"])
def test_the_cursor_leaves_a_note(desk, key):
    desk.open().type("word")
    desk.button("Footnote").click()
    desk.type("note")
    desk.press(key)
    desk.type("after")
    desk.holds('<p>word<span class="footnote">note</span>after</p>')


def test_the_cursor_walks_through_a_note(desk):
    desk.open('<p>a<span class="footnote">no</span>b</p>')
    desk.press("Home")
    for letter in "12345":
        desk.type(letter)
        desk.press("ArrowRight")
    desk.press("End")
    desk.type("6")
    desk.holds('<p>1a2<span class="footnote">3n4o5</span>b6</p>')


def test_a_key_means_the_place_the_browser_has_just_moved_the_cursor_to(desk):
    desk.open('<p>ab<span class="footnote">no</span>c</p>')
    desk.page.evaluate(
        """() => {
            const cursor = getSelection()
            cursor.modify("move", "backward", "lineboundary")
            cursor.modify("move", "forward", "character")
            // Before the browser tells anybody of it: one more, to the edge of the note.
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {
                key: "ArrowRight", code: "ArrowRight", keyCode: 39, bubbles: true, cancelable: true }))
        }"""
    )
    desk.type("!")
    desk.holds('<p>ab!<span class="footnote">no</span>c</p>')


def test_the_cursor_walks_back_through_a_note(desk):
    desk.open('<p>a<span class="footnote">n</span></p>')
    desk.press("Control+End")
    desk.press("Escape")
    desk.type("4")
    desk.press("ArrowLeft", "ArrowLeft")
    desk.type("3")
    desk.press("ArrowLeft", "ArrowLeft")
    desk.type("2")
    desk.press("ArrowLeft", "ArrowLeft")
    desk.type("1")
    desk.holds('<p>a1<span class="footnote">2n3</span>4</p>')


def test_a_note_holds_no_note(desk):
    desk.open().type("word")
    desk.button("Footnote").click()
    desk.type("note")
    expect(desk.button("Footnote")).to_have_attribute("aria-disabled", "true")
    desk.button("Footnote").click(force=True)
    desk.press("Control+Alt+f")
    desk.type("!")
    desk.holds('<p>word<span class="footnote">note!</span></p>')


def test_a_note_without_words_goes_when_the_cursor_leaves_it(desk):
    desk.open().type("word")
    desk.button("Footnote").click()
    desk.press("Escape")
    desk.type("s")
    desk.holds("<p>words</p>")


def test_a_note_can_be_undone(desk):
    desk.open().type("word")
    desk.page.wait_for_timeout(600)  # beyond the pause that parts two steps of the history
    desk.button("Footnote").click()
    desk.type("note")
    desk.button("undo").click()
    expect(desk.page.locator("#id_body")).not_to_have_value(re.compile("note</span>"))
    desk.press("Control+z", "Control+Shift+z", "Control+Shift+z")
    desk.holds('<p>word<span class="footnote">note</span></p>')


def test_a_note_is_deleted_by_two_presses_and_not_by_one(desk):
    desk.open('<p>a<span class="footnote">note</span></p>')
    desk.press("Control+End", "Escape", "Backspace")
    desk.holds('<p>a<span class="footnote">note</span></p>')
    desk.press("Backspace")
    desk.holds("<p>a</p>")


def test_a_click_behind_a_note_at_the_end_of_a_line_means_the_line(desk):
    desk.open('<p>a<span class="footnote">note</span></p>')
    box = desk.page.locator(".ProseMirror .footnote").first.bounding_box()
    desk.page.mouse.click(box["x"] + box["width"] + 60, box["y"] + box["height"] / 2)
    desk.type("after")
    desk.holds('<p>a<span class="footnote">note</span>after</p>')


def test_a_click_into_a_note_means_the_note(desk):
    desk.open('<p>a<span class="footnote">note</span> and on</p>')
    desk.page.locator(".ProseMirror .footnote-text").click()
    desk.type("X")
    expect(desk.page.locator(".ProseMirror .footnote-text")).to_contain_text("X")


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        (["Escape"], '<p>ab<span class="footnote">no</span>é</p>'),
        ([], '<p>ab<span class="footnote">noé</span></p>'),
        (["ArrowLeft"] * 2, '<p>ab<span class="footnote">éno</span></p>'),
        (["ArrowLeft"] * 3, '<p>abé<span class="footnote">no</span></p>'),
    ],
)
def test_a_composed_letter_lands_on_its_side_of_the_edge(desk, keys, written):
    desk.open().type("ab")
    desk.button("Footnote").click()
    desk.type("no")
    desk.press(*keys)
    desk.settle()
    keyboard = desk.page.context.new_cdp_session(desk.page)
    composing = {"text": "´", "selectionStart": 1, "selectionEnd": 1}
    keyboard.send("Input.imeSetComposition", composing)
    keyboard.send("Input.insertText", {"text": "é"})
    desk.holds(written)


def test_what_is_pasted_into_a_note_is_one_line(desk):
    desk.open().type("word")
    desk.button("Footnote").click()
    desk.paste('<h2>A</h2><ul><li>b <a href="https://example.org/">c</a><sup>d</sup></li></ul>')
    desk.press("Escape")
    desk.type(".")
    assert desk.save() == (
        '<p>word<span class="footnote">A b <a href="https://example.org/">c</a>d</span>.</p>'
    )


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body lang=EN-GB><!--StartFragment--><h1><span lang=EN-GB>Harbour<o:p></o:p></span></h1>
<p class=MsoNormal style='margin-bottom:0cm'><b><span style='font-family:"Arial"'>Bold</span></b> word<a
href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<div><br clear=all><hr align=left size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"
name="_ftn1"><span>[1]</span></a> The note.<o:p></o:p></p></div></div><!--EndFragment--></body></html>"""
GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-7f">
<h1 dir="ltr" style="line-height:1.38"><span style="font-size:20pt;font-weight:400">Harbour</span></h1>
<p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700">bold</span><sup><a
href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><hr>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> The note.</span></p></div></b>"""


def test_word_is_pasted_without_its_dress(desk):
    desk.open().paste(WORD)
    assert desk.save() == (
        '<h2>Harbour</h2><p><strong>Bold</strong> word<span class="footnote">The note.</span>.</p>'
    )


def test_google_docs_is_pasted_without_its_dress(desk):
    desk.open().paste(GOOGLE)
    assert desk.save() == (
        '<h2>Harbour</h2><p>Plain <strong>bold</strong><span class="footnote">The note.</span></p>'
    )


def test_what_is_stored_goes_through_the_editor_unchanged(desk):
    stored = (
        "<h2>A</h2><p>b<sub>1</sub><sup>2</sup> <s>c</s><br><em>d</em></p><hr>"
        "<blockquote><p>e</p></blockquote><ul><li><p>f</p></li></ul>"
        '<ol start="3"><li><p>g</p></li></ol>'
        "<table><tbody><tr><th><p>h</p></th></tr><tr><td><p>i</p></td></tr></tbody></table>"
        '<p>j<span class="footnote">k <a href="https://example.org/">l</a></span></p>'
    )
    assert desk.open(stored).save() == stored


def test_the_content_security_policy_is_kept_while_a_table_is_made(desk):
    desk.open()
    desk.button("Insert table").click()
    desk.page.get_by_role("button", name="Insert Table").last.click()
    desk.type("cell")
    desk.button("Toggle header cell").click()
    desk.press("Control+End")
    assert desk.save().count("<tr>") == 3


def test_the_editor_has_a_name_a_description_and_a_menu_that_says_what_is_pressed(desk):
    desk.open("<p><strong>bold</strong></p>")
    expect(desk.text).to_have_accessible_description("Paste it.")
    desk.press("Control+End")
    expect(desk.button("bold")).to_have_attribute("aria-pressed", "true")
    expect(desk.button("italic")).to_have_attribute("aria-pressed", "false")


def test_the_list_of_word_is_pasted_as_a_list(desk):
    item = "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><span style='mso-list:Ignore'>{}<span>&nbsp; </span></span>{}</p>"
    desk.open().paste(
        item.format(1, "·", "one") + item.format(2, "1.", "inner") + item.format(1, "·", "two")
    )
    assert desk.save() == (
        "<ul><li><p>one</p><ol><li><p>inner</p></li></ol></li><li><p>two</p></li></ul>"
    )


def test_a_note_pasted_as_a_mark_and_a_list_becomes_real_when_saved(desk):
    desk.open().paste("<p>A claim[1] here.</p><h2>Notes</h2><p>[1] The source.</p>")
    assert desk.save() == '<p>A claim<span class="footnote">The source.</span> here.</p>'


def test_what_is_pasted_arrives_as_the_server_would_keep_it(desk):
    """The editor's own tidying and the server's cleaning are twins."""
    arrived = {}
    for name in KEPT:
        desk.open().paste(source(name))
        arrived[name] = desk.save()
    assert arrived == KEPT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(desk, scheme):
    desk.page.emulate_media(color_scheme=scheme)
    desk.open(
        '<h2>Head</h2><p>word<span class="footnote">note <a href="https://example.org/">x</a></span></p>'
    )
    found = Axe().run(desk.page, context=".prose-editor").response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:100]) for item in found] == []
