"""How long requests have been with us, in bands of days; what waits for us, and what is late."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from licensing.models import PermissionRequest
from licensing.models.clearance import day_begins


class Band(NamedTuple):
    """From ``first`` to ``last`` days old; the last band is open."""

    first: int
    last: int | None

    @property
    def label(self) -> str:
        if self.last is None:
            return _("More than %d days") % (self.first - 1)
        return _("%(first)d to %(last)d days") % {"first": self.first, "last": self.last}

    def received(self, *, on: date) -> Q:
        """Received so many days before ``on``."""
        before = Q(received_at__lt=day_begins(on + timedelta(days=1 - self.first)))
        if self.last is None:
            return before
        return before & Q(received_at__gte=day_begins(on - timedelta(days=self.last)))


BANDS = (Band(0, 2), Band(3, 5), Band(6, 10), Band(11, 20), Band(21, None))


def ours_by_age(*, on: date) -> list[tuple[Band, int, int]]:
    """Band by band how many wait for us, and how many of these past the day we promised."""
    late = Q(promised_by__lt=on)
    counts = {f"all_{band.first}": Count("pk", filter=band.received(on=on)) for band in BANDS}
    counts |= {
        f"late_{band.first}": Count("pk", filter=band.received(on=on) & late) for band in BANDS
    }
    found = PermissionRequest.objects.ours_to_do().aggregate(**counts)
    return [(band, found[f"all_{band.first}"], found[f"late_{band.first}"]) for band in BANDS]
