"""What is asked for before a licence is revoked, extended or renewed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.moments import DayInput, validate_moment
from cms.text import validate_text
from cms.workflows.admin import MoveForm


class RevokeForm(MoveForm):
    """The reason, which the licensee reads."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The licensee is told this, word for word.")

    @property
    def consequences(self) -> list[str]:
        said = _("From now on the public page says that %(number)s was revoked.")
        return [said % {"number": self.row.number}]


class ExtendForm(forms.Form):
    """Until when, and why."""

    valid_until = forms.DateField(
        label=gettext_lazy("New last day"),
        required=False,
        widget=DayInput(),
        validators=[validate_moment],
        help_text=gettext_lazy("Empty, with the tick below: without an end."),
    )
    is_endless = forms.BooleanField(required=False, label=gettext_lazy("Without an end"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For the record and for colleagues."),
    )

    def clean(self):
        cleaned = super().clean()
        day, is_endless = cleaned.get("valid_until"), cleaned.get("is_endless")
        if not day and not is_endless and "valid_until" not in self.errors:
            self.add_error("valid_until", _("Name a day, or tick that it has no end."))
        if day and is_endless:
            raise ValidationError(_("Either a day or no end, not both."))
        return cleaned
