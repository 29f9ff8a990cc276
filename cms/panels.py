"""The first page of the admin: each desk registers what it shows to whom, and the page lists it.

Panels are made for one person at one moment; a maker yields none where it has nothing to say to
that person. Nothing here knows a model.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

# Nobody needs to know whether it is 1,000 or 40,000; counting stops here.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Count:
    """How many rows wait, and the list of exactly these. ``more``: counting stopped at it."""

    label: str
    number: int
    url: str
    is_alarm: bool = False
    more: bool = False


@dataclass(frozen=True)
class Row:
    """One thing that waits: its name with a link, what is to be known of it, and when.

    ``mark`` is a short word that stands out, ``sign`` its sign, so that no colour stands alone.
    """

    words: str
    url: str
    note: str = ""
    when: str = ""
    mark: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Cell:
    """A figure of a table, with a link to exactly the rows that it counts where there is one."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Figures:
    """A plot, drawn by ``template`` from ``plot``, and the same figures as a table."""

    key: str
    title: str
    header: list[str]
    rows: list[list[Cell]]
    template: str = ""
    plot: object = None
    explanation: str = ""
    more_label: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Panel:
    """One piece of the first page.

    Its ``counts`` are a strip of links; below them stand its ``rows``, or ``template`` shows
    ``shown``. Where nothing waits, ``empty`` says so. ``place`` orders the page, smallest first;
    ``wide`` panels take the whole width (plots, the week).
    """

    key: str
    title: str
    place: int
    counts: list[Count] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    empty: str = ""
    template: str = ""
    shown: dict = field(default_factory=dict)
    wide: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits here."""
        return not (self.rows or self.template or any(count.number for count in self.counts))


# ``maker(user, at=)`` → panels, those that there are for this person.
Maker = Callable[..., Iterable[Panel]]
_makers: list[Maker] = []


def register(maker: Maker) -> Maker:
    """A decorator: from now on the first page asks this desk, too."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def panels(user, *, at: datetime) -> list[Panel]:
    """What ``user`` is shown at ``at``, in its order."""
    made = (panel for maker in _makers for panel in maker(user, at=at))
    return sorted(made, key=lambda panel: panel.place)


def capped(rows) -> tuple[int, bool]:
    """How many ``rows`` (a QuerySet) there are, up to MOST_COUNTED, and whether there are more."""
    number = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def counted(label: str, rows, url: str, *, is_alarm: bool = False) -> Count:
    """``rows`` (a QuerySet) as a Count; it alarms only where there are any."""
    number, more = capped(rows)
    return Count(label, number, url, is_alarm=is_alarm and number > 0, more=more)
