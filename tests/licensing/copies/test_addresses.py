"""Addresses of copies: one place however it is spelt, and two places never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.copies.addresses import NoAddress, host, key, tidy

ONE = "https://ridge.example/village/pump?a=1&b=2"
SAME = [
    "http://ridge.example/village/pump?a=1&b=2",
    "https://www.Ridge.Example:443/village/pump/?b=2&a=1",
    " https://ridge.example/village/./x/../pump/index.php?a=1&b=2&utm_medium=mail#top ",
    "https://ridge.example/village/%70ump?fbclid=1&a=1&b=2&gclid=",
]
OTHERS = [
    "https://ridge.example/village/pump",
    "https://ridge.example/village/pump?a=1&b=3",
    "https://ridge.example/village/pump?a=1&b=2&b=2",
    "https://ridge.example/village/Pump?a=1&b=2",
    "https://ridge.example/village%2Fpump?a=1&b=2",
    "https://news.ridge.example/village/pump?a=1&b=2",
    "https://ridge.example/village/pump/2?a=1&b=2",
]


@pytest.mark.parametrize("spelling", SAME)
def test_one_place_has_one_key_however_it_is_spelt(spelling):
    assert key(spelling) == key(ONE)


def test_two_places_have_two_keys():
    assert len({key(url) for url in [ONE, *OTHERS]}) == 1 + len(OTHERS)


def test_names_of_other_scripts_are_one_with_their_ascii():
    assert tidy("https://bücher.example/größe") == "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe"
    assert key("https://bücher.example/größe") == key(tidy("https://bücher.example/größe"))
    assert host("https://www.bücher.example/") == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "url",
    [
        *["", "x", "//ridge.example/", "mailto:a@ridge.example", "http://", "http://ridge/"],
        *["http://0x7f.1/", "http://2130706433/", "http://169.254.169.254/", "http://[fe80::1]/"],
        *["http://[::ffff:10.0.0.1]/", "http://ridge.example:99999/", "http://ridge.example:22/"],
        *["http://a@ridge.example/", "http://ridge.example/ x", "http://printer.local/"],
    ],
)
def test_what_is_no_public_place_is_none(url):
    for told in (tidy, key, host):
        with pytest.raises(NoAddress):
            told(url)


@given(st.text(max_size=300) | st.text(max_size=300).map(lambda text: f"https://a.example/{text}"))
def test_whatever_is_typed_is_refused_or_kept_as_the_same_place(text):
    try:
        kept = tidy(text)
    except NoAddress:
        return
    assert kept.isascii()
    assert key(kept) == key(text)
    assert (tidy(kept), host(kept)) == (kept, host(text))
