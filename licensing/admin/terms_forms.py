"""The form of usage terms: their name and address, and what their next version is to say."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.moments import validate_moment
from licensing.actions.terms import GRACE
from licensing.admin.terms_rules import RuleTable, typed_over
from licensing.models import TermsVersion, UsageTerms
from licensing.ready_made import READY_MADE, ReadyMade
from licensing.rights.licences import LICENCES, licence_at
from licensing.rights.usage import rules_as_json, rules_from_json

OWN = ""
# Buttons that show the form again, with its sentences, and write nothing.
PREVIEW, FILL = "_preview", "_fill"


class TermsForm(forms.ModelForm):
    """Holds the table of uses beside its own fields; ``follows`` is the version they start from."""

    licence = forms.ChoiceField(
        label=gettext_lazy("Licence"),
        required=False,
        help_text=gettext_lazy(
            "A licence that others wrote fills in the table below; what the table then says may "
            "not contradict it."
        ),
    )
    text = TermsVersion._meta.get_field("text").formfield(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("What people read on the page of the terms, in your own words."),
    )
    change_note = forms.CharField(
        label=gettext_lazy("What changed"),
        required=False,
        max_length=300,
        validators=TermsVersion._meta.get_field("change_note").validators,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("One line for whoever compares the versions."),
    )
    valid_from = forms.SplitDateTimeField(
        label=gettext_lazy("Counts from"),
        required=False,
        validators=[validate_moment],
        widget=AdminSplitDateTime,
        help_text=gettext_lazy("Leave empty to let it count at once, or name a moment ahead."),
    )
    follows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = UsageTerms
        fields = ["name", "slug", "summary"]

    def __init__(self, data=None, *args, **kwargs):
        start: ReadyMade | None = READY_MADE.get((kwargs.get("initial") or {}).get("start"))
        instance = kwargs.get("instance")
        self.newest = _newest(instance)
        self.is_shown_again = bool(data) and (PREVIEW in data or FILL in data)
        if data and FILL in data and (licence := LICENCES.get(data.get("licence"))):
            data = typed_over(data, licence.rules)
        given = kwargs.get("initial") or {}
        kwargs["initial"] = {**_standing(self.newest), **_of(start), **given}
        super().__init__(data, *args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        self.fields["licence"].choices = self._licences()
        self.table = RuleTable(data if self.is_bound else None, self._rules(start))
        if not self.is_bound:
            self.judge(self.initial.get("licence", OWN), self.initial.get("name", ""))

    def _rules(self, start: ReadyMade | None):
        if start:
            return start.rules
        return rules_from_json(self.newest.rules) if self.newest else {}

    def _licences(self) -> list[tuple[str, str]]:
        known = [(licence.spdx, licence.name) for licence in LICENCES.values()]
        standing = self.newest.licence_url if self.newest else ""
        other = [(standing, standing)] if standing and not licence_at(standing) else []
        return [(OWN, _("Our own terms")), *known, *other]

    def judge(self, licence: str, name: str) -> None:
        """Lets the lint look at the table as terms of this name under this licence."""
        self.table.judge(licence_url=address_of(licence), name=name)

    # --- what was typed ---

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        return slug or slugify(self.cleaned_data.get("name", ""))[:80]

    def clean_valid_from(self):
        moment = self.cleaned_data["valid_from"]
        if moment and moment < timezone.now() - GRACE:
            raise ValidationError(
                _("This moment has passed. Leave it empty to let the version count at once.")
            )
        return moment

    def clean(self):
        cleaned = super().clean()
        if "slug" in cleaned and not cleaned["slug"] and cleaned.get("name"):
            self.add_error("slug", _("No address can be made of this name; please choose one."))
        self.judge(cleaned.get("licence", OWN), cleaned.get("name", self.instance.name))
        if not self.is_shown_again and not self.table.is_valid():
            self.add_error(None, _("The table cannot stand as it is; the reasons are beside it."))
        if self.newest and cleaned.get("follows") != self.newest.number:
            self._tell_of_the_newest()
        return cleaned

    def _tell_of_the_newest(self):
        """Whoever saves again has read this, and writes the version after."""
        if not self.says_something_new():
            return
        self.data = self.data.copy()
        self.data["follows"] = str(self.newest.number)
        raise ValidationError(
            _(
                "Version %(number)d was written by %(who)s while you were at work. Look at it "
                "first; saving again writes yours after it."
            )
            % {"number": self.newest.number, "who": self.newest.created_by or "—"}
        )

    def is_valid(self):
        """A form that is to be shown again is never saved, however right it is."""
        is_right = super().is_valid() and self.table.is_valid()
        return is_right and not self.is_shown_again

    def says_something_new(self) -> bool:
        """Whether what was typed differs from the version that stands."""
        if self.newest is None:
            return True
        said = self.cleaned_data
        return (
            rules_as_json(self.table.rules) != rules_as_json(rules_from_json(self.newest.rules))
            or said.get("text", "") != self.newest.text
            or address_of(said.get("licence", OWN)) != self.newest.licence_url
            or bool(said.get("change_note"))
            or bool(said.get("valid_from"))
        )


def address_of(licence: str) -> str:
    """Where the licence of this name lives; a licence we do not know goes by its address."""
    known = LICENCES.get(licence)
    return known.url if known else licence


def _newest(terms: UsageTerms | None) -> TermsVersion | None:
    if terms is None or terms.pk is None:
        return None
    return terms.versions.select_related("created_by").order_by("-number").first()


def _standing(version: TermsVersion | None) -> dict:
    if version is None:
        return {}
    known = licence_at(version.licence_url)
    return {
        "licence": known.spdx if known else version.licence_url,
        "text": version.text,
        "follows": version.number,
    }


def _of(start: ReadyMade | None) -> dict:
    if start is None:
        return {}
    known = licence_at(start.licence_url)
    return {
        "name": start.name,
        "slug": start.slug,
        "summary": start.summary,
        "text": start.text,
        "licence": known.spdx if known else OWN,
    }
