"""What a use costs and who paid: fee schedules, quotes, invoices, payments. Amounts are Decimal."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from cms.moments import validate_moment
from cms.text import validate_name, validate_single_line, validate_text
from cms.written_once import WrittenOnce, WrittenOnceQuerySet
from licensing.models.request import PermissionRequest
from licensing.particulars import read
from licensing.rights import currencies
from licensing.rights.conditions import ConditionIsWrong, parse
from licensing.rights.fee_lines import LinesAreWrong, lines_from_json
from licensing.wording import said


class FeeSchedule(models.Model):
    """A price list with a name; what it says is in its versions. One is the default."""

    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        validators=[validate_name],
        help_text=_("What the price list is called."),
    )
    note = models.TextField(
        _("note"),
        max_length=2000,
        blank=True,
        validators=[validate_text],
        help_text=_("For colleagues: whom it is for, who agreed to it."),
    )
    is_default = models.BooleanField(
        _("in use"), default=False, help_text=_("New quotes are priced by it.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("fee schedule")
        verbose_name_plural = _("fee schedules")
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_fee_schedule_is_in_use",
            )
        ]

    def __str__(self):
        return self.name


class FeeScheduleVersionQuerySet(WrittenOnceQuerySet):
    """Versions that are …"""

    def in_force(self, at: datetime | None = None):
        """… the newest of their schedule that counts at ``at``."""
        at = at or timezone.now()
        later = FeeScheduleVersion.objects.filter(
            schedule=OuterRef("schedule"), valid_from__lte=at, number__gt=OuterRef("number")
        )
        return self.filter(valid_from__lte=at).exclude(models.Exists(later))


class FeeScheduleVersion(WrittenOnce):
    """What a fee schedule says from a moment on; ``licensing.rights.fees`` reads ``tariff``."""

    schedule = models.ForeignKey(FeeSchedule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"), editable=False)
    tariff = models.JSONField(_("tariff"))
    change_note = models.CharField(
        _("what changed"), max_length=300, blank=True, validators=[validate_text]
    )
    valid_from = models.DateTimeField(
        _("counts from"), default=timezone.now, validators=[validate_moment]
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

    objects = FeeScheduleVersionQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        verbose_name = _("version of a fee schedule")
        verbose_name_plural = _("versions of fee schedules")
        ordering = ["schedule", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "number"], name="fee_schedules_have_each_version_once"
            )
        ]

    def __str__(self):
        return f"{self.schedule} · v{self.number}"


def _amount(label):
    return models.DecimalField(label, max_digits=14, decimal_places=3)


class Quote(WrittenOnce):
    """What we offer: these rights, at this price, until this day. A later version replaces it."""

    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="quotes"
    )
    number = models.PositiveIntegerField(_("version"))
    # The rights that are offered; they may differ from what was asked.
    particulars = models.JSONField(_("particulars"), default=dict, blank=True)
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    # The keys of the articles that it is for; the others stay out of it.
    articles = models.JSONField(_("articles"), default=list)
    # [{"label": …, "why": …, "amount": "12.50"}, …]
    lines = models.JSONField(_("lines"), default=list)
    currency = models.CharField(_("currency"), max_length=3)
    net = _amount(_("net"))
    tax = _amount(_("tax"))
    tax_label = models.CharField(_("kind of tax"), max_length=60, blank=True)
    total = _amount(_("total"))
    schedule_version = models.ForeignKey(
        FeeScheduleVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("fee schedule"),
    )
    message = models.TextField(
        _("message"),
        max_length=5000,
        blank=True,
        validators=[validate_text, MaxLengthValidator(5000)],
    )
    valid_until = models.DateField(_("valid until"), validators=[validate_moment])
    created_at = models.DateTimeField(_("sent"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta(WrittenOnce.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["permission_request", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["permission_request", "number"], name="quotes_of_a_request_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0, tax__gte=0), name="a_quote_is_never_below_nothing"
            ),
            models.CheckConstraint(condition=Q(total=F("net") + F("tax")), name="a_quote_adds_up"),
        ]

    def __str__(self):
        return f"{self.permission_request} · v{self.number}"

    def clean(self):
        """Refuses an offer of what was not asked for, or one that could not be billed.

        Raises ValidationError.
        """
        self.particulars = read(self.permission_request.use, self.particulars).as_json()
        faults = self._faults_of_money()
        faults["articles"] = self._faults_of_articles()
        faults["conditions"] = self._faults_of_conditions()
        if faults := {name: fault for name, fault in faults.items() if fault}:
            raise ValidationError(faults)

    def _faults_of_articles(self) -> str:
        asked = set(self.permission_request.requested.values_list("article", flat=True))
        keys = self.articles if isinstance(self.articles, list) else []
        is_asked = all(type(key) is int and key in asked for key in keys)
        if keys and is_asked and len(set(keys)) == len(keys):
            return ""
        return gettext("Name articles that were asked for, each once.")

    def _faults_of_conditions(self) -> str:
        try:
            parse(self.conditions)
        except ConditionIsWrong as wrong:
            return said(wrong.sentence)
        return ""

    def _faults_of_money(self) -> dict[str, str]:
        amounts = [self.net, self.tax]
        if not all(isinstance(amount, Decimal) and amount.is_finite() for amount in amounts):
            return {"net": gettext("An amount, please.")}
        if self.currency not in currencies.CURRENCIES:
            return {"currency": gettext("This is no currency.")}
        if any(currencies.money(amount, self.currency).amount != amount for amount in amounts):
            return {"net": gettext("This currency has no coins as small as that.")}
        try:
            lines_from_json(self.lines, self.currency)
        except LinesAreWrong as wrong:
            return {"lines": gettext(str(wrong))}
        if sum(Decimal(line["amount"]) for line in self.lines) != self.net:
            return {"lines": gettext("The lines do not add up to the sum.")}
        return {}

    @property
    def money(self) -> Money:
        """What there is to pay."""
        return Money(self.total, self.currency)

    @property
    def is_free(self) -> bool:
        return self.total == 0

    def has_ended(self, at: datetime | None = None) -> bool:
        """Whether its last day has passed."""
        return self.valid_until < timezone.localdate(at or timezone.now())


class InvoiceKind(models.TextChoices):
    """A demand, or its cancellation; both take a number of the one sequence."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")


