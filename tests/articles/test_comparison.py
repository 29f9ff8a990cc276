"""Two revisions side by side: words marked, no markup, nothing private for those outside."""

import time

import pytest

from articles.comparison import LABELS, compare, readable
from articles.snapshots import snapshot
from tests.factories.articles import make_article


@pytest.fixture
def content(people):
    return snapshot(make_article(by=people["editor"], editorial_note="Call them."))


def words(change, *marks):
    return "".join(
        piece.text for line in change.paragraphs for piece in line if piece.mark in marks
    )


def test_every_field_of_a_snapshot_has_a_label(content):
    assert set(LABELS) == set(content)


def test_two_snapshots_that_say_the_same_differ_in_nothing(content):
    changes = compare(content, dict(content))
    assert changes == []


def test_removed_and_added_words_are_marked_and_the_rest_is_left(content):
    (change,) = compare(
        content | {"headline": "The old river runs"}, content | {"headline": "The new river runs"}
    )
    assert change.label == "Headline"
    assert words(change, "removed") == "old"
    assert words(change, "added") == "new"
    assert words(change, "same", "removed") == "The old river runs"
    assert words(change, "same", "added") == "The new river runs"


def test_rich_text_is_compared_as_words_without_markup(content):
    old = "<h2>Head</h2><p>One <strong>bold</strong> word &amp; a&nbsp;sign &lt;b&gt;.</p>"
    new = '<h2>Head</h2><p>Two <em>bold</em> words<span class="footnote">Said so.</span>.</p>'
    (change,) = compare(content | {"body": old}, content | {"body": new})
    everything = words(change, "same", "removed", "added")
    for markup in ("<p", "<h2", "<strong", "<em", "<span", "&amp;", "&nbsp;", "&lt;", "class="):
        assert markup not in everything
    assert "[1] Said so." in words(change, "same", "added")


def test_a_change_of_markup_alone_is_said_without_markup(content):
    old, new = "<p>A word.</p>", "<p>A <em>word</em>.</p>"
    (change,) = compare(content | {"body": old}, content | {"body": new})
    assert change.paragraphs
    assert "<" not in words(change, "same", "removed", "added")


def test_a_link_that_leads_elsewhere_is_shown_though_the_words_are_the_same(content):
    old = '<p><a href="https://a.example/?x=1&amp;y=2">Here</a>.</p>'
    new = '<p><a href="https://b.example/">Here</a>.</p>'
    (change,) = compare(content | {"body": old}, content | {"body": new})
    assert "https://a.example/?x=1&y=2" in words(change, "same", "removed")
    assert "https://b.example/" in words(change, "same", "added")


def test_rows_are_compared_by_their_names_and_not_by_their_keys(content):
    old, new = {"id": 17, "name": "Kenya"}, {"id": 18, "name": "Uganda"}
    (change,) = compare(content | {"regions": [old]}, content | {"regions": [new]})
    assert (words(change, "removed"), words(change, "added")) == ("Kenya", "Uganda")


def test_two_rows_of_the_same_name_are_told_apart(content):
    old, new = {"id": 17, "name": "Georgia"}, {"id": 18, "name": "Georgia"}
    (change,) = compare(content | {"regions": [old]}, content | {"regions": [new]})
    assert words(change, "removed") != words(change, "added")


def test_the_editorial_note_is_hidden_from_those_who_do_not_edit(content):
    other = content | {"editorial_note": "Never mind."}
    assert [change.label for change in compare(content, other)] == ["Editorial note"]
    assert compare(content, other, with_private=False) == []


def test_a_snapshot_made_before_a_field_existed_can_be_compared(content):
    older = {name: value for name, value in content.items() if name != "reader_note"}
    assert (
        compare(older, content | {"reader_note": "<p>Read on.</p>"})[0].label == "Note to readers"
    )


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("headline", "", ""),
        ("copyright_year", None, ""),
        ("copyright_year", 2019, "2019"),
        ("tags", ["dams", "water"], "dams\nwater"),
        ("publication", {"id": 1, "name": "The House Review"}, "The House Review"),
        (
            "bylines",
            [{"author": {"id": 1, "name": "Jane"}, "role": "author", "credit_suffix": ""}],
            "Jane · author",
        ),
    ],
)
def test_a_value_is_read_in_words(name, value, shown):
    assert readable(name, value) == shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("".join(f"<p>Sentence {n} of the old text.</p>" for n in range(2_000)), "<p>Short.</p>"),
        (
            "".join(f"<p>Sentence {n} of the old text.</p>" for n in range(2_000)),
            "".join(f"<p>Sentence {n} of a new text.</p>" for n in range(2_000)),
        ),
        (f"<p>{'one two ' * 50_000}</p>", f"<p>{'one three ' * 50_000}</p>"),
        (f"<p>{'one two ' * 200}</p>" * 300, f"<p>{'two one ' * 199}</p>" * 301),
        ("<p>x</p>" * 30_000, "<p>y</p><p>x</p>" * 15_000),
    ],
)
def test_long_texts_are_compared_in_bounded_time(content, old, new):
    began = time.monotonic()
    (change,) = compare(content | {"body": old}, content | {"body": new})
    assert change.paragraphs
    assert time.monotonic() - began < 10
