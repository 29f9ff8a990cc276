"""What there is to say of a work where a copy of it stands: the facts, the forms, the parts.

Facts only; how they are worded and written is not known here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from licensing.rights.attribution_links import address, place
from licensing.rights.attribution_words import one_line, plain


class Form(StrEnum):
    """Where the line is to stand."""

    WEB_HTML = "web_html"
    MARKDOWN = "markdown"
    TEXT = "text"
    PRINT = "print"
    BROADCAST = "broadcast"


class Part(StrEnum):
    """What a line of attribution is made of, in the order in which what is missing is named."""

    SOURCE = "source"
    HOUSE = "house"
    AUTHOR = "author"
    TRANSLATOR = "translator"
    COPYRIGHT = "copyright"
    LINK = "link"
    FOLLOWED = "link_not_followed"
    ORIGINAL_LINK = "original_link"
    LICENCE = "licence"
    GRANT = "grant"
    CHANGES = "changes"
    PICTURES = "pictures"


EVERY_PART = frozenset(Part)
# What can be said aloud; the rest is for the eye.
SPOKEN = frozenset({Part.SOURCE, Part.HOUSE, Part.AUTHOR, Part.TRANSLATOR, Part.CHANGES})


@dataclass(frozen=True)
class Variant:
    """What the taker did to the text: translated it, edited it, both, or nothing."""

    translated_by: str = ""
    edited_by: str = ""
    changes: str = ""

    @property
    def is_translated(self) -> bool:
        return bool(one_line(self.translated_by))

    @property
    def is_edited(self) -> bool:
        return bool(one_line(self.edited_by) or self.clause)

    @property
    def clause(self) -> str:
        """What was changed, as a clause without a full stop."""
        return one_line(one_line(self.changes).rstrip("."))


AS_IS = Variant()


@dataclass(frozen=True)
class Author:
    """Somebody who signs, and where readers find more by them."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class PictureCredit:
    """What must stand beside a picture. ``label`` tells pictures apart: a caption or alt text."""

    label: str = ""
    credit_line: str = ""
    credit_url: str = ""
    copyright_notice: str = ""


@dataclass(frozen=True)
class Work:
    """A text as others may carry it. ``url`` is its address with us, the house.

    ``source`` is where it first ran, ``original_url`` its address there; both empty for a text of
    our own. ``language`` is the name of the language it is in, such as “English”; ``translators``
    are those of our version. What is empty is not said and not asked for.
    """

    headline: str
    url: str
    house: str
    authors: tuple[Author, ...] = ()
    source: str = ""
    source_url: str = ""
    original_url: str = ""
    holders: tuple[str, ...] = ()
    year: int | None = None
    licence: str = ""
    licence_url: str = ""
    published: date | None = None
    language: str = ""
    translators: tuple[str, ...] = ()
    pictures: tuple[PictureCredit, ...] = ()
    terms: str = ""
    grant: str = ""

    @property
    def first_outlet(self) -> str:
        """Who published it first."""
        return one_line(self.source) or one_line(self.house)

    @property
    def passed_on_by(self) -> str:
        """The house, where somebody else published it first."""
        house = one_line(self.house)
        return "" if plain(house) == plain(self.first_outlet) else house

    @property
    def first_address(self) -> str:
        """Its address where it first ran, where that is not ours."""
        first = address(self.original_url)
        return "" if place(first) == place(address(self.url)) else first

    @property
    def author_names(self) -> tuple[str, ...]:
        return names(author.name for author in self.authors)

    @property
    def copyright_notice(self) -> str:
        """``© Jane Doe, The Meridian Review, 2019``; empty where no holder is known."""
        holders = names(self.holders)
        if not holders:
            return ""
        year = (str(self.year),) if self.year else ()
        return f"© {', '.join(holders + year)}"


def names(said) -> tuple[str, ...]:
    """The names in which there is something to read, each once, in their order."""
    lines = (one_line(name) for name in said)
    return tuple(dict.fromkeys(line for line in lines if line))
