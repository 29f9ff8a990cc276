"""A name is one clean line, and the same name in another dress is the same name."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rights.attribution_words import is_said, one_line, plain, spoken_date
from tests.licensing.rights.works_to_attribute import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Müller", "Jose\u0301 MU\u0308LLER"),
        ("O’Brien “Bo” – x", 'o\'brien "bo" - x'),
        ("a\u00a0b", "A\n  b "),
        ("a\u200b\u00adb", "ab"),
        ("Straße", "STRASSE"),
        ("ﬁre…", "fire..."),
        ("(C) 2019", "© 2019"),
        ("a -- b", "a — b"),
        ("Ｗｉｄｅ", "wide"),
    ],
)
def test_these_read_the_same(one, other):
    assert plain(one) == plain(other)


def test_an_accent_makes_another_name():
    assert not is_said(plain("by José"), plain("Jose"))


@pytest.mark.parametrize(
    ("page", "name", "is_named"),
    [
        ("an analysis", "Ana", False),
        ("by Ana, of", "Ana", True),
        ("Ana's", "ana", True),
        ("Banana", "Ana", False),
        ("作者张三报道", "张三", True),
        ("وأحمد خالد", "أحمد خالد", True),
        ("20191", "2019", False),
        ("Иванова", "Иванов", False),
        ("x (a) y", "(a)", True),
        ("anything", "", False),
    ],
)
def test_a_name_stands_by_itself(page, name, is_named):
    assert is_said(plain(page), plain(name)) is is_named


@settings(max_examples=100, deadline=None)
@given(words, words, words)
def test_a_name_is_found_in_the_sentence_that_says_it(before, name, after):
    sentence = f"{one_line(before)} , {one_line(name)} , {one_line(after)}"
    assert is_said(plain(sentence), plain(one_line(name))) is bool(one_line(name))


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_a_line_is_clean_once_and_for_all(text):
    line = one_line(text)
    assert one_line(line) == line == line.strip()
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u2060\u00ad", "\n\t", "\u202e", "\x00"])
def test_where_there_is_nothing_to_read_there_is_no_name(text):
    assert one_line(text) == ""


def test_a_date_is_said_without_the_locale():
    assert spoken_date(date(2019, 9, 9)) == "9 September 2019"
    assert spoken_date(date(3, 12, 31)) == "31 December 3"
