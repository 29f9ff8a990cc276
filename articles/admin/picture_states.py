"""What the library says of a picture in a word or two: whose it is, how long it may be shown."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.admin.picture_filters import SOON
from articles.models import Image


class Pill(NamedTuple):
    """A state as it is shown; ``kind`` is ok, wait, stop or idle, and gives the colour."""

    kind: str
    words: str


_KINDS = {Image.RightsCategory.OWN: "ok", Image.RightsCategory.UNKNOWN: "wait"}


def pills(image: Image, *, at: datetime) -> list[Pill]:
    """Its category, and the end of the right to show it where one is known."""
    category = Image.RightsCategory(image.rights_category)
    found = [Pill(_KINDS.get(category, "idle"), category.label)]
    if (end := image.ends_at) is not None:
        found.append(_end(image, end, at))
    if image.replaced_by_id:
        found.append(Pill("idle", _("Replaced")))
    return found


def _end(image: Image, end: datetime, at: datetime) -> Pill:
    if end <= at:
        return Pill("stop", _("Right ended"))
    day = date_format(timezone.localdate(end - timedelta(microseconds=1)), "SHORT_DATE_FORMAT")
    pattern = _("Cleared until %(day)s") if end == image.carry_until else _("Right ends %(day)s")
    return Pill("wait" if end <= at + SOON else "idle", pattern % {"day": day})
