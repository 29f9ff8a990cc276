"""Reads the whole record again and says in sentences where a chain of events is broken.

One statement per kind of event, read in chunks: what moves meanwhile is seen before or after its
move, never in between, and a million events need no more memory than a thousand.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import OuterRef, Subquery

from cms.workflows import seals
from cms.workflows.anchors import Head, NotAnAnchor
from cms.workflows.models import Event

CHUNK = 1000
# What reading raises where a column was made to hold what it cannot hold, as SQLite allows.
UNREADABLE = (DatabaseError, ArithmeticError, AttributeError, RecursionError, TypeError, ValueError)


def kinds() -> dict[str, type[Event]]:
    """Every kind of event there is, by its label."""
    found = {model._meta.label_lower: model for model in apps.get_models()}
    return {label: found[label] for label in sorted(found) if issubclass(found[label], Event)}


@dataclass
class Reading:
    """One reading of the record. ``keys`` made the seals, the newest first.

    ``heads`` is told the last event of every chain, in an order that stays the same.
    """

    keys: Sequence[str]
    heads: Callable[[Head], None] = lambda head: None
    events: int = 0
    chains: int = 0
    under_former_keys: int = 0

    def faults(self) -> Iterator[str]:
        """What is wrong, a sentence each. The counts are complete when it has ended."""
        for label, model in kinds().items():
            try:
                yield from self._faults_of_kind(label, model)
                yield from _faults_of_rows_without_events(model)
            except UNREADABLE as failure:
                yield f"{label}: cannot be read to the end ({failure})."

    def _faults_of_kind(self, label: str, model: type[Event]) -> Iterator[str]:
        subject = model.subject()
        rows = subject.remote_field.model
        row_status = rows._base_manager.filter(pk=OuterRef(subject.attname)).values("status")
        events = (
            model.objects.order_by(subject.attname, "number", "pk")
            .annotate(row_status=Subquery(row_status))
            .values(subject.attname, *seals.COLUMNS, "seal", "row_status")
            .iterator(CHUNK)
        )
        for row, chain in groupby(events, key=itemgetter(subject.attname)):
            self.chains += 1
            for fault in self._faults_of_chain(label, row, chain, initial_status(rows)):
                yield f"{rows._meta.label_lower} {row}: {fault}"

    def _faults_of_chain(self, label, row, chain: Iterable[dict], status) -> Iterator[str]:
        number, previous, keys = 0, seals.NOTHING, self.keys
        for event in chain:
            self.events += 1
            name = f"event {event['number']} ({event['move']})"
            if event["number"] == number + 1:
                line = seals.Line(
                    chain=label, row=row, **{column: event[column] for column in seals.COLUMNS}
                )
                place = seals.place_of_key(event["seal"], previous, line, keys=keys)
                if place is None:
                    yield f"{name} is not what was sealed."
                else:
                    self.under_former_keys += place > 0
                    # Whoever learns of a former key cannot write with it behind a newer one.
                    keys = keys[: place + 1]
                if status is not None and event["from_status"] not in _beginnings(number, status):
                    yield f"{name} starts from “{event['from_status']}”, not from “{status}”."
            else:
                yield _gap(number, event["number"])
            number, previous, status = event["number"], event["seal"], event["to_status"]
        if event["row_status"] is None:
            yield "the row is gone, its events are not."
        elif event["row_status"] != status:
            yield f"the row is “{event['row_status']}”, its last event says “{status}”."
        self.heads(Head(chain=label, row=str(row), number=number, seal=previous))


def initial_status(rows) -> str | None:
    """In which status a row begins; None where that is not the same for all."""
    field = rows._meta.get_field("status")
    return str(field.default) if field.has_default() else None


def _beginnings(number: int, status: str) -> tuple[str, ...]:
    """From where the event after event ``number`` may start; the first may start from nothing."""
    return (status,) if number else (status, "")


def _gap(number: int, found: int) -> str:
    if found <= number:
        return f"event {found} is out of order."
    if found == number + 2:
        return f"event {number + 1} is missing."
    return f"events {number + 1} to {found - 1} are missing."


def _faults_of_rows_without_events(model: type[Event]) -> Iterator[str]:
    rows = model.subject().remote_field.model
    initial = initial_status(rows)
    unexplained = rows._base_manager.filter(events=None).order_by("pk")
    if initial is not None:
        unexplained = unexplained.exclude(status=initial)
    for key, status in unexplained.values_list("pk", "status").iterator(CHUNK):
        yield f"{rows._meta.label_lower} {key}: the row is “{status}”, and no event led there."


def heads_that_vanished(heads: Iterable[Head]) -> Iterator[str]:
    """Which of ``heads``, known from before, no longer stand in their chain, a sentence each.

    With no fault in the chains themselves that proves all that stood before these heads, too.
    """
    known = kinds()
    for label, of_kind in groupby(heads, key=attrgetter("chain")):
        if label not in known:
            yield f"{label}: there are no such events any more."
            continue
        subject = known[label].subject()
        row_label = subject.remote_field.model._meta.label_lower
        while batch := list(islice(of_kind, CHUNK)):
            standing = {
                (str(row), number, seal)
                for row, number, seal in known[label]
                .objects.filter(
                    **{f"{subject.attname}__in": [_key(subject, head) for head in batch]},
                    seal__in=[head.seal for head in batch],
                )
                .values_list(subject.attname, "number", "seal")
            }
            for head in batch:
                if (head.row, head.number, head.seal) not in standing:
                    yield f"{row_label} {head.row}: event {head.number} is no longer what it was."


def _key(subject, head: Head):
    try:
        return subject.target_field.clean(head.row, None)
    except ValidationError:
        raise NotAnAnchor(f"“{head.row}” is no key of a row.") from None
