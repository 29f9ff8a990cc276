"""How a letter is worded anew: another version is written, never an old one changed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from licensing import letter_texts
from licensing.actions.steps import ask
from licensing.letter_places import LETTERS
from licensing.letter_words import faults
from licensing.models import LetterWording


class WordedMeanwhile(Exception):
    """Somebody else wrote a version since the caller looked."""


def write_wording(
    *,
    letter: str,
    language: str,
    by,
    subject: str = "",
    text: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> LetterWording:
    """The next version of a letter; an empty one goes back to the shipped words.

    ``seen`` is the version that stood when the caller began. Raises NotYours, ValidationError,
    WordedMeanwhile.
    """
    ask(by, "licensing.add_letterwording")
    text = text.replace("\r\n", "\n").strip()
    row = LetterWording(
        letter=letter,
        language=language,
        subject=subject.strip() if text else "",
        text=text,
        created_by=by,
        created_at=at or timezone.now(),
    )
    row.full_clean(exclude=["version"])
    if wrong := what_is_wrong(letter, subject=row.subject, text=row.text):
        raise ValidationError(wrong)
    try:
        return _write_next(row, seen)
    except IntegrityError as failure:
        raise WordedMeanwhile from failure


def what_is_wrong(letter: str, *, subject: str, text: str) -> dict[str, list[str]]:
    """By field, in sentences; nothing is wrong with the shipped words."""
    if not text:
        return {}
    places = LETTERS[letter].places
    found = {
        "subject": faults(subject, places, [LETTERS[letter].subject_says]),
        "text": faults(text, places, LETTERS[letter].must_say),
    }
    return {name: sentences for name, sentences in found.items() if sentences}


@transaction.atomic
def _write_next(row: LetterWording, seen: int | None) -> LetterWording:
    latest = letter_texts.version_of(row.letter, row.language)
    if seen is not None and latest != seen:
        raise WordedMeanwhile
    row.version = latest + 1
    row.save()
    return row
