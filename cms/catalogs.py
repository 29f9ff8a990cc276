"""The translated words of the interface: where they lie, and how they are made ready to be read.

A catalogue is a pair of files: the ``.po`` that people fill, and the ``.mo`` that Django reads and
that is kept beside it, so that a fresh copy of the site needs no tools of translators.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

# Each app has the words of its own code and of its own templates; the rest is the site's.
APPS = ("articles", "licensing", "cms")
SOURCE_LANGUAGE = "en"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
# What a file says of itself: nothing that changes although no message did. When it was written, and
# by whom, git knows.
_HEAD = """msgid ""
msgstr ""
"Project-Id-Version: Imprimatur\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"
"""


class Source(NamedTuple):
    """A file that people fill."""

    app: str
    language: str
    path: Path

    @property
    def compiled_path(self) -> Path:
        return self.path.with_suffix(".mo")


def languages() -> list[str]:
    """Every language that is translated into."""
    return [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def sources(root: Path) -> Iterator[Source]:
    """Every file that people fill, under ``root``."""
    for app in APPS:
        for language in languages():
            folder = root / app / "locale" / language / "LC_MESSAGES"
            yield Source(app, language, folder / "django.po")


def read(path: Path) -> Catalog:
    """The messages of a file that people fill."""
    with path.open("rb") as written:
        return read_po(written, abort_invalid=True)


def compiled(catalog: Catalog) -> bytes:
    """What Django reads: the same bytes for the same messages. What is not translated yet stays
    out, and is shown in English.
    """
    # Babel would name the minute in which it is done.
    catalog.creation_date = catalog.revision_date = NEVER
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def with_our_head(written: str, source: Source, catalog: Catalog) -> str:
    """The text of a file, with what it says of itself as this house has it."""
    _head, _blank, messages = written.partition("\n\n")
    head = _HEAD.format(language=source.language, plural_forms=catalog.plural_forms)
    return f"{head}\n{messages}" if messages else head
