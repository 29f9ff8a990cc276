"""HTML to blocks: the grammar, white space, and that nothing an editor pastes can break it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.printing.blocks import blocks, inline


def text(value):
    return {"type": "text", "text": value}


def paragraph(*content):
    return {"type": "paragraph", "content": list(content)}


def words(value):
    """Every text inside blocks or inlines, in reading order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [word for item in value.values() for word in words(item)]
    if isinstance(value, list):
        return [word for item in value for word in words(item)]
    return []


def kinds(value):
    if isinstance(value, dict):
        found = {value["type"]} if "type" in value else set()
        return found.union(*(kinds(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(kinds(item) for item in value))
    return set()


def test_a_paragraph_is_a_block_of_inlines():
    assert blocks("<p>One <em>two</em> three</p>") == [
        paragraph(text("One "), {"type": "em", "content": [text("two")]}, text(" three"))
    ]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("strong", "strong"), ("em", "em"), ("s", "strike"), ("u", "underline"), ("sub", "sub"),
     ("sup", "super")],
)  # fmt: skip
def test_every_mark_has_its_inline(tag, kind):
    html = f"<p><{tag}>x</{tag}></p>"
    assert blocks(html) == [paragraph({"type": kind, "content": [text("x")]})]


def test_a_footnote_stays_where_its_mark_belongs():
    html = '<p>Water<span class="footnote">See <a href="/x/">x</a>.</span>, too</p>'
    link = {"type": "link", "url": "/x/", "content": [text("x")]}
    note = {"type": "note", "content": [text("See "), link, text(".")]}
    assert blocks(html) == [paragraph(text("Water"), note, text(", too"))]


def test_a_footnote_inside_a_link_moves_behind_it():
    (block,) = blocks('<p><a href="/x/">a<span class="footnote">n</span>b</a></p>')
    assert [node["type"] for node in block["content"]] == ["link", "note"]


def test_a_footnote_inside_a_footnote_is_said_in_brackets():
    (block,) = blocks('<p>x<span class="footnote">a<span class="footnote">b</span></span></p>')
    assert block["content"][1] == {"type": "note", "content": [text("a (b)")]}


def test_white_space_is_collapsed_across_marks_and_no_break_spaces_stay():
    (block,) = blocks("<p>\n  a <em> b\tc </em>  d\xa0\xa0e \n</p>")
    assert "".join(words(block)) == "a b c d\xa0\xa0e"


def test_an_empty_paragraph_leaves_no_trace():
    assert blocks("<p> </p><p><br></p><p><strong></strong></p>") == []


def test_loose_text_between_blocks_becomes_a_paragraph():
    assert blocks("a <em>b</em><p>c</p>d") == [
        paragraph(text("a "), {"type": "em", "content": [text("b")]}),
        paragraph(text("c")),
        paragraph(text("d")),
    ]


def test_lists_nest_and_keep_their_first_number():
    (block,) = blocks('<ol start="4"><li>a<ul><li><p>b</p></li></ul></li><li>c</li></ol>')
    inner = {"type": "list", "ordered": False, "start": 1, "items": [[paragraph(text("b"))]]}
    assert block == {
        "type": "list",
        "ordered": True,
        "start": 4,
        "items": [[paragraph(text("a")), inner], [paragraph(text("c"))]],
    }


def test_a_quotation_holds_paragraphs():
    (block,) = blocks("<blockquote><p>a</p><p>b</p></blockquote>")
    assert block == {"type": "quote", "blocks": [paragraph(text("a")), paragraph(text("b"))]}


def test_preformatted_text_keeps_its_lines():
    assert blocks("<pre>a\n  b\n</pre>") == [{"type": "code", "text": "a\n  b"}]


