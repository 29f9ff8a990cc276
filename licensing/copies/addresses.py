"""One copy, one address: how what is typed, posted or pinged becomes the address that is kept.

Pure. ``tidy`` is what is fetched and shown: as it was told, without what no server is told anyway.
``key`` is for telling two copies apart: http and https, "www." or none, the order of what follows
the question mark, the marks of those who count clicks and a slash at the end make no other copy.
"""

import re
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

from cms.public_addresses import LOOKS_LIKE_A_NUMBER, NotPublic, is_public, plain_host

LONGEST = 500
# Longer ones are not even taken apart.
MOST = 2000
PORTS = {"http": 80, "https": 443}
# What those who count clicks hang on an address; what stands there is the same with and without.
COUNTING = re.compile(
    r"(?:utm_\w+|pk_\w+|mtm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igsh(?:id)?|twclid"
    r"|_ga|_gl|ref_src|at_medium|at_campaign|wt_mc|cmpid)",
    re.IGNORECASE,
)
FRONT = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
# Signs of a step of a path that say the same as they are and percent-encoded.
SIGNS = "!$&'()*+,;=:@~-._"


class NoAddress(ValueError):
    """Nothing that a copy can stand at: no address of a page on the open net."""


def tidy(url: str) -> str:
    """``url`` as it is kept and asked for. Raises NoAddress.

    Only http and https on their usual ports, and only hosts on the open net; no name, no password.
    """
    parts, host = _taken_apart(url)
    path = quote(parts.path or "/", safe=SIGNS + "/%")
    query = quote(parts.query, safe=SIGNS + "/%?[]")
    found = urlunsplit((parts.scheme.lower(), _bracketed(host), path, query, ""))
    if len(found) > LONGEST:
        raise NoAddress(url)
    return found


def host(url: str) -> str:
    """The host by which copies are counted: in lower case, without “www.”. Raises NoAddress."""
    _parts, found = _taken_apart(url)
    return _bare(found)


def is_at(url: str, name: str) -> bool:
    """Whether ``url`` is on the host of that name; what is no address is for others to say."""
    try:
        return host(url) == name
    except NoAddress:
        return True


def key(url: str) -> str:
    """SHA-256, in 64 digits, of what makes this address another one than others. NoAddress."""
    parts, host = _taken_apart(url)
    path = FRONT.sub("/", _plain_path(parts.path)).rstrip("/")
    asked = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    told = sorted(pair for pair in asked if not COUNTING.fullmatch(pair[0]))
    said = f"{_bare(host)}{path or '/'}?{urlencode(told, errors='surrogateescape')}"
    return sha256(said.encode()).hexdigest()


def _taken_apart(url: str):
    url = url.strip()
    try:
        parts = urlsplit(url)
        is_usual = parts.port in (None, PORTS.get(parts.scheme))
        is_plain = len(url) <= MOST and url.isprintable() and not set(url) & set(' \\"<>')
        if parts.scheme not in PORTS or parts.username is not None or not is_usual or not is_plain:
            raise NoAddress(url)
        host = plain_host(parts.hostname or "")
        if (":" in host or LOOKS_LIKE_A_NUMBER.fullmatch(host)) and not is_public(host):
            raise NoAddress(url)
        return parts, host
    except (NotPublic, ValueError) as fault:
        raise NoAddress(url) from fault


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _bare(host: str) -> str:
    return host.removeprefix("www.") if host.count(".") > 1 else host


def _plain_path(path: str) -> str:
    """Without steps on the spot and back, and each sign written in the one way."""
    kept: list[str] = []
    for step in path.split("/")[1:]:
        plain = quote(unquote_to_bytes(step), safe=SIGNS)
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(plain)
    return "/" + "/".join(kept)
