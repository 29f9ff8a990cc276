"""What lies between two texts, as whoever holds one of them reads it."""

from articles.models import Revision
from licensing.passages import IN_SIGHT, LONGEST_PIECE, MOST_PASSAGES, between

LONG, ON = (" ".join(f"{word}{n}" for n in range(40)) for word in ("before", "after"))


def revision(number: int, **content) -> Revision:
    told = {"headline": "Lamps", "standfirst": "", "body": "", "editorial_note": ""}
    return Revision(pk=number, number=number, content=told | content)


def found(old: dict, new: dict):
    return between(revision(1, **old), revision(2, **new), language="en")


def test_words_that_became_others_stand_with_a_few_words_around_them():
    before, after = f"<p>{LONG} 1931 {ON}</p>", f"<p>{LONG} 1913 {ON}</p>"
    (passage,) = found({"body": before}, {"body": after}).shown
    assert [(one.mark, one.text) for one in passage.pieces if one.mark != "same"] == [
        ("removed", "1931"),
        ("added", "1913"),
    ]
    assert len(passage.before) < 2 * IN_SIGHT + 20
    assert passage.before.startswith("…") and passage.before.endswith("…")
    assert passage.label == "Body"


def test_a_passage_that_came_has_no_before_and_one_that_went_no_after():
    old, new = {"body": "<p>One.</p>"}, {"body": "<p>One.</p><p>Quite another thing.</p>"}
    (came,), (went,) = found(old, new).shown, found(new, old).shown
    assert (came.before, came.after) == ("", "Quite another thing.")
    assert (went.before, went.after) == ("Quite another thing.", "")


def test_what_the_newsroom_keeps_to_itself_is_not_compared():
    old = {"editorial_note": "Beware of the lawyer.", "slug": "a", "tags": ["x"]}
    assert not found(old, {"editorial_note": "The lawyer agrees.", "slug": "b", "tags": ["y"]})


def test_of_a_text_written_anew_not_everything_is_shown():
    old = "".join(f"<p>Paragraph {number} of the old.</p>" for number in range(40))
    new = "".join(f"<p>{'Something else. ' * 100}{number}</p>" for number in range(40))
    passages = found({"body": old}, {"body": new})
    assert len(passages.shown) == MOST_PASSAGES and passages.more > 0
    longest = max(len(piece.text) for one in passages.shown for piece in one.pieces)
    assert longest <= LONGEST_PIECE + 2


def test_one_and_the_same_text_has_no_passages():
    assert not between(revision(1), revision(1), language="en")
    assert not between(None, revision(1), language="en")
