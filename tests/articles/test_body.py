"""Typed footnotes become real ones, or stay as they were; words are read and counted."""

# ruff: noqa: E501 (what people paste is as long as it is)

import html
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body, reading

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "article-page.txt"
ONE = '<p>A word<span class="footnote">The note.</span> more.</p>'


@pytest.mark.parametrize(
    "typed",
    [
        "<p>A word[1] more.</p><p>[1] The note.</p>",
        "<p>A word [1] more.</p><p>[1]. The note.</p>",
        "<p>A word<sup>[1]</sup> more.</p><hr><p>[1] The note.</p>",
        "<p>A word[1] more.</p><h2>Note</h2><p>[1] The note.</p>",
        "<p>A word[1] more.</p><p>***</p><p><strong>Footnotes:</strong></p><p>[1] The note.</p>",
        "<p>A word[1] more.</p><h3>Références</h3><ul><li>[1] The note.</li></ul>",
        "<p>A word[1] more.</p><h3>هوامش</h3><hr><p>[1] The note.</p>",
        "<p>A word[1] more.</p><h2>Anmerkungen</h2><ol><li>The note.</li></ol>",
        '<p>A word<sup><a href="#fn1">1</a></sup> more.</p><hr><p><a href="#r1"><sup>1</sup></a> The note.</p>',
        '<p>A word<a href="#_ftn1">[1]</a> more.</p><div><hr><p><a href="#_ftnref1">[1]</a> The note.</p></div>',
        '<p>A word<sup><a href="#ftnt1">[1]</a></sup> more.</p><hr><p><a href="#ftnt_ref1">[1]</a> The note.</p>',
        '<p>A word<sup id="fnref:1"><a href="#fn:1">1</a></sup> more.</p><div class="footnotes"><hr><ol>'
        '<li id="fn:1"><p>The note. <a href="#fnref:1">↩</a></p></li></ol></div>',
        '<p>A word<a href="https://from.example/page#_ftn1">[1]</a> more.</p>'
        '<p><a href="https://from.example/page#_ftnref1">[1]</a> The note.</p>',
        '<p>A word<sup><a href="#sdfootnote1sym">i</a></sup> more.</p>'
        '<p><a href="#sdfootnote1anc">i</a> The note.</p>',
    ],
)  # fmt: skip
def test_a_typed_note_becomes_a_real_one(typed):
    assert body.clean(typed) == ONE
    assert body.clean(ONE) == ONE


def test_several_notes_find_their_marks_wherever_these_stand():
    typed = (
        "<h2>Head[2]</h2><ul><li><p>item[1]</p></li></ul><blockquote><p>quote[3]</p></blockquote>"
        '<h2>Notes</h2><p>[1] <em>One</em> <a href="https://example.org/">link</a><br>[2] Two</p>'
        "<p>[3] Three</p>"
    )
    cleaned = body.clean(typed)
    assert cleaned == (
        '<h2>Head<span class="footnote">Two</span></h2><ul><li><p>item<span class="footnote">'
        '<em>One</em> <a href="https://example.org/">link</a></span></p></li></ul>'
        '<blockquote><p>quote<span class="footnote">Three</span></p></blockquote>'
    )


def test_what_follows_the_notes_stays():
    typed = "<p>A word[1] more.</p><h2>Note</h2><p>[1] The note.</p><p>Picture: A. N. Other</p>"
    assert body.clean(typed) == ONE + "<p>Picture: A. N. Other</p>"


def test_marks_of_other_scripts_are_marks():
    assert body.clean("<p>نص[١]</p><h3>الهوامش</h3><p>[١] حاشية</p>") == (
        '<p>نص<span class="footnote">حاشية</span></p>'
    )


@pytest.mark.parametrize(
    "ambiguous",
    [
        "<p>Two[1] marks[1].</p><p>[1] One note.</p>",
        "<p>A mark[1] and[2] another.</p><p>[1] One note.</p>",
        "<p>A mark[1].</p><p>[1] A note.</p><p>[2] Another.</p>",
        "<p>A mark[1].</p><p>[1] A note.</p><p>[1] The same again.</p>",
        "<p>A mark[1].</p>",
        "<p>No mark.</p><p>[1] A note.</p>",
        "<p>A mark[1].</p><p>[1]</p>",
        "<p>A mark[2].</p><hr><ol><li>One</li></ol>",
        "<p>A mark[1].</p><ol><li>One</li></ol><p>The article goes on.</p>",
        "<p>In [2019] and [sic] and [12345].</p><p>[2019] was a year.</p>",
        "<p>H<sup>2</sup> squared.</p><p>2 is a number.</p>",
    ],
)
def test_what_does_not_fit_one_to_one_is_left_as_it_is(ambiguous):
    assert body.clean(ambiguous) == ambiguous


