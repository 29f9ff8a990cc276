"""How the questions of ``licensing.rights.questions`` are put on a form: one kind of field each.

A field brings what was typed into the shape that particulars have; whether the whole makes sense,
``licensing.rights.particulars`` says.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.moments import DayInput
from cms.text import validate_single_line, validate_text
from licensing import places
from licensing.rights.questions import Question, Takes

EMPTY_CHOICE = ("", "---------")
MISSING = gettext_lazy("Please answer this.")
LONGEST_URL = 300
LONGEST_LIST = 3000
LONGEST_FIGURE = 20
# Answers so short that two boxes stand side by side.
SHORT = frozenset({Takes.NUMBER, Takes.LANGUAGE, Takes.DATE, Takes.ISBN, Takes.ISSN})
# “3,000”, “3 000”, “3'000” and “3.000” are three thousand.
_GROUPED = re.compile(r"\d{1,3}(?:[  ,.'’]\d{3})+|\d{1,12}", re.ASCII)


def field_for(question: Question) -> forms.Field:
    """The field that puts ``question``."""
    field = _FIELDS[question.takes](question)
    field.label = _(question.label)
    field.help_text = _(question.help_text) if question.help_text else field.help_text
    field.required = field.widget.is_required = question.is_required
    field.error_messages["required"] = MISSING
    field.question = question
    field.is_half = question.takes in SHORT
    return field


class FigureField(forms.CharField):
    """A whole number, its thousands parted as people part them."""

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        if len(value) > LONGEST_FIGURE or not _GROUPED.fullmatch(value):
            raise forms.ValidationError(_("A whole number, please."))
        return int(re.sub(r"\D", "", value))


class PlacesField(forms.CharField):
    """Countries or languages by name or code, with commas between."""

    def __init__(self, *, known: Callable[[], list[tuple[str, str]]], unknown: str, **kwargs):
        self.known, self.unknown = known, unknown
        super().__init__(max_length=LONGEST_LIST, validators=[validate_text], **kwargs)

    def prepare_value(self, value):
        if isinstance(value, list | tuple):
            names = dict(self.known())
            return ", ".join(names.get(code, code) for code in value)
        return value

    def to_python(self, value):
        typed = re.split(r"[,;\n،、]", super().to_python(value))
        codes = _by_name(self.known())
        found, strange = [], []
        for name in filter(None, map(str.strip, typed)):
            code = codes.get(_folded(name))
            (strange if code is None else found).append(code or name)
        if strange:
            raise forms.ValidationError(self.unknown % {"name": strange[0][:60]})
        return sorted(set(found))

    def run_validators(self, value):
        super().run_validators(", ".join(value))

    @property
    def suggestions(self) -> list[str]:
        """The names that can be typed."""
        return [name for _code, name in self.known()]


def _by_name(known: Iterable[tuple[str, str]]) -> dict[str, str]:
    found = {}
    for code, name in known:
        found |= {_folded(code): code, _folded(name): code}
    return found


def _folded(name: str) -> str:
    """So that “cote d'ivoire” is Côte d’Ivoire and “Bosnia and Herzegovina” has its ampersand."""
    name = re.sub(r"(?i)\band\b|&", "", unicodedata.normalize("NFKD", name))
    return "".join(sign for sign in name if sign.isalnum()).casefold()


class RunsWidget(forms.Widget):
    """Format by format: how many copies, at what price. The page lays it out as a table."""

    def __init__(self, formats: dict[str, str]):
        super().__init__()
        self.formats = formats

    def names(self, name: str) -> list[str]:
        """The names of all its boxes."""
        return [f"{name}-{one}-{part}" for one in self.formats for part in ("copies", "price")]

    def value_from_datadict(self, data, files, name):
        return [
            {
                "format": one,
                "copies": (data.get(f"{name}-{one}-copies") or "").strip(),
                "price": (data.get(f"{name}-{one}-price") or "").strip(),
            }
            for one in self.formats
        ]

    def value_omitted_from_data(self, data, files, name):
        return not any(box in data for box in self.names(name))


