"""What the page of a copy shows: the text in one format, the others, what binds it, its looks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from articles.models import Article
from licensing.answers import Answer, answer
from licensing.republishing.copy import Copy, Format
from licensing.republishing.rendering import render
from licensing.rights.decide import Decision
from licensing.rights.vocabulary import Use

# As many lines as fit on a screen.
HIGH = 26
# Where the copy stands in the page that shows how it looks.
HERE = "[[copy]]"
# Format → its name, and what it is for; the likeliest first.
FORMATS: dict[Format, tuple[str, str]] = {
    Format.HTML: (
        gettext_lazy("HTML"),
        gettext_lazy("For any website: paste it into the source view of your editor."),
    ),
    Format.WORDPRESS: (
        gettext_lazy("WordPress"),
        gettext_lazy("Blocks: paste them into the code editor of a post."),
    ),
    Format.MARKDOWN: (
        gettext_lazy("Markdown"),
        gettext_lazy("For static sites, forums and notes."),
    ),
    Format.TEXT: (
        gettext_lazy("Plain text"),
        gettext_lazy("For newsletters, mailing lists and chats."),
    ),
    Format.PRINT: (
        gettext_lazy("For print"),
        gettext_lazy("For layout: without links, the credit as paper needs it."),
    ),
    Format.NINJS: (
        gettext_lazy("ninjs"),
        gettext_lazy("For newsroom systems, by the standard of the IPTC."),
    ),
}
# What a use is most likely taken in; HTML where nothing is said.
LIKELY = {Use.PRINT: Format.PRINT, Use.BROADCAST: Format.TEXT}
# The name of a copy as a file, in addresses → its format.
FILES = {f"copy.{one.file.extension}": one for one in FORMATS}


class Tab(NamedTuple):
    """A format to choose."""

    label: str
    address: str
    is_here: bool


class Places(NamedTuple):
    """Where the parts of a copy are: its page and its file in a format, and how it looks."""

    page: Callable[[Format], str]
    file: Callable[[str], str]
    preview: str


@dataclass(frozen=True)
class CopyPage:
    """A copy in one format, with the way to the others."""

    kit: Copy
    answer: Answer
    format: Format
    text: str
    tabs: list[Tab]
    download: str
    preview: str

    @property
    def name(self) -> str:
        return FORMATS[self.format][0]

    @property
    def purpose(self) -> str:
        return FORMATS[self.format][1]

    @property
    def is_code(self) -> bool:
        """Whether it is written for machines, from left to right."""
        return self.format in (Format.HTML, Format.WORDPRESS, Format.NINJS)

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as it will look, so that it can be copied as such."""
        return self.format is Format.HTML

    @property
    def rows(self) -> int:
        return min(HIGH, 2 + self.text.count("\n"))


def copy_page(kit: Copy, decision: Decision, *, wanted: str, places: Places) -> CopyPage:
    """``kit`` in the format that is ``wanted``, in the likeliest where there is no such."""
    likely = LIKELY.get(decision.use, Format.HTML)
    shown = Format(wanted) if wanted in set(Format) else likely
    return CopyPage(
        kit,
        answer(decision),
        shown,
        render(kit, shown),
        [Tab(label, places.page(one), one is shown) for one, (label, _for) in FORMATS.items()],
        places.file(_file_name(shown)),
        places.preview,
    )


def _file_name(wanted: Format) -> str:
    return next(name for name, one in FILES.items() if one is wanted)


def download(kit: Copy, article: Article, wanted: Format) -> HttpResponse:
    """The copy as a file, which no browser opens as a page of ours."""
    response = HttpResponse(render(kit, wanted), content_type=wanted.file.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{article.slug}.{wanted.file.extension}"
    )
    return response


def looks(kit: Copy) -> HttpResponse:
    """How the copy looks on a plain page. No pixel is in it: nobody has published it yet."""
    page = render_to_string(
        "licensing/republish_preview.html",
        {"language": kit.language, "direction": kit.direction, "here": HERE},
    )
    html = render(replace(kit, pixel_url=""), Format.HTML)
    return HttpResponse(page.replace(HERE, html, 1))
