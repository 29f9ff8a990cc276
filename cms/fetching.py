"""The one way in which the site reads what stands on another one: bounded, and never sent inwards.

http and https on their usual ports; every host is looked up once, all it stands for has to be
public, and the connection goes to what was looked up. A redirect is a new address and is held to
the same. No proxy of the environment, no cookie, no credential; certificates are verified; the
whole takes no longer than it is given, and no more is read than was asked for, headers included.
"""

import http.client
import io
import socket
import ssl
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Thread
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from cms.outgoing import hung_up_after, user_agent
from cms.public_addresses import NotPublic, UnknownHost, addresses_of, is_public, plain_host

SECONDS = 10
BYTES = 64 * 1024
REDIRECTS = 5
LONGEST = 2_000
PORTS = {"http": 80, "https": 443}
REDIRECTING = frozenset([301, 302, 303, 307, 308])
FOR_GOOD = frozenset([301, 308])
# Headers of which each has something to say; of all others the first counts.
REPEATED = frozenset(["x-robots-tag"])
# What stands as it is in the address that goes over the line; all else is percent-encoded.
SIGNS = "%/:?#[]@!$&'()*+,;=~"


class Why(StrEnum):
    """Kinds of failure; no more is said, lest an answer tell of what is behind our door."""

    NO_ADDRESS = "no_address"
    NOT_PUBLIC = "not_public"
    UNKNOWN_HOST = "unknown_host"
    TIME_IS_UP = "time_is_up"
    UNTRUSTED = "untrusted"
    NO_ANSWER = "no_answer"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_WELCOME = "not_welcome"


class NotFetched(Exception):
    """There was no answer, or none that may be asked for; ``why`` is the kind."""

    def __init__(self, why: Why):
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Guard:
    """Where a fetch may go. Only tests, which have a server of their own, know another one."""

    ports: frozenset[int] = frozenset(PORTS.values())
    is_allowed: Callable[[str], bool] = is_public
    look_up: Callable = socket.getaddrinfo


@dataclass(frozen=True)
class Answer:
    """What was found at the end of the redirects; ``moved_to`` where all of them are for good."""

    status: int
    address: str
    moved_to: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_whole: bool = True


@dataclass(frozen=True)
class Place:
    """An address taken apart: ``host`` and ``path`` as they go over the line."""

    scheme: str
    host: str
    port: int
    path: str


GUARD = Guard()


def look(url: str, *, seconds: float = SECONDS, guard: Guard = GUARD) -> Answer:
    """Whether ``url`` answers: asked for the head alone, and in full where that is not understood.

    Raises NotFetched.
    """
    end = monotonic() + seconds
    try:
        answer = fetch(url, method="HEAD", seconds=seconds / 2, guard=guard)
        if answer.status < 400:
            return answer
    except NotFetched as failure:
        if failure.why not in {Why.NO_ANSWER, Why.TIME_IS_UP, Why.TOO_MANY_REDIRECTS}:
            raise
    return fetch(url, most=4096, seconds=end - monotonic(), guard=guard)


def fetch(
    url: str,
    *,
    method: str = "GET",
    most: int = BYTES,
    seconds: float = SECONDS,
    guard: Guard = GUARD,
    is_welcome: Callable[[str], bool] = lambda url: True,
) -> Answer:
    """The answer of ``url`` with up to ``most`` bytes of what it says. Raises NotFetched.

    ``is_welcome`` is asked of each address before it is visited, also where a redirect leads.
    """
    end = monotonic() + seconds
    moved_to, is_for_good = "", True
    for _redirect in range(REDIRECTS + 1):
        if not is_welcome(url):
            raise NotFetched(Why.NOT_WELCOME)
        answer = _asked_once(url, method, most, end, guard)
        target = answer.headers.get("location")
        if answer.status not in REDIRECTING or not target:
            return Answer(
                answer.status, url, moved_to, answer.headers, answer.body, answer.is_whole
            )
        is_for_good = is_for_good and answer.status in FOR_GOOD
        try:
            url = urljoin(url, target.strip())
        except ValueError as fault:
            raise NotFetched(Why.NO_ADDRESS) from fault
        moved_to = url if is_for_good else moved_to
    raise NotFetched(Why.TOO_MANY_REDIRECTS)


