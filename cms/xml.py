"""XML written element by element, so that nothing anybody typed can end one or begin another.

What XML cannot hold (control characters, halves of characters) is left out on the way in.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from xml.sax.saxutils import XMLGenerator

FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)


def legible(text: str) -> str:
    """``text`` without what XML forbids."""
    return FORBIDDEN.sub("", text)


def moment(value: datetime) -> str:
    """As RFC 3339 and the W3C write it, to the second, in UTC."""
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class XmlWriter:
    """A document that grows; ``taken()`` gives what has been added since it was last asked."""

    def __init__(self):
        self._text = io.StringIO()
        self._xml = XMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def stylesheet(self, address: str) -> None:
        """What a browser shows the document with."""
        quoted = address.replace("&", "&amp;").replace('"', "&quot;")
        self._xml.processingInstruction("xml-stylesheet", f'type="text/css" href="{quoted}"')

    @contextmanager
    def within(self, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        """An element; what is written meanwhile stands in it."""
        self._xml.startElement(name, _clean(attributes))
        yield
        self._xml.endElement(name)

    def element(self, name: str, text: str = "", attributes: dict[str, str] | None = None) -> None:
        """An element with nothing but words in it."""
        with self.within(name, attributes):
            if text:
                self._xml.characters(legible(text))

    def some(self, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
        """The element where there are words for it, nothing where there are none."""
        if text:
            self.element(name, text, attributes)

    def link(self, name: str, rel: str, href: str, **attributes: str) -> None:
        """``<name rel="…" href="…">`` where there is an address."""
        if href:
            self.element(name, attributes={"rel": rel, "href": href, **attributes})

    def taken(self) -> bytes:
        """What was written since the last time."""
        text = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return text.encode()


def _clean(attributes: dict[str, str] | None) -> dict[str, str]:
    return {name: legible(str(value)) for name, value in (attributes or {}).items()}
