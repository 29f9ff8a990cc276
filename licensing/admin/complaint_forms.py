"""What the desk of complaints is asked: by its moves, and on the pages around a case."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.text import validate_text
from cms.workflows.admin import MoveForm
from licensing.complaint_forms import CounterForm, MessageForm
from licensing.models.complaint import LONGEST_TEXT


class DecisionForm(MoveForm):
    """The reason, which the complainant reads."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "reason" in self.fields:
            self.fields["reason"].help_text = _("The complainant is told this, word for word.")


class UpholdForm(DecisionForm):
    """Names what leaves the public pages."""

    @property
    def consequences(self) -> list[str]:
        said = _("Withheld at once: %(name)s")
        rows = self.row.subjects.select_related("article", "image")
        return [said % {"name": subject} for subject in rows]


class CounterMoveForm(MoveForm):
    """A counter-notice that came on paper, or is our own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= CounterForm().fields


MOVE_FORMS = {"uphold": UpholdForm, "counter": CounterMoveForm}


class SubjectsForm(forms.Form):
    """Which articles and pictures it is about."""

    addresses = forms.CharField(
        label=gettext_lazy("Articles and pictures"),
        max_length=4000,
        required=False,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "One address a line: that of the page readers see, or of the page in the newsroom."
        ),
    )


class WriteForm(MessageForm):
    """To the complainant."""


class InviteForm(forms.Form):
    """To whom the link for a counter-notice goes."""

    to = forms.EmailField(label=gettext_lazy("E-mail of the author, or of whoever answers for it"))
    text = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=LONGEST_TEXT,
        required=False,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
