"""The piece that is quoted is a piece of the text, and what is marked in it is what was asked."""

from hypothesis import given
from hypothesis import strategies as st

from articles.search.asked import asked
from articles.search.query import parse
from articles.search.snippets import AROUND, line, marked, opening, snippet

SIGNS = st.text("tide moon’-. élève水月<>&", max_size=600)


def joined(parts) -> str:
    return "".join(part.text for part in parts)


def marks(parts) -> list[str]:
    return [part.text for part in parts if part.is_marked]


@given(SIGNS, st.sampled_from(["tide moon", '"tide moon"', "eleve", "水月", "OR -"]))
def test_marking_changes_no_letter(text, query):
    sought = asked(parse(query), ["en", "fr"])
    for mark in ("en", "fr", ""):
        assert joined(marked(text, sought, mark)) == text.rstrip()
        piece = joined(snippet(text, sought, mark)).strip("… ")
        assert piece in text
        assert len(piece) <= AROUND + 40 + len(text) * (" " not in text)
        assert joined(opening(text)).rstrip("… ") in text


def test_a_phrase_is_marked_as_a_whole_and_its_words_alone_are_not():
    sought = asked(parse('"high water"'), ["en"])
    assert marks(marked("High tide, high waters, low water", sought, "en")) == ["high waters"]


def test_the_piece_with_most_of_what_was_asked_is_quoted():
    gap = " and" * 100
    sought = asked(parse("tide moon"), ["en"])
    quoted = snippet(f"The tide.{gap} The moon makes the tide.{gap}", sought, "en")
    assert marks(quoted) == ["moon", "tide"]
    assert joined(quoted).startswith("… ") and joined(quoted).endswith(" …")


def test_a_body_is_read_on_one_line_with_its_notes_behind():
    body = (
        "<h2>The shore</h2><p>Un<em>believ</em>able"
        "<span class=\"footnote\">A <a href='/x'>note</a>."
        "</span> &amp; so<br>on.</p><ul><li>One</li><li>Two</li></ul>"
    )
    assert line(body) == "The shore. Unbelievable & so on. One Two A note."
    assert line("<p>cut <a hre") == "cut"
