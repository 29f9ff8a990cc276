"""What the template reads: a Document in, plain JSON out, its notes numbered and links whole."""

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from articles.printing.blocks import Block, Inline, printable
from articles.printing.document import Document, Picture, Run, Words
from articles.printing.images import Fitted, UnreadablePictureError, fit

_SCHEMES = ("http", "https", "mailto", "tel")
_LONGEST_URL = 2000
# Wider tables use the margin as well, once this many characters have passed the facts there.
_NARROW_TABLE = 4
_PAST_THE_FACTS = 900
_LONGEST_RUNNING_TITLE = 85
_NUMBER = re.compile(
    r"[\s(+\-−–]*[$€£¥]?[\s]*[\d\s.,’'٫٬\u202f\u00a0]*\d[\s%‰)°\u202f\u00a0]*|[–—-]?"
)
# Longer words without a place to break would run off the paper.
_ENDLESS = re.compile(r"[^\s/\u00ad\u200b-]{40}(?=[^\s/-])")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?")


class Manuscript:
    """An article made ready: `data` for the template, `files` by name, `warnings` for a person."""

    def __init__(self, document: Document):
        self.files: dict[str, bytes] = {}
        self.warnings: list[str] = []
        self._notes: list[list[Inline]] = []
        self._base = document.url
        self._before_table = 0 if document.facts else _PAST_THE_FACTS
        self._title = document.title
        self.data = all_printable(self._data(document))

    def _data(self, document: Document) -> dict:
        lang, region = language_and_region(document.language)
        metadata = document.metadata
        # In the order of the page, because the order of these calls numbers the notes.
        return {
            "title": document.title,
            "running": _shortened(document.title, _LONGEST_RUNNING_TITLE),
            "lang": lang,
            "region": region,
            "direction": document.direction,
            "url": self._url(document.url) or "about:blank",
            "masthead": document.masthead,
            "authors": list(metadata.authors),
            "keywords": list(metadata.keywords),
            "date": [metadata.date.year, metadata.date.month, metadata.date.day],
            "description": words(document.standfirst) or None,
            "standfirst": self._words(document.standfirst),
            "byline": self._runs(document.byline),
            "dateline": document.dateline,
            "corrections": [
                {"label": notice.label, "date": notice.date, "text": self._words(notice.text)}
                for notice in document.corrections
            ],
            "image": document.image and self._picture(document.image),
            "facts": [
                {"label": fact.label, "runs": self._runs(fact.runs)} for fact in document.facts
            ],
            "body": self._body(document.body),
            "gallery": [shown for picture in document.gallery if (shown := self._picture(picture))],
            "closing": [
                {
                    "label": section.label,
                    "style": section.style,
                    "blocks": self._blocks(section.blocks),
                }
                for section in document.closing
            ],
            "notes_heading": document.notes_heading,
            "notes": self._notes,
            "foot": {
                "source": document.foot.source,
                "url": _breakable(document.foot.url),
                "page": list(document.foot.page),
            },
        }

    def _body(self, blocks: Sequence[Block]) -> list[Block]:
        """Headings at the top of the body are headings; none may skip a level (PDF/UA)."""
        above = 1
        ready = []
        for block in blocks:
            if block["type"] == "heading":
                above = min(block["level"], above + 1)
                content = self._inlines(block["content"])
                ready.append({"type": "heading", "level": above, "content": content})
            else:
                ready.extend(self._blocks([block]))
            self._before_table += len(words(block))
        return ready

    def _blocks(self, blocks: Sequence[Block]) -> list[Block]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Block:
        kind = block["type"]
        if kind in ("paragraph", "heading"):
            kind = "paragraph" if kind == "paragraph" else "label"
            return {"type": kind, "content": self._inlines(block["content"])}
        if kind == "quote":
            return {**block, "blocks": self._blocks(block["blocks"])}
        if kind == "list":
            return {**block, "items": [self._blocks(item) for item in block["items"]]}
        if kind == "table":
            return self._table(block)
        if kind == "code":
            return {**block, "text": _breakable(block["text"])}
        return block

    def _table(self, table: Block) -> Block:
        figures = _columns_of_figures(table)
        cells = [
            {
                **cell,
                "end": cell["x"] in figures and cell["colspan"] == 1,
                "blocks": self._blocks(cell["blocks"]),
            }
            for cell in table["cells"]
        ]
        wide = table["columns"] > _NARROW_TABLE and self._before_table >= _PAST_THE_FACTS
        return {**table, "wide": wide, "cells": cells}

    def _words(self, text: Words) -> list[Inline]:
        if isinstance(text, str):
            text = _breakable(text)
            return [{"type": "text", "text": text}] if text else []
        return self._inlines(text)

    def _inlines(self, nodes: Sequence[Inline]) -> list[Inline]:
        ready = []
        for node in nodes:
            if node["type"] == "note":
                note: list[Inline] = []
                self._notes.append(note)
                number = len(self._notes)
                note.extend(self._inlines(node["content"]))
                ready.append({"type": "mark", "number": number})
            elif node["type"] == "link":
                content = self._inlines(node["content"])
                url = self._url(node["url"])
                ready.extend([{"type": "link", "url": url, "content": content}] if url else content)
            elif "content" in node:
                ready.append({**node, "content": self._inlines(node["content"])})
            elif "text" in node:
                ready.append({**node, "text": _breakable(node["text"])})
            else:
                ready.append(node)
        return ready

    def _runs(self, runs: Sequence[Run]) -> list[dict]:
        return [{"text": run.text, "url": self._url(run.url)} for run in runs]

    def _url(self, url: str) -> str | None:
        """The address in full, or None where paper and screen had better show words alone."""
        try:
            whole = urljoin(self._base, printable(url)) if url else ""
            known = urlsplit(whole).scheme in _SCHEMES
        except ValueError:
            return None
        return whole if known and len(whole) <= _LONGEST_URL else None

    def _picture(self, picture: Picture) -> dict | None:
        alt = picture.alt or words(picture.caption) or self._title
        try:
            fitted: Fitted = fit(picture.data)
        except UnreadablePictureError as error:
            self.warnings.append(f"A picture was left out ({alt}): {error}")
            return None
        name = f"{len(self.files) + 1}.{fitted.suffix}"
        self.files[name] = fitted.data
        return {
            "file": f"/{name}",
            "ratio": fitted.ratio,
            "alt": alt,
            "caption": self._words(picture.caption),
            "credit": self._words(picture.credit),
        }


