"""The forms of the clearance desk: a clearance, what its moves ask for, and a letter about it."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, Author, Image, Publication
from cms.choosers import is_key
from cms.text import validate_text
from cms.workflows.admin import MoveForm
from licensing.models import Clearance, ClearanceStatus, Scope
from licensing.reliance import reliance
from licensing.rights.vocabulary import Basis, Carriage

# A missing subject, in the words of what the clearance is for.
ASKED = {
    Scope.ARTICLE: gettext_lazy("Name the article that it is for."),
    Scope.AUTHOR: gettext_lazy("Name the author whose texts it is for."),
    Scope.PUBLICATION: gettext_lazy("Name the publication whose texts it is for."),
    Scope.IMAGE: gettext_lazy("Name the picture that it is for."),
}
# Only one of these is what a clearance is for; the publication may give any of them.
SUBJECTS = (Scope.ARTICLE, Scope.AUTHOR, Scope.IMAGE)
# What a follow-up takes over from the clearance that it follows.
FOLLOWED = (
    "scope",
    "article",
    "author",
    "publication",
    "image",
    "holder_name",
    "holder_contact",
    "basis",
    "licence_url",
    "covers",
    "passes_on",
    "forbids",
    "conditions",
    "attribution",
    "is_exclusive",
    "fair_use_purpose",
    "fair_use_nature",
    "fair_use_amount",
    "fair_use_effect",
    "fair_use_editor",
)


def seen_of(clearance: Clearance) -> str:
    """What a page showed of a clearance: its last version, and how far it had come."""
    last = clearance.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return f"{last or 0}-{clearance.status}"


LONG = ("fair_use_purpose", "fair_use_nature", "fair_use_amount", "fair_use_effect", "note")
NOTE = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})


class SeenForm(forms.ModelForm):
    """Holds whoever saves to what they saw: two who save do not overwrite each other unseen."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = seen_of(self.instance) if self.instance.pk else ""
        self.fields["seen"].initial = self.standing

    def add_error(self, field, error):
        """What the row has to say about a field that is not on this form is said above it."""
        if field is None and hasattr(error, "error_dict"):
            for name, faults in error.error_dict.items():
                super().add_error(name if name in self.fields else None, faults)
            return
        super().add_error(field, error)

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("seen")
        if self.instance.pk and seen and seen != self.standing:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.standing
            self.add_error(None, self._what_happened())
        return cleaned

    def _what_happened(self) -> str:
        return _(
            "Somebody changed this while you were at work. What you typed stands below and is not "
            "saved yet: compare it with what stands in another window, then save again to let "
            "yours stand."
        )


class NoteForm(SeenForm):
    """The note of a clearance whose terms are settled; what is settled is not judged anew."""

    class Meta:
        model = Clearance
        fields: list[str] = []  # the desk names them
        widgets = {"note": NOTE}

    def add_error(self, field, error):
        if field is None and hasattr(error, "error_dict"):
            error = {name: said for name, said in error.error_dict.items() if name in self.fields}
            if not error:
                return
            error = ValidationError(error)
        super().add_error(field, error)

    def _what_happened(self) -> str:
        return _(
            "It moved while you were at work and is now: %(status)s. Its terms stay as they "
            "were agreed; only your note can be saved."
        ) % {"status": self.instance.get_status_display()}


class ClearanceForm(SeenForm):
    """All that is entered about a clearance. How far it has come belongs to its moves."""

    class Meta:
        model = Clearance
        fields: list[str] = []  # the desk names them
        widgets = {
            "scope": forms.RadioSelect,
            **dict.fromkeys(
                (
                    "fair_use_purpose",
                    "fair_use_nature",
                    "fair_use_amount",
                    "fair_use_effect",
                    "note",
                ),
                NOTE,
            ),
        }
        labels = {
            "scope": gettext_lazy("It is for"),
            "publication": gettext_lazy("Publication"),
            "is_exclusive": gettext_lazy("It is exclusive"),
        }
        help_texts = {
            "publication": gettext_lazy(
                "Of an agreement, the publication whose texts it is about; of one article or "
                "picture, the publication that gives it."
            ),
            "article": gettext_lazy("Fill in the one of these three that it is for."),
            "scope": gettext_lazy("One article, everything by somebody, or a picture."),
            "author": gettext_lazy("Whose texts it covers."),
            "image": gettext_lazy("The picture it covers."),
            "basis": gettext_lazy("Why we may carry it."),
            "agreed_on": gettext_lazy("The day on which it was agreed."),
            "fair_use_purpose": gettext_lazy("What we use it for, and what our use adds."),
            "fair_use_nature": gettext_lazy("What kind of work it is."),
            "fair_use_amount": gettext_lazy("How much of it we use, and why no less would do."),
            "fair_use_effect": gettext_lazy("What our use does to the market for the work."),
            "fair_use_editor": gettext_lazy("Who answers for this judgement."),
        }

    def clean(self):
        cleaned = super().clean()
        self._says_what_it_is_for(cleaned)
        since, until = cleaned.get("valid_from"), cleaned.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", _("It ends before it begins."))
        return cleaned

    def _says_what_it_is_for(self, cleaned) -> None:
        scope = cleaned.get("scope")
        if not scope:
            return
        scope = Scope(scope)
        if scope.value in self.fields and scope.value not in self.errors and not cleaned[scope]:
            self.add_error(scope.value, ASKED[scope])
        for other in SUBJECTS:
            if other != scope and cleaned.get(other):
                said = _("You chose “%(scope)s”: leave this empty, or choose otherwise above.")
                self.add_error(other.value, said % {"scope": scope.label})


