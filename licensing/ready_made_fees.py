"""A ready-made fee schedule in euros, as data: to start from in the admin, to show in the demo."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ReadyMadeFees:
    """A price list that a newsroom can take as it is, or make its own."""

    slug: str
    name: str
    note: str
    tariff: Mapping[str, object]


def _bands(driver: str, *bands: tuple[int | None, str]) -> dict:
    """Each band as (up to, times); ``None`` is open above."""
    return {
        "driver": driver,
        "bands": [
            {"times": times} if up_to is None else {"up_to": up_to, "times": times}
            for up_to, times in bands
        ],
    }


def _choices(driver: str, **choices: str) -> dict:
    return {
        "driver": driver,
        "choices": {name: {"times": times} for name, times in choices.items()},
    }


TERRITORY = _choices("territory", one="1", some="1.5", world="2")
REQUESTER = _choices(
    "requester", non_commercial="0.5", academic="0.5", publisher="1", commercial="1"
)
CHARITIES = _choices("requester", non_commercial="0", academic="0.5", publisher="1", commercial="1")
PORTION = _choices("portion", whole="1", excerpt="0.5")
LANGUAGES = {"driver": "languages", "each_further": {"times": "1.25"}}
# A request counts the pictures of all its articles together.
PICTURES = {"driver": "pictures", "each": {"add": "60"}, "per": "request"}
EXCLUSIVE = _choices("exclusive", no="1", yes="3")
RUSH = {"driver": "rush", "choices": {"yes": {"add": "75"}}, "per": "request"}
TERM = _bands(
    "term_days", (30, "0.6"), (90, "0.8"), (365, "1"), (1095, "1.8"), (1825, "2.5"), (None, "4")
)


def _fee(base: str, minimum: str, *drivers: dict) -> dict:
    return {"base": base, "per": "article", "minimum": minimum, "drivers": list(drivers)}


EUROS = ReadyMadeFees(
    "euros",
    "Republication fees",
    "For a small newsroom. Excerpts and community sites are free under our terms; whatever is "
    "named nowhere here (adaptations, use by AI) is quoted by a person.",
    {
        "currency": "EUR",
        "tax": {"label": "VAT", "percent": "7"},
        "uses": {
            "commercial_web": _fee(
                "120", "60", TERM, TERRITORY, LANGUAGES, REQUESTER, PICTURES, EXCLUSIVE, RUSH
            ),
            "print": _fee(
                "150",
                "50",
                _bands(
                    "print_run",
                    (1000, "1"),
                    (5000, "1.3"),
                    (10000, "1.6"),
                    (50000, "2.5"),
                    (100000, "3.5"),
                ),
                TERRITORY,
                LANGUAGES,
                REQUESTER,
                PORTION,
                EXCLUSIVE,
                {"driver": "formats", "each_further": {"add": "40"}},
                PICTURES,
                RUSH,
            ),
            "translation": _fee(
                "90",
                "45",
                _choices("medium", print="1.2", web="1", both="1.6"),
                TERRITORY,
                REQUESTER,
                RUSH,
            ),
            "education": _fee(
                "20",
                "0",
                _bands("copies", (30, "1"), (100, "2"), (500, "4")),
                CHARITIES,
                PORTION,
            ),
            "broadcast": _fee(
                "180",
                "90",
                _choices("medium", radio="1", television="2", podcast="0.8", stream="1.2"),
                TERRITORY,
                REQUESTER,
                RUSH,
            ),
        },
    },
)

READY_MADE_FEES: dict[str, ReadyMadeFees] = {EUROS.slug: EUROS}
