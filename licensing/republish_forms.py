"""What whoever takes a copy by name is asked: who it is, for which outlet, and to accept."""

from django import forms
from django.utils.translation import get_language, gettext_lazy

from cms.text import validate_single_line
from licensing.models import GrantedArticle
from licensing.permission_forms import TRAP, requester_fields
from licensing.republication import LONGEST_KEY, Offered

WHO = (
    "requester_name",
    "requester_email",
    "outlet",
    "outlet_url",
    "requester_kind",
    "outlet_country",
    "language",
)
LONGEST_ADDRESS = 500


class TakeForm(forms.Form):
    """A copy taken by name. ``accepted`` is what the page showed; ticking the box accepts it."""

    accepted = forms.CharField(required=False, max_length=LONGEST_KEY, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=gettext_lazy("I accept these conditions."),
        error_messages={"required": gettext_lazy("Please agree to this.")},
    )

    def __init__(self, *args, offer: Offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["accepted"].initial = offer.key
        self.fields |= requester_fields(*WHO)
        self.fields["language"].initial = get_language()
        self.fields["requester_kind"].label = gettext_lazy("It is")
        self.fields["requester_email"].help_text = ""
        if offer.may_be_counted and not offer.must_be_counted:
            self.fields["is_counted"] = forms.BooleanField(
                required=False,
                initial=True,
                label=gettext_lazy("Count how often the copy is read"),
                help_text=gettext_lazy(
                    "By an invisible picture of ours. No cookie; nothing of a reader is kept."
                ),
            )
        self.fields[TRAP] = forms.CharField(
            required=False,
            label=gettext_lazy("Leave this box empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in WHO]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    def clean_nickname(self):
        if self.cleaned_data[TRAP]:
            said = gettext_lazy("This box is there to catch machines. Please empty it.")
            raise forms.ValidationError(said)
        return ""

    def with_new_terms(self) -> None:
        """Shows what counts now; what was typed stays, and is agreed to anew."""
        self.data = self.data.copy()
        self.data["accepted"] = self.offer.key
        self.data.pop("agreed", None)

    def told(self) -> dict:
        """What the verb is told."""
        said = self.cleaned_data
        return {
            "name": said["requester_name"],
            "email": said["requester_email"],
            "kind": said["requester_kind"],
            "outlet": said["outlet"],
            "outlet_url": said["outlet_url"],
            "country": said["outlet_country"],
            "accepted": said["accepted"],
            "is_counted": said.get("is_counted", True),
            "language": said["language"] or get_language(),
        }


class DeclareForm(forms.Form):
    """Where a copy of one of ``articles`` (as they were granted) stands."""

    url = forms.URLField(
        label=gettext_lazy("Address of your copy"),
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        validators=[validate_single_line],
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args, articles: list[GrantedArticle], **kwargs):
        super().__init__(*args, **kwargs)
        self.articles = articles
        if len(articles) > 1:
            self.fields["article"] = forms.ChoiceField(
                label=gettext_lazy("Article"),
                choices=[(str(row.pk), row.headline) for row in articles],
            )

    @property
    def granted(self) -> GrantedArticle:
        """The one that the copy is of."""
        chosen = self.cleaned_data.get("article")
        return next((row for row in self.articles if str(row.pk) == chosen), self.articles[0])
