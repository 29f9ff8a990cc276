"""Two texts beside each other: each side reads its own, and what changed is marked or said."""

from hypothesis import given
from hypothesis import strategies as st

from articles.comparison import FieldChange
from articles.side_by_side import folded, rows, stretches
from articles.structure import Block, Run, lines, structure

words = st.text(alphabet="abc ", min_size=1, max_size=30).map(str.strip).filter(bool)
texts = st.lists(
    st.builds(
        lambda kind, text: Block(kind, "", [Run(text)]),
        st.sampled_from(["paragraph", "heading-2", "item"]),
        words,
    ),
    max_size=12,
)


def sides(found, side):
    shown = [getattr(row, side) for row in found]
    return [(one.kind, one.text) for one in shown if one]


@given(texts, texts)
def test_each_side_reads_its_own_text(old, new):
    found = rows(old, new)
    assert sides(found, "old") == [(block.kind, block.text) for block in old]
    assert sides(found, "new") == [(block.kind, block.text) for block in new]
    for row in found:
        if row.old:
            assert all(piece.mark != "added" for piece in row.old.pieces)
        if row.new:
            assert all(piece.mark != "removed" for piece in row.new.pieces)


@given(texts)
def test_a_text_beside_itself_is_the_same_and_folded_whole(text):
    found = rows(text, text)
    assert {row.mark for row in found} <= {"same"}
    assert [one.is_folded for one in folded(found)] in ([], [len(text) >= 3])


@given(texts, texts)
def test_folding_loses_no_row_and_hides_no_change(old, new):
    found = rows(old, new)
    parts = folded(found)
    assert [row for part in parts for row in part.rows] == found
    assert all(row.mark == "same" for part in parts if part.is_folded for row in part.rows)


def compared(old, new):
    return rows(structure(old), structure(new))


def test_paragraphs_stand_beside_what_they_became():
    found = compared(
        "<p>The old river runs west.</p><p>Something else entirely here.</p>",
        "<p>An added line at the top.</p><p>The new river runs west.</p>"
        "<p>Something else entirely here.</p>",
    )
    assert [row.mark for row in found] == ["added", "changed", "same"]
    assert [piece.text for piece in found[1].pieces if piece.mark == "added"] == ["new"]


def test_a_paragraph_that_went_elsewhere_has_moved():
    first, second = "A paragraph that is long enough.", "Another one, of some length as well."
    third = "The last of the three paragraphs."
    found = compared(
        f"<p>{first}</p><p>{second}</p><p>{third}</p>",
        f"<p>{second}</p><p>{third}</p><p>{first}</p>",
    )
    assert [row.mark for row in found] == ["moved", "same", "same", "moved"]
    assert (found[0].notes, found[3].notes) == (["Moved from here."], ["Moved to here."])


def test_what_only_looks_different_is_said_in_words():
    (row,) = compared("<p>A bold word.</p>", "<h3>A <strong>bold</strong> word.</h3>")
    assert row.mark == "dressed"
    assert row.notes == [
        "Before: paragraph. Now: heading of level 3.",
        "The emphasis of “bold” has changed.",
    ]


def test_a_link_that_leads_elsewhere_is_told_with_both_addresses():
    (row,) = compared(
        '<p>Look <a href="https://a.example/?a=1&amp;b=2">here</a>.</p>',
        '<p>Look <a href="https://b.example/">here</a>.</p>',
    )
    assert row.notes == [
        "“here” now leads to https://b.example/, before to https://a.example/?a=1&b=2."
    ]


def test_a_note_is_compared_as_a_note():
    note = '<p>A word<span class="footnote">{}</span>.</p>'
    found = compared(note.format("It is so."), note.format("It is not so."))
    assert [(row.mark, row.shown.kind) for row in found] == [
        ("same", "paragraph"),
        ("changed", "note"),
    ]


def test_rows_of_one_name_are_told_apart_by_their_keys():
    change = FieldChange(
        "regions", "Regions", [{"id": 17, "name": "Georgia"}], [{"id": 18, "name": "Georgia"}]
    )
    (stretch,) = stretches(change)
    assert {row.mark for row in stretch.rows} == {"changed"}


def test_a_very_long_text_is_compared_all_the_same():
    old = "\n".join(f"line {number} of old" for number in range(3000))
    new = "\n".join(f"row {number} of new" for number in range(3000))
    found = rows(lines(old), lines(new))
    assert len(sides(found, "old")) == len(sides(found, "new")) == 3000


def test_a_text_of_the_same_two_lines_a_thousand_times_is_compared_all_the_same():
    """Matching each with each took a minute and a half."""
    old, new = lines("a\nb\n" * 1000), lines("b\na\na\n" * 700)
    found = rows(old, new)
    assert len(sides(found, "old")) == len(old)
    assert len(sides(found, "new")) == len(new)
