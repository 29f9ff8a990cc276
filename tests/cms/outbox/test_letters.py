"""One recipient, one line of subject, words: what would be more is refused with a sentence."""

from pathlib import Path

import pytest

from cms.outbox.letters import MailRefused, one_address, one_line, words

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@pytest.mark.parametrize(
    "address",
    [
        "reader@press.example",
        "first.last+tag@sub.press.example",
        "o'neill@press.example",
        "redaktion@zürich.example",
    ],
)
def test_a_plain_address_is_taken_as_it_is(address):
    assert one_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reader",
        "reader@",
        "reader@nowhere",
        "a@press.example,b@press.example",
        "a@press.example;b@press.example",
        "a@press.example b@press.example",
        "Reader <reader@press.example>",
        "reader@press.example\n",
        "reader@press.example\r\nBcc: all@press.example",
        "reader@press.example\x00",
        "reader\u2028@press.example",
        "reader@press.example\u2028",
        # To Django the long s is one of the letters a to z.
        "ſ@press.example",
        # Valid for Django; two recipients for whoever splits at the comma.
        '"all@press.example,x"@press.example',
        '"a\\,b"@press.example',
        "reader@[127.0.0.1]",
        "x" * 250 + "@press.example",
    ],
)
def test_more_or_less_than_one_plain_address_is_refused(address):
    with pytest.raises(MailRefused, match="one plain mail address"):
        one_address(address)


@pytest.mark.parametrize(
    "subject",
    [
        "Granted\nBcc: all@press.example",
        "Granted\r\n\r\n<html>",
        "Granted\rX: y",
        "Granted\n",
        "Granted\x00",
        "Granted\x0b",
        "Granted\x1b[31m",
        "Granted\u2028X: y",
        "Granted\u202emoc.live",
        "",
        "   ",
        "\u200b",
    ],
)
def test_a_subject_that_is_not_one_visible_line_is_refused(subject):
    with pytest.raises(MailRefused):
        one_line(subject)


def test_a_long_subject_is_shortened():
    assert one_line("x" * 120) == "x" * 120
    shortened = one_line("Permission for " + "a\u0301" * 200)
    assert len(shortened) <= 120
    assert shortened.endswith("…")


def test_text_is_taken_word_for_word_and_html_is_escaped(letters):
    text, html = words("granted", {"name": "<b>Ann & Co</b>"})
    assert text == "Yes, <b>Ann & Co</b>.\n"
    assert html == "<p>Yes, &lt;b&gt;Ann &amp; Co&lt;/b&gt;.</p>"


def test_a_letter_without_html_is_text_alone(letters):
    assert words("plain", {}) == ("No.\n", "")


def test_what_postgresql_cannot_hold_is_refused(letters):
    with pytest.raises(MailRefused, match="NUL"):
        words("granted", {"name": "Ann\x00"})


def test_every_text_of_the_house_is_plain_text():
    forgetful = [
        path.name
        for path in TEMPLATES.glob("*/mail/*.txt")
        if "{% autoescape off %}" not in path.read_text()
    ]
    assert forgetful == []