def place(url: str, *, ports: frozenset[int] = GUARD.ports) -> Place:
    """``url`` taken apart. Raises NotFetched where it is none that may be asked."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        has_credentials = parts.username is not None or parts.password is not None
    except ValueError as fault:
        raise NotFetched(Why.NO_ADDRESS) from fault
    is_plain = url.isprintable() and not set(url) & set(' \\"<>') and len(url) <= LONGEST
    if parts.scheme not in PORTS or not parts.hostname or has_credentials or not is_plain:
        raise NotFetched(Why.NO_ADDRESS)
    if port not in ports:
        raise NotFetched(Why.NOT_PUBLIC)
    try:
        host = plain_host(parts.hostname)
        path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=SIGNS)
    except NotPublic as refusal:
        raise NotFetched(Why.NOT_PUBLIC) from refusal
    except UnicodeError as fault:
        raise NotFetched(Why.NO_ADDRESS) from fault
    return Place(parts.scheme, host, port, path)


def _asked_once(url: str, method: str, most: int, end: float, guard: Guard) -> Answer:
    asked = place(url, ports=guard.ports)
    addresses = _looked_up(asked, end, guard)
    try:
        with closing(_connected(addresses, asked.port, end)) as line:
            if asked.scheme == "https":
                context = ssl.create_default_context()
                line = context.wrap_socket(
                    line, server_hostname=asked.host, do_handshake_on_connect=False
                )
            with closing(line), hung_up_after(_left(end), line):
                if asked.scheme == "https":
                    line.do_handshake()
                return _spoken(line, asked, method, most)
    except ssl.SSLCertVerificationError as failure:
        raise NotFetched(Why.UNTRUSTED) from failure
    except TimeoutError as failure:
        raise NotFetched(Why.TIME_IS_UP) from failure
    except (OSError, http.client.HTTPException, ValueError) as failure:
        raise NotFetched(Why.NO_ANSWER) from failure


def _left(end: float) -> float:
    left = end - monotonic()
    if left <= 0:
        raise NotFetched(Why.TIME_IS_UP)
    return left


def _looked_up(asked: Place, end: float, guard: Guard) -> list[str]:
    """The addresses of a host. Whom the machine asks for names may be slow: it is not waited for
    any longer than there is time.
    """
    found: list = []

    def look_up():
        try:
            found.append(
                addresses_of(
                    asked.host, asked.port, look_up=guard.look_up, is_allowed=guard.is_allowed
                )
            )
        except (NotPublic, OSError, UnknownHost, ValueError) as refusal:
            found.append(refusal)

    thread = Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(end))
    match found:
        case [NotPublic()]:
            raise NotFetched(Why.NOT_PUBLIC)
        case [UnknownHost()]:
            raise NotFetched(Why.UNKNOWN_HOST)
        case [OSError() | ValueError()]:
            raise NotFetched(Why.NO_ANSWER)
        case [list() as addresses]:
            return addresses
    raise NotFetched(Why.TIME_IS_UP)


def _connected(addresses: list[str], port: int, end: float) -> socket.socket:
    """A line to the first of these addresses that takes it; they are numbers, not looked up."""
    for tried, address in enumerate(addresses):
        left = _left(end) / (len(addresses) - tried)
        try:
            return socket.create_connection((address, port), timeout=left)
        except OSError as failure:
            last = failure
    raise last


class _Metered(io.RawIOBase):
    """What comes over a line, up to so many bytes; then it is as if the other had hung up."""

    def __init__(self, line: socket.socket, most: int):
        self.line, self.left = line, most

    def readable(self):
        return True

    def readinto(self, buffer):
        said = self.line.recv(min(len(buffer), self.left)) if self.left else b""
        self.left -= len(said)
        buffer[: len(said)] = said
        return len(said)


class _Line:
    """A line as ``http.client`` takes it: it is spoken to once."""

    def __init__(self, line: socket.socket, heard: _Metered):
        self.sendall, self.heard = line.sendall, heard

    def makefile(self, *args):
        return io.BufferedReader(self.heard)

    def close(self):
        """Whoever has connected hangs up."""


def _spoken(line: socket.socket, asked: Place, method: str, most: int) -> Answer:
    # Its own way of connecting is never used: it would look the name up again.
    connection = http.client.HTTPConnection(asked.host, asked.port)
    connection.auto_open = 0
    connection.default_port = PORTS[asked.scheme]
    heard = _Metered(line, max(most, BYTES))
    connection.sock = _Line(line, heard)
    headers = {"User-Agent": user_agent(), "Accept": "*/*", "Connection": "close"}
    connection.request(method, asked.path, headers=headers)
    with connection.getresponse() as response:
        try:
            body = response.read(most)
            is_whole = len(body) < most and not response.length and heard.left > 0
        except http.client.IncompleteRead as part:
            body, is_whole = part.partial, False
        found: dict[str, str] = {}
        for name, value in response.headers.items():
            name = name.lower()
            is_more = name in REPEATED and name in found
            found[name] = f"{found[name]}, {value}" if is_more else found.get(name, value)
        return Answer(response.status, "", "", found, body, is_whole)
