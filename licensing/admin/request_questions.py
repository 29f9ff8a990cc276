"""The questions of a use on a form of the desk, laid out for its pages."""

from django import forms
from django.utils.translation import gettext

from licensing.permission_forms import ParticularsForm
from licensing.rights.particulars import Particulars
from licensing.rights.questions import Takes


class QuestionsForm(ParticularsForm):
    """Puts the questions of ``use``; once it is valid, ``given`` is what they come to."""

    @property
    def laid_out(self) -> list[dict]:
        """The fields that put questions; those for formats with a row for each format."""
        return [_laid_out(bound) for bound in self.questions]

    @property
    def given(self) -> Particulars:
        return Particulars(self.use, self.cleaned_data["particulars"])


def _laid_out(bound: forms.BoundField) -> dict:
    question = bound.field.question
    if question.takes is not Takes.RUNS:
        return {"field": bound, "suggestions": getattr(bound.field, "suggestions", ())}
    typed = {run["format"]: run for run in bound.value() or ()}
    rows = [
        {
            "label": gettext(label),
            "name": f"{bound.html_name}-{name}",
            "copies": typed.get(name, {}).get("copies", ""),
            "price": typed.get(name, {}).get("price", ""),
        }
        for name, label in question.choices.items()
    ]
    return {"field": bound, "runs": rows}
