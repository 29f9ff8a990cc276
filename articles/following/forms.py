"""What the forms of followers ask: what, how often, in which language, and at first the address."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles import languages
from articles.following import headings
from articles.following.actions import normalised
from articles.following.headings import Heading
from articles.models import Frequency
from cms.outbox.letters import LONGEST_ADDRESS, MailRefused

MISSING = gettext_lazy("Please answer this.")
NOTHING = gettext_lazy("Please tick at least one box.")


class WhatField(forms.Field):
    """Ticked boxes, as headings; ``kept`` are followed already, be they known to readers or not."""

    widget = forms.SelectMultiple

    def __init__(self, *, at: datetime, kept: list[Heading], **kwargs):
        self.at, self.kept = at, kept
        super().__init__(**kwargs)

    def to_python(self, value):
        values = value or []
        kept = [heading for heading in self.kept if heading.value in values]
        told = {heading.value for heading in kept}
        found, are_known = headings.named([one for one in values if one not in told], at=self.at)
        if not are_known:
            raise forms.ValidationError(_("One of these is no longer here. Please choose again."))
        return [*kept, *(one for one in found if one.key not in {row.key for row in kept})]


class FollowingForm(forms.Form):
    """What, how often, in which language."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our mails"),
        help_text=gettext_lazy("An article that we have in this language comes in this language."),
        error_messages={"required": MISSING},
    )

    def __init__(self, *args, at: datetime, kept: list[Heading] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"] = WhatField(
            at=at,
            kept=kept or [],
            label=_("What"),
            error_messages={"required": NOTHING},
        )
        self.fields["language"].choices = [
            (code, languages.in_itself(code)) for code, _name in settings.LANGUAGES
        ]
        self.fields["language"].initial = get_language()

    @property
    def told(self) -> dict:
        """What the verbs take."""
        data = self.cleaned_data
        return {name: data[name] for name in ("what", "frequency", "language")}


class AskForm(FollowingForm):
    """The first time: with an address, and a box that people do not see."""

    email = forms.CharField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send a link there. Nothing else comes before you open it."),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": MISSING},
    )
    nickname = forms.CharField(
        label=gettext_lazy("Please leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_email(self):
        try:
            return normalised(self.cleaned_data["email"])
        except MailRefused as refusal:
            raise forms.ValidationError(
                _("Please check this address: mail would not arrive.")
            ) from refusal

    def clean_nickname(self):
        if self.cleaned_data["nickname"]:
            raise forms.ValidationError(_("This box is a trap for machines. Please empty it."))
        return ""
