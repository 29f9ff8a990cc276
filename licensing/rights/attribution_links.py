"""Addresses as they are written and as they are compared: ASCII, of the web, or none at all."""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

from cms.richtext.links import TRACKERS

MAX_ADDRESS = 2_000
# Browsers drop these inside an address, so they must not split a scheme here either.
IGNORED = re.compile("[\t\n\r]")
WEB = re.compile(r"https?://", re.IGNORECASE)
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_.])?")
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Neither brackets nor quotes: they would end the address where it is written out in a sentence.
KEPT = "/%:@!$&*+,;=~-._?"
DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_HOST = 253


class Place(NamedTuple):
    """What two addresses of one page have in common."""

    host: str
    port: int | None
    path: tuple[bytes, ...]
    query: tuple[tuple[bytes, ...], ...]


def address(url: str) -> str:
    """``url`` as it may be written: http or https, ASCII, without names and passwords.

    Empty when it leads nowhere a reader may be sent.
    """
    url = IGNORED.sub("", url).strip()
    if len(url) > MAX_ADDRESS or not WEB.match(url):
        return ""
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname), parts.port
        if not host or "@" in parts.netloc:
            return ""
        path, query, fragment = (_quoted(part) for part in parts[2:])
    except ValueError:
        return ""
    written = f"{parts.scheme}://{host}{f':{port}' if port is not None else ''}{path}"
    return f"{written}{query and '?' + query}{fragment and '#' + fragment}"


def _host(name: str | None) -> str:
    """In ASCII and lower case; raises ValueError (UnicodeError is one) where it is no name."""
    if not name or len(name) > LONGEST_HOST:
        return ""
    if not name.isascii():
        name = name.encode("idna").decode()
    name = name.lower()
    if ":" in name:
        return f"[{_quoted(name)}]"
    return name if HOST.fullmatch(name) else ""


def _quoted(part: str) -> str:
    return quote(STRAY_PERCENT.sub("%25", part), safe=KEPT)


def place(url: str) -> Place | None:
    """The page that ``url`` leads to, whatever the spelling; None when it is not of the web.

    Without scheme, ``www.``, trackers, fragment, and with one spelling of escapes and slashes.
    """
    url = IGNORED.sub("", url).strip()
    if url.startswith("//"):
        url = f"https:{url}"
    written = address(url)
    if not written:
        return None
    parts = urlsplit(written)
    port = None if parts.port == DEFAULT_PORTS[parts.scheme] else parts.port
    host = parts.hostname.rstrip(".").removeprefix("www.")
    path = tuple(unquote_to_bytes(step) for step in parts.path.split("/") if step)
    if host == "creativecommons.org" and path and path[-1].startswith((b"deed", b"legalcode")):
        path = path[:-1]
    pairs = [pair.partition("=") for pair in parts.query.split("&") if pair]
    query = tuple(
        tuple(unquote_to_bytes(side.replace("+", " ")) for side in (name, value))
        for name, _, value in pairs
        if not TRACKERS.fullmatch(name)
    )
    return Place(host, port, path, query)


def spellings(host: str) -> tuple[str, ...]:
    """``host`` in ASCII and as its owner spells it, in lower case."""
    try:
        return tuple({host, host.encode().decode("idna").lower()})
    except UnicodeError:
        return (host,)
