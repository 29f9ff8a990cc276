"""The form in which a quote is put together: rights, conditions, lines, until when."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from moneyed import Money

from cms.moments import DayInput, validate_moment
from cms.text import validate_single_line
from licensing import issuing
from licensing.admin.clearance_inputs import ConditionsField
from licensing.admin.quote_lines import LineSheet
from licensing.admin.request_forms import CannedField, seen_of, words_field
from licensing.admin.request_questions import QuestionsForm
from licensing.canned import canned_answers
from licensing.fees import tariff_of, version_in_use
from licensing.models import PermissionRequest, Quote
from licensing.quotes import normally_costs
from licensing.rights.conditions import Condition, as_json, merged, parse
from licensing.rights.currencies import CURRENCIES
from licensing.rights.fees import tax_on
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use

VALID_FOR = timedelta(days=30)
USUAL_CURRENCY = "EUR"
# Moves after which what was asked counts, not what was quoted before.
ASKED_ANEW = ("counter", "answer", "reopen")


class QuoteForm(QuestionsForm):
    """What is offered. ``sheet`` holds its lines; ``net`` and ``tax`` are known once it is read."""

    canned_into = "message"
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    articles = forms.TypedMultipleChoiceField(
        coerce=int,
        label=gettext_lazy("Articles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one article.")},
    )
    is_exclusive = forms.BooleanField(
        required=False, label=gettext_lazy("Exclusive: nobody else gets this right meanwhile")
    )
    conditions = ConditionsField(label=gettext_lazy("Conditions"))
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=[(code, code) for code in CURRENCIES]
    )
    tax_name = forms.CharField(
        label=gettext_lazy("Tax"),
        required=False,
        max_length=40,
        validators=[validate_single_line],
        help_text=gettext_lazy("Its name on the invoice, such as VAT."),
    )
    tax_percent = forms.DecimalField(
        label=gettext_lazy("Tax in percent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"), widget=DayInput(), validators=[validate_moment]
    )
    canned = CannedField()
    message = words_field(gettext_lazy("Your words to the requester"), required=False, rows=5)
    is_meant_free = forms.BooleanField(
        required=False,
        label=gettext_lazy("Yes, free of charge, although this use normally costs"),
    )

    def __init__(self, data=None, *, row: PermissionRequest, lines, **kwargs):
        self.row = row
        self.titles = {line.requested.article_id: line.article.headline for line in lines}
        self.decisions = {line.requested.article_id: line.decision for line in lines}
        super().__init__(data, use=Use(row.use), **kwargs)
        self.standing = seen_of(row)
        self.fields["articles"].choices = list(self.titles.items())
        self.fields["canned"].queryset = canned_answers(row)
        self.sheet = LineSheet.from_data(data) if data is not None else LineSheet([])
        self.net = self.tax = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.net + self.tax

    @property
    def money_told(self) -> dict:
        """Currency and tax: as they were sent, else as the form begins."""
        return self.cleaned_data if self.is_bound else self.initial

    @property
    def tax_label(self) -> str:
        name, percent = self.money_told.get("tax_name", ""), self._percent()
        return f"{name or _('Tax')} ({percent.normalize():f}%)" if percent else ""

    def _percent(self) -> Decimal:
        return self.money_told.get("tax_percent") or Decimal(0)

    def begin_with(self, sheet: LineSheet) -> None:
        """The lines that stand there before anything is typed."""
        self.sheet = sheet
        self._sum_up(sheet.read(self.initial["currency"]) or Decimal(0), self.initial["currency"])

    def all_conditions(self) -> tuple[Condition, ...]:
        """Those that were ticked, and the bounds of the rights that are offered."""
        typed = parse(self.cleaned_data.get("conditions") or [])
        return merged((*typed, *self.given.conditions()))

    def clean(self):
        super().clean()
        currency = self.cleaned_data.get("currency")
        if currency:
            self._add_up(currency)
        seen = self.cleaned_data.get("seen")
        if seen and seen != self.standing:
            self.data = self.data.copy()
            self.data["seen"] = self.standing
            raise ValidationError(
                _(
                    "Something happened after you opened the page. What you typed stands below: "
                    "read the case again in another window, then send it."
                )
            )
        return self.cleaned_data

    def _add_up(self, currency: str) -> None:
        net = self.sheet.read(currency)
        if net is None:
            self.add_error(None, _("A line makes no sense yet: see below."))
            return
        if net < 0:
            self.add_error(None, _("The lines come to less than nothing."))
            return
        self._sum_up(net, currency)

    def _sum_up(self, net: Decimal, currency: str) -> None:
        self.net = net
        self.tax = tax_on(Money(net, currency), self._percent()).amount

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise ValidationError(_("This day has passed."))
        return day

    def may_be_sent(self) -> bool:
        """Whether the sum is meant; asks for a tick where nothing is taken for what costs."""
        if self.total or self.cleaned_data.get("is_meant_free"):
            return True
        return not normally_costs(self.given, at=timezone.now())

    def offered(self) -> Quote:
        """The quote as it would be, not kept: for a look at what it would bring."""
        return Quote(
            permission_request=self.row,
            particulars=self.given.as_json(),
            is_exclusive=self.cleaned_data["is_exclusive"],
            conditions=as_json(self.all_conditions()),
            articles=self.cleaned_data["articles"],
        )


def start_of(row: PermissionRequest, lines, *, at) -> tuple[dict, Particulars]:
    """What a new quote begins with: the last one, unless something else was asked for since."""
    last = row.quotes.first()
    move = row.events.order_by("-number").values_list("move", flat=True).first()
    is_anew = last is None or move in ASKED_ANEW
    given = row.asked if is_anew else Particulars(Use(row.use), last.particulars)
    if is_anew:
        conditions = issuing.usual_conditions(
            given, [line.decision for line in lines], is_commercial=row.is_commercial
        )
    else:
        conditions = parse(last.conditions)
    bounds = {entry.kind for entry in given.conditions()}
    start = {
        "seen": seen_of(row),
        "articles": last.articles if last else [line.requested.article_id for line in lines],
        "is_exclusive": row.is_exclusive if is_anew else last.is_exclusive,
        "conditions": as_json(tuple(one for one in conditions if one.kind not in bounds)),
        "valid_until": timezone.localdate(at) + VALID_FOR,
        **_money_of(at),
    }
    if last is not None:
        start["currency"] = last.currency
    return start, given


def _money_of(at) -> dict:
    version = version_in_use(at=at)
    if version is None:
        return {"currency": USUAL_CURRENCY}
    tariff = tariff_of(version)
    found = {"currency": tariff.currency}
    if tariff.tax:
        found |= {"tax_name": tariff.tax.label, "tax_percent": tariff.tax.percent.normalize()}
    return found
