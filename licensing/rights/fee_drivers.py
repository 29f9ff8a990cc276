"""What moves a fee: one table of drivers, read by the tariff, its form, the price and the try-out.

English; whoever shows it translates it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from licensing.rights.marking import marked as _
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
    "print_run": Driver(_("Print run"), unit=_("copies")),
    "copies": Driver(_("Copies or people"), unit=_("copies")),
    "formats": Driver(_("Formats"), unit=_("formats")),
    "territory": _choice(
        _("Territory"),
        {"one": _("one country"), "some": _("several countries"), "world": _("the whole world")},
    ),
    "languages": Driver(_("Languages"), unit=_("languages")),
    "requester": _choice(
        _("Who asks"), {kind.value: name for kind, name in REQUESTER_KINDS.items()}
    ),
    "term_days": Driver(_("Term in days"), unit=_("days"), without=_("without an end")),
    "portion": _choice(_("Portion"), PORTIONS),
    "words": Driver(_("Words"), unit=_("words")),
    "pictures": Driver(_("Pictures"), unit=_("pictures")),
    "medium": _choice(
        _("Medium"),
        {
            "print": _("print"),
            "web": _("web"),
            "both": _("print and web"),
            "radio": _("radio"),
            "television": _("television"),
            "podcast": _("podcast"),
            "stream": _("stream or video platform"),
        },
    ),
    "exclusive": _choice(_("Exclusive"), {"no": _("no"), "yes": _("yes")}, idle="no"),
    "rush": _choice(_("In a hurry"), {"no": _("no"), "yes": _("yes")}, idle="no"),
}
