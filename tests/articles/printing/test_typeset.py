"""The press: every part on paper, tagged, linked, signed with its rights, whatever is fed to it."""

import datetime
import io
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from articles.printing.blocks import blocks, inline
from articles.printing.document import (
    Document,
    Fact,
    Foot,
    Metadata,
    Notice,
    Picture,
    Run,
    Section,
)
from articles.printing.typeset import typeset

URL = "https://imprimatur.example/articles/the-ferry-that-came-back/"
TERMS = "https://imprimatur.example/rights/terms/cross-post/"
LINE = "© Ada Brook, The Harbour Post, 2024"


def picture_file(width=60, height=40, kind="JPEG"):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#7799aa").save(file, kind)
    return file.getvalue()


def document(**changes):
    whole = Document(
        title="The Ferry That Came Back",
        language="en-GB",
        direction="ltr",
        url=URL,
        masthead="Imprimatur",
        foot=Foot(source=f"First published by The Harbour Post. {LINE}", url=URL,
                  page=("Page ", " of ", "")),
        metadata=Metadata(
            authors=["Ada Brook", "Ben Cole"],
            copyright=LINE,
            keywords=["ferries", "islands"],
            date=datetime.date(2024, 3, 9),
            terms_url=TERMS,
        ),
        standfirst=inline("<p>Ten winters without a boat, and <em>then</em> one.</p>"),
        byline=[Run("By "), Run("Ada Brook", "/authors/ada-brook/"), Run(" and Ben Cole")],
        dateline="The Harbour Post, 9 March 2024",
        facts=[
            Fact("Region", [Run("North Sea", "/regions/north-sea/")]),
            Fact("Theme", [Run("Transport")]),
            Fact("In-depth report", [Run("Islands")]),
        ],
        corrections=[Notice("Correction", "11 March 2024", "The boat is blue, not green.")],
        image=Picture(data=picture_file(), alt="A ferry", caption="The quay at dawn",
                      credit="Photo: Cora Dunn"),
        body=blocks(
            '<p>The quay<span class="footnote">Built in 1921.</span> was full'
            '<span class="footnote">Some said half full.</span>.</p>'
            "<h2>A long winter</h2><ul><li>Ropes</li><li>Lanterns</li></ul>"
            "<blockquote><p>We kept the timetable.</p></blockquote>"
            "<table><thead><tr><th>Year</th><th>Crossings</th></tr></thead>"
            "<tbody><tr><td>2013</td><td>1,204</td></tr></tbody></table>"
            '<p>See <a href="https://harbour.example/story">the story</a>.</p>'
        ),
        gallery=[Picture(data=picture_file(40, 60, "PNG"), alt="A rope", caption="Coiled rope")],
        notes_heading="Notes",
        closing=[
            Section(blocks=blocks("<p>Readers may forward this article.</p>"), style="italic"),
            Section(label="About the author", blocks=blocks("<p>Ada Brook sails.</p>")),
            Section(label="Disclaimer", blocks=blocks("<p>The author answers for it.</p>"),
                    style="small"),
        ],
    )  # fmt: skip
    return replace(whole, **changes)


def pages(result):
    return [page.extract_text() for page in PdfReader(io.BytesIO(result.pdf)).pages]


def printed(result):
    # Hyphens at line ends and breaks between lines are the typesetter's, not the text's.
    return re.sub(r"\s+", " ", " ".join(pages(result)).replace("\u00ad\n", ""))


@pytest.fixture(scope="module")
def result():
    return typeset(document())


@pytest.fixture(scope="module")
def reader(result):
    return PdfReader(io.BytesIO(result.pdf))


def test_every_part_of_the_article_is_on_paper(result):
    text = printed(result)
    for part in (
        "Imprimatur", "The Ferry That Came Back", "Ten winters without a boat, and then one.",
        "By Ada Brook and Ben Cole", "The Harbour Post, 9 March 2024", "Region", "North Sea",
        "Theme", "Transport", "In-depth report", "Islands", "Correction", "11 March 2024",
        "The boat is blue, not green.", "The quay at dawn", "Photo: Cora Dunn", "The quay",
        "A long winter", "Ropes", "Lanterns", "We kept the timetable.", "Crossings", "1,204",
        "the story", "Coiled rope", "Notes", "Built in 1921.", "Some said half full.",
        "Readers may forward this article.", "About the author", "Ada Brook sails.",
        "Disclaimer", "The author answers for it.", LINE, URL, "Page 1 of",
    ):  # fmt: skip
        assert part in text, part


