"""Duties that come with time; ``manage.py clock`` does them.

Each app registers its own in a module ``duties.py``, which the command finds. A duty asks the
rows what is due and may therefore be called as often as one likes. What talks with another machine
meanwhile is an errand: no transaction waits for an answer from outside.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.db import connection, transaction

logger = logging.getLogger(__name__)

Duty = Callable[..., str]
DUTIES: dict[str, Duty] = {}
Errand = Callable[..., object]
ERRANDS: dict[str, Errand] = {}


@dataclass(frozen=True)
class Outcome:
    """What one duty said, or that it failed."""

    name: str
    said: str = ""
    has_failed: bool = False

    def __str__(self):
        return f"{self.name}: {self.said}"


def duty(name: str) -> Callable[[Duty], Duty]:
    """Registers a function that takes ``at`` and returns a sentence of what it did, else ``""``.

    ``name`` says in words what is done. Raises ValueError where another function has the name.
    """

    def register(function: Duty) -> Duty:
        standing = DUTIES.setdefault(name, function)
        if (standing.__module__, standing.__qualname__) != (
            function.__module__,
            function.__qualname__,
        ):
            raise ValueError(f"Two duties are called “{name}”.")
        return function

    return register


def do_duties(*, at: datetime) -> list[Outcome]:
    """Does each duty once, in a transaction of its own; one that fails does not stop the others."""
    return [_done(name, function, at=at) for name, function in DUTIES.items()]


def errand(name: str) -> Callable[[Errand], Errand]:
    """Registers a function that talks with another machine: it is called outside of a transaction.

    It takes ``is_stopping`` and returns what it did: worded by ``str()``, with ``has_trouble``. Of
    two that are out at once each must leave to the other what the other has claimed.
    """

    def register(function: Errand) -> Errand:
        ERRANDS[name] = function
        return function

    return register


def run_errands(*, is_stopping: Callable[[], bool] = lambda: False) -> list[Outcome]:
    """Runs each errand once; one that fails does not stop the others."""
    return [_run(name, function, is_stopping) for name, function in ERRANDS.items()]


def _run(name: str, function: Errand, is_stopping: Callable[[], bool]) -> Outcome:
    try:
        done = function(is_stopping=is_stopping)
        return Outcome(name, said=str(done), has_failed=done.has_trouble)
    except Exception:
        logger.exception("This errand failed: %s", name)
        return Outcome(name, has_failed=True)


def _done(name: str, function: Duty, *, at: datetime) -> Outcome:
    try:
        with transaction.atomic():
            _wait_for_turn(name)
            return Outcome(name, said=function(at=at))
    except Exception:
        logger.exception("This duty failed: %s", name)
        return Outcome(name, has_failed=True)


def _wait_for_turn(name: str) -> None:
    # Of two clocks the second waits and finds nothing left to do. On SQLite it waits at BEGIN.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(name.encode())])
