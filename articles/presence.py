"""Who is editing: taking an article up for writing, staying, taking it over, leaving it.

Nobody is locked out by this: it warns of a colleague. What two wrote at the same time is kept
apart by ``articles.merging``.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Editing
from articles.models.presence import ACTIVE


def claim(article: Article, *, by, key: str, at: datetime | None = None) -> Editing:
    """Takes the article up where nobody else is active in it. Returns who holds it now.

    One's own other tab gives way: it is most often the same one, loaded anew.
    """
    at = at or timezone.now()
    held = Editing.objects.filter(article=article)
    is_own = held.filter(user=by, seen_at__gt=at - ACTIVE).update(key=key, seen_at=at)
    if not is_own:
        idle = held.filter(Q(user=by) | Q(seen_at__lte=at - ACTIVE))
        if not idle.update(user=by, key=key, since=at, seen_at=at):
            Editing.objects.bulk_create([_begun(article, by, key, at)], ignore_conflicts=True)
    return held.select_related("user").first() or _begun(article, by, key, at)


def stay(article: Article, *, by, key: str, at: datetime | None = None) -> Editing:
    """A tab tells that it is still there. Returns who holds the article now."""
    at = at or timezone.now()
    held = Editing.objects.filter(article=article)
    if not held.filter(user=by, key=key).update(seen_at=at):
        standing = held.select_related("user").first()
        if standing and standing.is_active(at):
            return standing
        return claim(article, by=by, key=key, at=at)
    return held.select_related("user").first() or _begun(article, by, key, at)


def _begun(article: Article, by, key: str, at: datetime) -> Editing:
    return Editing(article=article, user=by, key=key, since=at, seen_at=at)


def holder(article: Article, *, at: datetime | None = None) -> Editing | None:
    """Who is active in the article, if anybody."""
    held = Editing.objects.filter(article=article).select_related("user").first()
    return held if held and held.is_active(at) else None


def take_over(article: Article, *, by, key: str = "", at: datetime | None = None):
    """Lets ``by`` write from now on. Returns the colleague it was taken from, or None."""
    at = at or timezone.now()
    before = holder(article, at=at)
    values = {"user": by, "key": key, "since": at, "seen_at": at}
    Editing.objects.update_or_create(article=article, defaults=values)
    return before.user if before and before.user_id != by.pk else None


def leave(article: Article, *, by, key: str | None = None) -> None:
    """A tab is closed; without a key: what somebody wrote in any tab is saved."""
    held = Editing.objects.filter(article=article, user=by)
    (held if key is None else held.filter(key=key)).delete()


def colleague(article: Article, *, by, at: datetime | None = None) -> Editing | None:
    """Somebody else who is active in the article, if anybody."""
    held = holder(article, at=at)
    return held if held and held.user_id != by.pk else None


def in_words(held: Editing, *, by, at: datetime | None = None) -> str:
    """Who holds the article, as ``by`` reads it."""
    if held.user_id == by.pk:
        return _("You are editing this article in another window.")
    seconds = max(0, int(((at or timezone.now()) - held.seen_at).total_seconds()))
    return ngettext(
        "%(who)s is editing this since %(since)s, last active %(seconds)d second ago.",
        "%(who)s is editing this since %(since)s, last active %(seconds)d seconds ago.",
        seconds,
    ) % {
        "who": held.user.get_full_name() or held.user,
        "since": date_format(timezone.localtime(held.since), "TIME_FORMAT"),
        "seconds": seconds,
    }
