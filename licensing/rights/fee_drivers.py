"""What moves a fee: one table of drivers, read by the tariff, its form, the price and the try-out.

English; whoever shows it translates it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from licensing.rights.questions import PORTIONS, REQUESTER_KINDS


class Kind(StrEnum):
    """What a driver asks for."""

    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class Driver:
    """Something that moves a fee. ``choices``: value → label.

    ``unit`` follows a number: “500 copies”. ``without`` is how ``None`` is said, where that
    is an answer: a term that has no end. ``idle`` moves nothing unless a tariff says so.
    """

    label: str
    kind: Kind = Kind.NUMBER
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    without: str = ""
    idle: str = ""


def _choice(label: str, choices: Mapping[str, str], *, idle: str = "") -> Driver:
    return Driver(label, Kind.CHOICE, choices=choices, idle=idle)


DRIVERS: dict[str, Driver] = {
    "print_run": Driver("Print run", unit="copies"),
    "copies": Driver("Copies or people", unit="copies"),
    "formats": Driver("Formats", unit="formats"),
    "territory": _choice(
        "Territory",
        {"one": "one country", "some": "several countries", "world": "the whole world"},
    ),
    "languages": Driver("Languages", unit="languages"),
    "requester": _choice("Who asks", {kind.value: name for kind, name in REQUESTER_KINDS.items()}),
    "term_days": Driver("Term in days", unit="days", without="without an end"),
    "portion": _choice("Portion", PORTIONS),
    "words": Driver("Words", unit="words"),
    "pictures": Driver("Pictures", unit="pictures"),
    "medium": _choice(
        "Medium",
        {
            "print": "print",
            "web": "web",
            "both": "print and web",
            "radio": "radio",
            "television": "television",
            "podcast": "podcast",
            "stream": "stream or video platform",
        },
    ),
    "exclusive": _choice("Exclusive", {"no": "no", "yes": "yes"}, idle="no"),
    "rush": _choice("In a hurry", {"no": "no", "yes": "yes"}, idle="no"),
}
