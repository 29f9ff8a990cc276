"""What the form of a clearance is filled in with: ticks with their meaning, and conditions."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.text import validate_single_line
from licensing.admin.terms_rules import GROUPS, LONGEST_VALUE, TICKED, TOLD, typed_value
from licensing.rights.conditions import (
    CONDITIONS,
    ConditionIsWrong,
    Kind,
    as_json,
    merged,
    parse,
)
from licensing.rights.conditions import condition as made_condition
from licensing.rights.vocabulary import Carriage, Use
from licensing.wording import carriage_name, said, use_meaning, use_name

TICKABLE = frozenset(kind.value for kind in TICKED)


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes in a column; ``meanings`` says below each what it means."""

    def __init__(self, *args, label: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.label = label
        self.meanings: dict[str, str] = {}

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        identity = (attrs or {}).get("id", "")
        boxes = [
            {
                "id": f"{identity}_{place}",
                "value": key,
                "label": label,
                "is_ticked": key in chosen,
                "meaning": self.meanings.get(key, ""),
            }
            for place, (key, label) in enumerate(self.choices)
        ]
        context = {"name": name, "id": identity, "label": self.label, "boxes": boxes}
        return render_to_string("admin/licensing/clearance/_ticks.html", context)


class TickField(forms.MultipleChoiceField):
    """Some words of a vocabulary, always in its order."""

    def __init__(self, vocabulary: Iterable, named, meaning=None, **kwargs):
        kwargs.setdefault("widget", Ticks(label=kwargs["label"]))
        super().__init__(required=False, **kwargs)
        self.choices = [(word.value, named(word)) for word in vocabulary]
        if meaning:
            self.widget.meanings = {word.value: meaning(word) for word in vocabulary}

    def clean(self, value):
        chosen = set(super().clean(value))
        return [key for key, _label in self.choices if key in chosen]


class ConditionsInput(forms.Widget):
    """A box for each condition that is told nothing, a field for each that takes a value."""

    def value_from_datadict(self, data, files, name):
        ticked = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return {
            "ticked": [ticked] if isinstance(ticked, str) else list(ticked),
            "told": {kind: data.get(f"{name}-{kind}", "") for kind in TOLD},
        }

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_, index=None):
        return ""

    def render(self, name, value, attrs=None, renderer=None):
        typed = value or {"ticked": [], "told": {}}
        identity = (attrs or {}).get("id", "")
        groups = [
            (label, [self._choice(kind, name, identity, typed) for kind in kinds])
            for label, kinds in GROUPS
        ]
        context = {"id": identity, "label": _("Conditions"), "name": name, "groups": groups}
        return render_to_string("admin/licensing/clearance/_conditions.html", context)

    @staticmethod
    def _choice(kind: Kind, name: str, identity: str, typed: dict) -> dict:
        return {
            "id": f"{identity}_{kind}",
            "name": name if kind in TICKED else f"{name}-{kind}",
            "label": gettext(CONDITIONS[kind].label),
            "value": kind.value if kind in TICKED else typed["told"].get(kind, ""),
            "takes": "" if kind in TICKED else CONDITIONS[kind].takes.value,
            "is_ticked": kind in typed["ticked"],
        }


class ConditionsField(forms.Field):
    """Conditions in the JSON that a clearance keeps; a value that is filled in is a condition."""

    widget = ConditionsInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, dict):
            return value
        found = parse(value or [])
        return {
            "ticked": [entry.kind for entry in found if entry.value is None],
            "told": {entry.kind: _shown(entry.value) for entry in found if entry.value is not None},
        }

    def to_python(self, value):
        """Raises ValidationError, a sentence for each condition that makes no sense."""
        unknown = [name for name in value["ticked"] if name not in TICKABLE]
        faults = [_("One of these is no condition that we know.")] if unknown else []
        found = [made_condition(name) for name in value["ticked"] if name in TICKABLE]
        for kind, typed in value["told"].items():
            if typed := typed.strip():
                try:
                    found.append(_told(kind, typed))
                except ConditionIsWrong as fault:
                    faults.append(said(fault.sentence))
                except ValidationError as fault:
                    label = gettext(CONDITIONS[kind].label)
                    faults += [f"“{label}”: {message}" for message in fault.messages]
        if faults:
            raise ValidationError(faults)
        return as_json(merged(found))

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or [])
        except ValidationError:
            return True


def _told(kind: Kind, typed: str):
    if len(typed) > LONGEST_VALUE:
        raise ValidationError(_("This is too long."))
    validate_single_line(typed)
    return made_condition(kind, typed_value(kind, typed))


def _shown(value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def field_for(name: str) -> forms.Field | None:
    """The field in which this column of a clearance is filled in, where it is not Django's own."""
    if name == "covers":
        label = _("We may use it for")
        return TickField(
            Carriage,
            carriage_name,
            label=label,
            help_text=_("What we do with it ourselves."),
        )
    if name == "passes_on":
        return TickField(
            Use,
            use_name,
            use_meaning,
            label=_("We may let others"),
            help_text=_("What our own terms or licences may then allow to others."),
        )
    if name == "forbids":
        return TickField(
            Use,
            use_name,
            label=_("Nobody may, through us"),
            help_text=_("Only what the rights holder forbids outright; the rest is theirs to say."),
        )
    if name == "conditions":
        return ConditionsField(
            label=_("They ask us and others to"),
            help_text=_(
                "A number or a list that is filled in is a condition; lists are separated by "
                "commas."
            ),
        )
    return None
