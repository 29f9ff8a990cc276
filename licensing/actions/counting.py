"""How a reading is counted: one more on a day and a host, and nothing is kept of who read.

Whoever reads a copy again on the same day is known by a mark that is made with a salt of that day.
Marks and salt are thrown away when the day is over; the rows that are counted in have neither.
"""

import hashlib
import hmac
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from cms import secret_links
from licensing.actions import steps
from licensing.actions.crossposts import declare
from licensing.copies import addresses
from licensing.copies.pixels import pixel_of
from licensing.models import (
    Crosspost,
    FoundBy,
    Grant,
    Pixel,
    ReaderOfTheDay,
    Readings,
    SaltOfTheDay,
    Sighting,
)
from licensing.rights.conditions import must_be_counted, parse

# Anybody can say to come from anywhere: so many hosts are told apart on one day of one copy.
MOST_HOSTS = 200


def new_key() -> str:
    """What stands in the address of a pixel: nobody guesses it, and it says nothing."""
    return secret_links.random_token()


def give_pixel(grant: Grant, article: Article, *, at: datetime) -> Pixel:
    """The counting pixel of this copy, made if there is none."""
    values = {"key": new_key(), "made_at": at}
    return Pixel.objects.get_or_create(grant=grant, article=article, defaults=values)[0]


def give_pixels_owed(grant: Grant, *, at: datetime) -> None:
    """A pixel for each article of a grant under which it has to stand. One that takes the place
    of another goes on with the pixel of that: the copies carry it already.
    """
    if not must_be_counted(parse(grant.conditions)):
        return
    for row in grant.granted.select_related("article"):
        if pixel_of(grant, row.article) is None:
            give_pixel(grant, row.article, at=at)


# --- Readings ---------------------------------------------------------------------------------


@transaction.atomic
def count(pixel: Pixel, *, host: str, reader: str, at: datetime) -> bool:
    """Counts one reading. Returns whether it did: not the same reader twice on a day.

    ``reader`` is all that is known of them, and is forgotten here; empty where nothing is.
    """
    day = timezone.localdate(at)
    if reader and not _is_first(pixel, reader, day):
        return False
    _add(pixel, day, host, at=at)
    return True


def _is_first(pixel: Pixel, reader: str, day: date) -> bool:
    """Whether this reader was not here today. Of two that come at once one is the first."""
    said = f"{pixel.pk}:{reader}".encode()
    mark = hmac.new(_salt(day).encode(), said, hashlib.sha256).hexdigest()
    try:
        with transaction.atomic():
            ReaderOfTheDay.objects.create(mark=mark, day=day)
    except IntegrityError:
        return False
    return True


def _salt(day: date) -> str:
    """What all processes use on ``day``; made by whoever needs it first."""
    values = {"salt": secret_links.random_token()}
    return SaltOfTheDay.objects.get_or_create(day=day, defaults=values)[0].salt


def _add(pixel: Pixel, day: date, host: str, *, at: datetime) -> None:
    """One more, by the database itself: of many who come at once none is lost."""
    today = Readings.objects.filter(pixel=pixel, day=day)
    if today.filter(host=host).update(number=F("number") + 1):
        return
    if host and today.count() >= MOST_HOSTS:
        host = ""
    row = Readings(pixel=pixel, day=day, host=host, number=0)
    Readings.objects.bulk_create([row], ignore_conflicts=True)
    today.filter(host=host).update(number=F("number") + 1)
    # A copy that is gone does not fetch a pixel: another one stands there.
    known = Crosspost.objects.standing().filter(article=pixel.article_id, host=host)
    if host and not known.exists():
        seen = Sighting(pixel=pixel, host=host, first_at=at)
        Sighting.objects.bulk_create([seen], ignore_conflicts=True)


def forget_readers(*, at: datetime) -> None:
    """Throws away what would tell who read a copy on a day that is over."""
    today = timezone.localdate(at)
    SaltOfTheDay.objects.filter(day__lt=today).delete()
    ReaderOfTheDay.objects.filter(day__lt=today).delete()


# --- Hosts that showed a copy, of which nobody told us ----------------------------------------


@transaction.atomic
def enter_sighting(
    sighting: Sighting, *, url: str, by, at: datetime | None = None
) -> tuple[Crosspost, bool]:
    """The desk found the page. Raises NotYours, ValidationError."""
    steps.ask(by, "licensing.add_crosspost")
    pixel = sighting.pixel
    if not addresses.is_at(url, sighting.host):
        said = _(
            "This is no address at %(host)s. A copy elsewhere is entered in the list of copies."
        )
        raise ValidationError({"url": said % {"host": sighting.host}})
    return declare(
        pixel.article,
        url=url,
        outlet=pixel.grant.licensee_outlet,
        grant=pixel.grant,
        found_by=FoundBy.PIXEL,
        by=by,
        at=at,
    )


def dismiss(sighting: Sighting, *, by, at: datetime | None = None) -> None:
    """The desk says that no copy stands there. Raises NotYours."""
    steps.ask(by, "licensing.change_crosspost")
    rows = Sighting.objects.filter(pk=sighting.pk, dismissed_at=None)
    rows.update(dismissed_at=at or timezone.now(), dismissed_by=by)
    sighting.refresh_from_db()
