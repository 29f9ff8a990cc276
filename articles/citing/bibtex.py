"""BibTeX and BibLaTeX: one entry, safe for TeX whatever an article is called."""

import re
import unicodedata
import zlib

from articles.citing import names
from articles.citing.citation import Citation, Name
from articles.lines import line

MEDIA_TYPE = "application/x-bibtex"

# Braces are counted by BibTeX even behind a backslash, so they too are written by name.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_SIGN = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
# An address is printed as it stands; what would end the field or the line is encoded.
_UNSAFE_IN_AN_ADDRESS = {sign: f"%{ord(sign):02X}" for sign in '{}\\" ^`|<>'}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def bibtex(citation: Citation) -> str:
    """An ``@article`` entry. Letters stand as they are, in UTF-8."""
    issued = citation.issued
    fields = {
        "author": _people(citation.authors),
        "translator": _people(citation.translators),
        "editor": _people(citation.editors),
        # Two pairs of braces: no style may change capital letters in it.
        "title": f"{{{escaped(citation.headline)}}}",
        "journal": escaped(citation.container),
        "entrysubtype": "newspaper",
        "year": f"{issued.year:04d}" if issued else "",
        "month": _MONTHS[issued.month - 1] if issued else "",
        "day": str(issued.day) if issued else "",
        "url": _address(citation.url),
        "urldate": citation.accessed.isoformat() if citation.accessed else "",
        "language": escaped(citation.language),
        "abstract": escaped(citation.standfirst),
        "copyright": escaped(citation.rights),
        "note": escaped(citation.origin_note),
    }
    # The names of months are BibTeX's own words and stand without braces.
    rows = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value.strip("{}")
    ]
    return "\n".join([f"@article{{{key(citation)},", *rows, "}", ""])


def escaped(text: str) -> str:
    """``text`` for a field: nothing in it is an order to TeX."""
    return _SIGN.sub(lambda found: _SPECIAL[found[0]], line(text))


def key(citation: Citation) -> str:
    """A name for the entry in ASCII: ``brook2019tide``; the same for the same article."""
    publication = Name(citation.container, is_collective=True)
    found = names.parts(citation.authors[0] if citation.authors else publication)
    pieces = [_ascii(found.family or found.literal)]
    pieces.append(str(citation.issued.year) if citation.issued else "")
    words = (citation.named_by or citation.headline).split()
    longest = sorted(map(_ascii, words), key=len, reverse=True)
    pieces.append(longest[0] if longest else "")
    if not pieces[0] or not pieces[-1]:
        pieces.append(f"{zlib.crc32(citation.url.encode('utf-8', 'replace')):08x}")
    return "".join(pieces)


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain)[:24]


def _people(people: tuple[Name, ...]) -> str:
    return " and ".join(_person(name) for name in people)


def _person(name: Name) -> str:
    """“van Beethoven, Ludwig”; a name that is not taken apart stands in braces of its own."""
    found = names.parts(name)
    if found.literal:
        return f"{{{escaped(found.literal)}}}"
    family = " ".join(part for part in (found.particle, found.family) if part)
    told = (family, found.suffix, found.given)
    return ", ".join(_guarded(part) for part in told if part)


def _guarded(part: str) -> str:
    """A part of a name; in braces where it holds what BibTeX parts names by."""
    is_cut = "," in part or "and" in part.lower().split()
    return f"{{{escaped(part)}}}" if is_cut else escaped(part)


def _address(url: str) -> str:
    return "".join(_UNSAFE_IN_AN_ADDRESS.get(sign, sign) for sign in line(url))
