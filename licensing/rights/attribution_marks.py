"""Lines in the marks of each form: HTML, Markdown, plain text, print, speech.

Knows how names and links are written so that nothing in them acts, not what they mean.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from licensing.rights.attribution_links import address
from licensing.rights.attribution_words import is_from_the_right, one_line
from licensing.rights.attribution_works import Form

# What Markdown, in the dialects in use, takes for a mark wherever it stands in a line.
MARKS = re.compile(r"[\\`*_{}\[\]<>&|~^$@]|==|:(?=//)|(?<=www)\.", re.IGNORECASE)
# What it takes for a mark at the start of a line only.
OPENINGS = re.compile(r"(?:[-+=#:!]|[0-9]{1,9}(?=[.)]))")
ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{1,40};)")
# Where an address would not be spoken or must not be written twice.
WRITTEN_OUT = (Form.TEXT, Form.PRINT)


class Run(NamedTuple):
    """Some words of a line. A name is set apart from its neighbours; a link leads to ``url``."""

    text: str
    url: str = ""
    is_name: bool = True
    rel: str = ""


def name(text: str, url: str = "", rel: str = "") -> Run:
    """A name as a run; its address only where it is one of the web."""
    return Run(one_line(text), address(url), rel=rel)


def line(runs: Iterable[Run], form: Form, written: set[str] | None = None) -> str:
    """One line in the marks of ``form``.

    ``written``: the addresses already written out, of which plain text and print need each once.
    """
    written = set() if written is None else written
    if form == Form.WEB_HTML:
        return f'<p dir="auto">{"".join(_html(run) for run in runs)}</p>'
    if form == Form.MARKDOWN:
        return guarded(joined(_markdown(run) for run in runs))
    return "".join(_plain(run, form, written) for run in runs)


def page(lines: Iterable[str], form: Form) -> str:
    """Lines under one another."""
    if form == Form.WEB_HTML:
        return "\n".join(['<div class="attribution">', *lines, "</div>"])
    return ("\n\n" if form == Form.MARKDOWN else "\n").join(lines)


def _html(run: Run) -> str:
    text = escape(run.text)
    if run.is_name and is_from_the_right(run.text):
        text = f"<bdi>{text}</bdi>"
    if not run.url:
        return text
    rel = f' rel="{escape(run.rel)}"' if run.rel else ""
    return f'<a href="{escape(run.url)}"{rel}>{text}</a>'


def _markdown(run: Run) -> str:
    if run.url and run.text == run.url:
        return f"<{run.url}>"
    return linked(escaped(run.text), run.url)


def escaped(text: str) -> str:
    """Words of which Markdown makes nothing but words, in the middle of a line."""
    return MARKS.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), text)


def joined(pieces: Iterable[str]) -> str:
    """Pieces of Markdown in a row. An exclamation before a link makes no picture of it."""
    said = ""
    for piece in pieces:
        if piece.startswith("[") and said.endswith("!"):
            said = f"{said[:-1]}\\!"
        said += piece
    return said


def linked(words: str, url: str) -> str:
    """``words``, which are Markdown, as a link where there is a ``url``."""
    return f"[{words}]({ENTITY.sub('&amp;', url)})" if url else words


def guarded(text: str) -> str:
    """A line that begins like a heading, a list or a rule begins with words all the same."""
    found = OPENINGS.match(text)
    if not found:
        return text
    place = found.end() if found[0][0].isdigit() else found.start()
    return f"{text[:place]}\\{text[place:]}"


def _plain(run: Run, form: Form, written: set[str]) -> str:
    if form not in WRITTEN_OUT or not run.url or run.url in written:
        return run.text
    written.add(run.url)
    return run.text if run.text == run.url else f"{run.text} ({run.url})"
