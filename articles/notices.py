"""What stands under an article as a section, and what other desks register to say there.

A desk that knows whether a wording of the house holds for an article registers a writer for that
section; this module does not know the desks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Section:
    """One text under the article. ``style`` is ``plain``, ``italic`` or ``small`` (legal text).

    ``language`` is that of the text where it is not that of the label: ``""`` otherwise.
    """

    key: str
    html: SafeString
    label: str = ""
    style: str = "plain"
    language: str = ""


# ``writer(page, house=Section) -> Section``: given the wording of the house, what is to be said.
Writer = Callable[..., Section]
_writers: dict[str, Writer] = {}


def register(key: str) -> Callable[[Writer], Writer]:
    """A decorator: from now on the function says what the section ``key`` says."""

    def keep(writer: Writer) -> Writer:
        _writers[key] = writer
        return writer

    return keep


def said(page, house: Section) -> Section:
    """What is said of ``page`` where the house would say ``house``."""
    writer = _writers.get(house.key)
    return writer(page, house=house) if writer else house
