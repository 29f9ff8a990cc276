"""Lines of words with their marks: spaces put in order, parted into paragraphs, written as HTML."""

import html
import re
from dataclasses import dataclass

SPACES = re.compile(r"[ \t\n\f\r]*[ \t\n\f\r\xa0][ \t\n\f\r\xa0]+|[\t\n\f\r]")
EDGES = " \t\n\f\r\xa0\u200b"
SCENE_BREAK = re.compile(r"[*∗＊⁎⁂](?: ?[*∗＊⁎⁂])*")
BREAK = object()


@dataclass(slots=True)
class Piece:
    """Some words of a line with their marks; or a break, or a finished footnote."""

    content: object
    marks: tuple = ()

    @property
    def is_text(self):
        return isinstance(self.content, str)


@dataclass(slots=True)
class Note:
    html: str


def is_scene_break(paragraph):
    words = "".join(piece.content for piece in paragraph if piece.is_text)
    return all(piece.is_text for piece in paragraph) and SCENE_BREAK.fullmatch(words)


def paragraphs(line):
    """The paragraphs of a line: two breaks part them, spaces at their edges go."""
    current, breaks = [], []
    for piece in spaced(line):
        if piece.content is BREAK:
            breaks.append(piece)
            continue
        if len(breaks) > 1 and current:
            yield from trimmed(current)
            current = []
        elif current:
            current += breaks
        breaks = []
        current.append(piece)
    yield from trimmed(current)


def spaced(line):
    """The pieces with every run of spaces as one, none beside a break or at the start."""
    result = []
    for piece in line:
        if not piece.is_text:
            if piece.content is BREAK:
                trim_end(result)
            result.append(piece)
            continue
        text = SPACES.sub(" ", piece.content)
        before = result[-1] if result else None
        if before is None or before.content is BREAK:
            text = text.lstrip(EDGES)
        elif text[:1] in {" ", "\xa0"} and before.is_text and before.content[-1] in " \xa0":
            text = text[1:]
            result[-1] = Piece(before.content[:-1] + " ", before.marks)
        if text:
            marks = piece.marks
            if not text.strip(EDGES):
                marks = shared(marks, before.marks if before else ())
            result.append(Piece(text, marks))
    return result


def trim_end(pieces):
    while pieces and pieces[-1].is_text:
        last = pieces.pop()
        if text := last.content.rstrip(EDGES):
            pieces.append(Piece(text, last.marks))
            return


def trimmed(pieces):
    trim_end(pieces)
    if pieces:
        yield pieces


def shared(one, other):
    """The marks both begin with."""
    count = 0
    for mark, its_twin in zip(one, other, strict=False):
        if mark != its_twin:
            break
        count += 1
    return one[:count]


def inline(pieces):
    """The line as HTML, with as few tags as its marks allow."""
    result, is_open = [], ()
    for piece in pieces:
        kept = shared(is_open, piece.marks)
        result += [f"</{name}>" for name, *_ in reversed(is_open[len(kept) :])]
        result += [opening(mark) for mark in piece.marks[len(kept) :]]
        is_open = piece.marks
        if piece.content is BREAK:
            result.append("<br>")
        elif piece.is_text:
            result.append(html.escape(piece.content, quote=False))
        else:
            result.append(piece.content.html)
    result += [f"</{name}>" for name, *_ in reversed(is_open)]
    return "".join(result)


def opening(mark):
    name, *address = mark
    if not address:
        return f"<{name}>"
    href, title = (html.escape(value) for value in address)
    return f'<a href="{href}" title="{title}">' if title else f'<a href="{href}">'
