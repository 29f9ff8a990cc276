"""The place in a list that an address names: signed, so that it is one that was made here."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core import signing

# How each kind of value is written and read; the first that fits counts (a moment is a day, too).
KINDS = {
    "t": (datetime, datetime.isoformat, datetime.fromisoformat),
    "d": (date, date.isoformat, date.fromisoformat),
    "n": (Decimal, str, Decimal),
    "u": (UUID, str, UUID),
}
PLAIN = (str, int, bool, float, type(None))
LONGEST = 1500


class CursorIsWrong(ValueError):
    """The place in the address was not made here, or not for this list in this order."""


def written(values: Sequence, *, order: str) -> str:
    """The place of a row with these ``values``, in the list and order that ``order`` names."""
    return signing.dumps([_written(value) for value in values], salt=_salt(order))


def read(place: str, *, order: str) -> list:
    """The values that ``written`` was given. Raises CursorIsWrong."""
    try:
        if len(place) > LONGEST:
            raise CursorIsWrong
        return [_read(value) for value in signing.loads(place, salt=_salt(order))]
    except (signing.BadSignature, ValueError) as fault:
        raise CursorIsWrong from fault


def _salt(order: str) -> str:
    return f"cms.desks.cursors {order}"


def _written(value) -> list:
    for letter, (kind, write, _read_kind) in KINDS.items():
        if isinstance(value, kind):
            return [letter, write(value)]
    return ["", value if isinstance(value, PLAIN) else str(value)]


def _read(pair: list):
    letter, value = pair
    return KINDS[letter][2](value) if letter else value
