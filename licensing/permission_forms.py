"""What the form for permissions asks: the questions of the use, who asks, what else is told."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from inspect import isfunction

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.moments import DayInput
from licensing import places
from licensing.models import PermissionRequest
from licensing.permission_choice import Choice, PictureChoice
from licensing.permission_fields import EMPTY_CHOICE, MISSING, RunsWidget, field_for
from licensing.rights.particulars import Particulars, ParticularsAreWrong, is_asked, particulars
from licensing.rights.questions import QUESTIONS
from licensing.rights.vocabulary import Use
from licensing.wording import said

ASKED = "asked_"
WHO = (
    "requester_kind",
    "requester_name",
    "requester_email",
    "outlet",
    "outlet_url",
    "outlet_country",
    "language",
)
MORE = ("deadline", "is_exclusive", "purpose")
BILLING = ("billing_name", "billing_address", "vat_id", "po_number")
NEEDED = ("requester_kind", "requester_name", "requester_email", "outlet")
# A box that people do not see; what fills it in is no person.
TRAP = "nickname"
LONGEST_KEY = 64
LABELS = {
    "requester_kind": gettext_lazy("You ask for"),
    "requester_name": gettext_lazy("Your name"),
    "requester_email": gettext_lazy("Your e-mail address"),
    "outlet": gettext_lazy("Outlet or organisation"),
    "outlet_url": gettext_lazy("Its website"),
    "outlet_country": gettext_lazy("Its country"),
    "language": gettext_lazy("We should write to you in"),
    "deadline": gettext_lazy("You need our answer by"),
    "is_exclusive": gettext_lazy("Nobody else may have this right at the same time (exclusive)"),
    "purpose": gettext_lazy("What else we should know"),
    "billing_name": gettext_lazy("Invoice to"),
    "billing_address": gettext_lazy("Address for the invoice"),
    "vat_id": gettext_lazy("VAT number"),
    "po_number": gettext_lazy("Your order number"),
}
HELP = {
    "requester_email": gettext_lazy("We send a link there, on which you confirm and follow it."),
    "is_exclusive": gettext_lazy("It takes longer and costs more. Most people do not need it."),
    "purpose": gettext_lazy("For example what the text will stand beside."),
    "billing_name": gettext_lazy("Empty: the outlet named above."),
}
# Short enough for two of them to stand side by side.
HALF = ("requester_name", "requester_email", "outlet", "outlet_url", "outlet_country", "language")
HALF += ("vat_id", "po_number")
HINTS = {
    "requester_name": "name",
    "requester_email": "email",
    "outlet": "organization",
    "outlet_url": "url",
    "outlet_country": "country",
    "billing_address": "street-address",
}


def requester_fields(*names: str) -> dict[str, forms.Field]:
    """These fields of the row, to be filled in by a requester, as its model checks them."""
    found = forms.fields_for_model(
        PermissionRequest,
        fields=names,
        labels=LABELS,
        help_texts=HELP,
        widgets={
            "deadline": DayInput(),
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "billing_address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "requester_kind": forms.RadioSelect,
        },
    )
    if "outlet_country" in found:
        found["outlet_country"] = forms.ChoiceField(
            choices=lambda: [EMPTY_CHOICE, *places.countries()], label=LABELS["outlet_country"]
        )
    if "requester_kind" in found:
        kinds = found["requester_kind"]
        kinds.choices = [choice for choice in kinds.choices if choice[0]]
    for name, field in found.items():
        field.required = field.widget.is_required = name in NEEDED
        field.error_messages["required"] = MISSING
        # A form made of a model's fields does not ask the rules that the model adds.
        own = PermissionRequest._meta.get_field(name).validators
        field.validators += [rule for rule in own if isfunction(rule)]
        field.is_half = name in HALF
        if name in HINTS:
            field.widget.attrs["autocomplete"] = HINTS[name]
    return found


class ParticularsForm(forms.Form):
    """The questions of one use; ``cleaned_data["particulars"]`` is what they were answered."""

    def __init__(self, *args, use: Use, asked: Particulars | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.use = use
        for question in QUESTIONS[use]:
            name = ASKED + question.name
            self.fields[name] = field_for(question)
            if asked is not None:
                self.fields[name].initial = asked.answers.get(question.name)

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(ASKED)]

    def names(self) -> Iterator[str]:
        """The names of all the boxes of the form."""
        for name, field in self.fields.items():
            full = self.add_prefix(name)
            is_table = isinstance(field.widget, RunsWidget)
            yield from field.widget.names(full) if is_table else [full]

    def carried(self) -> list[tuple[str, str]]:
        """What was typed, box by box, for the step that comes next to bring back."""
        return [(name, value) for name in self.names() for value in self.data.getlist(name)]

    def clean(self):
        cleaned = super().clean()
        written = self._written()
        try:
            cleaned["particulars"] = particulars(self.use, written).as_json()
        except ParticularsAreWrong as wrong:
            for name, fault in wrong.faults.items():
                field = ASKED + name if ASKED + name in self.fields else None
                if field is None or field not in self.errors:
                    self.add_error(field, said(fault))
        return cleaned

    def _written(self) -> dict:
        """The answers as JSON holds them; those to questions that are not put are left out."""
        answers = {}
        for question in QUESTIONS[self.use]:
            value = self.cleaned_data.get(ASKED + question.name)
            if value not in (None, "", []):
                answers[question.name] = value.isoformat() if hasattr(value, "isoformat") else value
        return {
            question.name: answers[question.name]
            for question in QUESTIONS[self.use]
            if question.name in answers and is_asked(question, answers)
        }


class DetailsForm(ParticularsForm):
    """All that a request is told, beside its articles and its use."""

    def __init__(self, *args, use: Use, choices: Iterable[Choice], **kwargs):
        super().__init__(*args, use=use, **kwargs)
        self.choices = list(choices)
        self.fields |= requester_fields(*WHO, *MORE, *BILLING)
        # Whoever asks in French most likely reads French.
        self.fields["language"].initial = get_language()
        self.galleries = [
            (choice.article, choice.pictures) for choice in self.choices if choice.pictures
        ]
        ours = [one.value for _article, shown in self.galleries for one in shown if one.is_ours]
        if ours:
            self.fields["pictures"] = forms.MultipleChoiceField(
                label=_("Pictures"),
                required=False,
                choices=[(value, value) for value in ours],
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields[TRAP] = forms.CharField(
            required=False,
            label=_("Leave this box empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in WHO]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    @property
    def billing(self) -> list[forms.BoundField]:
        return [self[name] for name in BILLING]

    @property
    def is_billing_open(self) -> bool:
        """What is filled in is seen."""
        return any(field.value() or field.errors for field in self.billing)

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    @property
    def ticked(self) -> list[str]:
        return self["pictures"].value() or [] if "pictures" in self.fields else []

    def clean_deadline(self):
        day = self.cleaned_data["deadline"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def clean_nickname(self):
        if self.cleaned_data[TRAP]:
            raise forms.ValidationError(_("This box is there to catch machines. Please empty it."))
        return ""

    def wanted(self, choice: Choice) -> list[PictureChoice]:
        """The pictures that are asked for with an article."""
        ticked = self.cleaned_data.get("pictures", ())
        return [picture for picture in choice.pictures if picture.value in ticked]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Who asks and where a bill goes, in words: (label, value)."""
        found = []
        for name in (*WHO, *BILLING):
            if value := self.cleaned_data[name]:
                choices = dict(getattr(self.fields[name], "choices", ()))
                found.append((self.fields[name].label, choices.get(value, value)))
        return found

    def told(self) -> dict:
        """The fields of the request, as its verb takes them."""
        fields = {name: self.cleaned_data[name] for name in (*WHO, *MORE, *BILLING)}
        if not fields["language"]:
            fields.pop("language")
        particulars = self.cleaned_data["particulars"]
        return {**fields, "use": self.use.value, "particulars": particulars}


class ConsentForm(forms.Form):
    """The last step: that we may write, and keep what was typed."""

    consent = forms.BooleanField(error_messages={"required": gettext_lazy("Please agree to this.")})


def fresh_key() -> str:
    """What makes a form that was opened twice two forms."""
    return secrets.token_urlsafe(16)


def form_key(key: str, form: DetailsForm) -> str:
    """The same for the same form sent twice; another one as soon as a letter was changed."""
    slugs = [choice.article.slug for choice in form.choices]
    said = json.dumps([key[:LONGEST_KEY], form.use, slugs, sorted(form.carried())])
    return hashlib.sha256(said.encode()).hexdigest()
