"""The form of the try-out: what a request would answer, for one use of a tariff."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.rights.fee_drivers import DRIVERS, Driver, Kind
from licensing.rights.tariffs import MOST_NUMBER, Moved, Tariff
from licensing.rights.vocabulary import Use
from licensing.wording import use_name

# Names the use that the fields were shown for.
OF = "of"


class TryOutForm(forms.Form):
    """What a request would say: the use, and an answer to each driver of its fee."""

    def __init__(self, data=None, *, tariff: Tariff):
        self.use = _chosen(data, tariff)
        # Of another use than the fields were shown for there are no answers yet.
        is_answered = bool(data) and data.get(OF) == self.use
        super().__init__(data if is_answered else None)
        uses = [(use.value, use_name(use)) for use in tariff.uses]
        self.fields["use"] = forms.ChoiceField(label=_("Use"), choices=uses)
        self.drivers = []
        self.initial = {"use": self.use.value, "articles": 1, OF: self.use.value}
        self.fields[OF] = forms.CharField(widget=forms.HiddenInput)
        self.fields["articles"] = _number(_("Articles"), least=1)
        for moved in tariff.uses[self.use].moved:
            self.drivers.append(moved.driver)
            self.fields[moved.driver] = _answer(DRIVERS[moved.driver])
            self.initial[moved.driver] = _first_guess(moved)

    @property
    def facts(self) -> dict[str, object]:
        """The answers as ``price`` takes them; what was left empty is not known."""
        if not self.is_bound:
            answers = {name: self.initial[name] for name in self.drivers}
        elif self.is_valid():
            answers = {name: self.cleaned_data[name] for name in self.drivers}
        else:
            return {}
        articles = self.cleaned_data["articles"] if self.is_bound else 1
        facts = {
            name: None if value in ("", None) else value
            for name, value in answers.items()
            if value not in ("", None) or DRIVERS[name].without
        }
        return facts | ({"articles": articles} if articles else {})


def _first_guess(moved: Moved) -> object:
    if not moved.choices:
        return _FIRST_GUESS.get(moved.driver, 1)
    known = [*moved.choices, DRIVERS[moved.driver].idle]
    guess = _FIRST_GUESS.get(moved.driver)
    return guess if guess in known else known[0]


_FIRST_GUESS = {
    "print_run": 1000,
    "copies": 30,
    "term_days": 365,
    "words": 500,
    "pictures": 0,
    "requester": "publisher",
    "exclusive": "no",
    "rush": "no",
}


def _chosen(data, tariff: Tariff) -> Use:
    asked = (data or {}).get("use")
    return next((use for use in tariff.uses if use == asked), next(iter(tariff.uses)))


def _answer(driver: Driver) -> forms.Field:
    label = gettext(driver.label)
    if driver.kind is Kind.CHOICE:
        answers = [(value, gettext(name)) for value, name in driver.choices.items()]
        return forms.ChoiceField(
            label=label, required=False, choices=[("", _("not known yet")), *answers]
        )
    help_text = _("Empty: %s.") % gettext(driver.without) if driver.without else ""
    return _number(label, help_text=help_text)


def _number(label: str, *, least: int = 0, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=MOST_NUMBER,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