def test_the_parts_come_in_the_order_of_the_page(result):
    text = printed(result)
    parts = ["The Ferry", "Ten winters", "By Ada", "Correction", "The quay at dawn", "Region",
             "was full", "A long winter", "Coiled rope", "Built in 1921", "Readers may",
             "About the author", "Disclaimer"]  # fmt: skip
    assert sorted(parts, key=text.index) == parts


def test_the_file_is_accessible_and_says_so(result, reader):
    root = reader.trailer["/Root"]
    assert result.accessible and result.warnings == ()
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


def test_pictures_carry_their_alternative_text(reader):
    found = []

    def walk(node):
        node = node.get_object()
        if not isinstance(node, dict):
            return
        if "/Alt" in node:
            found.append(node["/Alt"])
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            walk(child)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert {"A ferry", "A rope"} <= set(found)


def test_the_document_information_names_title_authors_and_copyright(reader):
    assert reader.metadata.title == "The Ferry That Came Back"
    assert "Ada Brook" in reader.metadata.author and "Ben Cole" in reader.metadata.author
    assert reader.metadata["/Copyright"] == LINE


def test_the_xmp_names_title_each_author_rights_and_terms(reader):
    xmp = reader.xmp_metadata
    assert xmp.dc_title["x-default"] == "The Ferry That Came Back"
    assert xmp.dc_creator == ["Ada Brook", "Ben Cole"]
    assert xmp.dc_rights["x-default"] == LINE
    assert xmp.dc_language == ["en-GB"]
    assert xmp.dc_subject == ["ferries", "islands"]
    packet = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<xmpRights:Marked>True</xmpRights:Marked>" in packet
    assert f"<xmpRights:WebStatement>{TERMS}</xmpRights:WebStatement>" in packet


def test_links_lead_to_whole_addresses(reader):
    addresses = {
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert addresses == {
        URL,
        "https://harbour.example/story",
        "https://imprimatur.example/authors/ada-brook/",
        "https://imprimatur.example/regions/north-sea/",
    }


def test_a_note_and_its_mark_lead_to_each_other(reader):
    """Two notes: a link at each mark, and two back (the number and the arrow) at each note."""
    leaps = [
        annotation.get_object()
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/URI" not in annotation.get_object().get("/A", {})
    ]
    assert len(leaps) == 6


def test_note_marks_cannot_be_taken_for_figures_of_the_text(result):
    assert "quay¹ was full²" in printed(result)


def test_an_address_that_is_none_prints_its_words(result):
    body = blocks('<p><a href="javascript:alert(1)">here</a> <a href="http://[x">there</a></p>')
    page = typeset(document(body=body, byline=(), facts=()))
    assert "here there" in printed(page)
    assert b"javascript" not in page.pdf


def test_the_foot_stands_on_every_page():
    long = blocks("<p>" + "The tide comes in and the tide goes out. " * 60 + "</p>") * 4
    found = pages(typeset(document(body=long, image=None, gallery=())))
    assert len(found) >= 3
    for number, text in enumerate(found, start=1):
        flat = re.sub(r"\s+", " ", text)
        assert LINE in flat
        assert URL in flat
        assert f"Page {number} of {len(found)}" in flat


MARKUP = '#read("/etc/passwd") *bold* _it_ @ref $x$ `raw` <label> // \\ #sys.inputs'


def test_typst_markup_is_printed_as_it_was_written():
    page = typeset(
        document(
            title=MARKUP,
            standfirst=MARKUP,
            dateline=MARKUP,
            masthead=MARKUP,
            facts=[],
            body=[{"type": "paragraph", "content": [{"type": "text", "text": MARKUP}]}],
        )
    )
    assert page.accessible
    assert printed(page).count(MARKUP) >= 5


def test_a_character_that_no_font_has_costs_the_claim_but_not_the_page():
    page = typeset(document(title="News from \N{CJK UNIFIED IDEOGRAPH-4E2D}"))
    assert not page.accessible
    assert any("\N{CJK UNIFIED IDEOGRAPH-4E2D}" in warning for warning in page.warnings)
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(page.pdf)).trailer["/Root"]
    assert "We kept the timetable." in printed(page)


