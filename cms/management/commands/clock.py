"""Does every duty that comes with time, runs the errands, then delivers the mail that is due."""

import logging
import os
import signal
from argparse import ArgumentTypeError
from threading import Event

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from cms.clock import do_duties, run_errands
from cms.outbox.delivery import deliver

logger = logging.getLogger(__name__)

# How often a clock that watches looks whether it should end.
GLANCE = 0.5


def seconds(value: str) -> int:
    """For argparse: a whole number from one up."""
    if not value.isdecimal() or int(value) < 1:
        raise ArgumentTypeError("a whole number of seconds, at least 1")
    return int(value)


class Command(BaseCommand):
    """``manage.py clock``"""

    help = "Does every duty once and delivers the mail that is due; safe to call at any time."

    def add_arguments(self, parser):
        parser.add_argument(
            "--watch",
            nargs="?",
            const=60,
            type=seconds,
            metavar="SECONDS",
            help="Do so again and again, by default every 60 seconds, until terminated.",
        )
        parser.add_argument(
            "--beside",
            type=int,
            metavar="PID",
            help="With --watch: end when this process, which started the clock, has ended.",
        )

    def handle(self, *args, watch, beside, **options):
        autodiscover_modules("duties")
        self.is_stopping = Event()
        if watch is None:
            if not self.strike():
                raise CommandError("Not all went well; the log says what.")
            return
        self.beside = beside
        for end in (signal.SIGTERM, signal.SIGINT):
            signal.signal(end, lambda *_: self.is_stopping.set())
        while not self._should_end():
            self.strike()
            # A database that was restarted is found again only by a new connection.
            connections.close_all()
            self._rest(watch)

    def strike(self) -> bool:
        """All that is due now. Returns whether all went well; never raises."""
        outcomes = do_duties(at=timezone.now())
        outcomes += run_errands(is_stopping=self.is_stopping.is_set)
        for outcome in outcomes:
            if outcome.said:
                self.stdout.write(str(outcome))
        try:
            delivery = deliver(is_stopping=self.is_stopping.is_set)
        except Exception:
            logger.exception("Mail could not be delivered")
            return False
        if said := str(delivery):
            self.stdout.write(said)
        return not (delivery.has_trouble or any(outcome.has_failed for outcome in outcomes))

    def _rest(self, length: int) -> None:
        for _glance in range(int(length / GLANCE)):
            if self._should_end():
                return
            self.is_stopping.wait(GLANCE)

    def _should_end(self) -> bool:
        is_orphan = self.beside is not None and os.getppid() != self.beside
        return self.is_stopping.is_set() or is_orphan
