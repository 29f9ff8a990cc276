"""A reader who follows every link of a site that is served, and keeps what was answered."""

import urllib.error
import urllib.request
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path

# So many pages of one kind are looked at: of plain ones in the site's own language; of others.
MANY = 30
ENOUGH = 1
# What a form that was fetched first would have brought back.
TOKEN = "a" * 32
# The last is named for programs that send something there.
NOT_FOLLOWED = ("/admin/", "/static/", "/webmention/")


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like another."""

    def redirect_request(self, *arguments, **named):
        return None


OPENER = urllib.request.build_opener(NoRedirects)


@dataclass
class Answer:
    """What an address gave: status, media type, body, and where it leads."""

    status: int
    media_type: str
    body: bytes
    location: str = ""
    found_on: str = ""

    @property
    def is_page(self) -> bool:
        return self.media_type == "text/html"

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")


@dataclass
class Crawl:
    """``Crawl(url).follow(["/", …])``: every address reached, and dead marks within pages."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    dead_marks: list[str] = field(default_factory=list)
    seen: Counter = field(default_factory=Counter)

    def follow(self, starts: list[str]) -> "Crawl":
        waiting = deque((start, "") for start in starts)
        known = set(starts)
        while waiting:
            path, found_on = waiting.popleft()
            if not self._wanted(path):
                continue
            answer = self.answers[path] = self.fetch(path, found_on=found_on)
            for link in self._links(path, answer):
                if link not in known:
                    known.add(link)
                    waiting.append((link, path))
        return self

    def fetch(self, path: str, *, typed: dict | None = None, found_on: str = "") -> Answer:
        """One address of the site, asked once; with ``typed``: a form, sent there."""
        address = self.url + quote(path, safe="/?&=%~:+,;@!$'()*")
        asked = urllib.request.Request(address)
        if typed is not None:
            asked.add_header("Cookie", f"csrftoken={TOKEN}")
            asked.data = urlencode(typed | {"csrfmiddlewaretoken": TOKEN}, doseq=True).encode()
        try:
            with OPENER.open(asked, timeout=60) as got:
                return self._answer(got, found_on)
        except urllib.error.HTTPError as got:
            return self._answer(got, found_on)

    def _answer(self, got, found_on: str) -> Answer:
        media_type = got.headers.get_content_type()
        return Answer(got.status, media_type, got.read(), got.headers.get("Location", ""), found_on)

    def _wanted(self, path: str) -> bool:
        """Whether there is something to learn from one more page of this kind."""
        plain, _question, query = path.partition("?")
        language = get_language_from_path(plain) or ""
        try:
            match = resolve(unquote(plain.removeprefix(f"/{language}") if language else plain))
        except Resolver404:
            return True
        asked = tuple(sorted({name for name, _value in parse_qsl(query)}))
        kind = (match.view_name, language, asked, _ending(plain))
        self.seen[kind] += 1
        is_own_page = not language and not query and _ending(plain) == ""
        return self.seen[kind] <= (MANY if is_own_page else ENOUGH)

    def _links(self, path: str, answer: Answer) -> list[str]:
        if answer.location:
            return self._ours(path, [answer.location])
        if not answer.is_page or answer.status != 200:
            return []
        page = answer.soup
        ids = {element["id"] for element in page.find_all(id=True)}
        found = []
        for element in page.find_all(["a", "link", "img", "script", "source", "form"]):
            for name in ("href", "src", "action"):
                if address := element.get(name):
                    if address.startswith("#") and unquote(address[1:]) not in {*ids, ""}:
                        self.dead_marks.append(f"{path}: {address}")
                    if not (name == "action" and element.get("method", "get").lower() == "post"):
                        found.append(address)
        return self._ours(path, found)

    def _ours(self, path: str, addresses: list[str]) -> list[str]:
        ours = []
        for address in addresses:
            whole = urlsplit(urljoin(self.url + path, urldefrag(address).url))
            here = f"{whole.scheme}://{whole.netloc}" == self.url
            if here and not whole.path.startswith(NOT_FOLLOWED):
                ours.append(unquote(whole.path) + (f"?{whole.query}" if whole.query else ""))
        return ours


def _ending(path: str) -> str:
    last = path.rpartition("/")[2]
    return last.rpartition(".")[2] if "." in last else last and "file"
