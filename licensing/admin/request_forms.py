"""What the moves of a request ask for, each in a form that the desk fills in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from moneyed import Money

from cms.moments import DayInput
from cms.text import validate_single_line, validate_text
from cms.workflows.admin import MoveForm
from licensing import issuing
from licensing.admin.request_questions import QuestionsForm
from licensing.canned import canned_answers
from licensing.models import DeclineCode, PermissionRequest, RequestStatus
from licensing.models.casework import LONGEST_MESSAGE
from licensing.money import FALLBACK, formatted
from licensing.rights import currencies
from licensing.rights.vocabulary import Use, Verdict

NO_CANNED = gettext_lazy("Choose a canned answer")


def seen_of(permission_request: PermissionRequest) -> str:
    """What a page showed of a case: how many moves had been made, and what was said last.

    A requester who corrects what was asked for makes no move, but leaves a message.
    """
    last = permission_request.events.order_by("-number").values_list("number", flat=True).first()
    said = permission_request.messages.order_by("-pk").values_list("pk", flat=True).first()
    return f"{last or 0}-{said or 0}"


def words_field(label, *, required: bool = True, help_text="", rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_MESSAGE,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class CannedField(forms.ModelChoiceField):
    """Words to start from; the button beside it puts them into the text."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=None,
            required=False,
            label=gettext_lazy("Canned answer"),
            empty_label=NO_CANNED,
            **kwargs,
        )


class RequestMoveForm(MoveForm):
    """Moves the case that was read, not what became of it meanwhile."""

    # The field into which a canned answer is put, where there is one.
    canned_into = ""
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = seen_of(self.row)
        self.fields["seen"].initial = self.standing
        if self.canned_into:
            self.fields["canned"] = CannedField()
            self.fields["canned"].queryset = canned_answers(self.row)
            self.order_fields(["canned"])

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.pop("seen", "")
        cleaned.pop("canned", None)
        if seen and seen != self.standing:
            self.data = self.data.copy()
            self.data["seen"] = self.standing
            raise ValidationError(
                _("Something happened after you opened the page. Read it again, then decide.")
            )
        return cleaned


class AskBackForm(RequestMoveForm):
    """Asks what the requester is to be asked."""

    canned_into = "text"
    text = words_field(
        gettext_lazy("What you want to know"),
        help_text=gettext_lazy("Goes to the requester, with a link on which to answer."),
    )


