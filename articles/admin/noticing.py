"""The question of an article's form after a change that readers should know of."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import correcting, recalling
from articles.models import Correction
from cms.choosers import is_key
from cms.text import validate_text

WRITE, SMALL, LATER = "write", "small", "later"
MOST_SAID = 3
STAYS = gettext_lazy(
    "Readers see it at once and it stays: what was told by mistake is put right by a clarification "
    "above the text. A retraction takes back the whole."
)


class NoticeFields(forms.Form):
    """A notice to readers: its kind, its words and its place."""

    notice_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Correction.Kind.choices,
        initial=Correction.Kind.CORRECTION,
        required=False,
        help_text=STAYS,
    )
    notice_placement = forms.ChoiceField(
        label=gettext_lazy("Placement"),
        choices=Correction.Placement.choices,
        initial=Correction.Placement.END,
        required=False,
        help_text=gettext_lazy("A retraction always stands above the text."),
    )
    notice_text = forms.CharField(
        label=gettext_lazy("Notice"),
        required=False,
        max_length=4000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=Correction._meta.get_field("text").help_text,
    )


class AskingForm(NoticeFields):
    """Mixed into the form of an article that readers have seen.

    A change that matters is saved with an answer; the form comes back with the question, and with
    everything that was typed.
    """

    notice = forms.ChoiceField(
        label=gettext_lazy("What do readers need to be told?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (WRITE, gettext_lazy("Write the notice now")),
            (SMALL, gettext_lazy("Small change (spelling, style): no notice")),
            (LATER, gettext_lazy("Write the notice later")),
        ],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.was_due = self.instance.correction_due_since is not None

    def foretold(self) -> list[str]:
        """Who else hears of a notice, for whoever writes it: said once it is due or asked for."""
        if not (self.was_due or self.is_bound):
            return []
        right = recalling.put_right_by(self.instance)
        return recalling.foretold(self.instance, revision=right)

    def clean(self):
        cleaned = super().clean()
        answer, text = cleaned.get("notice"), cleaned.get("notice_text", "").strip()
        if answer == WRITE and not text and "notice_text" not in self.errors:
            self.add_error("notice_text", _("Write what was wrong and what is right."))
        elif answer == SMALL and text:
            self.add_error(
                "notice", _("You wrote a notice, but called the change small. Choose one of both.")
            )
        elif text and not answer:
            cleaned["notice"] = WRITE
        elif not (answer or self.was_due) and "notice" not in self.errors:
            for sentence in self._to_be_told(cleaned)[:MOST_SAID]:
                self.add_error("notice", sentence)
        return cleaned

    def _to_be_told(self, cleaned: dict) -> list[str]:
        """What readers should know of what was typed, against what they can read now."""
        last = self.instance.revisions.first()
        if last is None:
            return []
        words = ("headline", "standfirst", "body")
        typed = {name: cleaned[name] for name in words if name in cleaned}
        new = {**last.content, **typed}
        if (bylines := self._bylines()) is not None:
            new["bylines"] = bylines
        return correcting.needs_correction(last.content, new)

    def _bylines(self) -> list[dict] | None:
        """The rows of bylines as they were sent, as a snapshot would have them."""
        count = self.data.get("bylines-TOTAL_FORMS", "")
        if not is_key(count):
            return None
        found = []
        for place in range(min(int(count), 1000)):
            author = self.data.get(f"bylines-{place}-author", "")
            if is_key(author) and not self.data.get(f"bylines-{place}-DELETE"):
                role = self.data.get(f"bylines-{place}-role", "")
                found.append({"author": {"id": int(author)}, "role": role})
        return found
