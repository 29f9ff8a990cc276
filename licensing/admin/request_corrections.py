"""The form in which a colleague corrects what a requester told us."""

import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.moments import DayInput
from cms.text import validate_text
from licensing import places
from licensing.actions.corrections import CORRECTABLE
from licensing.models import PermissionRequest
from licensing.permission_fields import EMPTY_CHOICE

LABELS = {
    "requester_name": gettext_lazy("Name"),
    "requester_email": gettext_lazy("E-mail"),
    "requester_kind": gettext_lazy("Kind of requester"),
    "outlet": gettext_lazy("Outlet or organisation"),
    "outlet_url": gettext_lazy("Website"),
    "outlet_country": gettext_lazy("Country"),
    "language": gettext_lazy("Language of our letters"),
    "billing_name": gettext_lazy("Invoice to"),
    "billing_address": gettext_lazy("Address for the invoice"),
    "vat_id": gettext_lazy("VAT number"),
    "po_number": gettext_lazy("Their order number"),
    "deadline": gettext_lazy("Needed by"),
    "promised_by": gettext_lazy("We promised an answer by"),
}
HELP = {
    "requester_email": gettext_lazy("Links that went to the old address end at once."),
}


class CorrectionForm(forms.ModelForm):
    """What they told us, as it stands. Of two who correct at once the second is told."""

    why = forms.CharField(
        label=gettext_lazy("Who told us, and how"),
        max_length=500,
        validators=[validate_text],
        help_text=gettext_lazy("For the record, as an internal note."),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = PermissionRequest
        fields = CORRECTABLE
        labels = LABELS
        help_texts = HELP
        widgets = {
            "deadline": DayInput(),
            "promised_by": DayInput(),
            "billing_address": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outlet_country"] = forms.ChoiceField(
            required=False,
            label=LABELS["outlet_country"],
            choices=lambda: [EMPTY_CHOICE, *places.countries()],
        )
        for name in ("requester_name", "requester_email"):
            self.fields[name].required = True
        self.order_fields([*CORRECTABLE, "why"])
        self.standing = _fingerprint(self.instance)
        self.fields["seen"].initial = self.standing

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("seen")
        if seen and seen != self.standing:
            self.data = self.data.copy()
            self.data["seen"] = self.standing
            raise ValidationError(
                _(
                    "Somebody changed this while you were at work. What you typed stands below and "
                    "is not saved yet: compare it, then save again to let yours stand."
                )
            )
        return cleaned

    def _post_clean(self):
        """The row is checked by the verb, on the row that it holds."""


def _fingerprint(row: PermissionRequest) -> str:
    said = json.dumps([str(getattr(row, name)) for name in CORRECTABLE])
    return hashlib.sha256(said.encode()).hexdigest()
