"""What people without an account are asked on a secret link."""

from typing import NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.moments import DayInput, validate_moment
from cms.text import validate_name, validate_single_line, validate_text
from licensing.asking import OFFERED, fingerprint, fixed_conditions
from licensing.models import Clearance
from licensing.rights.conditions import CONDITIONS
from licensing.rights.vocabulary import CARRIAGES, USES, Carriage, Use
from licensing.wording import carriage_name, use_meaning, use_name


class AnswerForm(forms.Form):
    """What every answer tells: who gives it."""

    name = forms.CharField(
        label=gettext_lazy("Your name and role"),
        max_length=120,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class Boxes(NamedTuple):
    """A list of boxes: those we ask for, and those a holder may add of their own accord."""

    field: forms.BoundField
    asked: list
    more: list
    # What is ticked is seen.
    is_open: bool


class GrantForm(AnswerForm):
    """Yes: to what, under which conditions, until when."""

    field_order = ["covers", "passes_on", "conditions", "attribution", "valid_until", "name"]

    covers = forms.MultipleChoiceField(
        label=gettext_lazy("We may use it for"),
        choices=[(one.value, one.value) for one in Carriage],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one, or answer no.")},
    )
    passes_on = forms.MultipleChoiceField(
        label=gettext_lazy("We may let others, under our terms"),
        choices=[(one.value, one.value) for one in Use],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("On condition that every copy does this"),
        choices=[(kind.value, kind.value) for kind in OFFERED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    attribution = forms.CharField(
        label=gettext_lazy("How you want to be credited"),
        max_length=500,
        required=False,
        validators=[validate_single_line],
        help_text=gettext_lazy("Word for word. Empty: by the name of your publication, linked."),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        validators=[validate_moment],
        widget=DayInput(),
        help_text=gettext_lazy("The last day. Empty: until you tell us otherwise."),
    )
    # What the page showed; whoever was shown something else must look again.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    confirmed = forms.BooleanField(
        label=gettext_lazy("I may give this permission for the rights holder."),
        error_messages={"required": gettext_lazy("Please confirm this.")},
    )

    def __init__(self, *args, clearance: Clearance, **kwargs):
        super().__init__(*args, **kwargs)
        self.clearance = clearance
        asked = clearance.passes_on
        self.fields["covers"].choices = _choices(CARRIAGES, carriage_name)
        self.fields["covers"].initial = clearance.covers
        self.fields["passes_on"].choices = _choices(
            USES, lambda use: f"{use_name(use)}: {use_meaning(use)}"
        )
        self.fields["passes_on"].initial = asked
        self.fields["conditions"].choices = [
            (kind.value, _(CONDITIONS[kind].label)) for kind in OFFERED
        ]
        kinds = [
            entry if isinstance(entry, str) else entry["kind"] for entry in clearance.conditions
        ]
        self.fields["conditions"].initial = kinds
        self.fields["attribution"].initial = clearance.attribution
        self.fields["valid_until"].initial = clearance.valid_until

    @property
    def boxes(self) -> dict[str, Boxes]:
        """The boxes of what we may do, and of what we may let others do."""
        return {name: self._boxes(name) for name in ("covers", "passes_on")}

    def _boxes(self, name: str) -> Boxes:
        wanted = getattr(self.clearance, name)
        field = self[name]
        asked = [box for box in field if box.data["value"] in wanted]
        more = [box for box in field if box.data["value"] not in wanted]
        return Boxes(field, asked, more, any(box.data["selected"] for box in more))

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        if day and self.clearance.valid_from and day < self.clearance.valid_from:
            raise forms.ValidationError(_("It ends before it begins."))
        return day

    @property
    def fingerprint(self) -> str:
        """What the page shows now, as ``seen`` brings it back."""
        return fingerprint(self.clearance)

    def clean(self):
        seen = self.cleaned_data.get("seen")
        if seen and seen != self.fingerprint:
            said = _("What we ask for has changed since you opened the page. Please look again.")
            raise forms.ValidationError(said)
        return super().clean()

    def terms(self) -> dict:
        """What was settled, as the verb takes it; conditions that were not offered stay."""
        fixed = fixed_conditions(self.clearance)
        return {
            "covers": [one.value for one in Carriage if one in self.cleaned_data["covers"]],
            "passes_on": [one.value for one in Use if one in self.cleaned_data["passes_on"]],
            "conditions": [*self.cleaned_data["conditions"], *fixed],
            "attribution": self.cleaned_data["attribution"],
            "valid_until": self.cleaned_data["valid_until"],
        }


class RefuseForm(AnswerForm):
    """No, perhaps with a reason."""

    field_order = ["reason", "name"]
    reason = forms.CharField(
        label=gettext_lazy("Your reason"),
        required=False,
        max_length=2000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("You need not give one."),
    )


class QuestionForm(AnswerForm):
    """A question before the answer."""

    field_order = ["text", "name"]
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=5000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _choices(known, say) -> list[tuple[str, str]]:
    return [(entry.value, say(entry)) for entry in known]
