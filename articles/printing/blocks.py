"""What the typesetter reads: sanitised HTML in, plain JSON blocks out; knows no page and no font.

Blocks and inlines are dictionaries with a ``type`` and nothing that JSON cannot hold.

========== ==================================================================
block      further keys
========== ==================================================================
paragraph  ``content`` (inlines)
heading    ``level`` (2, 3 or 4), ``content``
quote      ``blocks``
list       ``ordered`` (bool), ``start`` (int), ``items`` (each a list of blocks)
rule       none
code       ``text``
table      ``columns`` (int), ``rows`` (int), ``head`` (how many of them repeat on every page),
           ``cells`` (each ``x``, ``y``, ``colspan``, ``rowspan``, ``header``, ``blocks``)
========== ==================================================================

Inlines: ``text`` (``text``), ``break``, ``code`` (``text``), ``link`` (``url``, ``content``),
``note`` (``content``), and ``strong em strike underline sub super`` (``content``).
"""

import re
from itertools import takewhile

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.exceptions import ParserRejectedMarkup

from articles.printing.whitespace import squeezed, tidy

Block = dict
Inline = dict

_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "strike", "del": "strike",
    "u": "underline", "sub": "sub", "sup": "super",
}  # fmt: skip
_LISTS = ("ul", "ol")
_BLOCKS = {*_HEADINGS, *_LISTS, "p", "blockquote", "hr", "pre", "table"}

# Typst gives up on nesting far beyond what anybody writes; deeper than this only the text is kept.
_DEEPEST = 10
_MOST_COLUMNS = 40
_HIGHEST_NUMBER = 1_000_000
# Characters that no font draws, and the two that turn the order of letters by force.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202d\u202e\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def blocks(html: str) -> list[Block]:
    """The blocks of a body, in reading order; footnotes stay where their mark stands.

    Any string is accepted: a tag outside the grammar gives up its name and keeps its contents.
    """
    return _blocks(_parse(html), depth=0)


def inline(html: str) -> list[Inline]:
    """The inlines of a short rich text (caption, standfirst); its paragraphs become lines."""
    content: list[Inline] = []
    for block in blocks(html):
        if content:
            content.append({"type": "break"})
        content.extend(block["content"] if "content" in block else _text(_words(block)))
    return content


def printable(text: str) -> str:
    """The text without what cannot be encoded or drawn."""
    # A form feed is white space to HTML and forbidden in XML.
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text).replace("\f", " ")
    return _UNPRINTABLE.sub("", text)


def _parse(html: str) -> Tag:
    # The wrapper keeps BeautifulSoup from warning that a short text looks like a file name.
    try:
        return BeautifulSoup(f"<body>{printable(html)}</body>", "html.parser")
    except ParserRejectedMarkup:
        return BeautifulSoup(re.sub(r"<[^>]*>?", " ", f"<body>{printable(html)}"), "html.parser")


def _is_text(node) -> bool:
    # Comments, scripts and declarations are subclasses: their text was never meant to be read.
    return type(node) is NavigableString


def _holds_blocks(tag: Tag) -> bool:
    return tag.find(_BLOCKS) is not None


def _blocks(parent: Tag, depth: int) -> list[Block]:
    """Blocks stand alone; the text between them is gathered into paragraphs of its own."""
    found: list[Block] = []
    loose: list[Inline] = []

    def close_paragraph():
        if content := tidy(loose):
            found.append({"type": "paragraph", "content": content})
        loose.clear()

    def walk(nodes):
        for node in nodes:
            if isinstance(node, Tag) and node.name in _BLOCKS:
                close_paragraph()
                found.extend(_block(node, depth))
            elif isinstance(node, Tag) and node.name not in _INLINES and not _is_note(node):
                if _holds_blocks(node):
                    close_paragraph()
                    found.extend(_deeper(node, depth))
                    continue
                loose.extend(_inlines(node, depth))
                if node.name in ("div", "section", "li", "tr", "figure", "figcaption"):
                    close_paragraph()
            else:
                loose.extend(_inline(node, depth))

    walk(parent.children)
    close_paragraph()
    return found


def _deeper(tag: Tag, depth: int) -> list[Block]:
    if depth < _DEEPEST:
        return _blocks(tag, depth + 1)
    content = _text(squeezed(tag.get_text(" ")))
    return [{"type": "paragraph", "content": content}] if content else []


def _block(tag: Tag, depth: int) -> list[Block]:
    if tag.name == "hr":
        return [{"type": "rule"}]
    if tag.name == "pre":
        text = tag.get_text().strip("\n")
        return [{"type": "code", "text": text}] if text.strip() else []
    if tag.name in _LISTS:
        return _list(tag, depth)
    if tag.name == "table":
        return _table(tag, depth)
    if tag.name == "blockquote":
        quoted = _deeper(tag, depth)
        return [{"type": "quote", "blocks": quoted}] if quoted else []
    if _holds_blocks(tag):  # not in the grammar (a table in a paragraph), yet its text must print
        return _deeper(tag, depth)
    content = tidy(_inlines(tag, depth))
    if not content:
        return []
    if tag.name in _HEADINGS:
        return [{"type": "heading", "level": _HEADINGS[tag.name], "content": content}]
    return [{"type": "paragraph", "content": content}]


