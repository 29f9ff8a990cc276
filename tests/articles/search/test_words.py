"""Words are cut and compared alike, in every script, whatever is thrown at them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.stemming import ALGORITHMS, token, tongue
from articles.search.words import LONGEST_WORD, fold, spelt, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élevée", "elevee"),
        ("STRASSE", "straße"),
        ("ﬁnance", "Finance"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("ёлка", "ЕЛКА"),
        ("الْمِيَاهُ", "المياه"),
        ("أحمد", "احمد"),
        ("مدرســة", "مدرسة"),
        ("مصطفى", "مصطفي"),
        ("١٢٣", "123"),
        ("Œuvre", "oeuvre"),
        ("Σίσυφος", "ΣΙΣΥΦΟΣ"),
        ("می‌خواهم", "میخواهم"),
        ("soft\u00adware", "software"),
    ],
)
def test_what_readers_take_for_one_word_is_one(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("हिन्दी", "हनद"), ("が", "か")])
def test_signs_that_make_another_letter_stay(one, other):
    assert fold(one) != fold(other)


def test_words_end_where_no_letter_digit_or_mark_follows():
    assert words("Don’t a_b, COVID-19; 気候変動 हिन्दी (x)\u200b*") == [
        *("don", "t", "a", "b", "covid", "19"),
        *("気", "候", "変", "動"),
        *("हिन्दी", "x"),
    ]


@given(st.text())
def test_words_say_where_they_stand_and_hold_nothing_but_a_word(text):
    end = 0
    for word, start, stop in spelt(text):
        assert end <= start < stop <= len(text)
        assert 0 < len(word) <= LONGEST_WORD
        assert not set(word) & set(" \t\n\0'\"@()&|!<>:*^-+\\_")
        assert word == word.lower() or not word.isascii()
        end = stop


@given(st.text(), st.sampled_from(sorted(ALGORITHMS)))
def test_folding_and_cutting_end_in_the_same_whatever_came_in(text, mark):
    for word in words(text):
        cut, _at, said = token(word, mark).partition("@")
        assert cut
        assert said in ("", mark)
        assert not set(cut) & set(" '\"@\\\0")


def test_languages_are_known_by_their_first_part():
    assert (tongue("pt-br"), tongue("zh-hans"), tongue("EN")) == ("pt", "", "en")
