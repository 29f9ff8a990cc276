"""What a requester can do on the secret link: one small form for each verb."""

from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.moments import DayInput
from cms.text import validate_text
from licensing.models import GrantedArticle, PermissionRequest, Quote, RequestStatus
from licensing.models.casework import LONGEST_MESSAGE
from licensing.permission_forms import BILLING, HELP, LABELS, ParticularsForm, requester_fields
from licensing.republication import ON_THE_WEB, takeable
from licensing.republish_forms import DeclareForm
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use

CONFIRM, CORRECT, ANSWER, ACCEPT = "confirm", "correct", "answer", "accept"
COUNTER, WITHDRAW, WRITE, DECLARE = "counter", "withdraw", "write", "declare"
# What can be done as far as it is, the likeliest first.
ACTS: dict[str, tuple[str, ...]] = {
    RequestStatus.HELD: (CONFIRM, WITHDRAW),
    RequestStatus.RECEIVED: (WRITE, CORRECT, WITHDRAW),
    RequestStatus.IN_REVIEW: (WRITE, CORRECT, WITHDRAW),
    RequestStatus.AWAITING_REQUESTER: (ANSWER, WITHDRAW),
    RequestStatus.QUOTED: (ACCEPT, COUNTER, WRITE, WITHDRAW),
    RequestStatus.ACCEPTED: (WRITE, WITHDRAW),
    RequestStatus.AWAITING_PAYMENT: (WRITE, WITHDRAW),
    RequestStatus.GRANTED: (DECLARE, WRITE),
    RequestStatus.DECLINED: (WRITE,),
    RequestStatus.REFERRED: (WRITE,),
    RequestStatus.WITHDRAWN: (WRITE,),
    RequestStatus.LAPSED: (WRITE,),
    RequestStatus.CLOSED: (),
}


def _message(label, *, required: bool = False, rows: int = 4, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_MESSAGE,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": gettext_lazy("Please write something.")},
    )


def _file() -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "PDF, picture, Word or OpenDocument letter, plain text or mail, up to 20 MB."
        ),
    )


class ConfirmForm(forms.Form):
    """The address is right; nothing to type."""


class WithdrawForm(forms.Form):
    """Taken back, once it was said that this is meant."""

    text = _message(gettext_lazy("Why, if you like"), rows=2)
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, I take this request back."),
        error_messages={"required": gettext_lazy("Please tick this if you mean it.")},
    )


class WriteForm(forms.Form):
    """A message, a file, or both."""

    text = _message(gettext_lazy("Your message"))
    upload = _file()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text", "").strip() and not cleaned.get("upload") and not self.errors:
            self.add_error("text", _("Please write something, or choose a file."))
        return cleaned


class ChangesForm(ParticularsForm):
    """What was asked for, to be changed; ``standing`` is what the form begins with."""

    def __init__(self, *args, permission_request: PermissionRequest, **kwargs):
        self.permission_request = permission_request
        self.standing = self.begins_with()
        super().__init__(*args, use=Use(permission_request.use), asked=self.standing, **kwargs)

    def begins_with(self) -> Particulars:
        return self.permission_request.asked

    def changes(self) -> dict:
        """What is different from what stands, as the verbs take it."""
        now = self.cleaned_data["particulars"]
        return {} if now == self.standing.as_json() else {"particulars": now}


class CorrectForm(ChangesForm):
    """A correction as long as nothing was offered."""

    deadline = forms.DateField(
        label=LABELS["deadline"], required=False, widget=DayInput(), help_text=""
    )
    purpose = _message(LABELS["purpose"], help_text=HELP["purpose"])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("deadline", "purpose"):
            self.fields[name].initial = getattr(self.permission_request, name)

    @property
    def further(self) -> list[forms.BoundField]:
        return [self["deadline"], self["purpose"]]

    def clean_deadline(self):
        day = self.cleaned_data["deadline"]
        if day and day < timezone.localdate() and day != self.permission_request.deadline:
            raise forms.ValidationError(_("This day has passed."))
        return day

    def changes(self) -> dict:
        told = {name: self.cleaned_data[name] for name in ("deadline", "purpose")}
        return super().changes() | told


