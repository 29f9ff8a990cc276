"""However an address of one's own net is written, it is not visited."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.public_addresses import NotPublic, UnknownHost, addresses_of, is_public, plain_host

PRIVATE = [
    *["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254"],  # noqa: S104
    *["169.254.169.254", "172.16.0.1", "192.0.0.8"],
    *["192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9"],
    *["224.0.0.1", "239.255.255.250"],
    *["240.0.0.1", "255.255.255.255"],
    *["::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "::127.0.0.1"],
    *["64:ff9b::127.0.0.1"],
    *[
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001::1",
        "2001:db8::1",
    ],
    *["3fff::1"],
    *["100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0"],
    *["fec0::1", "ff02::1", "5f00::1"],
]
PUBLIC = [
    *["1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.32.0.1"],
    *["2606:4700::1111"],
    *["::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_nobodys_to_visit_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_everybody_may_visit_is_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_within_an_address_counts_as_itself(address):
    number = int(address)
    wrapped = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x64FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
    ]
    assert {is_public(one) for one in wrapped} == {is_public(address)}
    assert not is_public(address) or address.is_global


@given(st.text(max_size=40))
def test_any_host_is_plain_or_refused(host):
    try:
        plain = plain_host(host)
    except NotPublic:
        return
    assert plain.isascii()
    assert plain_host(plain) == plain


@pytest.mark.parametrize(
    "host",
    [
        *["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.1.", "0x", "1.2.3"],
        *["fe80::1%eth0", "fe80::1%25eth0", "::1::", "a b", "a..b", "", ".", "-a.example", "a/b"],
        *["a" * 64 + ".example", ".".join(["a" * 60] * 5), "a@b", "1.2.3.4.5", "256.1.1.1"],
        *["localhost", "localhost.", "LOCALHOST", "a.localhost", "db", "x.internal"],
    ],
)
def test_a_host_in_an_odd_writing_is_refused(host):
    with pytest.raises(NotPublic):
        plain_host(host)


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("Example.ORG", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("example.org.", "example.org"),
        ("①②⑦.⓪.⓪.①", "127.0.0.1"),
        ("2606:4700:0::1", "2606:4700::1"),
    ],
)
def test_a_host_is_written_as_it_is_looked_up(host, plain):
    assert plain_host(host) == plain


def known_as(*addresses):
    def look_up(host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    return look_up


def test_one_private_address_among_others_is_enough():
    assert addresses_of("a.example", 80, look_up=known_as("1.1.1.1", "8.8.8.8")) == [
        "1.1.1.1",
        "8.8.8.8",
    ]
    with pytest.raises(NotPublic):
        addresses_of("a.example", 80, look_up=known_as("1.1.1.1", "10.0.0.1"))


def test_a_name_nobody_knows_is_told_from_one_that_nobody_could_look_up():
    def answers(number):
        def look_up(*args, **options):
            raise socket.gaierror(number, "…")

        return look_up

    with pytest.raises(UnknownHost):
        addresses_of("a.invalid", 80, look_up=answers(socket.EAI_NONAME))
    with pytest.raises(OSError):
        addresses_of("a.invalid", 80, look_up=answers(socket.EAI_AGAIN))
    with pytest.raises(UnknownHost):
        addresses_of("a.invalid", 80, look_up=known_as())
