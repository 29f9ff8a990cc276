"""The table in which terms are written: a row a use, with its verdict, conditions, sentence."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import Publication
from cms.text import validate_single_line
from licensing import lint
from licensing.rights.conditions import CONDITIONS, Condition, ConditionIsWrong, Kind, Takes, merged
from licensing.rights.conditions import condition as made_condition
from licensing.rights.facts import Rule
from licensing.rights.usage import ANSWERS
from licensing.rights.vocabulary import Use, Verdict
from licensing.sentences import rule_sentence
from licensing.wording import condition_label, said, use_meaning, use_name, verdict_word

# The conditions as an editor looks for them.
GROUPS = [
    (
        _("Credit"),
        (
            Kind.SOURCE,
            Kind.AUTHOR,
            Kind.COPYRIGHT,
            Kind.LINK,
            Kind.LICENCE,
            Kind.CREDIT_FIRST,
            Kind.CHANGES,
            Kind.SHARE_ALIKE,
        ),
    ),
    (
        _("The copy"),
        (
            Kind.WHOLE,
            Kind.NO_EDITS,
            Kind.HEADLINE_FREE,
            Kind.NO_IMAGES,
            Kind.CANONICAL,
            Kind.NOINDEX,
            Kind.TELL_US,
            Kind.KEEP_PIXEL,
            Kind.NO_PIXEL,
        ),
    ),
    (_("Money"), (Kind.NON_COMMERCIAL, Kind.NO_SEPARATE_SALE, Kind.NO_PAYWALL)),
    (
        _("How much, when and where"),
        (
            Kind.EXCERPT_WORDS,
            Kind.PRINT_RUN,
            Kind.NOT_BEFORE,
            Kind.ONLY_WITHIN,
            Kind.REMOVE_AFTER,
            Kind.TERM,
            Kind.TERRITORY,
            Kind.LANGUAGE,
            Kind.FORMATS,
        ),
    ),
]
TICKED = [kind for kind in Kind if CONDITIONS[kind].takes == Takes.NOTHING]
TOLD = [kind for kind in Kind if CONDITIONS[kind].takes != Takes.NOTHING]
LONGEST_VALUE = 4000
MOST_DIGITS = 12


class Choice(NamedTuple):
    """A condition in the list beside a use: a box to tick, or a field to fill in."""

    label: str
    field: object
    is_ticked: bool


class RuleForm(forms.Form):
    """What terms answer for one use. A value that is filled in is a condition that is made."""

    verdict = forms.ChoiceField(label=_("Answer"))
    kinds = forms.MultipleChoiceField(
        label=_("Conditions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, use: Use, **kwargs):
        super().__init__(*args, prefix=f"rule-{use.value}", **kwargs)
        self.use = use
        self.contact = ""
        # What the lint has to say, once the whole table was judged.
        self.objections: list[str] = []
        self.warnings: list[str] = []
        self.fields["verdict"].choices = [
            (answer.value, verdict_word(answer)) for answer in ANSWERS
        ]
        self.fields["verdict"].widget.attrs["aria-label"] = use_name(use)
        self.fields["kinds"].choices = [
            (kind.value, condition_label(Condition(kind))) for kind in TICKED
        ]
        for kind in TOLD:
            self.fields[kind.value] = _told(kind)

    def clean(self):
        cleaned = super().clean()
        found = [Condition(Kind(name)) for name in cleaned.get("kinds", [])]
        for kind in TOLD:
            if typed := cleaned.get(kind.value):
                try:
                    found.append(made_condition(kind, typed_value(kind, typed)))
                except ConditionIsWrong as fault:
                    self.add_error(kind.value, said(fault.sentence))
        cleaned["conditions"] = merged(found)
        return cleaned

    @property
    def name(self) -> str:
        return use_name(self.use)

    @property
    def meaning(self) -> str:
        return use_meaning(self.use)

    @property
    def answer(self) -> str:
        """“Allowed”; nothing where the row makes no sense yet."""
        return verdict_word(self.rule.verdict) if self.rule else ""

    @property
    def rule(self) -> Rule | None:
        """The rule that the row says; ``None`` where it makes no sense yet."""
        if not self.is_bound:
            return self.initial.get("rule")
        if not self.is_valid():
            return None
        return Rule(Verdict(self.cleaned_data["verdict"]), self.cleaned_data["conditions"])

    @property
    def faults(self) -> list[str]:
        """What is wrong with the row, each once."""
        typed = [str(fault) for faults in self.errors.values() for fault in faults]
        return list(dict.fromkeys([*typed, *self.objections]))

    @property
    def sentence(self) -> str:
        return rule_sentence(self.use, self.rule, contact=self.contact) if self.rule else ""

    @property
    def summary(self) -> str:
        """“5 conditions”."""
        count = len(self.rule.conditions) if self.rule else 0
        if not count:
            return gettext("No conditions")
        return ngettext("%(count)d condition", "%(count)d conditions", count) % {"count": count}

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """The conditions to choose from, group by group."""
        boxes = {box.data["value"]: box for box in self["kinds"]}
        return [(label, [self._choice(kind, boxes) for kind in kinds]) for label, kinds in GROUPS]

    def _choice(self, kind: Kind, boxes: Mapping[str, object]) -> Choice:
        is_ticked = kind in TICKED
        field = boxes[kind.value] if is_ticked else self[kind.value]
        return Choice(gettext(CONDITIONS[kind].label), field, is_ticked)


def _told(kind: Kind) -> forms.CharField:
    is_number = CONDITIONS[kind].takes == Takes.NUMBER
    return forms.CharField(
        label=_(CONDITIONS[kind].label),
        required=False,
        max_length=LONGEST_VALUE,
        validators=[validate_single_line],
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "size": 6} if is_number else {"size": 24}
        ),
    )


def typed_value(kind: Kind, typed: str) -> int | list[str] | str:
    """What was typed, as the condition takes it; what is no number stays words and is refused."""
    if CONDITIONS[kind].takes == Takes.LIST:
        return typed.split(",")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS
    return int(typed) if is_number else typed


def in_fields(rule: Rule) -> dict:
    """A rule as the fields of its row hold it."""
    fields = {
        "verdict": rule.verdict.value,
        "kinds": [entry.kind.value for entry in rule.conditions if entry.value is None],
    }
    for entry in rule.conditions:
        if entry.value is not None:
            value = entry.value
            fields[entry.kind.value] = ", ".join(value) if isinstance(value, tuple) else str(value)
    return fields


class RuleTable:
    """The rows of every use, as typed (``data``) or as they stand (``rules``)."""

    def __init__(self, data: Mapping | None = None, rules: Mapping[Use, Rule] | None = None):
        self.rows = [self._row(use, data, rules or {}) for use in Use]
        contact = house_contact()
        for row in self.rows:
            row.contact = contact
        self.faults: list[str] = []
        self.warnings: list[str] = []

    @staticmethod
    def _row(use: Use, data: Mapping | None, rules: Mapping[Use, Rule]) -> RuleForm:
        rule = rules.get(use, UNSAID)
        return RuleForm(data, use=use, initial={"rule": rule, **in_fields(rule)})

    def __iter__(self):
        return iter(self.rows)

    @property
    def rules(self) -> dict[Use, Rule]:
        """What the rows say, as far as they make sense."""
        return {row.use: row.rule for row in self.rows if row.rule}

    def is_valid(self) -> bool:
        """Whether every row makes sense and nothing that was judged stands against the table."""
        return not self.faults and not any(row.faults for row in self.rows)

    def judge(self, *, licence_url: str, name: str) -> None:
        """Puts what the lint has to say beside the rows that it is about."""
        rules = self.rules
        rows = {row.use: row for row in self.rows}
        if len(rules) == len(rows):
            for fault in lint.faults(rules, licence_url=licence_url, name=name):
                place = rows[fault.use].objections if fault.use else self.faults
                place.append(fault.sentence)
        for warning in lint.warnings(rules, licence_url=licence_url, name=name):
            place = rows[warning.use].warnings if warning.use else self.warnings
            place.append(warning.sentence)

    def as_json(self) -> dict:
        """What the page's script puts beside each row."""
        return {
            "rows": {
                row.use.value: {
                    "verdict": row.rule.verdict.value if row.rule else "",
                    "sentence": row.sentence,
                    "summary": row.summary,
                    "faults": row.faults,
                    "warnings": row.warnings,
                }
                for row in self.rows
            },
            "faults": self.faults,
            "warnings": self.warnings,
        }


UNSAID = Rule(Verdict.ASK)


def typed_over(data, rules: Mapping[Use, Rule]):
    """The posted fields with those of the table replaced by what ``rules`` say."""
    data = data.copy()
    for name in [name for name in data if name.startswith("rule-")]:
        del data[name]
    for use in Use:
        for name, value in in_fields(rules.get(use, UNSAID)).items():
            values = value if isinstance(value, list) else [value]
            data.setlist(f"rule-{use.value}-{name}", values)
    return data


def house_contact() -> str:
    """Where to ask the house; empty as long as it has said nothing."""
    contacts: Iterable[str] = Publication.objects.filter(is_house=True).values_list(
        "rights_contact", flat=True
    )
    return next(iter(contacts[:1]), "")
