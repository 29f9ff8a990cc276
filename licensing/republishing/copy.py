"""What goes along with a copy of an article, as values: every format is written from this alone.

Nothing is here that may not be handed over: what is left out is known by its name only.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from licensing.rights.attribution import AttributionRule, Form, PictureCredit, Work, picture_line
from licensing.rights.statement import Statement

# As articles.printing.blocks writes them.
Block = dict


class Format(StrEnum):
    """In what a copy is taken."""

    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    PRINT = "print"
    WORDPRESS = "wordpress"
    NINJS = "ninjs"

    @property
    def file(self) -> "File":
        return FILES[self]

    @property
    def form(self) -> Form:
        """The marks in which its credit is written."""
        return FORMS[self]


class File(NamedTuple):
    """How a copy is saved."""

    extension: str
    media_type: str


FILES = {
    Format.HTML: File("html", "text/html; charset=utf-8"),
    Format.MARKDOWN: File("md", "text/markdown; charset=utf-8"),
    Format.TEXT: File("txt", "text/plain; charset=utf-8"),
    Format.PRINT: File("print.txt", "text/plain; charset=utf-8"),
    Format.WORDPRESS: File("wordpress.html", "text/html; charset=utf-8"),
    Format.NINJS: File("ninjs.json", "application/json"),
}
FORMS = {
    Format.HTML: Form.WEB_HTML,
    Format.MARKDOWN: Form.MARKDOWN,
    Format.TEXT: Form.TEXT,
    Format.PRINT: Form.PRINT,
    Format.WORDPRESS: Form.WEB_HTML,
    Format.NINJS: Form.WEB_HTML,
}


@dataclass(frozen=True)
class Picture:
    """A picture that goes along, at an address of ours from which it is to be saved."""

    url: str
    credit: PictureCredit
    alt: str = ""
    caption: str = ""
    width: int = 0
    height: int = 0

    def line(self, form: Form) -> str:
        """Its credit, which says which picture it means where nobody sees it."""
        is_seen = self.caption or form not in (Form.TEXT, Form.PRINT)
        return picture_line(replace(self.credit, label="") if is_seen else self.credit, form)


class Lent(NamedTuple):
    """A picture that goes along until a day, the last on which it may stand there."""

    name: str
    last_day: date


@dataclass(frozen=True)
class Notice:
    """A correction, a retraction: what it is, of which day, what it says."""

    label: str
    date: str
    text: str
    stands_first: bool = True

    @property
    def lead(self) -> str:
        return ", ".join(filter(None, [self.label, self.date]))


@dataclass(frozen=True)
class Words:
    """The fixed words, in the language of the article."""

    note: str = "Note {number}"
    notes: str = "Notes"
    back: str = "Back to mark {number} in the text"
    not_for_readers: str = "For the desk, not for publication"


@dataclass(frozen=True)
class Copy:
    """An article as it is handed over. Addresses are absolute, texts are plain.

    ``key`` keeps what is named in this copy apart from every other copy on the same page.
    ``rule`` and ``work`` make the credit; what verifies a page against them passes every format.
    ``required`` is what rights holders want to have said word for word, ``asides`` is what the desk
    that takes it must know and readers are not to see. ``left_out`` are names of pictures, ``lent``
    those that have to be taken out some day.
    """

    key: str
    url: str
    headline: str
    language: str
    direction: str
    work: Work
    rule: AttributionRule
    statement: Statement
    body: tuple[Block, ...] = ()
    standfirst: str = ""
    byline: str = ""
    featured: Picture | None = None
    gallery: tuple[Picture, ...] = ()
    left_out: tuple[str, ...] = ()
    lent: tuple[Lent, ...] = ()
    notices: tuple[Notice, ...] = ()
    required: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    grant: str = ""
    pixel_url: str = ""
    credit_stands_first: bool = False
    outlet: str = ""
    words: Words = field(default_factory=Words)

    def credit(self, form: Form) -> str:
        """The lines that must stand; pictures are credited where they stand."""
        return self.rule.build(replace(self.work, pictures=()), form, outlet=self.outlet)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return (*([self.featured] if self.featured else []), *self.gallery)

    @property
    def first_notices(self) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.stands_first)

    @property
    def last_notices(self) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if not notice.stands_first)
