"""Two versions that grew out of one: nothing that anybody wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from articles.merging import ASKED, MINE, THEIRS, bare, merge, seated

NAMES = ("headline", "body", "themes", "bylines")
ROWS = st.lists(st.integers(1, 3).map(lambda key: {"id": key, "name": f"Row {key}"}), max_size=2)
VALUES = st.sampled_from(["", "one", "two", "two\nlines", None]) | ROWS
VERSIONS = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))


@given(VERSIONS, VERSIONS, VERSIONS)
def test_what_one_changed_stands_and_what_both_changed_is_asked(base, theirs, mine):
    for name, standing in merge(base, theirs, mine).items():
        begun, their_value, my_value = (bare(name, said[name]) for said in (base, theirs, mine))
        value = bare(name, standing.value)
        if their_value != begun and my_value != begun and their_value != my_value:
            assert standing.whose == ASKED
            assert (standing.mine, standing.theirs) == (mine[name], theirs[name])
        elif their_value != begun and my_value == begun:
            assert (standing.whose, value) == (THEIRS, their_value)
        else:
            assert (standing.whose, value) == (MINE, my_value)


@given(VERSIONS, VERSIONS)
def test_where_nobody_knows_what_they_began_with_every_difference_is_asked(theirs, mine):
    asked = {name for name, said in merge(None, theirs, mine).items() if said.whose == ASKED}
    assert asked == {name for name in NAMES if bare(name, theirs[name]) != bare(name, mine[name])}


def test_a_row_that_is_called_something_else_meanwhile_is_no_change():
    old, new = {"author": {"id": 1, "name": "Ada"}}, {"author": {"id": 1, "name": "Ada Byron"}}
    assert bare("bylines", [old]) == bare("bylines", [new])
    assert bare("body", "a\r\nb ") == bare("body", "a\nb")


KEYS = st.sampled_from(["", "1", "2", "3", "9"])
TYPED = st.lists(st.fixed_dictionaries({"id": KEYS, "author": st.sampled_from("abc")}), max_size=4)
STANDING = st.lists(st.sampled_from("abc"), max_size=3).map(
    lambda names: [{"id": str(place), "author": name} for place, name in enumerate(names, 1)]
)


@given(TYPED, STANDING)
def test_every_typed_row_is_there_once_and_every_standing_row_stays_or_goes(typed, standing):
    rows, gone = seated(typed, standing, "author")
    assert sorted(row["author"] for row in rows) == sorted(row["author"] for row in typed)
    keys = [row["id"] for row in rows if row["id"]]
    assert sorted(keys + [row["id"] for row in gone]) == sorted(row["id"] for row in standing)
    assert [bool(row["id"]) for row in rows] == sorted(bool(row["id"]) for row in rows)[::-1]
