"""A passage is found again by its words: where it stands, or not at all."""

from hypothesis import assume, given
from hypothesis import strategies as st

from articles.citing.anchors import Quote, find, one_line, quote_at

# Few letters, so that the same words stand in several places.
texts = st.text(alphabet="ab ", max_size=80).map(one_line)


@st.composite
def passages(draw):
    words = draw(texts.filter(bool))
    start = draw(st.integers(0, len(words) - 1))
    end = draw(st.integers(start + 1, len(words)))
    return words, start, end


@given(passages(), st.integers(0, 200))
def test_a_quote_is_found_where_it_was_taken(passage, _seed):
    words, start, end = passage
    found = find(words, quote_at(words, start, end))
    assert words[slice(*found)] == words[start:end]
    # With the same words around it, no other place is more like it.
    assert quote_at(words, *found) == quote_at(words, start, end)


@given(passages(), texts, texts)
def test_after_edits_it_is_found_with_the_same_words_or_said_to_be_gone(passage, before, after):
    words, start, end = passage
    edited = f"{before}{words[start:end]}{after}"
    found = find(edited, quote_at(words, start, end))
    assert found is not None
    assert edited[slice(*found)] == words[start:end]


@given(passages(), texts)
def test_it_is_never_found_where_something_else_stands(passage, other):
    words, start, end = passage
    found = find(other, quote_at(words, start, end))
    if found is None:
        assert words[start:end] not in other
    else:
        assert other[slice(*found)] == words[start:end]


@given(passages(), texts)
def test_an_edit_elsewhere_moves_it_along(passage, added):
    words, start, end = passage
    assume(words.count(words[start:end]) == 1 and words[start:end] not in added)
    edited = f"{added}c{words}"
    assert find(edited, quote_at(words, start, end)) == (
        start + len(added) + 1,
        end + len(added) + 1,
    )


def test_of_two_places_the_one_with_the_same_neighbours_is_meant():
    words = "the red door and the blue door"
    assert find(words, Quote("door", prefix="the blue ")) == (26, 30)
    assert find(words, Quote("door", suffix=" and the")) == (8, 12)


def test_no_words_are_found_nowhere():
    assert find("words", Quote("")) is None
