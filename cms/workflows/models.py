"""The audit line of a move: typed, written once, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EventsAreAppendOnly(Exception):
    """Somebody tried to change or delete what has happened."""


class EventQuerySet(models.QuerySet):
    """Reads and adds; refuses the rest."""

    def update(self, **kwargs):
        raise EventsAreAppendOnly("An event is never changed.")

    def delete(self):
        raise EventsAreAppendOnly("An event is never deleted.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise EventsAreAppendOnly("An event is never changed.")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise EventsAreAppendOnly("An event is never changed.")
        return super().bulk_create(objs, *args, **kwargs)


class Event(models.Model):
    """Who moved a row, when, from where to where, and why. Subclasses add the row itself."""

    move = models.CharField(_("move"), max_length=40)
    from_status = models.CharField(_("from"), max_length=40, blank=True)
    to_status = models.CharField(_("to"), max_length=40)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    # Who it was where nobody with an account moved it: the clock, a rights holder by a secret link.
    actor = models.CharField(_("on whose behalf"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = EventQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.move} ({self.from_status} → {self.to_status})"

    def save(self, **kwargs):
        """Adds the line. Raises EventsAreAppendOnly when it stands already."""
        if not self._state.adding:
            raise EventsAreAppendOnly("An event is never changed.")
        # Never an UPDATE, even where somebody chose the key of a line that stands.
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise EventsAreAppendOnly("An event is never deleted.")

    @property
    def who(self) -> str:
        """The name to show: a colleague's, else that of whoever acted without an account."""
        return str(self.by) if self.by else self.actor
