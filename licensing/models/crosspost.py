"""Cross-posts: copies of our articles elsewhere, where they stand and whether they are in order."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.text import validate_single_line
from cms.workflows.models import Event
from cms.written_once import WrittenOnce, WrittenOnceQuerySet


class CrosspostStatus(models.TextChoices):
    """What the last look at a copy came to."""

    DECLARED = "declared", _("Declared")
    VERIFIED = "verified", _("In order")
    NON_COMPLIANT = "non_compliant", _("Not in order")
    RESOLVED = "resolved", _("Put right")
    GONE = "gone", _("Gone")


class FoundBy(models.TextChoices):
    """How we came to know of a copy."""

    TAKER = "taker", _("Told by the taker")
    PIXEL = "pixel", _("Found by its counting pixel")
    WEBMENTION = "webmention", _("Found by a webmention")
    STAFF = "staff", _("Entered by the desk")


class CrosspostQuerySet(models.QuerySet):
    """Cross-posts that are …"""

    def standing(self):
        """… there as far as we know."""
        return self.exclude(status=CrosspostStatus.GONE)

    def out_of_line(self):
        """… without something that must stand on them, or with something that must not."""
        return self.filter(status=CrosspostStatus.NON_COMPLIANT)

    def due(self, at: datetime | None = None):
        """… to be looked at now, the longest waiting first."""
        return self.filter(next_check_at__lte=at or timezone.now()).order_by("next_check_at", "pk")


class Crosspost(models.Model):
    """A copy of one article at one address; declared a thousand times it is one row."""

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="crossposts",
        verbose_name=_("article"),
    )
    # Under which licence it stands; none where it was taken without a name, or without asking.
    grant = models.ForeignKey(
        "licensing.Grant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="crossposts",
        verbose_name=_("grant"),
    )
    url = models.URLField(_("address"), max_length=500, validators=[validate_single_line])
    # SHA-256 of the address as licensing.copies.addresses writes it.
    url_key = models.CharField(max_length=64, editable=False)
    host = models.CharField(_("host"), max_length=255, editable=False)
    outlet = models.CharField(
        _("outlet"), max_length=200, blank=True, validators=[validate_single_line]
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=CrosspostStatus,
        default=CrosspostStatus.DECLARED,
        editable=False,
    )
    found_by = models.CharField(_("how found"), max_length=12, choices=FoundBy, editable=False)
    declared_at = models.DateTimeField(_("known since"), editable=False)
    # Null where nobody with an account told us.
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    # Null where nobody is to look any more.
    next_check_at = models.DateTimeField(_("next look"), null=True, editable=False)
    last_check_at = models.DateTimeField(_("last look"), null=True, editable=False)
    # How many looks in a row came to no page.
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    # When its outlet was last written to about it.
    told_at = models.DateTimeField(_("outlet written to"), null=True, editable=False)

    objects = CrosspostQuerySet.as_manager()

    class Meta:
        verbose_name = _("cross-post")
        verbose_name_plural = _("cross-posts")
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "url_key"], name="a_copy_at_one_address_is_known_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=Q(next_check_at__isnull=False),
                name="crossposts_to_look_at",
            ),
            models.Index(fields=["-declared_at", "-id"], name="crossposts_newest_first"),
            models.Index(fields=["status", "-declared_at", "-id"], name="crossposts_by_status"),
            models.Index(fields=["host", "-declared_at", "-id"], name="crossposts_by_host"),
        ]

    def __str__(self):
        return self.url

    def get_admin_url(self) -> str:
        return reverse("admin:licensing_crosspost_change", args=[self.pk])


class CrosspostCheckQuerySet(WrittenOnceQuerySet):
    """Looks that …"""

    def before(self, look: "CrosspostCheck"):
        """… were made at the same copy before ``look``."""
        return self.filter(crosspost=look.crosspost_id, pk__lt=look.pk)

    def last_text(self) -> str:
        """The main text that was kept last, of a page that was seen; empty where none was."""
        kept = self.filter(failure="").exclude(text="").order_by("-pk")
        return kept.values_list("text", flat=True).first() or ""


class CrosspostCheck(WrittenOnce):
    """One look at a copy, with the evidence: when, what was answered, the text, what is amiss."""

    crosspost = models.ForeignKey(Crosspost, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField(_("when"))
    # Null where no server answered; ``failure`` says why, as cms.fetching.Why or robots.
    http_status = models.PositiveSmallIntegerField(_("answer"), null=True)
    failure = models.CharField(_("why not seen"), max_length=30, blank=True)
    # At the end of the redirects.
    address = models.CharField(_("address"), max_length=2000, blank=True)
    media_type = models.CharField(_("kind"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    # The main text as a reader sees it, kept once as long as it stays the same; SHA-256 of the
    # bytes that came.
    text = models.TextField(_("text"), blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    # Which revision it was held against.
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # As licensing.compliance.findings writes them; empty: in order, or nothing was seen.
    findings = models.JSONField(_("findings"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )

    objects = CrosspostCheckQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        verbose_name = _("look at a cross-post")
        verbose_name_plural = _("looks at cross-posts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["crosspost", "-at", "-id"], name="looks_newest_first")]

    def __str__(self):
        return f"{self.crosspost_id}: {self.at:%Y-%m-%d %H:%M}"

    @property
    def seen_text(self) -> str:
        """The main text of that look; where none was kept it was that of one before."""
        if self.text or self.failure:
            return self.text
        return CrosspostCheck.objects.before(self).last_text()


class CrosspostEvent(Event):
    """A move of a cross-post."""

    crosspost = models.ForeignKey(Crosspost, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("event of a cross-post")
        verbose_name_plural = _("events of cross-posts")
        constraints = [
            models.UniqueConstraint(
                fields=["crosspost", "number"],
                name="a_crosspost_has_each_number_of_event_once",
            )
        ]
