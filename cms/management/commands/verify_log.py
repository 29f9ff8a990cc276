"""Reads every event again, and what they sealed, and says where somebody tampered with it."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from cms.workflows import witnesses
from cms.workflows.anchors import Anchor, Head, NotAnAnchor, read_heads
from cms.workflows.chains import Reading, heads_that_vanished


class Command(BaseCommand):
    """``manage.py verify_log``"""

    help = "Says where an event was changed, cut, inserted or lost; exit code 1 if one was."

    def add_arguments(self, parser):
        parser.add_argument(
            "--save",
            type=Path,
            metavar="PATH",
            help="Write the last seal of every chain into this new file, to be kept elsewhere.",
        )
        parser.add_argument(
            "--against",
            type=Path,
            metavar="PATH",
            help="Prove that all that such a file names still stands.",
        )

    def handle(self, *args, save: Path | None, against: Path | None, **options):
        if save and save.exists():
            raise CommandError(f"{save} exists already; an anchor is never written over.")
        anchor = Anchor()
        try:
            faults = self._say(heads_that_vanished(_heads_in(against))) if against else 0
            faults += self._read(anchor, save)
        except (OSError, UnicodeDecodeError, NotAnAnchor) as failure:
            raise CommandError(str(failure)) from failure
        if faults:
            places = "one place" if faults == 1 else f"{faults} places"
            raise CommandError(f"The record is broken in {places}.")
        now = timezone.now().isoformat(timespec="seconds")
        self.stdout.write(f"Anchor at {now}: {anchor.chains} chains, sha256 {anchor.sha256}")

    def _read(self, anchor: Anchor, save: Path | None) -> int:
        """Reads all and returns how much is wrong; ``save`` is written only if nothing is."""
        if save is None:
            return self._faults(Reading(settings.LOG_SEAL_KEYS, heads=anchor.add))
        draft = save.with_name(f"{save.name}.part")
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            reading = Reading(
                settings.LOG_SEAL_KEYS, heads=lambda head: file.write(anchor.add(head))
            )
            faults = self._faults(reading)
        if faults:
            draft.unlink()
        else:
            draft.replace(save)
        return faults

    def _faults(self, reading: Reading) -> int:
        autodiscover_modules("witnesses")
        faults = self._say(chain(reading.faults(), witnesses.faults()))
        self.stdout.write(f"Looked at {reading.events} events in {reading.chains} chains.")
        if reading.under_former_keys:
            self.stdout.write(f"{reading.under_former_keys} of them bear a seal of a former key.")
        return faults

    def _say(self, faults: Iterator[str]) -> int:
        count = 0
        for fault in faults:
            # What was tampered with may hold anything, also what a terminal would obey.
            self.stdout.write("".join(sign if sign.isprintable() else "�" for sign in fault))
            count += 1
        return count


def _heads_in(path: Path) -> Iterator[Head]:
    with path.open(encoding="utf-8") as file:
        yield from read_heads(file)