class Invoice(WrittenOnce):
    """A bill as it was sent; what it says is copied, so that nothing changes it later."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=InvoiceKind)
    permission_request = models.ForeignKey(
        PermissionRequest, on_delete=models.PROTECT, related_name="invoices"
    )
    grant = models.ForeignKey(
        "licensing.Grant", on_delete=models.PROTECT, null=True, related_name="invoices"
    )
    cancels = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="cancelled_by"
    )
    issued_at = models.DateTimeField(_("issued"))
    due_on = models.DateField(_("due"), null=True)
    seller = models.JSONField(_("seller"), default=list)
    buyer = models.JSONField(_("buyer"), default=list)
    vat_id = models.CharField(_("VAT number"), max_length=30, blank=True)
    po_number = models.CharField(_("order number"), max_length=60, blank=True)
    lines = models.JSONField(_("lines"), default=list)
    currency = models.CharField(_("currency"), max_length=3)
    net = _amount(_("net"))
    tax = _amount(_("tax"))
    tax_label = models.CharField(_("kind of tax"), max_length=60, blank=True)
    total = _amount(_("total"))

    class Meta(WrittenOnce.Meta):
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="invoices_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=InvoiceKind.INVOICE, cancels=None)
                | Q(kind=InvoiceKind.CREDIT_NOTE, cancels__isnull=False),
                name="a_credit_note_cancels_an_invoice",
            ),
            models.CheckConstraint(
                condition=Q(total=F("net") + F("tax")), name="an_invoice_adds_up"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def money(self) -> Money:
        return Money(self.total, self.currency)

    @property
    def paid(self) -> Money:
        """What came in for it."""
        received = sum((payment.amount for payment in self.payments.all()), Decimal(0))
        return Money(received, self.currency)

    @property
    def is_paid(self) -> bool:
        return self.paid >= self.money

    @property
    def is_cancelled(self) -> bool:
        return Invoice.objects.filter(cancels=self.pk).exists()

    def is_overdue(self, on: date) -> bool:
        return bool(self.due_on and self.due_on < on and not self.is_paid)


class Payment(WrittenOnce):
    """Money that came in for an invoice, as staff recorded it."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    amount = _amount(_("amount"))
    received_on = models.DateField(_("received on"), validators=[validate_moment])
    reference = models.CharField(
        _("reference"), max_length=100, blank=True, validators=[validate_single_line]
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta(WrittenOnce.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_more_than_nothing")
        ]

    def __str__(self):
        return f"{self.invoice}: {self.amount}"


class Counter(models.Model):
    """The last number of a series that was given; whoever takes the next holds the row."""

    series = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.series}: {self.last}"
