"""What each letter says in each language: as the house words it, else as it was shipped."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from licensing.letter_places import LETTERS
from licensing.models import LetterWording

FOLDER = Path(__file__).with_name("wordings")
FALLBACK = "en"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@dataclass(frozen=True)
class Wording:
    """Subject and text with their places; ``version`` 0: as shipped."""

    letter: str
    language: str
    subject: str
    text: str
    version: int = 0


@cache
def shipped_words(language: str) -> dict:
    """The file of a language that letters are shipped in."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text())


def language_of(wanted: str) -> str:
    """The language in which a letter is written to whoever prefers ``wanted``."""
    house = settings.LANGUAGE_CODE
    for name in (wanted, wanted.split("-")[0], house, house.split("-")[0]):
        if name in LANGUAGES:
            return name
    return FALLBACK


def phrase(name: str, language: str) -> str:
    """A phrase that is filled into letters: “Total”."""
    return shipped_words(language)["phrases"][name]


def button(letter: str, language: str) -> str:
    """What the link of a letter is called."""
    return shipped_words(language)["letters"][letter]["button"]


def shipped(letter: str, language: str) -> Wording:
    """A letter as it came with the product: whole, from the greeting to the signature."""
    own = shipped_words(language)["letters"][letter]
    parts = [
        phrase("greeting", language),
        own["text"].strip(),
        phrase(LETTERS[letter].about, language),
        "{articles}",
        "{link}",
        phrase("private", language),
        phrase("closing", language),
    ]
    return Wording(letter, language, own["subject"], "\n\n".join(parts))


def in_force(letter: str, language: str) -> Wording:
    """The words in which ``letter`` goes out in ``language`` now."""
    row = _newest(letter, language)
    return worded(row) if row else shipped(letter, language)


def version_of(letter: str, language: str) -> int:
    """Which version counts; 0: nobody has worded it anew."""
    row = _newest(letter, language)
    return row.version if row else 0


def _newest(letter: str, language: str) -> LetterWording | None:
    rows = LetterWording.objects.filter(letter=letter, language=language)
    return rows.order_by("-version").first()


def worded(row: LetterWording) -> Wording:
    """What a version says; an empty one says what is shipped."""
    if not row.text:
        stock = shipped(row.letter, row.language)
        return Wording(row.letter, row.language, stock.subject, stock.text, row.version)
    return Wording(row.letter, row.language, row.subject, row.text, row.version)


def places_of(letter: str) -> tuple[str, ...]:
    """What may be filled into ``letter``."""
    return LETTERS[letter].places


def is_letter(letter: str, language: str) -> bool:
    """Whether there is such a letter in such a language."""
    return letter in LETTERS and language in LANGUAGES
