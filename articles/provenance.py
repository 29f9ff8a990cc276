"""The way a text took to us, and what cannot be true of it. Asks nobody; reads what it is given."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Publication


def faults(
    publication: Publication | None,
    originating: Publication | None,
    steps: Sequence[tuple[Publication, date | None]],
    original_date: date | None = None,
) -> list[str]:
    """Why this way is impossible, in sentences; empty means it is not.

    ``publication`` is ours beside the date, ``originating`` where the text first ran, ``steps`` the
    publications between, in order, with their days.
    """
    reasons = []
    if originating is None:
        if steps:
            reasons.append(_("The steps on the way here have no originating publication."))
        return reasons
    if originating.is_house:
        reasons.append(
            _("The originating publication is our own. Leave it empty for a text of ours.")
        )
    elif originating == publication:
        reasons.append(
            _("“%(publication)s” cannot be the origin of what it publishes itself.")
            % {"publication": originating}
        )
    seen, last = {originating}, original_date
    for step, day in steps:
        if step in seen:
            reasons.append(
                _("The way here runs in a circle: “%(publication)s” stands in it twice.")
                % {"publication": step}
            )
        if day and last and day < last:
            reasons.append(
                _("“%(publication)s” had it on %(day)s, before the step ahead of it (%(last)s).")
                % {"publication": step, "day": date_format(day), "last": date_format(last)}
            )
        seen.add(step)
        last = day or last
    return reasons
