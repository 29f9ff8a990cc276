"""Pages by key: the thousandth costs what the first costs, and a link stays true as articles come.

A page begins after the article its address names (``?before=<moment>~<key>``), so nothing is
counted and nothing shifts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from cms import keyset

SIZE = 20
LONGEST_ADDRESS = 80


class AddressIsWrong(ValueError):
    """The ``before`` in the address was not made here."""


@dataclass(frozen=True)
class Page:
    """Some articles, and the key of those after them (``""`` at the end)."""

    articles: list
    before: str
    is_first: bool


def page(articles, *, before: str = "", size: int = SIZE, dated_by: str = "published_at") -> Page:
    """The newest ``size`` of ``articles`` (a QuerySet), or those older than ``before``; of other
    rows by the column ``dated_by``.

    Raises AddressIsWrong for a key that is no key.
    """
    if before:
        # The order of ``newest_first``; the rows of every public list have a date.
        order = [keyset.Column(name, is_descending=True) for name in (dated_by, "pk")]
        articles = articles.filter(keyset.beyond(order, list(_parse(before))))
    found = list(articles.newest_first()[: size + 1])
    shown = found[:size]
    after = key_of(shown[-1], dated_by=dated_by) if len(found) > size else ""
    return Page(shown, after, is_first=not before)


def key_of(row, *, dated_by: str = "published_at") -> str:
    """The ``before`` of the page that begins after ``row``."""
    return _written(getattr(row, dated_by), row.pk)


def _parse(before: str) -> tuple[datetime, int]:
    """Moment and key, as ``_written`` wrote them and in no other way. Raises AddressIsWrong."""
    if len(before) > LONGEST_ADDRESS:
        raise AddressIsWrong(before)
    moment, _tilde, key = before.replace(" ", "+").partition("~")
    try:
        parsed, number = datetime.fromisoformat(moment), int(key)
    except ValueError:
        raise AddressIsWrong(before) from None
    is_ours = parsed.tzinfo == UTC and 0 < number < 2**63
    if not is_ours or _written(parsed, number) != f"{moment}~{key}":
        raise AddressIsWrong(before)
    return parsed, number


def _written(moment: datetime, key: int) -> str:
    return f"{moment.astimezone(UTC).isoformat()}~{key}"
