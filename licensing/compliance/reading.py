"""What there is to know of a foreign page: its blocks of words, pictures, and what it tells robots.

Pure. It is read in one pass, in linear time and without a tree, as ``attribution_pages`` does; what
a page may be made of without end (headings, pictures, scripts) is remembered up to a number.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from licensing.rights.attribution_pages import TOKEN, Reader, attributes, unescaped
from licensing.rights.attribution_words import one_line

# More tags or words than on any article with all its comments: nobody reads on.
MOST_TAGS, MOST_SIGNS = 60_000, 1_000_000
MOST = 500
LONGEST = 2_000
LONGEST_DATA = 200_000
MOST_DATA = 20
MOST_RUNS = 400
HEADINGS = frozenset(["h1", "h2", "h3"])
# The number of a note, set high; it stands at a word and is none.
MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§])[\])]?\s*")
LINE_ENDS = str.maketrans("\n\r\t\f\v", "     ")
# Where pictures that are loaded late have their address.
SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-srcset", "srcset")
NOTED = frozenset(["article:published_time", "og:title", "robots", "googlebot", "imprimatur"])
DATES = ("datePublished", "dateCreated")


class Picture(NamedTuple):
    """A picture that a page shows; ``address``: all under which it may be loaded."""

    address: str
    alt: str = ""


@dataclass(frozen=True)
class Page:
    """A page as it is held against what is owed."""

    title: str = ""
    headings: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    canonical: tuple[str, ...] = ()
    # What it tells all search engines, and Google's: “noindex”.
    robots: frozenset[str] = frozenset()
    # Where scripts and frames come from.
    scripts: tuple[str, ...] = ()
    metas: dict[str, str] = field(default_factory=dict)
    data: tuple[dict, ...] = ()
    # Whether it was read to its end.
    is_whole: bool = True

    @property
    def headlines(self) -> list[str]:
        """Whatever the page may call the text."""
        named = [self.metas.get("og:title", ""), self.title]
        said = [str(entry.get("headline", "")) for entry in self.data]
        lines = [*self.headings, *map(_line, [*named, *said])]
        return [line for line in lines if line]

    @property
    def published_at(self) -> datetime | None:
        """When the page says that it was published."""
        dates = [self.metas.get("article:published_time", "")]
        dates += [entry[name] for entry in self.data for name in DATES if name in entry]
        return next(filter(None, map(_moment, dates)), None)

    @property
    def is_behind_a_paywall(self) -> bool:
        """Whether the page says to machines that it is not free to read."""
        return any(
            str(entry.get("isAccessibleForFree", "")).lower().endswith("false")
            for entry in self.data
        )

    @property
    def word_count(self) -> int:
        return sum(len(block.split()) for block in self.blocks)


def read(html: str) -> Page:
    """What stands on the page ``html``."""
    reader = _PageReader(html)
    reader.run()
    said = "".join(reader.words).split("\n")
    robots = ",".join(reader.metas.get(name, "") for name in ("robots", "googlebot"))
    return Page(
        title=_line(reader.title),
        headings=tuple(filter(None, map(_line, reader.headings))),
        blocks=tuple(filter(None, (" ".join(block.split()) for block in said))),
        pictures=tuple(reader.pictures),
        canonical=tuple(reader.canonical),
        robots=frozenset(word.strip() for word in robots.lower().split(",") if word.strip()),
        scripts=tuple(reader.scripts),
        metas=reader.metas,
        data=tuple(_entries(reader.data)),
        is_whole=reader.is_whole,
    )


def _line(text: str) -> str:
    return one_line(text[:LONGEST])


def _moment(written: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written.strip())
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None


def _entries(written: list[str]):
    """The objects of JSON-LD that are about something, the graph of each taken apart."""
    for text in written:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        rows = found if isinstance(found, list) else [found]
        for row in rows[:MOST]:
            graph = row.get("@graph") if isinstance(row, dict) else None
            inner = graph[:MOST] if isinstance(graph, list) else [row]
            yield from (entry for entry in inner if isinstance(entry, dict))


class _PageReader(Reader):
    """One pass over a page; notes more than its words."""

    def __init__(self, source: str):
        super().__init__(source)
        self.tags = self.signs = 0
        self.title = ""
        self.headings: list[str] = []
        self.pictures: list[Picture] = []
        self.canonical: list[str] = []
        self.scripts: list[str] = []
        self.metas: dict[str, str] = {}
        self.data: list[str] = []
        # Where the heading and the note's mark that stand open began.
        self.heading_at: int | None = None
        self.mark_at: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.tags < MOST_TAGS and self.signs < MOST_SIGNS

    def run(self) -> None:
        """Reads on as long as it is the page of an article."""
        position = 0
        while self.is_whole and (token := TOKEN.search(self.source, position)):
            self.tags += 1
            self.text(self.source[position : token.start()])
            position = self.token(token)
        if self.is_whole:
            self.text(self.source[position:])

    def text(self, text: str) -> None:
        self.signs += 0 if self.hiding else len(text)
        super().text(text.translate(LINE_ENDS))

    def token(self, token: re.Match) -> int:
        name = (token["name"] or "").lower()
        after = super().token(token)
        if not name or not token[0].endswith(">"):
            return after
        if token["slash"]:
            self._closed(name)
        elif name == "title":
            self.title = self.title or unescaped(self.source[token.end() : after][:LONGEST])
        else:
            self._opened(name, token, after)
        return after

    def _opened(self, name: str, token: re.Match, after: int) -> None:
        if name in HEADINGS:
            self.heading_at = len(self.words)
        elif name == "sup":
            self.mark_at = len(self.words)
        elif name in ("script", "iframe"):
            self._script(attributes(token["attributes"]), token.end(), after)
        elif name in ("img", "source"):
            self._picture(attributes(token["attributes"]))
        elif name == "meta":
            self._meta(attributes(token["attributes"]))
        elif name == "link":
            self._link(attributes(token["attributes"]))

    def _closed(self, name: str) -> None:
        if name in HEADINGS and self.heading_at is not None:
            if len(self.headings) < MOST:
                said = self.words[self.heading_at : self.heading_at + MOST_RUNS]
                self.headings.append("".join(said))
            self.heading_at = None
        elif name == "sup" and self.mark_at is not None:
            if len(self.words) - self.mark_at < MOST_RUNS:
                said = "".join(self.words[self.mark_at :])
                if len(said) < LONGEST and MARK.fullmatch(said):
                    del self.words[self.mark_at :]
            self.mark_at = None

    def _script(self, said: dict[str, str], start: int, end: int) -> None:
        if said.get("type", "").strip().lower() == "application/ld+json":
            if len(self.data) < MOST_DATA and end - start <= LONGEST_DATA:
                self.data.append(self.source[start:end])
        elif (source := said.get("src", "")) and len(self.scripts) < MOST:
            self.scripts.append(source[:LONGEST])

    def _picture(self, said: dict[str, str]) -> None:
        address = " ".join(said[name] for name in SOURCES if said.get(name))[:LONGEST]
        if address and len(self.pictures) < MOST:
            self.pictures.append(Picture(address, _line(said.get("alt", ""))))

    def _meta(self, said: dict[str, str]) -> None:
        name = (said.get("name") or said.get("property") or "").strip().lower()
        if name in NOTED:
            more = (
                [self.metas[name]] if name in ("robots", "googlebot") and name in self.metas else []
            )
            if len(more) < MOST:
                self.metas[name] = ",".join([*more, said.get("content", "")])[:LONGEST]

    def _link(self, said: dict[str, str]) -> None:
        if "canonical" in said.get("rel", "").lower().split() and len(self.canonical) < MOST:
            self.canonical.append(said.get("href", "").strip()[:LONGEST])
