"""What a printed article is made of; the caller has chosen, ordered and translated every word."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from articles.printing.blocks import Block, Inline

# A short text: plain, or inlines from `blocks.inline()`.
Words = str | Sequence[Inline]


@dataclass(frozen=True)
class Run:
    """A piece of one line; with a `url` (http, https, mailto or tel) it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A line of the margin, such as "Region: Asia"; the label carries no colon."""

    label: str
    runs: Sequence[Run]


@dataclass(frozen=True)
class Notice:
    """A correction that readers must see before the article: label, date as printed, text."""

    label: str
    date: str
    text: Words


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image file (JPEG, PNG, WebP … whatever Pillow reads) and the words under it."""

    data: bytes
    alt: str
    caption: Words = ""
    credit: Words = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One of the texts that follow the article: about the author, disclaimer, copyright line …

    `plain` is the voice of the article, `italic` a remark by the newsroom, `small` legal text.
    """

    blocks: Sequence[Block]
    label: str = ""
    style: Literal["plain", "small", "italic"] = "plain"


@dataclass(frozen=True, kw_only=True)
class Foot:
    """What stands at the foot of every page, since pages come apart.

    `page` is cut where the two numbers go: `("Page ", " of ", "")`.
    """

    source: str
    url: str
    page: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What the file says of itself to machines (document information and XMP)."""

    authors: Sequence[str]
    copyright: str
    date: datetime.date | datetime.datetime
    keywords: Sequence[str] = ()
    terms_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """An article for paper. Everything printed is a field; empty fields leave no trace.

    `language` is a BCP 47 tag and decides hyphenation; `url` is the article's canonical address,
    absolute: relative links are resolved against it and the headline leads to it.
    """

    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    url: str
    masthead: str
    foot: Foot
    metadata: Metadata
    standfirst: Words = ""
    byline: Sequence[Run] = ()
    dateline: str = ""
    facts: Sequence[Fact] = ()
    corrections: Sequence[Notice] = ()
    image: Picture | None = None
    body: Sequence[Block] = ()
    gallery: Sequence[Picture] = ()
    notes_heading: str = ""
    closing: Sequence[Section] = ()
