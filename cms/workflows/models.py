"""The audit line of a move: typed, written once, never changed, sealed with the line before it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.workflows import seals


class EventsAreAppendOnly(Exception):
    """Somebody tried to change or delete what has happened."""


class FactsAreNotPlain(ValueError):
    """The facts of an event would not be read back as they were written."""


class EventQuerySet(models.QuerySet):
    """Reads, and adds one at a time; refuses the rest."""

    def update(self, **kwargs):
        raise EventsAreAppendOnly("An event is never changed.")

    def delete(self):
        raise EventsAreAppendOnly("An event is never deleted.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise EventsAreAppendOnly("An event is never changed.")

    def bulk_create(self, objs, *args, **kwargs):
        raise EventsAreAppendOnly("Events are added one at a time, each behind the one before.")

    # What Django itself calls where it neither asks the row nor the methods above.

    def _update(self, values):
        raise EventsAreAppendOnly("An event is never changed.")

    def _raw_delete(self, using):
        raise EventsAreAppendOnly("An event is never deleted.")


class Event(models.Model):
    """Who moved a row, when, from where to where, and why.

    The events of a row form a chain: numbered from 1, each sealed together with the seal before it.
    Subclasses add the foreign key to the row, with ``related_name="events"``, and a constraint
    that a row has each number once, so that of two who write at once one is refused.
    """

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
    # What else belongs to the move: the number of a quote, the fingerprint of a grant.
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    number = models.PositiveIntegerField(_("number"), editable=False)
    seal = models.CharField(_("seal"), max_length=64, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]
        # Related managers write through the base manager: it refuses as well.
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.move} ({self.from_status} → {self.to_status})"

    def save(self, **kwargs):
        """Adds the line to the chain of its row.

        Raises EventsAreAppendOnly when it stands already, FactsAreNotPlain, and IntegrityError
        when somebody else took its place in the chain; ``perform`` holds the row, so that there
        nobody can.
        """
        if not self._state.adding:
            raise EventsAreAppendOnly("An event is never changed.")
        self._join_the_chain()
        # Never an UPDATE, even where somebody chose the key of a line that stands.
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise EventsAreAppendOnly("An event is never deleted.")

    @property
    def who(self) -> str:
        """The name to show: a colleague's, else that of whoever acted without an account."""
        return str(self.by) if self.by else self.actor

    @classmethod
    def subject(cls) -> models.ForeignKey:
        """The foreign key to the row that moved: the one whose other side is ``row.events``."""
        return next(
            field
            for field in cls._meta.concrete_fields
            if field.is_relation and field.remote_field.related_name == "events"
        )

    def _join_the_chain(self) -> None:
        """Sets number and seal, over that which will be read back."""
        if odd := seals.oddities(self.facts):
            raise FactsAreNotPlain("; ".join(odd) + ".")
        subject = self.subject()
        row = getattr(self, subject.attname)
        chain = type(self).objects.filter(**{subject.attname: row}).order_by("-number")
        last, previous = chain.values_list("number", "seal").first() or (0, seals.NOTHING)
        self.number = last + 1
        for field in self._meta.concrete_fields:
            if field.attname in seals.COLUMNS:
                setattr(self, field.attname, field.to_python(getattr(self, field.attname)))
        said = {column: getattr(self, column) for column in seals.COLUMNS}
        line = seals.Line(chain=self._meta.label_lower, row=row, **said)
        self.seal = seals.seal(previous, line, key=settings.LOG_SEAL_KEYS[0])
