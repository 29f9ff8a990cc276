"""A page of an outlet, read as a guest: where we are welcome, by our own name, and within bounds.

What is fetched, how much and from where is bounded by ``cms.fetching``; here robots.txt is asked
first, of each host that a redirect leads to, and what came is unpacked and decoded.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic
from urllib.parse import urlsplit

from cms.fetching import GUARD, Answer, Guard, NotFetched, fetch
from licensing.compliance import robots
from licensing.compliance.failures import Failure
from licensing.compliance.unpacking import NotReadable, TooMuch, decoded, unpacked
from licensing.rights.attribution_words import one_line

BYTES = 5 * 1024 * 1024
# What is read with a page counts, too.
HEADERS = 64 * 1024
SECONDS = 20
SECONDS_FOR_ROBOTS = 8
PAGES = frozenset(["text/html", "application/xhtml+xml"])
NOT_ADMITTED = frozenset([401, 402, 403, 407, 429, 451])


@dataclass(frozen=True)
class Fetched:
    """What came of a look. ``failure`` is empty where ``html`` is a page."""

    failure: str = ""
    status: int | None = None
    # At the end of the redirects.
    address: str = ""
    media_type: str = ""
    html: str = ""
    sha256: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def page(url: str, *, guard: Guard = GUARD, seconds: float = SECONDS) -> Fetched:
    """The page at ``url``, or why there is none. Never raises for what others do."""
    guest = _Guest(guard, monotonic() + seconds)
    try:
        answer = fetch(url, most=BYTES, seconds=seconds, guard=guard, is_welcome=guest.is_welcome)
    except NotFetched as failure:
        return Fetched(Failure(failure.why.value))
    return _read(answer)


class _Guest:
    """Somebody who asks each site once whether robots may come in."""

    def __init__(self, guard: Guard, end: float):
        self.guard, self.end = guard, end
        self.known: dict[str, str | None] = {}

    def is_welcome(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            # No address: nobody goes there.
            return True
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.known:
            self.known[site] = self._rules(f"{site}/robots.txt")
        told = self.known[site]
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return told is not None and robots.may_read(told, path)

    def _rules(self, url: str) -> str | None:
        """The file; empty where there is none; nothing where the site is in trouble."""
        seconds = max(0.0, min(SECONDS_FOR_ROBOTS, self.end - monotonic()))
        answer = fetch(url, most=robots.BYTES, seconds=seconds, guard=self.guard)
        if answer.status >= 500 or answer.status == 429:
            return None
        if answer.status != 200:
            return ""
        try:
            body = unpacked(
                answer.body, answer.headers.get("content-encoding", ""), most=robots.BYTES
            )
        except (NotReadable, TooMuch):
            return ""
        return decoded(body, answer.headers.get("content-type", ""))


def _read(answer: Answer) -> Fetched:
    said = answer.headers.get("content-type", "")
    media_type = one_line(said.partition(";")[0].lower())[:100]
    known = {
        "status": answer.status,
        "address": answer.address,
        "media_type": media_type,
        "sha256": sha256(answer.body).hexdigest(),
        "headers": answer.headers,
    }
    if failure := _failure(answer, media_type):
        return Fetched(failure, **known)
    try:
        body = unpacked(answer.body, answer.headers.get("content-encoding", ""), most=BYTES)
    except NotReadable:
        return Fetched(Failure.UNREADABLE, **known)
    except TooMuch:
        return Fetched(Failure.TOO_LARGE, **known)
    return Fetched(html=decoded(body, said), **known)


def _failure(answer: Answer, media_type: str) -> str:
    status = answer.status
    if status in (404, 410):
        return Failure.NOT_FOUND if status == 404 else Failure.GONE
    if status in NOT_ADMITTED:
        return Failure.NOT_ADMITTED
    if status >= 500:
        return Failure.SERVER_ERROR
    if status != 200:
        return Failure.ODD_ANSWER
    # A page that names no kind may be one.
    if media_type and media_type not in PAGES:
        return Failure.NOT_HTML
    if answer.is_whole:
        return ""
    # What was cut off by us; else by them, in the middle of a page that nobody can judge.
    return Failure.TOO_LARGE if len(answer.body) > BYTES - HEADERS else Failure.NO_ANSWER
