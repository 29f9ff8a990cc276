"""A passage is found as somebody typed it, and its address leads to it and to no other place."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.citing import passages
from articles.printing.blocks import blocks

BODY = (
    "<p>The tide tables of Skerryvoe<span class='footnote'>Since 1802.</span> were <a "
    "href='https://almanac.example/'>kept by hand</a>, well-kept, always.</p>"
    "<h2>Who reads them</h2>"
    "<p>Pilots do<span class='footnote'>Eleven.</span>. “Water does not read,” said one of them, "
    "and then he put the book away, as he had done every evening for so many years.</p>"
    "<ul><li>one &amp; two</li><li>three</li></ul>"
    "<table><tr><td>high</td><td>low water</td></tr></table>"
    "<blockquote><p>Water does not read.</p></blockquote>"
    "<p>Die Straße ist lang. Un café fermé.</p><p>漢字だけの文章です。</p><p>كتاب لا يوقعه أحد</p>"
)
TEXT = passages.text_of(blocks(BODY))


def address(typed, before=""):
    return passages.fragment(TEXT, passages.find(TEXT, typed), before=before)


def test_footnotes_are_no_part_of_the_text():
    assert "1802" not in TEXT.words
    assert "Skerryvoe were kept by hand, well-kept" in TEXT.words
    assert "one & two three high low water Water does" in TEXT.words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("KEPT  by\nhand", "kept by hand"),
        ("tables of Skerryvoe[1] were", "tables of Skerryvoe were"),
        ('"water does not read," said', "“Water does not read,” said"),
        ("strasse IST", "Straße ist"),
        ("well–kept", "well-kept"),
        ("ater does not rea", "Water does not read"),
        # As a PDF gives it: the letter and its mark apart.
        ("cafe\u0301 ferme\u0301", "café fermé"),
        ("漢字だけ", "漢字だけ"),
        ("يوقعه", "يوقعه"),
    ],
)
def test_a_passage_is_found_whatever_its_marks_and_capitals(typed, found):
    assert passages.find(TEXT, typed).words == found


@pytest.mark.parametrize("typed", ["", " ", "[1]", "Since 1802.", "kept by foot", "\x00", "\u200b"])
def test_what_does_not_stand_there_is_not_found(typed):
    assert passages.find(TEXT, typed) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kept by hand", "kept%20by%20hand"),
        ("well-kept, always", "well%2Dkept%2C%20always"),
        ("one & two", "one%20%26%20two"),
        # Over a footnote's mark no phrase reaches.
        ("tables of Skerryvoe were kept", "tables%20of%20Skerryvoe,were%20kept"),
        # Of a long passage, beginning and end.
        (
            "and then he put the book away, as he had done every evening for so many years",
            "and%20then%20he%20put,for%20so%20many%20years",
        ),
    ],
)
def test_the_address_names_the_words(typed, said):
    assert address(typed) == f"#:~:text={said}"


def test_words_that_stand_higher_up_are_told_apart_by_what_goes_before():
    assert address("reads", before="Somebody reads it") == "#:~:text=Who-,reads"


def test_paragraphs_are_counted_from_one():
    assert passages.paragraph(TEXT, 2).words == "Who reads them"
    assert passages.paragraph(TEXT, 0) is None
    assert passages.paragraph(TEXT, 99) is None


def test_a_letter_and_its_mark_may_stand_apart_in_the_article_too():
    text = passages.text_of(blocks("<p>Un cafe\u0301 ferme\u0301.</p>"))
    assert passages.find(text, "un café").words == "Un cafe\u0301"


def test_a_long_article_is_gone_through_once_for_an_address(monkeypatch):
    folded, long_ones = passages._folded, []

    def counted(text):
        long_ones.extend([text] if len(text) >= len(TEXT.words) else [])
        return folded(text)

    passage = passages.find(TEXT, "and then he put the book away, as he had done every evening")
    monkeypatch.setattr(passages, "_folded", counted)
    passages.fragment(TEXT, passage, before="and then he put the book away, as he had done before")
    assert len(long_ones) == 1


@given(st.integers(0, 40), st.integers(1, 25))
def test_any_run_of_words_is_found_and_its_address_begins_and_ends_with_it(begin, count):
    words = TEXT.words.split()
    wanted = " ".join(words[begin : begin + count])
    if not wanted:
        return
    passage = passages.find(TEXT, wanted)
    assert passage.words.casefold() == wanted.casefold()
    directive = passages.fragment(TEXT, passage).removeprefix("#:~:text=")
    phrases = [unquote(one) for one in directive.split(",") if not one.endswith("-")]
    assert passage.words.startswith(phrases[0])
    assert passage.words.endswith(phrases[-1])


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_typed_breaks_it(body, typed):
    text = passages.text_of(blocks(f"<p>{body}</p>"))
    passage = passages.find(text, typed)
    if passage:
        assert passages.fragment(text, passage).isascii()
