"""What a line of text may hold, and the addresses made of it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from hypothesis import given
from hypothesis import strategies as st

from articles.text import MAX_SLUG, slug_from
from cms.text import validate_single_line, validate_text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain",
        "Zoë’s “ñandú” — 100 %",
        "two\nlines\tand a tab\r\n",
        "العربية",
        "水と土地",
        "👩🏽‍🚀",
    ],
)
def test_text_of_every_script_passes(text):
    validate_text(text)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\u2069", "\ufeff"]
)
def test_an_invisible_control_character_is_refused_with_its_place(sign):
    with pytest.raises(ValidationError, match=rf"Character 4 .*U\+{ord(sign):04X}"):
        validate_text(f"abc{sign}def")


@pytest.mark.parametrize("text", ["two\nlines", "two\rlines", "end\n"])
def test_a_single_line_is_one_line(text):
    with pytest.raises(ValidationError, match="single line"):
        validate_single_line(text)


def test_a_single_line_has_no_control_character_either():
    with pytest.raises(ValidationError, match=r"U\+202E"):
        validate_single_line("gpj\u202e.exe")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Who Keeps the Tide Tables?", "who-keeps-the-tide-tables"),
        ("Ça & là: « l’été »", "ça-là-lété"),
        ("الماء والأرض", "الماء-والأرض"),
        ("水と土地", "水と土地"),
        ("ﬁne ｆｕｌｌ", "fine-full"),
        ("--a__b--", "a__b"),
        ("???", ""),
        ("", ""),
    ],
)
def test_an_address_keeps_its_own_script(text, slug):
    assert slug_from(text) == slug


def test_a_long_address_is_cut_at_a_word():
    slug = slug_from("word " * 100)
    assert len(slug) <= MAX_SLUG
    assert slug.endswith("word")


def test_a_long_word_is_cut_anywhere():
    assert slug_from("x" * 500) == "x" * MAX_SLUG


@given(st.text(max_size=400))
def test_whatever_the_headline_the_address_is_one(text):
    slug = slug_from(text)
    assert len(slug) <= MAX_SLUG
    if slug:
        validate_unicode_slug(slug)
        assert re.fullmatch(r"[-\w]+", slug)