def _list(tag: Tag, depth: int) -> list[Block]:
    items = []
    for child in tag.children:
        if isinstance(child, Tag):
            # A list set straight into a list (as some editors write it) belongs to the item above.
            nested = child.name in _LISTS and depth < _DEEPEST
            inside = _list(child, depth + 1) if nested else _deeper(child, depth)
            if nested and items:
                items[-1].extend(inside)
            elif inside:
                items.append(inside)
        elif _is_text(child) and (content := _text(squeezed(child))):
            items.append([{"type": "paragraph", "content": content}])
    if not items:
        return []
    start = _number(tag.get("start"), 1, 0, _HIGHEST_NUMBER)
    return [{"type": "list", "ordered": tag.name == "ol", "start": start, "items": items}]


def _table(tag: Tag, depth: int) -> list[Block]:
    """Cells with their places worked out, so that no span can reach outside the table."""
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    rows = [row.find_all(("td", "th"), recursive=False) for row in rows]
    rows = [row for row in rows if row]
    head = len(list(takewhile(lambda row: all(cell.name == "th" for cell in row), rows)))
    if head == len(rows):
        head = 0  # a table of nothing but headings has none that could repeat
    taken: set[tuple[int, int]] = set()
    cells = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            if x >= _MOST_COLUMNS:  # no sheet is wide enough; the words move into the last column
                cells[-1]["blocks"] += _deeper(cell, depth)
                continue
            end = head if y < head else len(rows)
            rowspan = _number(cell.get("rowspan"), 1, 1, end - y)
            colspan = _number(cell.get("colspan"), 1, 1, _MOST_COLUMNS - x)
            while any((x + step, y) in taken for step in range(colspan)):
                colspan -= 1
            taken |= {(x + dx, y + dy) for dx in range(colspan) for dy in range(rowspan)}
            cells.append({
                "x": x, "y": y, "colspan": colspan, "rowspan": rowspan,
                "header": cell.name == "th", "blocks": _deeper(cell, depth),
            })  # fmt: skip
            x += colspan
    if not any(cell["blocks"] for cell in cells):
        return []
    columns = max(cell["x"] + cell["colspan"] for cell in cells)
    return [{"type": "table", "columns": columns, "rows": len(rows), "head": head, "cells": cells}]


def _inlines(tag: Tag, depth: int) -> list[Inline]:
    return [found for child in tag.children for found in _inline(child, depth)]


def _inline(node, depth: int) -> list[Inline]:
    if not isinstance(node, Tag):
        return [{"type": "text", "text": str(node)}] if _is_text(node) else []
    if depth >= _DEEPEST:
        return [{"type": "text", "text": node.get_text(" ")}]
    if node.name == "br":
        return [{"type": "break"}]
    if node.name == "code":
        return [{"type": "code", "text": squeezed(node.get_text())}]
    content = _inlines(node, depth + 1)
    if _is_note(node):
        if node.find_parent(_is_note):
            return [*_text(" ("), *content, *_text(")")]
        return [{"type": "note", "content": content}]
    if node.name in _MARKS:
        return [{"type": _MARKS[node.name], "content": content}]
    if node.name == "a" and node.get("href") and not node.find_parent("a", href=True):
        return _link(str(node["href"]).strip(), content)
    if node.name in _BLOCKS:  # out of place; at least its words must not run into the next ones
        return [*_text(" "), *content, *_text(" ")]
    return content


def _link(url: str, content: list[Inline]) -> list[Inline]:
    """A link cannot hold the link of a note's mark: marks inside it move behind it."""
    marks: list[Inline] = []

    def without_marks(nodes):
        kept = []
        for node in nodes:
            if node["type"] == "note":
                marks.append(node)
            else:
                inside = {"content": without_marks(node["content"])} if "content" in node else {}
                kept.append({**node, **inside})
        return kept

    return [{"type": "link", "url": url, "content": without_marks(content)}, *marks]


_INLINES = {*_MARKS, "a", "br", "code"}


def _is_note(tag: Tag) -> bool:
    return tag.name == "span" and "footnote" in (tag.get("class") or ())


def _text(text: str) -> list[Inline]:
    return [{"type": "text", "text": text}] if text else []


def _words(node: dict) -> str:
    """The text of a block or inline of any kind."""
    parts = [node[key] for key in ("text",) if key in node]
    for key in ("content", "blocks", "cells"):
        parts.extend(_words(child) for child in node.get(key, ()))
    parts.extend(_words(block) for item in node.get("items", ()) for block in item)
    return squeezed(" ".join(parts))


def _number(value, default: int, low: int, high: int) -> int:
    digits = str(value or "").strip()
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        return default
    return max(low, min(int(digits), high))
