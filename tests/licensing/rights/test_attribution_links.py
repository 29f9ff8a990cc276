"""Two addresses of one page are one place, and only addresses of the web are addresses."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rights.attribution_links import address, place
from tests.licensing.rights.works_to_attribute import addresses

HERE = "https://meridian.example/articles/on-bridges/"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://meridian.example/articles/on-bridges/",
        "HTTPS://Meridian.Example/articles/on-bridges",
        "https://www.meridian.example/articles/on-bridges/",
        "//meridian.example/articles/on-bridges/",
        "https://meridian.example:443/articles//on-bridges/",
        "http://meridian.example:80/articles/on-bridges/",
        "https://meridian.example./articles/on-bridges/",
        "https://meridian.example/articles/on%2Dbridges/",
        " https://meridian.example/articles/on-bri\ndges/ ",
        HERE + "#top",
        HERE + "?utm_source=x&utm_medium=y&fbclid=z",
        HERE + "?",
    ],
)
def test_these_are_spellings_of_one_place(spelling):
    assert place(spelling) == place(HERE)


@pytest.mark.parametrize(
    "other",
    [
        "https://meridian.example/",
        "https://meridian.example/articles/On-Bridges/",
        "https://meridian.example/articles/on-bridges/2/",
        "https://meridian.example.evil.example/articles/on-bridges/",
        "https://evil.example/?u=" + HERE,
        "https://meridian.example:8080/articles/on-bridges/",
        "https://blog.meridian.example/articles/on-bridges/",
        HERE + "?page=2",
    ],
)
def test_these_are_other_places(other):
    assert place(other) != place(HERE)


def test_a_host_is_the_same_in_its_own_letters():
    assert place("https://BÜCHER.example/Straße") == place(
        "https://xn--bcher-kva.example/Stra%C3%9Fe"
    )


def test_the_deed_of_a_licence_is_the_licence():
    by = "https://creativecommons.org/licenses/by/4.0/"
    assert place(by + "deed.fr") == place(by + "legalcode") == place(by)
    assert place("https://creativecommons.org/licenses/by-nc/4.0/") != place(by)


def test_the_order_of_parameters_counts_and_their_escapes_do_not():
    assert place("https://a.example/?a=x+y&b=1") == place("https://a.example/?a=x%20y&b=1")
    assert place("https://a.example/?a=1&b=2") != place("https://a.example/?b=2&a=1")
    assert place("https://a.example/?a=1%26b=2") != place("https://a.example/?a=1&b=2")


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://bücher.example/ß", "https://xn--bcher-kva.example/%C3%9F"),
        ("https://a.example/x_(1)", "https://a.example/x_%281%29"),
        ("https://a.example/\"'<>", "https://a.example/%22%27%3C%3E"),
        ("https://a.example/%zz", "https://a.example/%25zz"),
        ("https://a.example/?q=1&r=2#s", "https://a.example/?q=1&r=2#s"),
        ("HTTP://A.Example", "http://a.example"),
    ],
)
def test_an_address_is_written_so_that_it_ends_where_it_ends(url, written):
    assert address(url) == written
    assert address(written) == written


@pytest.mark.parametrize(
    "url",
    [
        "", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//a.example",
        "/articles/", "https://", "https://[", "https://x:99999/", "https://user@evil.example/",
        "https://user:word@evil.example/", "https://.example/", "https://a example/",
        "ftp://a.example", "https:/a.example", "https://" + "a" * 254, "https://a.example/\ud800",
        "https://a.example/" + "a" * 2000, "https://a\u2100b.example/", "https://-a/",
    ],
)  # fmt: skip
def test_what_leads_nowhere_a_reader_may_be_sent_is_no_address(url):
    assert address(url) == ""
    assert place(url) is None or url == "//a.example"


@settings(max_examples=100, deadline=None)
@given(st.one_of(addresses, st.text(), st.text().map("https://".__add__)))
def test_an_address_is_plain_ascii_of_the_web_or_nothing(url):
    written = address(url)
    assert re.fullmatch(r"(?:https?://[^\s<>\"'()\\{}|^`]+)?", written)
    assert written.isascii()
    assert address(written) == written
    assert place(written) == place(url) or not written