class RunsBox(forms.BoundField):
    """The table as it is shown."""

    @property
    def rows(self) -> list[dict[str, str]]:
        """Format by format: its label, the names of its boxes and what stands in them."""
        typed = {run["format"]: run for run in self.value() or ()}
        return [
            {
                "label": _(label),
                "name": f"{self.html_name}-{one}",
                "copies": typed.get(one, {}).get("copies") or "",
                "price": typed.get(one, {}).get("price") or "",
            }
            for one, label in self.field.widget.formats.items()
        ]


class RunsField(forms.Field):
    """The formats in which it will be printed or sold, each with its copies."""

    def __init__(self, *, formats: dict[str, str], most: int, **kwargs):
        super().__init__(widget=RunsWidget(formats), **kwargs)
        self.most = most

    def get_bound_field(self, form, field_name):
        return RunsBox(form, self, field_name)

    def to_python(self, value):
        figure = FigureField(required=False)
        found = []
        for run in value or ():
            if not (run["copies"] or run["price"]):
                continue
            name = _(self.widget.formats[run["format"]])
            try:
                copies = figure.clean(str(run["copies"]))
            except forms.ValidationError as fault:
                said = _("%(format)s: a whole number of copies, please.")
                raise forms.ValidationError(said % {"format": name}) from fault
            if not copies:
                said = _("%(format)s: how many copies?")
                raise forms.ValidationError(said % {"format": name})
            if copies > self.most:
                said = _("%(format)s: at most %(most)s copies can be asked for.")
                raise forms.ValidationError(said % {"format": name, "most": f"{self.most:,}"})
            price = run["price"].replace(",", ".")
            if price and not re.fullmatch(r"\d{1,7}(\.\d{1,2})?", price, re.ASCII):
                said = _("%(format)s: a price such as 12.50, please.")
                raise forms.ValidationError(said % {"format": name})
            found.append({"format": run["format"], "copies": copies, "price": price})
        return found


def _line(question: Question) -> forms.Field:
    return forms.CharField(max_length=question.most, validators=[validate_single_line])


def _text(question: Question) -> forms.Field:
    rows = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(max_length=question.most, validators=[validate_text], widget=rows)


def _number(question: Question) -> forms.Field:
    return FigureField(widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 20}))


def _choice(question: Question) -> forms.Field:
    choices = [(value, _(label)) for value, label in question.choices.items()]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _yes_no(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect)


def _countries(question: Question) -> forms.Field:
    return PlacesField(known=places.countries, unknown=_("We know no country “%(name)s”."))


def _languages(question: Question) -> forms.Field:
    return PlacesField(known=places.languages, unknown=_("We know no language “%(name)s”."))


def _language(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=lambda: [EMPTY_CHOICE, *places.languages()])


def _date(question: Question) -> forms.Field:
    return forms.DateField(widget=DayInput())


def _url(question: Question) -> forms.Field:
    return forms.URLField(
        max_length=LONGEST_URL,
        assume_scheme="https",
        validators=[validate_single_line],
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )


def _book_number(question: Question) -> forms.Field:
    return forms.CharField(max_length=40, validators=[validate_single_line])


def _runs(question: Question) -> forms.Field:
    return RunsField(formats=question.choices, most=question.most)


_FIELDS: dict[Takes, Callable[[Question], forms.Field]] = {
    Takes.LINE: _line,
    Takes.TEXT: _text,
    Takes.NUMBER: _number,
    Takes.CHOICE: _choice,
    Takes.COUNTRIES: _countries,
    Takes.LANGUAGE: _language,
    Takes.LANGUAGES: _languages,
    Takes.DATE: _date,
    Takes.YES_NO: _yes_no,
    Takes.URL: _url,
    Takes.ISBN: _book_number,
    Takes.ISSN: _book_number,
    Takes.RUNS: _runs,
}