def start_of(query, user) -> dict:
    """What a new clearance starts from: ``?article= &publication= &author= &image= &follow=``."""
    followed = _chosen(Clearance.objects.all(), query.get("follow"))
    if followed:
        return _follow_up(followed)
    found = {
        "article": _chosen(Article.objects.visible_to(user), query.get("article")),
        "author": _chosen(Author.objects.all(), query.get("author")),
        "image": _chosen(Image.objects.all(), query.get("image")),
        "publication": _chosen(Publication.objects.all(), query.get("publication")),
    }
    start = {"covers": [Carriage.WEB.value]}
    scope = next((name for name, row in found.items() if row), None)
    if scope is None:
        return start
    subject = found[scope]
    giver = found["publication"]
    if scope == Scope.ARTICLE and giver is None:
        giver = subject.originating_publication
    is_agreement = scope in (Scope.AUTHOR, Scope.PUBLICATION)
    start |= {
        "scope": scope,
        scope: subject.pk,
        "basis": (Basis.AGREEMENT if is_agreement else Basis.PERMISSION).value,
    }
    return start | ({"publication": giver.pk} if giver else {})


def _follow_up(before: Clearance) -> dict:
    start = {name: getattr(before, Clearance._meta.get_field(name).attname) for name in FOLLOWED}
    ends = before.valid_until
    if ends and before.status in (ClearanceStatus.GRANTED, ClearanceStatus.EXPIRED):
        start["valid_from"] = ends + timedelta(days=1)
    return start


def _chosen(rows, key):
    return rows.filter(pk=key).first() if key and is_key(key) else None


# --- moves ------------------------------------------------------------------------------------


class ClearanceMoveForm(MoveForm):
    """Moves the terms that were read, not those a colleague saved meanwhile."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = seen_of(self.row)
        self.fields["seen"].initial = self.standing

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.pop("seen", "")
        if seen and seen != self.standing:
            self.data = self.data.copy()
            self.data["seen"] = self.standing
            raise ValidationError(
                _("This was changed after you opened the page. Read it again, then move it.")
            )
        return cleaned


class RequestForm(ClearanceMoveForm):
    """Asks what the letter is to say besides what every one says."""

    message = forms.CharField(
        label=gettext_lazy("Your words to the rights holder"),
        required=False,
        max_length=5000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "They stand in the letter, above what we ask for and the link for the answer. May be "
            "left empty."
        ),
    )

    @property
    def consequences(self) -> list[str]:
        if not self.row.contact:
            return []
        return [_("The letter goes to %(contact)s.") % {"contact": self.row.contact}]


class GrantForm(ClearanceMoveForm):
    """Says what it would free."""

    @property
    def consequences(self) -> list[str]:
        found = reliance(self.row, at=timezone.now())
        waiting = len(found.lacking)
        if not waiting:
            return []
        return [
            ngettext(
                "%(count)d article cannot be carried as things stand, and may be helped by it.",
                "%(count)d articles cannot be carried as things stand, and may be helped by it.",
                waiting,
            )
            % {"count": waiting}
        ]


class RevokeForm(ClearanceMoveForm):
    """Says what readers would miss."""

    @property
    def consequences(self) -> list[str]:
        return [leaving_in_words(self.row)]


def leaving_in_words(clearance: Clearance) -> str:
    """“3 public articles rest on nothing else: they leave the public pages.”"""
    found = reliance(clearance, at=timezone.now())
    count = len(found.leaving)
    if not count:
        return _("No public article rests on it alone: readers will miss nothing.")
    if clearance.scope == Scope.IMAGE:
        said = ngettext(
            "%(count)d public article shows the picture: it leaves that page.",
            "%(count)d public articles show the picture: it leaves those pages.",
            count,
        )
    else:
        said = ngettext(
            "%(count)d public article rests on nothing else: it leaves the public pages at once.",
            "%(count)d public articles rest on nothing else: they leave the public pages at once.",
            count,
        )
    more = _(" There may be more: only the newest were looked at.") if found.is_more else ""
    return said % {"count": count} + more


MOVE_FORMS = {"request": RequestForm, "grant": GrantForm, "revoke": RevokeForm}


class AnswerForm(forms.Form):
    """A letter to the rights holder."""

    text = forms.CharField(
        label=gettext_lazy("Write to the rights holder"),
        max_length=5000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Goes out with a fresh link; the one sent before ends."),
    )
