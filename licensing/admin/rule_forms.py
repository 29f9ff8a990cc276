"""The forms of instant rules: what the next version is to grant, and a request to try rules on."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.choosers import KeySelect
from cms.text import validate_single_line
from licensing.actions.rules import says_the_same
from licensing.models import GrantRule, GrantRuleVersion, PermissionRequest, RequestedArticle
from licensing.models.request import KIND_CHOICES, USE_CHOICES
from licensing.permission_fields import RunsWidget
from licensing.permission_forms import ParticularsForm
from licensing.ready_made_rules import READY_MADE_RULES
from licensing.rights.instant import Rule, faults
from licensing.rights.questions import ASKABLE
from licensing.rights.vocabulary import Use
from licensing.wording import said

LIMITS = ("most_articles", "most_days", "most_copies")
LEAVES = ("allows_ads", "allows_paywall")
# Names the use that the questions were shown for.
OF = "of"


class GrantRuleForm(forms.ModelForm):
    """A name, and what the next version says; ``follows`` is the version it starts from."""

    use = forms.ChoiceField(
        label=_("Use"),
        choices=lambda: _translated(USE_CHOICES),
        help_text=_("What this rule grants."),
    )
    requester_kinds = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=lambda: _translated(KIND_CHOICES),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only who says to be one of these is answered by the rule."),
    )
    most_articles = forms.IntegerField(
        label=_("Articles at a time, at most"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("Whoever asks for more waits for the desk."),
    )
    most_days = forms.IntegerField(
        label=_("Days, at most"),
        required=False,
        min_value=1,
        max_value=36_500,
        help_text=_("Empty: without an end, too."),
    )
    most_copies = forms.IntegerField(
        label=_("Copies, at most"),
        required=False,
        min_value=1,
        max_value=100_000_000,
        help_text=_("Empty: as many as the terms let everybody have."),
    )
    allows_ads = forms.BooleanField(
        label=_("With advertising on the page, too"),
        required=False,
        help_text=_("Otherwise the desk answers who shows advertising."),
    )
    allows_paywall = forms.BooleanField(
        label=_("Where readers pay, too"),
        required=False,
        help_text=_("Otherwise the desk answers who lets readers pay."),
    )
    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=300,
        validators=GrantRuleVersion._meta.get_field("note").validators,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One line for whoever compares the versions."),
    )
    follows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = GrantRule
        fields = ["name", "is_active"]
        help_texts = {"is_active": _("A rule that rests answers nothing.")}

    def __init__(self, *args, **kwargs):
        given = kwargs.get("initial") or {}
        self.newest = newest(kwargs.get("instance"))
        kwargs["initial"] = {**_standing(self.newest), **_of(given.get("start")), **given}
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        for name, sentence in faults(self.grants).items():
            self.add_error(name, said(sentence))
        if self.newest and cleaned.get("follows") != self.newest.number:
            self._tell_of_the_newest()
        return cleaned

    @property
    def grants(self) -> Rule:
        """What was typed, as a rule."""
        typed = self.cleaned_data
        return Rule(
            typed["name"],
            0,
            Use(typed["use"]),
            frozenset(typed["requester_kinds"]),
            **{name: typed[name] for name in (*LIMITS, *LEAVES)},
        )

    def says_something_new(self) -> bool:
        """Whether what was typed differs from the version that stands."""
        return (
            self.newest is None
            or bool(self.cleaned_data.get("note"))
            or not says_the_same(self.newest, self.grants)
        )

    def _tell_of_the_newest(self):
        """Whoever saves again has read this, and writes the version after."""
        if not self.says_something_new():
            return
        self.data = self.data.copy()
        self.data["follows"] = str(self.newest.number)
        raise ValidationError(
            gettext(
                "Version %(number)d was written by %(who)s while you were at work. Look at it "
                "first; saving again writes yours after it."
            )
            % {"number": self.newest.number, "who": self.newest.created_by or "—"}
        )


def newest(rule: GrantRule | None) -> GrantRuleVersion | None:
    """The version that counts."""
    if rule is None or rule.pk is None:
        return None
    return rule.versions.select_related("created_by", "rule").order_by("-number").first()


def _translated(choices) -> list[tuple[str, str]]:
    return [(value, gettext(label)) for value, label in choices]


def _standing(version: GrantRuleVersion | None) -> dict:
    if version is None:
        return {}
    names = ("use", "requester_kinds", *LIMITS, *LEAVES)
    return {name: getattr(version, name) for name in names} | {"follows": version.number}


def _of(start: str | None) -> dict:
    """What a ready-made rule fills in."""
    found = next((one for one in READY_MADE_RULES if one.slug == start), None)
    if found is None:
        return {}
    said_by_it = found.grants._asdict()
    return said_by_it | {"requester_kinds": sorted(found.grants.requester_kinds)}


class NumberForm(forms.Form):
    """A request that was made, by its number."""

    number = forms.CharField(
        label=_("Number of the request"),
        max_length=20,
        validators=[validate_single_line],
        widget=forms.TextInput(attrs={"placeholder": "PR-2026-000001"}),
    )

    def clean_number(self):
        typed = self.cleaned_data["number"].strip().upper()
        found = PermissionRequest.objects.filter(number=typed).first()
        if found is None:
            raise ValidationError(gettext("There is no request of this number."))
        return found


class SampleForm(ParticularsForm):
    """A request that nobody has made: an article, a use, and an answer to each of its questions."""

    def __init__(self, data=None, *, articles):
        asked = (data or {}).get("use")
        use = Use(asked) if asked in ASKABLE else Use.COMMUNITY_WEB
        # Of another use than the questions were shown for there are no answers yet.
        is_answered = bool(data) and data.get(OF) == use
        kept = {name: data[name] for name in ("article", "requester_kind") if name in (data or {})}
        super().__init__(
            data if is_answered else None,
            use=use,
            initial=kept | {"use": use.value, OF: use.value},
        )
        chosen = RequestedArticle._meta.get_field("article")
        questions = self.fields
        self.fields = {
            "article": forms.ModelChoiceField(
                articles, label=_("Article"), widget=KeySelect(chosen, admin.site)
            ),
            "use": forms.ChoiceField(label=_("Use"), choices=_translated(USE_CHOICES)),
            OF: forms.CharField(widget=forms.HiddenInput),
            "requester_kind": forms.ChoiceField(
                label=_("Who asks"), choices=_translated(KIND_CHOICES)
            ),
            **questions,
            "with_pictures": forms.BooleanField(label=_("With all its pictures"), required=False),
            "is_exclusive": forms.BooleanField(label=_("Exclusive"), required=False),
        }

    @property
    def runs(self) -> list[tuple[str, str, str]]:
        """The boxes for copies in each format: (label, name, what was typed)."""
        found = []
        for bound in self:
            if isinstance(bound.field.widget, RunsWidget):
                typed = {run["format"]: run["copies"] for run in bound.value() or ()}
                found += [
                    (gettext(label), f"{bound.html_name}-{one}-copies", typed.get(one, ""))
                    for one, label in bound.field.widget.formats.items()
                ]
        return found

    def sample(self) -> PermissionRequest:
        """The row that is never saved."""
        typed = self.cleaned_data
        return PermissionRequest(
            use=self.use.value,
            particulars=typed["particulars"],
            requester_kind=typed["requester_kind"],
            is_exclusive=typed["is_exclusive"],
        )
