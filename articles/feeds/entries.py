"""What a feed says, as plain data: the same for every format; knows no row and no request."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from articles.syndication import ItemRights

RIGHT_TO_LEFT_MARK, LEFT_TO_RIGHT_MARK = "\u200f", "\u200e"
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@dataclass(frozen=True)
class Person:
    """Somebody with a part in a text; ``role`` is a byline's."""

    name: str
    url: str
    role: str


@dataclass(frozen=True)
class Photo:
    """A picture that may leave the house, with what must be said beside it."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    copyright_notice: str
    licence_url: str
    media_type: str = "image/jpeg"


@dataclass(frozen=True)
class Entry:
    """An article. ``html`` is its whole text, or ``""`` where that may not leave the house."""

    id: str
    url: str
    headline: str
    published: datetime
    updated: datetime
    language: str
    direction: str
    people: tuple[Person, ...]
    summary: str
    html: str
    categories: tuple[str, ...]
    rights: ItemRights
    photo: Photo | None = None

    @property
    def title(self) -> str:
        """The headline, marked where it would otherwise be read in the wrong direction."""
        return marked(self.headline, self.direction)

    @property
    def authors(self) -> list[Person]:
        return [person for person in self.people if person.role == "author"]

    @property
    def contributors(self) -> list[Person]:
        return [person for person in self.people if person.role != "author"]

    @property
    def rights_in_words(self) -> str:
        return said(self.rights)

    @property
    def licence(self) -> str:
        """The address of the licence, else of the terms."""
        return self.rights.licence_url or self.rights.terms_url

    @property
    def creative_commons(self) -> str:
        """The address of the licence where it is one of Creative Commons."""
        known = ("https://creativecommons.org/", "http://creativecommons.org/")
        return self.rights.licence_url if self.rights.licence_url.startswith(known) else ""


@dataclass(frozen=True)
class Gone:
    """An article that was here and was withdrawn; ``notice`` is what readers are told."""

    id: str
    at: datetime
    notice: str
    language: str


@dataclass(frozen=True)
class Feed:
    """A channel, and one page of its entries. Addresses are whole, or ``""`` for none."""

    id: str
    title: str
    description: str
    language: str
    publisher: str
    copyright: str
    page_url: str
    url: str
    first_url: str
    next_url: str
    hub_url: str
    icon_url: str
    feeds_url: str
    stylesheet: str
    # Three short texts for a person who has opened the feed in a browser.
    what_it_is: str
    page_label: str
    feeds_label: str
    updated: datetime
    entries: tuple[Entry, ...]
    gone: tuple[Gone, ...] = ()


def said(rights: ItemRights) -> str:
    """Whose it is, and what may be done with it, as one paragraph."""
    if not rights.notice:
        return rights.copyright_notice
    return f"{rights.copyright_notice.rstrip('. ')}. {rights.notice}"


def marked(line: str, direction: str) -> str:
    """``line`` with a mark in front where its first strong letter runs the other way."""
    for letter in line:
        if found := _DIRECTIONS.get(unicodedata.bidirectional(letter)):
            if found == direction:
                return line
            break
    else:
        if direction == "ltr":
            return line
    return (RIGHT_TO_LEFT_MARK if direction == "rtl" else LEFT_TO_RIGHT_MARK) + line
