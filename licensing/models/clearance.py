"""Clearances: why we may carry what others hold rights in, and what of it we may pass on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cms.moments import validate_moment
from cms.text import validate_single_line, validate_text
from cms.workflows.models import Event
from licensing import objections
from licensing.models.validators import (
    validate_carriages,
    validate_conditions,
    validate_uses,
)
from licensing.rights.vocabulary import Basis


class ClearanceStatus(models.TextChoices):
    """How far a clearance has come."""

    NEEDED = "needed", _("Needed")
    REQUESTED = "requested", _("Requested")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class Scope(models.TextChoices):
    """What a clearance is for."""

    ARTICLE = "article", _("One article")
    AUTHOR = "author", _("Everything by an author")
    PUBLICATION = "publication", _("Everything first published by a publication")
    IMAGE = "image", _("One picture")


BASIS_CHOICES = [
    (Basis.OWN_WORK.value, _("Own work")),
    (Basis.ASSIGNMENT.value, _("Assignment of rights")),
    (Basis.PERMISSION.value, _("Written permission")),
    (Basis.AGREEMENT.value, _("Standing agreement")),
    (Basis.OPEN_LICENCE.value, _("Open licence")),
    (Basis.PUBLIC_DOMAIN.value, _("Public domain")),
    (Basis.FAIR_USE.value, _("Fair use")),
]


def day_begins(day: date | None) -> datetime | None:
    """The instant at which ``day`` begins here."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def day_is_over(day: date | None) -> datetime | None:
    """The instant at which ``day`` has ended here."""
    return day_begins(day + timedelta(days=1)) if day else None


class ClearanceQuerySet(models.QuerySet):
    """Clearances that are …"""

    def in_force(self, at: datetime | None = None):
        """… granted, and within their days at ``at``."""
        day = timezone.localdate(at or timezone.now())
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
            status=ClearanceStatus.GRANTED,
        )

    def open(self):
        """… still waited for."""
        return self.filter(status__in=[ClearanceStatus.NEEDED, ClearanceStatus.REQUESTED])

    def ending_by(self, day: date):
        """… granted, with their last day on or before ``day``."""
        return self.filter(status=ClearanceStatus.GRANTED, valid_until__lte=day)

    def against(self, clearance: "Clearance"):
        """… granted, exclusive like ``clearance``, for the same and on some of the same days."""
        if not (clearance.is_exclusive and clearance.subject):
            return self.none()
        same = self.filter(
            status=ClearanceStatus.GRANTED,
            is_exclusive=True,
            scope=clearance.scope,
            **{clearance.scope: clearance.subject},
        ).exclude(pk=clearance.pk)
        if clearance.valid_until:
            same = same.filter(Q(valid_from=None) | Q(valid_from__lte=clearance.valid_until))
        if clearance.valid_from:
            same = same.filter(Q(valid_until=None) | Q(valid_until__gte=clearance.valid_from))
        return same


