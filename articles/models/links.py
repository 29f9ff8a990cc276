"""What was found where a link leads, the last time that somebody looked."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 2000


class LinkCheckQuerySet(models.QuerySet):
    """Checks that are …"""

    def of(self, addresses):
        """… of one of these addresses."""
        return self.filter(key__in={key_of(address) for address in addresses})


class LinkCheck(models.Model):
    """The answer of an address; one row an address, whichever articles lead there."""

    class Outcome(models.TextChoices):
        ALIVE = "alive", _("Alive")
        MOVED = "moved", _("Moved")
        DEAD = "dead", _("Dead")
        REFUSED = "refused", _("Cannot be checked by a machine")
        FAILED = "failed", _("No answer")
        CLOSED = "closed", _("Not on the public web")

    key = models.CharField(max_length=64, unique=True, editable=False)
    address = models.CharField(_("address"), max_length=LONGEST)
    outcome = models.CharField(_("found"), max_length=8, choices=Outcome)
    code = models.PositiveSmallIntegerField(_("answer"), null=True)
    moved_to = models.CharField(_("moved to"), max_length=LONGEST, blank=True)
    checked_at = models.DateTimeField(_("checked"), db_index=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")

    def __str__(self):
        return self.address


def key_of(address: str) -> str:
    """An address as a short name: indexes have no room for 2,000 letters."""
    return hashlib.sha256(address.encode(errors="surrogatepass")).hexdigest()
