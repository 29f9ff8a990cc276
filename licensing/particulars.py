"""Answers to a use's questions as rows keep them: every fault is a ValidationError in words."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.text import validate_text
from licensing.rights.particulars import Particulars, ParticularsAreWrong, particulars
from licensing.rights.vocabulary import Use
from licensing.wording import said


def read(use: str, written: object) -> Particulars:
    """The answers of ``use`` from JSON, in their one form. Raises ValidationError."""
    try:
        given = particulars(Use(use), written)
        for text in _texts(given.answers):
            validate_text(text)
    except ParticularsAreWrong as wrong:
        faults = [said(fault) for fault in wrong.faults.values()]
        raise ValidationError({"particulars": faults}) from wrong
    except ValidationError as odd:
        raise ValidationError({"particulars": odd.messages}) from odd
    except ValueError as unknown:
        raise ValidationError({"use": _("Please choose one of these.")}) from unknown
    return given


def _texts(written: object) -> Iterator[str]:
    if isinstance(written, str):
        yield written
    elif isinstance(written, dict):
        yield from _texts(list(written.values()))
    elif isinstance(written, list | tuple):
        for one in written:
            yield from _texts(one)
