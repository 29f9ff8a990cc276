"""The press for the papers of the rights desk: a paper in, a PDF out, by the press of the articles.

The same page is accessible, declares its rights and finds its fonts as a printed article does.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from articles.printing.metadata import declare
from articles.printing.typeset import Typeset, press
from licensing.printing.document import CaseFile, Certificate, Invoice, Paper
from licensing.printing.manuscript import Manuscript

_HERE = Path(__file__).parent
_SHARED = (_HERE / "paper.typ").read_bytes()
_TEMPLATES = {
    Certificate: (_HERE / "certificate.typ").read_bytes(),
    Invoice: (_HERE / "invoice.typ").read_bytes(),
    CaseFile: (_HERE / "casefile.typ").read_bytes(),
}
# Changes when the design of a page does; for whoever keeps what was typeset.
DESIGN = hashlib.sha256(b"".join([_SHARED, *_TEMPLATES.values()])).hexdigest()


def typeset(paper: Paper, *, more_fonts: Sequence[Path] = ()) -> Typeset:
    """A Certificate, Invoice or CaseFile as PDF. The same paper and fonts give the same bytes.

    `more_fonts` are folders of fonts for scripts other than Latin, Greek, Cyrillic and Arabic.
    Raises TypesettingError (of `articles.printing.typeset`).
    """
    manuscript = Manuscript(paper)
    printed = press(
        _TEMPLATES[type(paper)],
        manuscript.data,
        files={**manuscript.files, "paper.typ": _SHARED},
        date=paper.dated,
        more_fonts=more_fonts,
    )
    return replace(printed, pdf=declare(printed.pdf, paper))
