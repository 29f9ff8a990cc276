"""What goes over a wire: addresses in ASCII or not at all, lines without breaks, no half signs."""

import json
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rights.wire import address, cleaned, line, mail_address, path_of, script_text


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://oneworld.example/a/1", "https://oneworld.example/a/1"),
        ("https://oneworld.example", "https://oneworld.example"),
        ("HTTPS://OneWorld.example/A", "https://oneworld.example/A"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://x.example/a?b=c&d=%C3%A4#e", "https://x.example/a?b=c&d=%C3%A4#e"),
        ("https://x.example/100%", "https://x.example/100%25"),
        ("https://x.example:8000/", "https://x.example:8000/"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://me:secret@x.example/", "https://x.example/"),
        ('https://x.example/"><b>', "https://x.example/%22%3E%3Cb%3E"),
        ("javascript:alert(1)", ""),
        ("//x.example/", ""),
        ("/articles/a/", ""),
        ("https:///a", ""),
        ("https://x.example:port/", ""),
        ("https://a b.example/", ""),
        ("https://x.example>;rel=y/", ""),
        ("", ""),
    ],
)
def test_an_address_is_ascii_or_nothing(written, sent):
    assert address(written) == sent


@settings(deadline=None)
@given(st.text())
def test_an_address_stays_what_it_is(text):
    once = address(f"https://x.example/{text}")
    assert address(once) == once
    assert once.isascii() and not set(once) & set(' <>"\r\n')
    assert urlsplit(once).hostname in ("x.example", None)


@pytest.mark.parametrize(
    ("contact", "sent"),
    [
        ("desk@house.example", "mailto:desk@house.example"),
        (" desk@house.example ", "mailto:desk@house.example"),
        ("desk@house", ""),
        ("desk@house.example?bcc=evil@x.example", ""),
        ("desk@house.example\r\nBcc: x@x.example", ""),
        ("call us", ""),
    ],
)
def test_a_contact_is_a_mail_address_or_nothing(contact, sent):
    assert mail_address(contact) == sent


@settings(deadline=None)
@given(st.text())
def test_a_line_has_no_break(text):
    assert len(line(text).splitlines()) <= 1


def test_a_path_says_no_wildcard():
    assert path_of("https://x.example/a*b$c/") == "/a%2Ab%24c/"
    assert path_of("https://x.example") == "/"


def test_what_says_nothing_is_left_out_and_nought_is_not():
    assert cleaned({"a": "", "b": None, "c": [], "d": {"e": ""}, "f": 0, "g": False}) == {
        "f": 0,
        "g": False,
    }


def test_no_text_ends_a_script():
    data = {"a": "</script><!-- & \u2028"}
    text = script_text(data)
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == data