def test_latin_greek_and_cyrillic_all_print():
    sample = "Łódź, Đà Nẵng, İstanbul, Ελλάδα, Москва, Қазақстан, Київ"
    page = typeset(document(body=blocks(f"<p>{sample}</p><p><em>{sample}</em></p>")))
    assert page.accessible
    assert printed(page).count(sample) == 2


def test_arabic_is_set_from_right_to_left():
    page = typeset(
        document(
            title="عودة العبّارة",
            language="ar",
            direction="rtl",
            body=blocks(
                '<p>قال البحّار<span class="footnote">في عام 1921.</span> إن <em>البحر</em> هادئ '
                "وفق ما نشرته The Harbour Post.</p><ol><li>حبال</li></ol>"
            ),
        )
    )
    assert page.accessible
    reader = PdfReader(io.BytesIO(page.pdf))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"
    fonts = {
        font.get_object()["/BaseFont"]
        for sheet in reader.pages
        for font in sheet["/Resources"]["/Font"].values()
    }
    assert any("NotoNaskhArabic" in font for font in fonts)
    letters = unicodedata.normalize("NFKC", printed(page))
    assert "هادئ" in letters and "The Harbour Post" in letters


def test_headings_that_skip_a_level_are_set_right():
    body = blocks("<h4>a</h4><p>b</p><h2>c</h2><h4>d</h4><ul><li><h2>e</h2></li></ul>")
    assert typeset(document(body=body)).accessible


def test_a_damaged_picture_is_left_out_and_reported():
    broken = Picture(data=picture_file()[:200], alt="A ferry")
    page = typeset(document(image=broken, gallery=[broken]))
    assert page.accessible
    assert len(page.warnings) == 2 and all("A ferry" in warning for warning in page.warnings)


def test_a_picture_finer_than_print_is_made_smaller():
    fine = Image.effect_noise((4000, 3000), 60).convert("RGB")
    file = io.BytesIO()
    fine.save(file, "JPEG")
    page = typeset(document(image=Picture(data=file.getvalue(), alt="Noise")))
    assert len(page.pdf) < len(file.getvalue()) / 2


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "TIFF"])
def test_other_kinds_of_pictures_print_as_well(kind):
    page = typeset(document(image=Picture(data=picture_file(kind=kind), alt="A ferry")))
    assert page.accessible and page.warnings == ()


def test_a_document_with_nothing_but_a_title_prints():
    bare = Document(
        title="Bare", language="en", direction="ltr", url=URL, masthead="",
        foot=Foot(source="", url="", page=("", "/", "")),
        metadata=Metadata(authors=[], copyright="", date=datetime.date(2024, 1, 1)),
    )  # fmt: skip
    page = typeset(bare)
    assert page.accessible and "Bare" in printed(page)


def test_the_same_document_gives_the_same_bytes(result):
    assert typeset(document()).pdf == result.pdf


def test_facts_beside_a_very_short_text_push_the_closing_down():
    page = typeset(document(body=blocks("<p>Brief.</p>"), image=None, corrections=(), gallery=()))
    assert page.accessible and page.warnings == ()


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<h2>", "<h4>", "<ul>", "<ol>", "<li>", "<blockquote>", "<table>", "<tr>",
     '<td colspan="3">', '<th rowspan="2">', "<em>", "</em>", "<strong>", '<a href="/x/">',
     '<span class="footnote">', "</span>", "</a>", "<br>", "<hr>", "<pre>", "<code>", "<sub>"]
)  # fmt: skip


def test_a_form_feed_in_a_headline_prints_as_a_space():
    page = typeset(document(title="First\fsecond", image=None, gallery=()))
    assert PdfReader(io.BytesIO(page.pdf)).metadata.title == "First second"


@given(st.lists(st.one_of(_TAGS, st.text(max_size=30)), max_size=30).map("".join))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_editor_pastes_prints(html):
    page = typeset(document(title=html[:200], body=blocks(html), image=None, gallery=()))
    assert page.pdf.startswith(b"%PDF")