class AnswerForm(ChangesForm):
    """The answer to our question: words, a file, corrections."""

    text = _message(gettext_lazy("Your answer"))
    upload = _file()

    def clean(self):
        cleaned = super().clean()
        has_said = cleaned.get("text", "").strip() or cleaned.get("upload")
        if not self.errors and not has_said and not self.changes():
            self.add_error("text", _("Please write something, or correct what was asked."))
        return cleaned


class CounterForm(ChangesForm):
    """Other rights than were offered: what they are, and why."""

    text = _message(gettext_lazy("What you would like instead"))
    # The number of the offer that it answers, as the page showed it.
    offer = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, quote: Quote, **kwargs):
        self.quote = quote
        super().__init__(*args, **kwargs)
        self.fields["offer"].initial = quote.number

    def clean_offer(self):
        number = self.cleaned_data["offer"]
        if number and number != self.quote.number:
            _show(self, "offer", self.quote)
        return number

    def begins_with(self) -> Particulars:
        return Particulars(Use(self.permission_request.use), self.quote.particulars)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("text", "").strip() and not self.changes():
            self.add_error("text", _("Say what you would like to change."))
        return cleaned


class AcceptForm(forms.Form):
    """The quote as it is, for the number that the page showed; where the bill goes, if any."""

    quote = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=gettext_lazy("I accept this offer with its conditions."),
        error_messages={"required": gettext_lazy("Please agree to this.")},
    )

    def __init__(self, *args, permission_request: PermissionRequest, quote: Quote, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = quote
        self.fields["quote"].initial = quote.number
        if not quote.is_free:
            self.fields |= requester_fields(*BILLING)
            for name in BILLING:
                self.fields[name].initial = getattr(permission_request, name)
            self.fields["billing_name"].initial = (
                permission_request.billing_name or permission_request.outlet
            )
            self.fields["billing_address"].required = True
            self.fields["billing_address"].error_messages["required"] = gettext_lazy(
                "An invoice needs an address."
            )

    @property
    def billing(self) -> list[forms.BoundField]:
        return [self[name] for name in BILLING if name in self.fields]

    def clean_quote(self):
        number = self.cleaned_data["quote"]
        if number != self.offered.number:
            # The new offer is agreed to by itself; what was typed for the bill stays.
            _show(self, "quote", self.offered, without="agreed")
        return number

    def changes(self) -> dict:
        return {name: self.cleaned_data[name] for name in BILLING if name in self.fields}


def _show(form: forms.Form, name: str, offered: Quote, *, without: str = ""):
    """Refuses a form that answers an offer of before; sent again, it answers the one that stands.

    Raises ValidationError.
    """
    form.data = form.data.copy()
    form.data[form.add_prefix(name)] = offered.number
    form.data.pop(form.add_prefix(without), None)
    raise forms.ValidationError(_("We have sent you another offer since. Please look at that one."))


def declarable(permission_request: PermissionRequest) -> list[GrantedArticle]:
    """Of which articles it may be told where a copy stands."""
    grant = permission_request.grants.first()
    if grant is None or Use(grant.use) not in ON_THE_WEB:
        return []
    return takeable(grant, at=timezone.now())


def forms_for(
    permission_request: PermissionRequest,
    quote: Quote | None,
    *,
    sent: Mapping[str, tuple] | None = None,
) -> dict[str, forms.Form]:
    """The forms that its state offers, by act; the one that was ``sent`` holds what was typed."""
    sent = sent or {}
    found = {}
    for act in ACTS[permission_request.status]:
        data, files = sent.get(act, (None, None))
        told = {"data": data, "files": files, "prefix": act}
        if act in (CORRECT, ANSWER):
            told["permission_request"] = permission_request
        elif act in (COUNTER, ACCEPT):
            if quote is None or (act == ACCEPT and quote.has_ended()):
                continue
            told |= {"permission_request": permission_request, "quote": quote}
        elif act == DECLARE:
            if not (articles := declarable(permission_request)):
                continue
            told["articles"] = articles
        found[act] = _FORMS[act](**told)
    return found


_FORMS: dict[str, type[forms.Form]] = {
    CONFIRM: ConfirmForm,
    CORRECT: CorrectForm,
    ANSWER: AnswerForm,
    ACCEPT: AcceptForm,
    COUNTER: CounterForm,
    WITHDRAW: WithdrawForm,
    WRITE: WriteForm,
    DECLARE: DeclareForm,
}
