"""How often copies are read: counted by a pixel, a number a day; nothing of a reader is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.written_once import WrittenOnce
from licensing.models.crosspost import Crosspost


class Pixel(WrittenOnce):
    """The counting pixel of one grant and article: its address holds this key, and no more."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    grant = models.ForeignKey("licensing.Grant", on_delete=models.PROTECT, related_name="pixels")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="pixels")
    made_at = models.DateTimeField(_("made"))

    class Meta(WrittenOnce.Meta):
        verbose_name = _("counting pixel")
        verbose_name_plural = _("counting pixels")
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "article"], name="a_grant_has_one_pixel_for_each_article"
            )
        ]

    def __str__(self):
        return self.key


class Readings(models.Model):
    """How often the copies under one pixel were read on one day, by the host that showed them."""

    pixel = models.ForeignKey(Pixel, on_delete=models.PROTECT, related_name="readings")
    day = models.DateField(_("day"))
    # As the browser names it; empty where it names none.
    host = models.CharField(_("host"), max_length=255, blank=True)
    number = models.PositiveIntegerField(_("readings"), default=0)

    class Meta:
        verbose_name = _("readings of a day")
        verbose_name_plural = _("readings by day")
        ordering = ["-day", "host"]
        constraints = [
            models.UniqueConstraint(
                fields=["pixel", "day", "host"], name="readings_are_counted_once_a_day_and_host"
            )
        ]
        indexes = [models.Index(fields=["day"], name="readings_by_day")]

    def __str__(self):
        return f"{self.day}: {self.number}"


class SaltOfTheDay(models.Model):
    """What is mixed into the marks of one day. It is thrown away with them, and then nobody, not
    even we, could tell whether a mark was made of somebody.
    """

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.day}"


class ReaderOfTheDay(models.Model):
    """Somebody has read one copy today: a mark that cannot be read back, kept until tomorrow."""

    mark = models.CharField(primary_key=True, max_length=64)
    day = models.DateField(db_index=True)

    def __str__(self):
        return f"{self.day}"


class SightingQuerySet(models.QuerySet):
    """Hosts that showed a copy and …"""

    def open(self):
        """… of which nobody told us an address there, nor said that it is no copy.

        Whoever tells of one closes it (``crossposts.declare``), so that those told stand in no
        one's way here; one that was seen in the same moment is left out by the register.
        """
        told = Crosspost.objects.standing().filter(
            article=OuterRef("pixel__article"), host=OuterRef("host")
        )
        return self.filter(~Exists(told), dismissed_at=None)


class Sighting(models.Model):
    """A host from which a pixel was fetched: a copy seems to stand there, at some address."""

    pixel = models.ForeignKey(Pixel, on_delete=models.PROTECT, related_name="sightings")
    host = models.CharField(_("host"), max_length=255)
    first_at = models.DateTimeField(_("first seen"))
    # Somebody of the desk said that it is none: a translation service, a mail program on the web.
    dismissed_at = models.DateTimeField(null=True, editable=False)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = _("host with a copy")
        verbose_name_plural = _("hosts with a copy")
        ordering = ["-first_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pixel", "host"], name="a_host_is_seen_once_under_each_pixel"
            )
        ]
        indexes = [
            models.Index(
                fields=["-first_at", "-id"],
                condition=Q(dismissed_at__isnull=True),
                name="sightings_newest_first",
            )
        ]

    def __str__(self):
        return self.host