def test_a_table_knows_where_each_cell_stands():
    (table,) = blocks(
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
        '<tbody><tr><td rowspan="2">c</td><td>d</td></tr><tr><td>e</td></tr></tbody></table>'
    )
    assert (table["columns"], table["rows"], table["head"]) == (2, 3, 1)
    places = {words(cell)[0]: (cell["x"], cell["y"]) for cell in table["cells"]}
    assert places == {"a": (0, 0), "b": (1, 0), "c": (0, 1), "d": (1, 1), "e": (1, 2)}


@given(
    st.lists(st.lists(st.tuples(st.integers(-1, 60), st.integers(-1, 60)), max_size=5), max_size=5)
)
@settings(deadline=None)
def test_no_two_cells_of_a_table_share_a_place_and_none_stands_outside(rows):
    html = "".join(
        "<tr>"
        + "".join(f'<td colspan="{wide}" rowspan="{tall}">x</td>' for wide, tall in row)
        + "</tr>"
        for row in rows
    )
    for table in blocks(f"<table>{html}</table>"):
        taken = [
            (cell["x"] + dx, cell["y"] + dy)
            for cell in table["cells"]
            for dx in range(cell["colspan"])
            for dy in range(cell["rowspan"])
        ]
        assert len(taken) == len(set(taken))
        assert all(x < table["columns"] and y < table["rows"] for x, y in taken)


def test_the_words_of_an_overwide_table_are_all_kept():
    row = "".join(f"<td>w{number}</td>" for number in range(60))
    assert len(words(blocks(f"<table><tr>{row}</tr></table>"))) == 60


def test_unknown_tags_give_their_text():
    assert blocks("<article><p>a</p><figure>b</figure></article><blink>c</blink>") == [
        paragraph(text("a")),
        paragraph(text("b")),
        paragraph(text("c")),
    ]


def test_scripts_and_comments_are_not_text():
    assert blocks("<p>a<!-- b --></p><script>c</script><style>d</style>") == [paragraph(text("a"))]


def test_bottomless_nesting_ends_in_its_text():
    for tag in ("blockquote", "em", "ul><li", "table><tr><td", "span class=footnote"):
        deep = f"<{tag}>" * 3000 + "bottom"
        assert "bottom" in " ".join(words(blocks(deep)))


def test_a_short_text_becomes_inlines_with_its_paragraphs_on_lines():
    assert inline("<p>a <em>b</em></p><p>c</p>") == [
        text("a "),
        {"type": "em", "content": [text("b")]},
        {"type": "break"},
        text("c"),
    ]


_PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<h2>", "</h2>", "<ul>", "</ul>", '<ol start="x">', "<li>", "</li>",
        "<blockquote>", "</blockquote>", "<table>", "</table>", "<tr>", '<td colspan="9">',
        "<th>", '<td rowspan="-1">', "<thead>", "<em>", "</em>", "<strong>", "</strong>",
        '<a href="/x/">', "</a>", '<span class="footnote">', "</span>", "<br>", "<hr>", "<pre>",
        "</pre>", "<code>", "</code>", "<div>", "</div>", "<![", "<!--", "-->", "<?", "&amp;",
        "&#0;", "&#xd800;", "<", ">", "&", " ", "word", "\n", "\ud800", "\x00", "中",
    ]
)  # fmt: skip
_HTML = st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join))
_BLOCKS = {"paragraph", "heading", "quote", "list", "rule", "code", "table"}
_INLINES = {
    "text", "break", "code", "link", "note", "strong", "em", "strike", "underline", "sub", "super",
}  # fmt: skip


@given(_HTML)
@settings(deadline=None)
def test_any_string_yields_blocks_that_json_can_hold(html):
    found = blocks(html)
    json.dumps(found).encode()
    assert kinds(found) <= _BLOCKS | _INLINES
    "".join(words(found)).encode("utf-8")


@given(_HTML)
@settings(deadline=None)
def test_any_string_yields_inlines(html):
    assert kinds(inline(html)) <= _INLINES


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
def test_no_word_is_lost(word):
    escaped = word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert words(blocks(f"<p>{escaped}</p>")) == [word]
