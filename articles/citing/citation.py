"""What a reference says of an article; whatever is shown of it, in any format, is one line."""

from dataclasses import dataclass
from datetime import date

from articles.lines import line


@dataclass(frozen=True)
class Name:
    """Who made something: a person, or a collective, whose name is never taken apart."""

    text: str
    is_collective: bool = False


@dataclass(frozen=True)
class Origin:
    """Where a text first ran, as far as anybody noted it."""

    publication: str
    published_on: date | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Citation:
    """The facts of a reference to a newspaper article.

    ``container`` is the publication in which it is cited, ``url`` its lasting address there and
    ``accessed`` the day on which it was read. ``origin`` is where a text from elsewhere first ran.
    The ``headline`` of a retracted text says so; ``named_by`` is the headline without that.
    """

    headline: str
    container: str
    url: str
    language: str = "en"
    issued: date | None = None
    accessed: date | None = None
    authors: tuple[Name, ...] = ()
    reporters: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    standfirst: str = ""
    rights: str = ""
    origin: Origin | None = None
    named_by: str = ""

    @property
    def origin_note(self) -> str:
        """Where the text first ran, as a note for programs that have no field for it."""
        if self.origin is None:
            return ""
        day = self.origin.published_on.isoformat() if self.origin.published_on else ""
        said = ", ".join(part for part in (self.origin.publication, day) if part)
        address = f" ({self.origin.url})" if self.origin.url else ""
        return line(f"First published by {said}{address}")
