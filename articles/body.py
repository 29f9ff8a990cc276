"""The article's body on top of rich text: stored with real footnotes, shown with links to them."""

import html as entities
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.anchored_notes import tie_notes
from articles.footnotes import MARK, recognise_footnotes
from cms.richtext import cleaning, tree
from cms.richtext.vocabulary import BODY, FOOTNOTE_CLASS

FOOTNOTE = re.compile(rf'<span class="{FOOTNOTE_CLASS}">((?:[^<]|<(?!/?span))*)</span>')


@dataclass(frozen=True)
class Note:
    """A footnote as the page prints it, below the text, under ``id``."""

    number: int
    html: str
    id: str
    backlink: str


@dataclass(frozen=True)
class RenderedBody:
    """The text with links to its notes, and the notes in their order."""

    html: str
    notes: list[Note]


def clean(html: str) -> str:
    """Return ``html`` as an article stores it: cleaned, its footnotes made real ones.

    Notes to which their marks are links come first: see ``anchored_notes``. Then typed ones: marks
    such as ``word[1]`` and a list of notes which begin with the same marks become
    ``<span class="footnote">`` where the mark stood; the list and its heading go. This happens
    only when every note has exactly one mark and every mark its note; else nothing changes.
    Cleaning twice is cleaning once. Raises TextTooLarge or TextTooDeep, which are ValueErrors.
    """
    root = cleaning.read(html)
    tie_notes(root)
    cleaned = cleaning.written(root, BODY)
    if not MARK.search(cleaned):
        return cleaned
    root = tree.parse(cleaned)
    return cleaning.written(root, BODY) if recognise_footnotes(root) else cleaned


def render(html: str, prefix: str = "", page: str = "") -> RenderedBody:
    """Return the body for a page: each footnote a numbered link, its text among ``notes``.

    The HTML has passed the sanitiser and holds nothing else but these links. ``prefix`` keeps
    the ids apart when several articles share a page. The template prints each note with
    ``id="{{ note.id }}" role="doc-endnote"`` and a link to ``#{{ note.backlink }}``.

    With ``page``, the address of the article's page, the marks lead to the notes there and carry
    no id: for a text that is read somewhere else, as in a feed.
    """
    notes = []

    def mark(footnote):
        number = len(notes) + 1
        note = Note(number, footnote[1], f"{prefix}note-{number}", f"{prefix}noteref-{number}")
        notes.append(note)
        label = entities.escape(_("Note %(number)s") % {"number": number})
        if page:
            href = entities.escape(f"{page}#{note.id}")
            return f'<sup><a href="{href}" aria-label="{label}">[{number}]</a></sup>'
        return (
            f'<sup class="noteref"><a href="#{note.id}" id="{note.backlink}"'
            f' role="doc-noteref" aria-label="{label}">[{number}]</a></sup>'
        )

    prefix = re.sub(r"[^\w-]", "", prefix)
    return RenderedBody(FOOTNOTE.sub(mark, cleaning.sanitise(html, BODY)), notes)
