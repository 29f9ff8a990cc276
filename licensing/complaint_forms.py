"""What rights holders are asked who complain, and the other side that answers: no more than the
law asks for (17 U.S.C. § 512(c)(3) and (g)(3); Regulation (EU) 2022/2065, article 16).
"""

import hashlib
import json

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.text import validate_text
from licensing.letters import can_be_sent_to
from licensing.models import Complaint, CounterNotice
from licensing.models.complaint import LONGEST_TEXT
from licensing.permission_fields import MISSING
from licensing.permission_forms import LONGEST_KEY, TRAP

WHAT = ("work", "addresses", "claim")
WHO = ("name", "standing", "holder", "email", "contact", "language")
SWORN = ("is_in_good_faith", "is_accurate", "signature")
HALF = ("name", "holder", "email", "language")
AGREE = gettext_lazy("Please agree to this.")


class ComplaintForm(forms.ModelForm):
    """A notice that something here infringes somebody's rights."""

    is_in_good_faith = forms.BooleanField(
        error_messages={"required": AGREE},
        label=gettext_lazy(
            "I believe in good faith that neither the rights holder, nor somebody acting for "
            "them, nor the law allows this use."
        ),
    )
    is_accurate = forms.BooleanField(
        error_messages={"required": AGREE},
        label=gettext_lazy(
            "What I say here is accurate and complete; and, under penalty of perjury, I hold the "
            "right that is infringed, or am authorised to act for whoever holds it."
        ),
    )

    class Meta:
        model = Complaint
        fields = (*WHAT, *WHO, *SWORN)
        labels = {
            "work": gettext_lazy("Your work"),
            "addresses": gettext_lazy("Where it stands here"),
            "claim": gettext_lazy("Why it may not stand there"),
            "name": gettext_lazy("Your name"),
            "standing": gettext_lazy("By what right you complain"),
            "holder": gettext_lazy("Rights holder, if it is somebody else"),
            "email": gettext_lazy("Your e-mail address"),
            "contact": gettext_lazy("Postal address or telephone"),
            "language": gettext_lazy("We should write to you in"),
            "signature": gettext_lazy("Signature: type your full name"),
        }
        help_texts = {
            "work": gettext_lazy(
                "What it is, and where one can see it: title, author, date, address."
            ),
            "addresses": gettext_lazy("The addresses of our pages, one a line."),
            "claim": gettext_lazy(
                "Which part of it is yours, and why we have no right to show it."
            ),
            "email": gettext_lazy("Our answer goes there. You need not confirm it."),
        }
        widgets = {
            "work": forms.Textarea(attrs={"rows": 4}),
            "addresses": forms.Textarea(attrs={"rows": 3}),
            "claim": forms.Textarea(attrs={"rows": 6}),
            "contact": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "standing": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        standing = self.fields["standing"]
        standing.choices = [choice for choice in standing.choices if choice[0]]
        for name, field in self.fields.items():
            field.is_half = name in HALF
            if not isinstance(field, forms.BooleanField):
                field.error_messages["required"] = MISSING
        self.fields[TRAP] = forms.CharField(
            required=False,
            label=_("Leave this box empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    @property
    def what(self) -> list[forms.BoundField]:
        return [self[name] for name in WHAT]

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in WHO]

    @property
    def sworn(self) -> list[forms.BoundField]:
        return [self[name] for name in SWORN]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    def clean_email(self):
        if not can_be_sent_to(self.cleaned_data["email"]):
            raise forms.ValidationError(_("The contact is not one plain mail address."))
        return self.cleaned_data["email"]

    def clean_nickname(self):
        if self.cleaned_data[TRAP]:
            raise forms.ValidationError(_("This box is there to catch machines. Please empty it."))
        return ""

    def told(self) -> dict:
        """The fields of the complaint, as its verb takes them."""
        return {name: self.cleaned_data[name] for name in (*WHAT, *WHO, *SWORN)}

    def key(self, typed: str) -> str:
        """The same for the same form sent twice; another one as soon as a letter was changed."""
        said = json.dumps([typed[:LONGEST_KEY], self.told()], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


class MessageForm(forms.Form):
    """A few words between the desk and whoever complained."""

    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST_TEXT,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CounterForm(forms.ModelForm):
    """Why what was withheld may stand."""

    is_in_good_faith = forms.BooleanField(
        error_messages={"required": AGREE},
        label=gettext_lazy(
            "Under penalty of perjury: I believe in good faith that it was taken away by mistake, "
            "or was taken for something else."
        ),
    )
    consents = forms.BooleanField(
        error_messages={"required": AGREE},
        label=gettext_lazy(
            "I accept the courts where I live, and that papers of the other side are served on me."
        ),
    )

    class Meta:
        model = CounterNotice
        fields = ("text", "name", "contact", "is_in_good_faith", "consents", "signature")
        labels = {
            "text": gettext_lazy("Why it may stand"),
            "name": gettext_lazy("Your name"),
            "contact": gettext_lazy("Postal address, telephone and e-mail"),
            "signature": gettext_lazy("Signature: type your full name"),
        }
        help_texts = {"contact": gettext_lazy("It goes to whoever complained, as the law wants.")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "contact": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
        }
