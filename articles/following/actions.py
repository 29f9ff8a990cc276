"""The verbs of followers: ask, confirm, change, stop. Who stops, or never confirms, is erased."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from post_office.models import Email

from articles.following import letters, links
from articles.following.due import next_due
from articles.following.headings import MOST, Heading, following
from articles.models import Follower, Following, NewsEntry
from cms.outbox.letters import one_address

# An address that nobody confirmed is thrown away after this while …
UNCONFIRMED_KEPT = timedelta(days=7)
# … and so is the row of somebody who stopped, which holds no address, but by which a link in an
# old mail can say that it has ended.
STOPPED_KEPT = timedelta(days=365)


def normalised(email: str) -> str:
    """The address as it is kept, so that one person follows once. Raises MailRefused."""
    name, _at_sign, host = one_address(email.strip().lower()).rpartition("@")
    # Many ways to write a domain are one for those who deliver the mail.
    host = host.encode("idna").decode()
    with suppress(UnicodeError):
        host = host.encode().decode("idna")
    return one_address(f"{name}@{host}")


@transaction.atomic
def ask(
    email: str,
    *,
    what: Iterable[Heading],
    frequency: str,
    language: str,
    at: datetime | None = None,
) -> Follower:
    """Somebody wants to follow ``what``: they are sent a link on which to confirm.

    Who follows already is sent the link to change it, with what is new ready to be ticked: by
    typing an address nobody changes what another follows. Raises MailRefused.
    """
    at, what = at or timezone.now(), list(what)
    # Locked as it is found: whoever stops at this moment is found no more, and begins anew.
    follower, _is_new = Follower.objects.select_for_update().get_or_create(
        email=normalised(email),
        defaults={"frequency": frequency, "language": language, "asked_at": at, **links.new()},
    )
    if follower.confirmed_at:
        letters.tell_to_manage(follower, what, at=at)
        return follower
    follower.frequency, follower.language, follower.asked_at = frequency, language, at
    follower.save(update_fields=["frequency", "language", "asked_at"])
    _follow(follower, what)
    letters.tell_to_confirm(follower, what, days=UNCONFIRMED_KEPT.days, at=at)
    return follower


@transaction.atomic
def confirm(
    follower: Follower,
    *,
    what: Iterable[Heading],
    frequency: str,
    language: str,
    at: datetime | None = None,
) -> bool:
    """The person of the address says yes, to ``what`` as it stands now. Returns whether it is new:
    a second yes only changes what the first said, and none comes back to who has stopped.
    """
    at = at or timezone.now()
    newest = NewsEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    began = Follower.objects.unconfirmed().filter(pk=follower.pk)
    is_new = began.update(confirmed_at=at, since=newest, told=newest)
    change(follower, what=what, frequency=frequency, language=language, at=at)
    return bool(is_new)


@transaction.atomic
def change(
    follower: Follower,
    *,
    what: Iterable[Heading],
    frequency: str,
    language: str,
    at: datetime | None = None,
) -> bool:
    """From now on ``what``, so often, in this language. Returns whether there was anybody."""
    at = at or timezone.now()
    row = Follower.objects.select_for_update().filter(pk=follower.pk, stopped_at=None).first()
    if row is None:
        return False
    if row.frequency != frequency or row.due_at is None:
        row.due_at = due_after(at, frequency) if row.confirmed_at else None
    row.frequency, row.language = frequency, language
    row.save(update_fields=["frequency", "language", "due_at"])
    wanted = list(what)
    keep = {heading.key for heading in wanted}
    gone = [link.pk for link in row.followings.all() if link.key not in keep]
    Following.objects.filter(pk__in=gone).delete()
    _follow(row, wanted)
    return True


@transaction.atomic
def stop(follower: Follower, *, at: datetime | None = None) -> bool:
    """Ends everything and erases the address, here and in the outbox. Returns whether it did."""
    stopped = Follower.objects.filter(pk=follower.pk, stopped_at=None).update(
        stopped_at=at or timezone.now(), email="", seed="", due_at=None
    )
    if stopped:
        Following.objects.filter(follower=follower.pk).delete()
        _delete_letters([follower.pk])
    return bool(stopped)


@transaction.atomic
def forget(*, at: datetime, most: int) -> int:
    """Throws away who never confirmed, and what is left of who stopped long ago. Returns how many
    of the first there were.
    """
    old = Follower.objects.unconfirmed().filter(asked_at__lt=at - UNCONFIRMED_KEPT)
    keys = list(old.select_for_update().order_by("pk").values_list("pk", flat=True)[:most])
    _delete_letters(keys)
    Follower.objects.filter(pk__in=keys).delete()
    Follower.objects.filter(stopped_at__lt=at - STOPPED_KEPT).delete()
    return len(keys)


def due_after(at: datetime, frequency: str) -> datetime:
    """When whoever was written to at ``at`` is written to next."""
    zone = timezone.get_default_timezone()
    return next_due(frequency, after=at, hour=settings.DIGEST_HOUR, zone=zone)


def _follow(follower: Follower, what: Iterable[Heading]) -> None:
    known = {link.key for link in follower.followings.all()}
    new = [heading for heading in what if heading.key not in known]
    Following.objects.bulk_create(
        following(follower, heading) for heading in new[: max(MOST - len(known), 0)]
    )


def _delete_letters(keys: list[int]) -> None:
    for key in keys:
        Email.objects.filter(promise__key__startswith=letters.key_of(key)).delete()
