"""Grants: leave that we gave, frozen as it was given; and the rules that give it at once."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from cms.moments import validate_moment
from cms.text import validate_name, validate_text
from cms.workflows.models import Event
from cms.written_once import WrittenOnce, WrittenOnceQuerySet
from licensing.models.clearance import day_begins, day_is_over
from licensing.models.request import USE_CHOICES, PermissionRequest
from licensing.models.terms import TermsVersion
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use


class GrantStatus(models.TextChoices):
    """Whether a licence counts."""

    PENDING_PAYMENT = "pending_payment", _("Waiting for payment")
    ACTIVE = "active", _("Active")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    SUPERSEDED = "superseded", _("Superseded")


# Given, and not ended: paid for, or waiting for it.
BINDING = (GrantStatus.ACTIVE, GrantStatus.PENDING_PAYMENT)


class GrantQuerySet(models.QuerySet):
    """Grants that are …"""

    def in_force(self, at: datetime | None = None):
        """… active, and within their days at ``at``."""
        day = timezone.localdate(at or timezone.now())
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            valid_from__lte=day,
            status=GrantStatus.ACTIVE,
        )

    def binding(self):
        """… given, and not ended: those that are paid for and those that wait for it."""
        return self.filter(status__in=BINDING)

    def ending_between(self, first: date, last: date):
        """… active, with their last day from ``first`` to ``last``."""
        return self.filter(status=GrantStatus.ACTIVE, valid_until__range=(first, last))

    def endless(self):
        """… active, without a last day."""
        return self.filter(status=GrantStatus.ACTIVE, valid_until=None)


class Grant(models.Model):
    """A licence. Everything that it says is copied here and never changes; only its status does."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=GrantStatus, editable=False)
    permission_request = models.ForeignKey(
        PermissionRequest,
        on_delete=models.PROTECT,
        related_name="grants",
        verbose_name=_("request"),
    )
    use = models.CharField(_("use"), max_length=20, choices=USE_CHOICES)
    particulars = models.JSONField(_("particulars"), default=dict)
    conditions = models.JSONField(_("conditions"), default=list)
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    licensee_key = models.CharField(max_length=254, db_index=True, editable=False)
    licensee_name = models.CharField(_("licensee"), max_length=120)
    licensee_outlet = models.CharField(_("outlet"), max_length=200, blank=True)
    licensee_country = models.CharField(_("country"), max_length=2, blank=True)
    valid_from = models.DateField(_("first day"), validators=[validate_moment])
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, validators=[validate_moment]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    fee = models.DecimalField(_("fee"), max_digits=14, decimal_places=3, default=0)
    # The terms that applied that day, and what they said word for word.
    terms_version = models.ForeignKey(
        TermsVersion, on_delete=models.PROTECT, null=True, related_name="grants"
    )
    terms_name = models.CharField(_("terms"), max_length=140, blank=True)
    terms_text = models.TextField(_("text of the terms"), blank=True)
    quote = models.ForeignKey(
        "licensing.Quote", on_delete=models.PROTECT, null=True, related_name="grants"
    )
    rule_version = models.ForeignKey(
        "licensing.GrantRuleVersion", on_delete=models.PROTECT, null=True, related_name="grants"
    )
    # The one that this one takes the place of, once it counts.
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-issued_at", "-pk"]
        permissions = [
            ("issue_grant", _("Can issue and extend grants")),
            ("revoke_grant", _("Can revoke grants")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="a_grant_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(fee__gte=0), name="a_fee_is_never_below_nothing"),
            models.UniqueConstraint(
                fields=["permission_request"],
                condition=Q(status__in=["active", "pending_payment"]),
                name="a_request_has_one_grant_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "valid_until"], name="grants_by_end"),
            models.Index(fields=["status", "use"], name="grants_by_use"),
            models.Index(fields=["-issued_at", "-id"], name="grants_newest_first"),
            models.Index(fields=["status", "-issued_at", "-id"], name="grants_newest_by_status"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("licensing:grant_check", args=[self.number])

    @property
    def given(self) -> Particulars:
        """The particulars as prices and conditions read them."""
        return Particulars(Use(self.use), self.particulars)

    @property
    def money(self) -> Money | None:
        return Money(self.fee, self.currency) if self.currency else None

    @property
    def licensee(self) -> str:
        """“Ines Roca, Harbour Post”."""
        return ", ".join(filter(None, [self.licensee_name, self.licensee_outlet]))

    @property
    def begins_at(self) -> datetime:
        return day_begins(self.valid_from)

    @property
    def ends_at(self) -> datetime | None:
        return day_is_over(self.valid_until)

    def is_in_force(self, at: datetime | None = None) -> bool:
        """Twin of ``GrantQuerySet.in_force``."""
        day: date = timezone.localdate(at or timezone.now())
        return (
            self.status == GrantStatus.ACTIVE
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )


class GrantedArticle(WrittenOnce):
    """An article that a grant covers, at the revision that was granted."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="granted")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="grants")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    headline = models.CharField(_("headline"), max_length=300)
    # SHA-256 of what the revision says.
    fingerprint = models.CharField(max_length=64)
    # The line that must stand in a copy.
    attribution = models.TextField(_("attribution"), blank=True)
    # As licensing.snapshot.picture_key calls them; with what a person calls them.
    pictures = models.JSONField(_("pictures"), default=list)
    left_out = models.JSONField(_("left out"), default=list)

    class Meta(WrittenOnce.Meta):
        verbose_name = _("granted article")
        verbose_name_plural = _("granted articles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "article"], name="a_grant_names_each_article_once"
            )
        ]

    def __str__(self):
        return self.headline


class GrantEvent(Event):
    """A move of a grant."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("event of a grant")
        verbose_name_plural = _("events of grants")
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "number"], name="a_grant_has_each_number_of_event_once"
            )
        ]


class GrantRule(models.Model):
    """A rule that answers a request at once, by name; what it says is in its versions."""

    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        validators=[validate_name],
        help_text=_("Stands in the record of what it granted."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("instant rule")
        verbose_name_plural = _("instant rules")
        ordering = ["name"]

    def __str__(self):
        return self.name


class GrantRuleVersionQuerySet(WrittenOnceQuerySet):
    """Versions that are …"""

    def in_force(self):
        """… the newest of a rule that is active."""
        later = GrantRuleVersion.objects.filter(
            rule=OuterRef("rule"), number__gt=OuterRef("number")
        )
        return self.filter(rule__is_active=True).exclude(models.Exists(later))


class GrantRuleVersion(WrittenOnce):
    """For whom and for what a rule grants; a grant names the version that gave it."""

    rule = models.ForeignKey(GrantRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"), editable=False)
    use = models.CharField(_("use"), max_length=20, choices=USE_CHOICES)
    requester_kinds = models.JSONField(_("for whom"), default=list)
    most_articles = models.PositiveSmallIntegerField(_("articles at a time, at most"), default=1)
    most_days = models.PositiveIntegerField(
        _("days, at most"), null=True, blank=True, help_text=_("Empty: without an end, too.")
    )
    most_copies = models.PositiveIntegerField(_("copies, at most"), null=True, blank=True)
    allows_ads = models.BooleanField(_("with advertising, too"), default=False)
    allows_paywall = models.BooleanField(_("behind a paywall, too"), default=False)
    note = models.CharField(
        _("what changed"), max_length=300, blank=True, validators=[validate_text]
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = GrantRuleVersionQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        verbose_name = _("version of an instant rule")
        verbose_name_plural = _("versions of instant rules")
        ordering = ["rule", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "number"], name="instant_rules_have_each_version_once"
            )
        ]

    def __str__(self):
        return f"{self.rule} · v{self.number}"
