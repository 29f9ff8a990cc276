"""The links of a text: their words, where they stand, where they lead. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from articles.reading import is_footnote, text_of
from cms.richtext import tree
from cms.richtext.tree import Element

WEB = ("http", "https")
# Links of an article that are looked at; no text needs more.
MOST = 100


@dataclass(frozen=True)
class Link:
    """A link as it stands in the text; ``block`` counts the blocks of the body from 0."""

    words: str
    address: str
    block: int = -1
    is_in_note: bool = False

    @property
    def scheme(self) -> str:
        return _parts(self.address)[0]

    @property
    def is_absolute(self) -> bool:
        """Whether it leads to the same place wherever the text is printed."""
        scheme, host = _parts(self.address)
        return bool(host) if scheme in WEB else bool(scheme)

    @property
    def is_web(self) -> bool:
        """Whether it can be looked at."""
        scheme, host = _parts(self.address)
        return scheme in WEB and bool(host)

    def is_inside(self, site: str) -> bool:
        """Whether it leads to ``site`` itself."""
        return bool(site) and _parts(self.address)[1] == _parts(site)[1]


def links_in(html: str) -> list[Link]:
    """Every link of a stored body, in its order."""
    return [
        Link(" ".join(text_of(element).split()), href_of(element), block, is_in_note)
        for block, top in enumerate(_elements(tree.parse(html)))
        for element, is_in_note in _links(top, is_in_note=False)
    ]


def href_of(element: Element) -> str:
    return element.attributes().get("href", "").strip()


def _elements(root: Element) -> list[Element]:
    return [child for child in root.children if isinstance(child, Element)]


def _links(element: Element, *, is_in_note: bool) -> Iterator[tuple[Element, bool]]:
    if element.name == "a" and "href" in element.attributes():
        yield element, is_in_note
    for child in _elements(element):
        yield from _links(child, is_in_note=is_in_note or is_footnote(child))


def _parts(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return parts.scheme, (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