def words(text: Words | Block | Inline) -> str:
    """The bare text of inlines, a block or an inline; notes are not part of it."""
    if isinstance(text, str):
        return text
    if isinstance(text, dict):
        if text["type"] in ("note", "break"):
            return " " if text["type"] == "break" else ""
        return text.get("text", "") + words(text.get("content", ())) + words(text.get("blocks", ()))
    return "".join(words(node) for node in text)


def _columns_of_figures(table: Block) -> set[int]:
    """Columns whose every cell below the head is a figure, or empty: they align at the end."""
    below = [cell for cell in table["cells"] if cell["y"] >= table["head"] and cell["colspan"] == 1]
    texts: dict[int, list[str]] = {}
    for cell in below:
        texts.setdefault(cell["x"], []).append(words(cell["blocks"]))
    return {
        column
        for column, cells in texts.items()
        if any(cells) and all(len(text) < 40 and _NUMBER.fullmatch(text) for text in cells)
    }


def _shortened(title: str, longest: int) -> str:
    if len(title) <= longest:
        return title
    return title[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


def language_and_region(tag: str) -> tuple[str, str | None]:
    """The two parts of a BCP 47 tag that Typst knows; English where it is none."""
    matched = _LANGUAGE.fullmatch(tag)
    lang, region = matched.groups() if matched else ("en", None)
    return lang.lower(), region and region.upper()


def _breakable(text: str) -> str:
    return _ENDLESS.sub(lambda word: word[0] + "\N{ZERO WIDTH SPACE}", text)


def all_printable(value):
    """Data with every text in it made `printable`, however deep."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [all_printable(item) for item in value]
    return value
