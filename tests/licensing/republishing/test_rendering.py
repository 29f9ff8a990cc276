"""In whatever format: nothing acts, every link leads somewhere whole, what is owed stands there."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from licensing.republishing import html, markdown, ninjs
from licensing.republishing.copy import Format
from licensing.republishing.rendering import render
from licensing.rights.attribution import Part
from tests.licensing.republishing.copies import bodies, credited, make_copy, told

KNOWN = json.loads((Path(__file__).parents[2] / "data" / "ninjs_3_1.json").read_text())
TAGS = {
    "a", "article", "bdi", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table",
    "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "alt", "aria-label", "class", "colspan", "dir", "height", "href", "id", "lang",
    "referrerpolicy", "rel", "rowspan", "src", "start", "width",
}  # fmt: skip
WEB = [Format.HTML, Format.WORDPRESS, Format.MARKDOWN]
HANDED = [Format.HTML, Format.WORDPRESS, Format.MARKDOWN, Format.TEXT, Format.PRINT]
WHOLE = re.compile(r"https?://[^/\s]+|mailto:\S|tel:\S", re.IGNORECASE)


def tree(markup: str) -> BeautifulSoup:
    return BeautifulSoup(f"<body>{markup}</body>", "html.parser")


def as_html(text: str, wanted: Format) -> str:
    if wanted is Format.MARKDOWN:
        return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    return text


def read(markup: str) -> tuple[list[str], str]:
    """The elements of a text but its paragraphs, in order, and its words without what is white."""
    page = tree(markup)
    names = [tag.name for tag in page.body.find_all(True) if tag.name not in ("p", "tbody")]
    return names, "".join(page.get_text().split())


# --- Nothing acts -----------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", WEB)
@settings(max_examples=60)
@given(facts=told)
@example(facts={"body": "<p><span class='footnote'>\u2028</span></p>"})
@example(facts={"body": "<p><span class='footnote'>Said</span>(c)</p>"})
@example(facts={"body": "<p><span class='footnote'>Said</span>: so</p>"})
def test_nothing_is_in_a_copy_but_words_pictures_and_whole_links(wanted, facts):
    copy = make_copy(**facts)
    page = tree(as_html(render(copy, wanted), wanted))
    for tag in page.body.find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= ATTRIBUTES
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in page.find_all(href=True):
        assert WHOLE.match(link["href"]) or link["href"].removeprefix("#") in ids
    for image in page.find_all("img"):
        assert image["src"].startswith("https://meridian.example/")


@pytest.mark.parametrize("wanted", list(Format))
@settings(max_examples=30)
@given(facts=told)
def test_every_format_can_be_sent(wanted, facts):
    copy = make_copy(**facts)
    assert render(copy, wanted).encode()


@settings(max_examples=150)
@given(body=bodies)
@example(body="<p><b>Bold</b><br>\u2028</p>")
@example(body="<table><tr><th>One</th></tr><tr><td>1</td><td>2</td></tr></table>")
def test_markdown_says_what_html_says(body):
    copy = make_copy(body.replace("footnote", ""))
    said = markdown.Writer(copy).blocks(copy.body)
    assert read(as_html(said, Format.MARKDOWN)) == read(html.Writer(copy).blocks(copy.body))


def test_a_kit_needs_nothing_of_the_page_it_is_pasted_into():
    text = render(make_copy(), Format.HTML)
    assert text.startswith("<article") and text.endswith("</article>")
    page = tree(text)
    assert page.article["lang"] == "en"
    assert page.h1.get_text() == "On bridges"
    assert [link["href"] for link in page.find_all("a", string="where it stood")] == [
        "https://meridian.example/articles/rivers/"
    ]
    assert page.figure.img["src"] == "https://meridian.example/pictures/1/1280.jpg"
    assert "Zoë Müller" in page.figcaption.get_text()
    assert page.find_all("img")[-1]["referrerpolicy"] == html.REFERRER


# --- Footnotes --------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [Format.HTML, Format.WORDPRESS])
def test_marks_lead_to_their_notes_and_back_with_two_kits_on_a_page(wanted):
    page = tree(render(make_copy(), wanted) + render(make_copy(key="copy-2"), wanted))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)) == 8
    marks = page.select("sup a")
    assert [mark.get_text() for mark in marks] == ["[1]", "[2]", "[1]", "[2]"]
    for mark in marks:
        note = page.find(id=mark["href"].removeprefix("#"))
        back = note.find("a", string="↩")
        assert page.find(id=back["href"].removeprefix("#")) is mark.parent
    assert "Not this one." in page.find(id="copy-1-note-1").get_text()


def test_notes_in_markdown_have_names_of_their_own():
    text = render(make_copy(), Format.MARKDOWN)
    assert "A bridge[^copy-1-1] stands" in text
    assert "\n\n[^copy-1-1]: Not *this* one.\n" in text
    assert "[^copy-1-2]: Old money." in text


@pytest.mark.parametrize("wanted", [Format.TEXT, Format.PRINT])
def test_notes_in_plain_text_stand_at_the_end(wanted):
    text = render(make_copy(), wanted)
    assert "A bridge[1] stands" in text
    assert text.index("Carpenters") < text.index("[1] Not this one.") < text.index("Copyright")


# --- What is owed -----------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", HANDED)
@settings(max_examples=60)
@given(facts=credited)
def test_a_copy_in_a_plain_page_verifies_clean(wanted, facts):
    copy = make_copy(**facts)
    text = render(copy, wanted)
    if wanted in (Format.HTML, Format.WORDPRESS):
        text = f"<!doctype html><title>Harbour Post</title><p>News</p>{text}<p>© Harbour Post</p>"
    assert copy.rule.verify(text, copy.work, wanted.form) == ()


@pytest.mark.parametrize("wanted", HANDED)
def test_what_is_cut_from_a_copy_is_found(wanted):
    copy = make_copy()
    found = copy.rule.verify("A bridge stands where it stood.", copy.work, wanted.form)
    assert {Part.SOURCE, Part.COPYRIGHT} <= {finding.part for finding in found}


@pytest.mark.parametrize("wanted", HANDED)
def test_the_credit_stands_above_the_text_where_the_terms_say_so(wanted):
    first, last = (
        render(make_copy(credit_stands_first=is_first), wanted) for is_first in (True, False)
    )
    assert first.index("Copyright") < first.index("Masons")
    assert last.index("Masons") < last.index("Copyright")


@pytest.mark.parametrize("wanted", HANDED)
def test_corrections_and_what_is_owed_word_for_word_stand_in_the_copy(wanted):
    text = render(make_copy(required=("First in the Firth Gazette",)), wanted)
    assert "It was 1802." in text and "3 March 2026" in text
    assert "First in the Firth Gazette" in text
    assert "G-2026-000123" in text


@pytest.mark.parametrize("wanted", HANDED)
def test_what_is_left_out_is_named_to_the_desk(wanted):
    assert "A river" in render(make_copy(), wanted)


@pytest.mark.parametrize("wanted", [Format.TEXT, Format.PRINT])
def test_nobody_is_counted_without_a_browser(wanted):
    assert "/p/abc" not in render(make_copy(), wanted)


def test_print_has_no_addresses_in_the_text():
    assert "/rivers/" in render(make_copy(), Format.TEXT)
    assert "/rivers/" not in render(make_copy(), Format.PRINT)


# --- WordPress --------------------------------------------------------------------------------

COMMENT = re.compile(r"<!-- (/?)wp:([a-z-]+)((?: \{.*?\})?) -->")


def blocks_of(text: str) -> list[str]:
    """The names of the blocks, outer before inner. What is not balanced fails."""
    names, opened = [], []
    for closing, name, said in COMMENT.findall(text):
        if closing:
            assert opened.pop() == name and not said
        else:
            assert not said or isinstance(json.loads(said), dict)
            opened.append(name)
            names.append(name)
    assert opened == []
    return names


@settings(max_examples=80)
@given(facts=told)
def test_blocks_are_balanced_and_everything_stands_in_one(facts):
    copy = make_copy(**facts)
    text = render(copy, Format.WORDPRESS)
    assert "html" in blocks_of(text)
    depth, position = 0, 0
    for comment in COMMENT.finditer(text):
        if depth == 0:
            assert text[position : comment.start()].strip() == ""
        depth += -1 if comment[1] else 1
        position = comment.end()
    assert text[position:].strip() == ""


def test_the_blocks_are_those_of_wordpress():
    assert blocks_of(render(make_copy(), Format.WORDPRESS)) == [
        "html", "heading", "paragraph", "paragraph", "paragraph", "image", "paragraph", "heading",
        "list", "list-item", "list-item", "list", "list-item", "quote", "paragraph", "separator",
        "table", "heading", "paragraph", "paragraph", "html", "html",
    ]  # fmt: skip


def test_what_no_block_holds_is_left_as_html():
    body = "<ul><li><p>a</p><p>b</p></li></ul><table><tr><td colspan=2>x</td></tr></table>"
    text = render(make_copy(body, featured=None), Format.WORDPRESS)
    assert "list" not in blocks_of(text) and "table" not in blocks_of(text)
    assert "<!-- wp:html -->\n<ul><li>" in text


# --- ninjs ------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(facts=told)
def test_an_item_is_what_the_schema_knows(facts):
    copy = make_copy(**facts)
    item = json.loads(render(copy, Format.NINJS))
    assert [found.message for found in Draft202012Validator(KNOWN).iter_errors(item)] == []


def test_an_item_has_the_text_its_credit_and_its_permission():
    item = ninjs.item(make_copy())
    bodies = {body["contentType"]: unescape(body["value"]) for body in item["bodies"]}
    assert item["representationType"] == "full"
    assert "Copyright ©" in bodies["text/html"] and "Copyright ©" in bodies["text/plain"]
    assert "<h1>" not in bodies["text/html"]
    assert {"role": "permission", "value": "G-2026-000123"} in item["altIds"]
    assert [picture["usageTerms"] for picture in item["associations"]]
    assert "A river" in item["edNote"]