marks = st.sampled_from(
    ["[1]", "[2]", " word", "[3]", "text ", "<br>", "<b>b</b>", "<sup>[1]</sup>"]
)
blocks = st.builds(
    lambda name, lead, pieces: f"<{name}>{lead}{''.join(pieces)}</{name}>",
    st.sampled_from(["p", "p", "p", "h2", "li", "ol", "blockquote"]),
    st.sampled_from(["", "[1] ", "[2] ", "Notes", "***"]),
    st.lists(marks, max_size=3),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(blocks, max_size=7))
def test_cleaning_twice_is_cleaning_once(pieces):
    cleaned = body.clean("".join(pieces))
    assert body.clean(cleaned) == cleaned


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, max_size=7))
def test_no_word_is_lost_on_the_way(pieces):
    typed = "".join(pieces)

    def words(text):
        return sorted(re.findall(r"word|text|b", re.sub(r"<[^>]*>", " ", text)))

    assert words(body.clean(typed)) == words(typed)


@pytest.mark.parametrize(
    "heavy",
    [
        "<p>a[2]</p>" + "<hr><ol><li>x</li></ol>" * 12_000,
        "<p>[1] a</p><p>x</p>" * 16_000,
        "<p>" + "[1]" * 200_000 + "</p><p>[1] x</p>",
        "".join(f"<p>a[{n}]</p>" for n in range(999))
        + "".join(f"<p>[{n}] b</p>" for n in range(999)),
    ],
    ids=["lists", "runs", "marks", "a thousand"],
)
def test_many_marks_are_answered_within_seconds(heavy):
    began = time.process_time()
    body.clean(heavy)
    assert time.process_time() - began < 4


# --- Showing ----------------------------------------------------------------------------------
def test_notes_are_numbered_links_on_the_page():
    rendered = body.render(
        '<p>a<span class="footnote">One <a href="https://example.org/">x</a></span>'
        'b<span class="footnote">Two</span></p>'
    )
    assert rendered.html == (
        '<p>a<sup class="noteref"><a href="#note-1" id="noteref-1" role="doc-noteref"'
        ' aria-label="Note 1">[1]</a></sup>b<sup class="noteref"><a href="#note-2" id="noteref-2"'
        ' role="doc-noteref" aria-label="Note 2">[2]</a></sup></p>'
    )
    assert rendered.notes == [
        body.Note(1, 'One <a href="https://example.org/">x</a>', "note-1", "noteref-1"),
        body.Note(2, "Two", "note-2", "noteref-2"),
    ]


def test_a_prefix_keeps_two_articles_on_a_page_apart_and_is_harmless():
    rendered = body.render('<p>a<span class="footnote">n</span></p>', prefix='a"><b>7-')
    assert 'href="#ab7-note-1"' in rendered.html
    assert rendered.notes[0].id == "ab7-note-1"


def test_what_was_stored_past_the_cleaning_is_harmless_on_the_page():
    rendered = body.render(
        '<p onclick="x">a<script>x</script><span class="footnote">b<span>c</span>'
        '<img src=x onerror="y"></span><a href="javascript:z">d</a></p>'
    )
    shown = rendered.html + "".join(note.html for note in rendered.notes)
    assert not re.search(r"script|onclick|onerror|<img", shown)


@pytest.mark.parametrize("empty", ["", "<p></p>", "<p>  </p>"])
def test_nothing_is_nothing(empty):
    assert reading.plain_text(empty) == ""
    assert reading.word_count(empty) == 0
    assert body.render(body.clean(empty)).notes == []


# --- The page this product was built for ------------------------------------------------------
def as_html(text):
    """The reference page as a browser would paste it: its Markdown turned into elements."""
    for block in re.split(r"\n\s*\n", text):
        line = html.escape(block.strip().replace(r"\*", "*"), quote=False)
        line = re.sub(r"\[([^\]]+)\]\(([^)]*)\)", r'<a href="\2">\1</a>', line)
        line = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", line)
        line = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<em>\1</em>", line)
        heading = re.match(r"(#+) (.*)", line)
        yield (
            f"<h{len(heading[1])}>{heading[2]}</h{len(heading[1])}>"
            if heading
            else f"<p>{line}</p>"
        )


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference page is not here")
def test_the_note_of_the_reference_page_is_recognised():
    cleaned = body.clean("".join(as_html(REFERENCE.read_text())))
    rendered = body.render(cleaned)
    assert len(rendered.notes) == 1
    assert "[1]" not in cleaned
    assert "<h2>Note</h2>" not in cleaned
    assert cleaned.count("<hr>") == 2  # its three asterisks and its one
    assert body.clean(cleaned) == cleaned
    assert 1_000 < reading.word_count(cleaned) < 2_000