class ReferForm(RequestMoveForm):
    """Whom to ask, as far as the decision knows them."""

    canned_into = "text"
    holder_name = forms.CharField(
        label=gettext_lazy("Rights holder"), max_length=200, validators=[validate_single_line]
    )
    holder_contact = forms.CharField(
        label=gettext_lazy("How to reach them"),
        required=False,
        max_length=300,
        validators=[validate_single_line],
        help_text=gettext_lazy("An e-mail or web address. The requester is told."),
    )
    text = words_field(gettext_lazy("Your words to the requester"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            return
        for line in issuing.articles_of(self.row, at=timezone.now()):
            whom = line.decision.whom
            if line.decision.verdict is Verdict.REFER and whom:
                self.fields["holder_name"].initial = whom.name
                self.fields["holder_contact"].initial = whom.contact or whom.url
                break


class DeclineForm(RequestMoveForm):
    """Why not: for the figures by its kind, for the requester in words."""

    canned_into = "reason"
    code = forms.ChoiceField(
        label=gettext_lazy("Kind of refusal"),
        choices=[("", "---------"), *DeclineCode.choices],
        help_text=gettext_lazy("For our own figures; the requester does not see it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The requester reads this, word for word.")
        self.order_fields(["code", "canned", "reason"])


class PaymentForm(RequestMoveForm):
    """What came in, prefilled with what is missing."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=14, decimal_places=3, min_value=0
    )
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput())
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=100,
        validators=[validate_single_line],
        help_text=gettext_lazy("As the bank statement has it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate()
        self.bill = issuing.open_invoice(self.row)
        if self.bill is not None:
            missing = self.bill.money - self.bill.paid
            self.fields["amount"].initial = format(
                currencies.money(missing.amount, self.bill.currency).amount, "f"
            )
            self.fields["amount"].label = _("Amount in %(currency)s") % {
                "currency": self.bill.currency
            }

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount <= 0:
            raise ValidationError(_("More than nothing, please."))
        if self.bill and currencies.money(amount, self.bill.currency).amount != amount:
            raise ValidationError(_("This currency has no coins as small as that."))
        return amount

    @property
    def consequences(self) -> list[str]:
        if self.bill is None:
            return []
        language = get_language() or FALLBACK
        facts = {
            "number": self.bill.number,
            "total": formatted(self.bill.money, language),
            "paid": formatted(self.bill.paid, language),
        }
        return [
            _("Invoice %(number)s is about %(total)s; %(paid)s came in so far.") % facts,
            _("Once all of it is paid, the licence counts and the certificate goes out."),
        ]


class OtherRequests(forms.ModelChoiceField):
    """Requests of the same requester, with what tells them apart."""

    def label_from_instance(self, obj):
        day = date_format(timezone.localtime(obj.created_at), "SHORT_DATE_FORMAT")
        return f"{obj.number} · {obj.get_use_display()} · {day} · {obj.get_status_display()}"


class MergeForm(RequestMoveForm):
    """In which other request of this requester it goes on."""

    into = OtherRequests(
        queryset=None,
        label=gettext_lazy("It goes on in"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Only requests from the same e-mail address."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = PermissionRequest.objects.none()
        if self.row.requester_email:
            others = PermissionRequest.objects.of_requester(self.row.requester_email)
        closed = [RequestStatus.CLOSED, RequestStatus.HELD]
        self.fields["into"].queryset = others.exclude(pk=self.row.pk).exclude(status__in=closed)

    @property
    def consequences(self) -> list[str]:
        if self.fields["into"].queryset.exists():
            return []
        return [_("This requester has no other request in which it could go on.")]


class AcceptForm(RequestMoveForm):
    """The quote that the requester said yes to, and no other."""

    quote = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.latest = self.row.quotes.first()
        self.fields["quote"].initial = self.latest.number if self.latest else 0

    @property
    def consequences(self) -> list[str]:
        if self.latest is None:
            return []
        money = Money(self.latest.total, self.latest.currency)
        facts = {
            "number": self.latest.number,
            "total": formatted(money, get_language() or FALLBACK),
        }
        follows = (
            _("The licence follows at once.")
            if self.latest.is_free
            else _("The invoice follows at once.")
        )
        return [_("Quote %(number)d is about %(total)s.") % facts, follows]


class WithdrawForm(RequestMoveForm):
    """What the requester said, if anything."""

    text = words_field(gettext_lazy("What the requester wrote or said"), required=False, rows=4)


class AnswerForm(RequestMoveForm, QuestionsForm):
    """What the requester answered, in words and by correcting what was asked for."""

    text = words_field(gettext_lazy("What the requester wrote or said"), required=False, rows=4)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, use=Use(row.use), asked=row.asked, **kwargs)

    def clean(self):
        super().clean()
        if self.errors:
            return self.cleaned_data
        given = self.given.as_json()
        return {"text": self.cleaned_data["text"], "changes": {"particulars": given}}


MOVE_FORMS = {
    "ask_back": AskBackForm,
    "answer": AnswerForm,
    "counter": AnswerForm,
    "accept": AcceptForm,
    "refer": ReferForm,
    "decline": DeclineForm,
    "record_payment": PaymentForm,
    "merge": MergeForm,
    "withdraw": WithdrawForm,
}


class MessageForm(forms.Form):
    """A message to the requester, who reads it on the secret link and by mail."""

    canned = CannedField()
    text = words_field(gettext_lazy("Message to the requester"), rows=5)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["canned"].queryset = canned_answers(row)


class NoteForm(forms.Form):
    """A note among colleagues."""

    note = words_field(gettext_lazy("Internal note"), rows=3)
