"""Texts pasted from elsewhere keep their structure, and notes tied by links become real ones."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import body
from articles.reading import text_of
from cms.richtext import tree
from tests.cms.richtext.pasted import KEPT, source


def without_bare_paragraphs(html):
    """An item of one line, which the editor gives a paragraph of its own."""
    return html.replace("<li><p>", "<li>").replace("</p></li>", "</li>").replace("</p><ol>", "<ol>")


@pytest.mark.parametrize("name", KEPT)
def test_what_is_pasted_keeps_its_structure_and_its_notes(name):
    kept = body.clean(source(name))
    assert without_bare_paragraphs(kept) == without_bare_paragraphs(KEPT[name])
    assert body.clean(kept) == kept


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("said", ["lawyer", "secret draft", "AQ1", "Share", "All rights", "[edit"])
def test_nothing_said_beside_a_text_gets_into_it(name, said):
    assert said not in body.clean(source(name))


def marked(mark, note, name="fn1", back="fnref1"):
    return (
        f'<p>Word<a id="{back}" href="#{name}">{mark}</a> and on.</p>'
        f'<ul><li id="{name}">{note} <a href="#{back}">↩</a></li></ul>'
    )


@pytest.mark.parametrize("mark", ["1", "[1]", "(1)", "iv", "a", "*", "†", "[note 1]", " 12 "])
def test_signs_of_many_kinds_are_marks(mark):
    assert body.clean(marked(mark, "The note.")) == (
        '<p>Word<span class="footnote">The note.</span> and on.</p>'
    )


@pytest.mark.parametrize(
    "untied",
    [
        pytest.param('<p>See <a href="#fn1">below</a>.</p><p id="fn1">Below.</p>', id="words"),
        pytest.param('<p>Step <a href="#b">1</a>.</p><p id="b">Begin.</p>', id="no way back"),
        pytest.param('<p id="fn1">Up. <a href="#fn1">1</a></p>', id="itself"),
        pytest.param('<p id="fn1">Up.</p><p>Down<a href="#fn1">1</a></p>', id="upwards"),
        pytest.param('<p>Word<a href="#fn1">1</a></p><p id="fn1">1</p>', id="no words"),
        pytest.param(marked("1", "x " * 6000), id="no note but a chapter"),
    ],
)
def test_what_is_no_note_stays_where_it_is(untied):
    assert '<span class="footnote">' not in body.clean(untied)


def test_a_note_within_a_note_is_not_lost():
    text = (
        '<p>Word<a href="#fn1">1</a></p><ol><li id="fn1">First<a href="#fn2">2</a>.</li>'
        '<li id="fn2">Second.</li></ol>'
    )
    kept = body.clean(text)
    assert "First" in kept and "Second" in kept


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4), st.sampled_from("pqrs")), max_size=6)
)
def test_no_word_is_lost_whatever_leads_where(ties):
    text = "".join(
        f'<p>w{letter}<a id="r{one}" href="#fn{other}">{one}</a></p>'
        f'<p id="fn{one}">n{letter} <a href="#r{other}">^</a></p>'
        for one, other, letter in ties
    )
    kept = text_of(tree.parse(body.clean(text)))
    assert all(f"{kind}{letter}" in kept for *_rest, letter in ties for kind in "wn")


@pytest.mark.parametrize(
    "heavy",
    [
        pytest.param('<a href="#fn1">1</a>' * 9_000 + '<p id="fn1">note</p>', id="one note"),
        pytest.param(
            "".join(f'<p><a href="#fn{n}">1</a></p><p id="fn{n}">n</p>' for n in range(4_000)),
            id="many notes",
        ),
        pytest.param(
            '<div id="fn1" class="note">' * 90 + '<a href="#fn1">1</a>' * 9_000, id="deep"
        ),
        pytest.param(
            "".join(f'<a href="#fn{n}">1</a>' for n in range(900))
            + '<div class="note">' * 80
            + "".join(f'<p id="fn{n}">n</p>' for n in range(900)),
            id="rooms",
        ),
    ],
)
def test_many_ties_are_answered_within_seconds(heavy):
    begin = time.process_time()
    body.clean(heavy)
    assert time.process_time() - begin < 4
