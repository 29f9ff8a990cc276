"""The form of a fee schedule: its name, and what its next version is to say."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from moneyed import get_currency

from cms.moments import validate_moment
from cms.text import validate_single_line
from licensing.actions.fees import GRACE
from licensing.admin.fee_table import FeeTable
from licensing.models import FeeSchedule, FeeScheduleVersion
from licensing.money import FALLBACK, locale_of
from licensing.ready_made_fees import READY_MADE_FEES
from licensing.rights.currencies import CURRENCIES
from licensing.rights.tariff_reading import LONGEST_LABEL, TariffIsWrong, parse_tariff
from licensing.rights.tariffs import Tariff, tariff_as_json
from licensing.wording import said

# The button that shows the form again, with more rows, and writes nothing.
AGAIN = "_again"
BLANK = {"currency": "EUR", "uses": {}}
_FIELDS = {
    ("currency",): "currency",
    ("tax", "label"): "tax_label",
    ("tax", "percent"): "tax_percent",
}


class FeeScheduleForm(forms.ModelForm):
    """Holds the table of fees beside its own fields; ``follows`` is the version it starts from."""

    take_into_use = forms.BooleanField(
        label=_("Take into use"),
        required=False,
        help_text=_("New quotes are priced by this schedule instead of the one in use now."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), help_text=_("All prices of this schedule are in it.")
    )
    tax_label = forms.CharField(
        label=_("Tax"),
        required=False,
        max_length=LONGEST_LABEL,
        validators=[validate_single_line],
        help_text=_("Its name, such as VAT; leave empty where none is added."),
    )
    tax_percent = forms.CharField(
        label=_("Percent"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
        help_text=_("Added to every price."),
    )
    change_note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=300,
        validators=FeeScheduleVersion._meta.get_field("change_note").validators,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One line for whoever compares the versions."),
    )
    valid_from = forms.SplitDateTimeField(
        label=_("Counts from"),
        required=False,
        validators=[validate_moment],
        widget=AdminSplitDateTime,
        help_text=_("Leave empty to let it count at once, or name a moment ahead."),
    )
    follows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = FeeSchedule
        fields = ["name", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "cols": 60})}

    def __init__(self, data=None, *args, **kwargs):
        given = kwargs.get("initial") or {}
        self.newest = _newest(kwargs.get("instance"))
        self.is_shown_again = bool(data) and AGAIN in data
        start = READY_MADE_FEES.get(given.get("start"))
        self.standing = self.newest.tariff if self.newest else BLANK
        shown = tariff_as_json(parse_tariff(start.tariff)) if start else self.standing
        initial = _initial(shown) | ({"name": start.name, "note": start.note} if start else {})
        if self.newest:
            initial["follows"] = self.newest.number
        kwargs["initial"] = {**initial, **given}
        super().__init__(data, *args, **kwargs)
        if "valid_from" in self.fields:
            day, hour = self.fields["valid_from"].widget.widgets
            day.attrs["aria-label"] = _("Counts from: date")
            hour.attrs["aria-label"] = _("Counts from: time")
        if self.instance.is_default:
            self.fields.pop("take_into_use", None)
        if "currency" in self.fields:
            self.fields["currency"].choices = currency_choices()
        if self.is_bound:
            self.table = FeeTable.typed(
                self.data, self.standing, is_shown_again=self.is_shown_again
            )
        else:
            self.table = FeeTable.of(shown)
        self.tariff: Tariff | None = None

    # --- what was typed ---

    def clean_valid_from(self):
        moment = self.cleaned_data["valid_from"]
        if moment and moment < timezone.now() - GRACE:
            raise ValidationError(
                _("This moment has passed. Leave it empty to let the version count at once.")
            )
        return moment

    def clean(self):
        cleaned = super().clean()
        self._judge(cleaned)
        if self.table.has_faults and not self.is_shown_again:
            self.add_error(None, _("The fees cannot stand as they are; the reasons are beside."))
        if self.newest and cleaned.get("follows") != self.newest.number:
            self._tell_of_the_newest()
        return cleaned

    def _judge(self, cleaned: dict) -> None:
        """Reads what was typed as a tariff, and puts each fault beside its field."""
        written = {"currency": cleaned.get("currency", ""), "uses": self.table.written()}
        label, percent = cleaned.get("tax_label", ""), cleaned.get("tax_percent", "")
        if label or percent:
            written["tax"] = {"label": label, "percent": percent}
        try:
            self.tariff = parse_tariff(written)
        except TariffIsWrong as wrong:
            for fault in wrong.faults:
                name = _FIELDS.get(fault.path)
                if name is None:
                    self.table.put(fault)
                elif name not in self.errors:
                    self.add_error(name, said(fault.sentence))

    def _tell_of_the_newest(self):
        """Whoever saves again has read this, and writes the version after."""
        if not self.says_something_new():
            return
        self.data = self.data.copy()
        self.data["follows"] = str(self.newest.number)
        raise ValidationError(
            _(
                "Version %(number)d was written by %(who)s while you were at work. Look at it "
                "first; saving again writes yours after it."
            )
            % {"number": self.newest.number, "who": self.newest.created_by or "—"}
        )

    def is_valid(self):
        """A form that is to be shown again is never saved, however right it is."""
        is_right = super().is_valid() and not self.table.has_faults
        return is_right and not self.is_shown_again

    def says_something_new(self) -> bool:
        """Whether what was typed differs from the version that stands."""
        said_now = self.cleaned_data
        return (
            self.newest is None
            or self.tariff is None
            or tariff_as_json(self.tariff) != self.newest.tariff
            or bool(said_now.get("change_note"))
            or bool(said_now.get("valid_from"))
        )


def _newest(schedule: FeeSchedule | None) -> FeeScheduleVersion | None:
    if schedule is None or schedule.pk is None:
        return None
    return schedule.versions.select_related("created_by").order_by("-number").first()


def _initial(tariff: dict) -> dict:
    tax = tariff.get("tax") or {}
    return {
        "currency": tariff["currency"],
        "tax_label": tax.get("label", ""),
        "tax_percent": tax.get("percent", ""),
    }


def currency_choices() -> list[tuple[str, str]]:
    """“EUR (euro)”, by code."""
    names = locale_of(get_language() or FALLBACK).currencies
    return [(code, f"{code} ({names.get(code) or get_currency(code).name})") for code in CURRENCIES]
