"""The press: a Document in, a PDF out; reads its template and fonts, writes nothing that stays.

Typst does the work inside this process. It may read one temporary folder (with the pictures of
this article in it, and nothing else) and the fonts named here: no network, none of the machine's
own fonts.
"""

import datetime
import functools
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typst

from articles.printing.document import Document
from articles.printing.manuscript import Manuscript
from articles.printing.metadata import declare

_HERE = Path(__file__).parent
_TEMPLATE = (_HERE / "article.typ").read_bytes()
# Changes when the design of the page does; for whoever keeps what was typeset.
DESIGN = hashlib.sha256(_TEMPLATE).hexdigest()
_ACCESSIBLE = "ua-1"


class TypesettingError(RuntimeError):
    """Typst refused the document; the message is Typst's own."""


@dataclass(frozen=True)
class Typeset:
    """A printed article or paper.

    `pdf` is the file. `accessible` says whether Typst vouches for PDF/UA-1; a character that no
    font can draw costs the claim, not the tags. `warnings` are sentences for the newsroom.
    """

    pdf: bytes
    accessible: bool
    warnings: tuple[str, ...]


def typeset(document: Document, *, more_fonts: Sequence[Path] = ()) -> Typeset:
    """The article as PDF. The same document and fonts give the same bytes.

    `more_fonts` are folders of fonts for scripts other than Latin, Greek, Cyrillic and Arabic.
    Raises TypesettingError.
    """
    manuscript = Manuscript(document)
    printed = press(
        _TEMPLATE,
        manuscript.data,
        files=manuscript.files,
        date=document.metadata.date,
        more_fonts=more_fonts,
    )
    warnings = (*manuscript.warnings, *printed.warnings)
    return replace(printed, pdf=declare(printed.pdf, document), warnings=warnings)


def press(
    template: bytes,
    data: dict,
    *,
    files: Mapping[str, bytes],
    date: datetime.date | datetime.datetime,
    more_fonts: Sequence[Path] = (),
) -> Typeset:
    """The template filled with the data; `files` are those that it may read, by name.

    Raises TypesettingError.
    """
    warnings = []
    with tempfile.TemporaryDirectory(prefix="print-") as root:
        for name, content in files.items():
            Path(root, name).write_bytes(content)
        attempt = functools.partial(
            _press, template, json.dumps(data), root, tuple(more_fonts), date
        )
        try:
            pdf, remarks = attempt([_ACCESSIBLE])
            accessible = True
        except typst.TypstError as refusal:
            warnings.append(refusal.message)
            accessible = False
            try:
                pdf, remarks = attempt([])
            except typst.TypstError as error:
                raise TypesettingError(error.message) from error
    warnings.extend(remark.message for remark in remarks)
    return Typeset(pdf, accessible, tuple(warnings))


def _press(
    template: bytes,
    data: str,
    root: str,
    more_fonts: tuple[Path, ...],
    date,
    standards: list[str],
):
    # A compiler is good for one attempt: asked again, it no longer finds its template.
    compiler = typst.Compiler(
        template,
        root=root,
        font_paths=fonts(more_fonts),
        ignore_system_fonts=True,
        sys_inputs={"document": data},
    )
    return compiler.compile_with_warnings(
        format="pdf", pdf_standards=standards, timestamp=_moment(date)
    )


@functools.cache
def fonts(more: tuple[Path, ...]) -> typst.Fonts:
    """The house's fonts and those in ``more`` folders, read once."""
    folders = [str(folder) for folder in (_HERE / "fonts", *more)]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _moment(date: datetime.date | datetime.datetime) -> int:
    """Seconds since 1970; a date alone, or a time without zone, is taken as UTC."""
    if not isinstance(date, datetime.datetime):
        date = datetime.datetime.combine(date, datetime.time())
    if date.tzinfo is None:
        date = date.replace(tzinfo=datetime.UTC)
    return int(date.timestamp())
