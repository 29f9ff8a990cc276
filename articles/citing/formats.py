"""The files in which a reference is taken home: their names in addresses, types and endings."""

from collections.abc import Callable
from dataclasses import dataclass

from articles.citing import bibtex, chicago, csl, ris
from articles.citing.apa import apa
from articles.citing.citation import Citation
from articles.citing.mla import mla
from articles.citing.runs import Reference, plain
from articles.lines import line


@dataclass(frozen=True)
class Style:
    """A manual's way of writing a reference."""

    key: str
    name: str
    written: Callable[[Citation], Reference]


@dataclass(frozen=True)
class Format:
    """A file: ``written`` gives its text."""

    name: str
    ending: str
    media_type: str
    written: Callable[[Citation], str]


STYLES = (
    Style("apa", "APA 7", apa),
    Style("mla", "MLA 9", mla),
    Style("chicago-bibliography", "Chicago 18", chicago.bibliography),
    Style("chicago-note", "Chicago 18", chicago.note),
)


def text(citation: Citation) -> str:
    """Every style in one plain file."""
    parts = [f"{style.name}\n{plain(style.written(citation))}" for style in STYLES[:3]]
    parts.append(f"Chicago 18 (note)\n{plain(chicago.note(citation))}")
    parts.append(line(citation.rights))
    return "\n\n".join(part for part in parts if part) + "\n"


FORMATS = {
    found.name: found
    for found in (
        Format("bibtex", "bib", bibtex.MEDIA_TYPE, bibtex.bibtex),
        Format("ris", "ris", ris.MEDIA_TYPE, ris.ris),
        Format("csl.json", "json", csl.MEDIA_TYPE, csl.csl_json),
        Format("txt", "txt", "text/plain", text),
    )
}
