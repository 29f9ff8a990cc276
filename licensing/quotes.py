"""What a use would cost by the price list in use, and the lines of a quote or bill in words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone, translation

from licensing.fees import tariff_of, version_in_use
from licensing.models import FeeScheduleVersion
from licensing.money import formatted
from licensing.rights import fees
from licensing.rights.fee_lines import lines_from_json
from licensing.rights.fees import Price
from licensing.rights.particulars import Particulars
from licensing.rights.tariffs import costs
from licensing.wording import said

# Who needs an answer within so many days is in a hurry.
RUSH = timedelta(days=5)


class Priced(NamedTuple):
    """A price, and the version of the list that it comes from."""

    version: FeeScheduleVersion
    price: Price


class LineInWords(NamedTuple):
    """One line of a quote or bill as a person reads it."""

    label: str
    why: str
    amount: str


def priced(
    given: Particulars,
    *,
    requester_kind: str,
    articles: int,
    pictures: int = 0,
    is_exclusive: bool = False,
    deadline: date | None = None,
    at: datetime,
) -> Priced | None:
    """What ``given`` costs for so many articles; ``None`` where no price list is in use."""
    version = version_in_use(at=at)
    if version is None:
        return None
    facts = given.facts() | {
        "requester": requester_kind,
        "articles": articles,
        "pictures": pictures,
        "exclusive": "yes" if is_exclusive else "no",
        "rush": "yes" if deadline and deadline <= timezone.localdate(at) + RUSH else "no",
    }
    return Priced(version, fees.price(tariff_of(version), given.use, facts))


def normally_costs(given: Particulars, *, at: datetime) -> bool:
    """Whether the price list in use names a fee for such a use, whatever it comes to."""
    version = version_in_use(at=at)
    return version is not None and costs(tariff_of(version), given.use)


def lines_in_words(written: Iterable, currency: str, language: str) -> list[LineInWords]:
    """The lines that a quote or bill keeps, in ``language``."""
    with translation.override(language):
        return [
            LineInWords(said(line.label), said(line.explanation), formatted(line.amount, language))
            for line in lines_from_json(written, currency)
        ]