class Clearance(models.Model):
    """Leave that we received, or still need, to carry something.

    ``publication`` is who gives it: for one article the link in its chain of title, for a standing
    agreement everything that first ran there. An author or somebody else may give it instead.
    """

    scope = models.CharField(_("what it is for"), max_length=12, choices=Scope)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clearances",
        verbose_name=_("article"),
    )
    author = models.ForeignKey(
        "articles.Author",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clearances",
        verbose_name=_("author"),
    )
    publication = models.ForeignKey(
        "articles.Publication",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clearances",
        verbose_name=_("publication that gives it"),
    )
    image = models.ForeignKey(
        "articles.Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clearances",
        verbose_name=_("picture"),
    )
    holder_name = models.CharField(
        _("rights holder"),
        max_length=200,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Where it is somebody else than the publication or the author above."),
    )
    holder_contact = models.EmailField(
        _("contact"),
        blank=True,
        help_text=_("Whom to write to. Empty: the rights contact of the publication."),
    )

    basis = models.CharField(_("basis"), max_length=20, choices=BASIS_CHOICES)
    covers = models.JSONField(
        _("we may"), default=list, blank=True, validators=[validate_carriages]
    )
    passes_on = models.JSONField(
        _("we may let others"), default=list, blank=True, validators=[validate_uses]
    )
    forbids = models.JSONField(
        _("forbidden to everybody"), default=list, blank=True, validators=[validate_uses]
    )
    conditions = models.JSONField(
        _("conditions"), default=list, blank=True, validators=[validate_conditions]
    )
    attribution = models.CharField(
        _("required attribution"),
        max_length=500,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Word for word as it must stand; empty where our usual line will do."),
    )
    licence_url = models.URLField(
        _("licence address"),
        max_length=300,
        blank=True,
        validators=[validate_single_line],
        help_text=_("For an open licence, such as Creative Commons."),
    )
    agreed_on = models.DateField(
        _("agreed on"), null=True, blank=True, validators=[validate_moment]
    )
    reference = models.CharField(
        _("reference"),
        max_length=100,
        blank=True,
        validators=[validate_single_line],
        help_text=_("Number of the contract, or where the letter is filed."),
    )
    valid_from = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        validators=[validate_moment],
        help_text=_("Empty: it has always counted."),
    )
    valid_until = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        validators=[validate_moment],
        help_text=_("Empty: it does not end."),
    )
    is_exclusive = models.BooleanField(
        _("exclusive"), default=False, help_text=_("Nobody else may be given the same.")
    )

    # Fair use: the four factors of 17 U.S.C. § 107, in writing, and who answers for it.
    fair_use_purpose = models.TextField(
        _("purpose and character of the use"),
        blank=True,
        max_length=4000,
        validators=[validate_text],
    )
    fair_use_nature = models.TextField(
        _("nature of the work"), blank=True, max_length=4000, validators=[validate_text]
    )
    fair_use_amount = models.TextField(
        _("amount used"), blank=True, max_length=4000, validators=[validate_text]
    )
    fair_use_effect = models.TextField(
        _("effect on the market"), blank=True, max_length=4000, validators=[validate_text]
    )
    fair_use_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("editor who answers for it"),
    )

    note = models.TextField(
        _("note of the desk"),
        blank=True,
        max_length=4000,
        validators=[validate_text],
        help_text=_("For colleagues; never public."),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ClearanceStatus,
        default=ClearanceStatus.NEEDED,
        editable=False,
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    # Whether what it bears on was looked at anew once its first day had come; the clock does so.
    has_begun = models.BooleanField(default=False, editable=False)

    # Whose turn it is, and the last day where rows without one come last: the order of the desk,
    # kept so that an index serves it on both databases.
    turn = models.GeneratedField(
        expression=models.Case(
            models.When(status="needed", then=models.Value(0)),
            models.When(status="requested", then=models.Value(1)),
            models.When(status="granted", then=models.Value(2)),
            default=models.Value(3),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    ends_on = models.GeneratedField(
        expression=Coalesce("valid_until", models.Value(date.max)),
        output_field=models.DateField(),
        db_persist=True,
    )

    history = HistoricalRecords(excluded_fields=["has_begun", "turn", "ends_on"])
    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("request_clearance", _("Can ask rights holders for clearance")),
            ("grant_clearance", _("Can record that clearance was granted or refused")),
            ("revoke_clearance", _("Can revoke clearances")),
            ("view_evidence", _("Can read the evidence for clearances")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                name="clearance_ends_after_it_begins",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(scope=Scope.ARTICLE, article__isnull=False, author=None, image=None)
                    | Q(scope=Scope.AUTHOR, author__isnull=False, article=None, image=None)
                    | Q(
                        scope=Scope.PUBLICATION,
                        publication__isnull=False,
                        article=None,
                        author=None,
                        image=None,
                    )
                    | Q(scope=Scope.IMAGE, image__isnull=False, article=None, author=None)
                ),
                name="clearance_names_exactly_what_it_is_for",
                violation_error_message=_(
                    "Name the article, author, publication or picture that it is for, "
                    "and nothing else."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.FAIR_USE.value, status=ClearanceStatus.GRANTED)
                | (
                    ~Q(fair_use_purpose="")
                    & ~Q(fair_use_nature="")
                    & ~Q(fair_use_amount="")
                    & ~Q(fair_use_effect="")
                    & Q(fair_use_editor__isnull=False)
                ),
                name="fair_use_rests_on_four_factors_and_an_editor",
                violation_error_message=_(
                    "Fair use needs a sentence on each of the four factors, and an editor who "
                    "answers for it."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "valid_until"], name="clearances_by_end"),
            # The desk: all, those in one state, and all by their last day.
            models.Index(fields=["turn", "ends_on", "-created_at", "-id"], name="clearances_desk"),
            models.Index(
                fields=["status", "ends_on", "-created_at", "-id"], name="clearances_desk_by_status"
            ),
            models.Index(fields=["ends_on", "id"], name="clearances_by_last_day"),
        ]

    def __str__(self):
        return f"{self.get_basis_display()}: {self.subject}"

    def clean(self):
        """Refuses what makes no sense together. Raises ValidationError, each beside its field."""
        faults = {name: fault for name, fault in self._faults() if fault}
        if faults:
            raise ValidationError(faults)

    def _faults(self) -> Iterator[tuple[str, list[str]]]:
        yield "publication", objections.from_ourselves(self)
        yield (
            "passes_on",
            objections.both_allowed_and_forbidden(self) + objections.beyond_its_basis(self),
        )
        yield "agreed_on", objections.agreed_in_the_future(self)
        yield "licence_url", objections.no_web_address(self.licence_url)
        yield "fair_use_editor", objections.no_editor(self.fair_use_editor)
        yield "is_exclusive", objections.exclusive_twice(self)

    @property
    def subject(self):
        """What it is for: the article, author, publication or picture."""
        return getattr(self, self.scope, None) if self.scope in Scope else None

    @property
    def was_granted(self) -> bool:
        """Whether somebody once agreed to its terms, which then stay what they are."""
        if self.status == ClearanceStatus.GRANTED:
            return True
        return self.pk is not None and (
            self.events.filter(to_status=ClearanceStatus.GRANTED).exists()
        )

    @property
    def holder(self) -> str:
        """Who gives it, by name."""
        giver = self.publication or self.author
        if not (self.holder_name or giver) and self.article_id:
            giver = self.article.originating_publication or self.article.publication
        return self.holder_name or (giver.name if giver else "")

    @property
    def contact(self) -> str:
        """The address to write to, or ``""``."""
        if self.holder_contact:
            return self.holder_contact
        publication = self.publication
        if publication is None and self.article_id:
            publication = self.article.originating_publication
        return publication.rights_contact if publication else ""

    @property
    def days(self) -> str:
        """“from 1 May 2026 until 30 June 2026”."""
        since, until = (
            date_format(day) if day else "" for day in (self.valid_from, self.valid_until)
        )
        if since and until:
            return gettext("from %(since)s until %(until)s") % {"since": since, "until": until}
        if until:
            return gettext("until %(until)s") % {"until": until}
        return gettext("from %(since)s") % {"since": since} if since else gettext("without an end")

    @property
    def begins_at(self) -> datetime | None:
        """The instant from which it counts."""
        return day_begins(self.valid_from)

    @property
    def ends_at(self) -> datetime | None:
        """The instant from which it no longer counts."""
        return day_is_over(self.valid_until)

    def is_in_force(self, at: datetime | None = None) -> bool:
        """Twin of ``ClearanceQuerySet.in_force``."""
        at = at or timezone.now()
        return (
            self.status == ClearanceStatus.GRANTED
            and (self.begins_at is None or self.begins_at <= at)
            and (self.ends_at is None or at < self.ends_at)
        )


class ClearanceEvent(Event):
    """A move of a clearance."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("event of a clearance")
        verbose_name_plural = _("events of a clearance")
        constraints = [
            models.UniqueConstraint(
                fields=["clearance", "number"], name="a_clearance_has_each_number_of_event_once"
            )
        ]
