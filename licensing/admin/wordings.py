"""The desk of letters: all of them in every language, their words, and how they look."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.choosers import is_key
from cms.text import validate_name, validate_text
from licensing import letter_samples, letter_texts, request_letters
from licensing.actions.wordings import WordedMeanwhile, what_is_wrong, write_wording
from licensing.letter_places import LETTERS, PLACES
from licensing.letter_texts import Wording
from licensing.models import LetterWording

FOLDER = "admin/licensing/letterwording"
LONGEST = {name: LetterWording._meta.get_field(name).max_length for name in ("subject", "text")}


class WordingForm(forms.Form):
    """Subject and text of one letter in one language."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=LONGEST["subject"], validators=[validate_name]
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST["text"],
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 22, "cols": 70, "dir": "auto"}),
        help_text=gettext_lazy("An empty line begins a new paragraph."),
    )
    # The version that stood when the page was opened.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args, letter: str, **kwargs):
        self.letter = letter
        super().__init__(*args, **kwargs)

    def clean(self):
        typed = super().clean()
        if not self.errors:
            wrong = what_is_wrong(self.letter, subject=typed["subject"], text=typed["text"])
            for name, sentences in wrong.items():
                self.add_error(name, sentences)
        return typed


@admin.register(LetterWording)
class LetterWordingAdmin(admin.ModelAdmin):
    """Letters, not rows: a letter that nobody worded anew is there as it was shipped."""

    class Media:
        css = {"all": ["newsroom/letters.css"]}

    actions = None

    def has_change_permission(self, request, obj=None):
        """A version is followed, never changed."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        page = path(
            "letters/<slug:letter>/<slug:language>/",
            self.admin_site.admin_view(self.letter_view),
            name="licensing_letterwording_letter",
        )
        return [page, *super().get_urls()]

    # --- the pages ---

    def changelist_view(self, request, extra_context=None):
        """Every letter, to whom it goes and when, and which words it has in each language."""
        self._may_view(request)
        versions = {
            (row.letter, row.language): row
            for row in LetterWording.objects.in_force().select_related("created_by")
        }
        names = {code: name for code, name in settings.LANGUAGES if code in letter_texts.LANGUAGES}
        letters = [
            (letter, [(code, versions.get((letter.name, code))) for code in names])
            for letter in LETTERS.values()
        ]
        return self._answer(
            request,
            "list.html",
            _("Letters to requesters"),
            letters=letters,
            languages=list(names.values()),
        )

    def letter_view(self, request, letter, language):
        """One letter as it goes out now, and its versions."""
        self._may_view(request)
        if not letter_texts.is_letter(letter, language):
            raise Http404
        return self._letter(request, "letter.html", letter_texts.in_force(letter, language))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One version, to be read."""
        self._may_view(request)
        if request.method == "POST":
            raise PermissionDenied
        row = LetterWording.objects.filter(pk=object_id).first() if is_key(object_id) else None
        if row is None or not letter_texts.is_letter(row.letter, row.language):
            raise Http404
        return self._letter(request, "version.html", letter_texts.worded(row), row=row)

    def add_view(self, request, form_url="", extra_context=None):
        """Where the next version is written and looked at: ``?letter=…&language=…``."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        letter, language = asked.get("letter", ""), asked.get("language", "")
        if not letter_texts.is_letter(letter, language):
            return self.changelist_view(request)
        standing = letter_texts.in_force(letter, language)
        if request.method != "POST":
            return self._editor(request, standing, self._begun(request, standing))
        form = WordingForm(request.POST, letter=letter)
        if "_shipped" in request.POST:
            form = WordingForm(self._typed(standing), letter=letter)
            return self._write(request, form, standing, subject="", text="")
        if not form.is_valid() or "_preview" in request.POST:
            return self._editor(request, standing, form)
        words = {name: form.cleaned_data[name] for name in ("subject", "text")}
        return self._write(request, form, standing, **words)

    # --- what they stand on ---

    def _may_view(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _begun(self, request, standing: Wording) -> WordingForm:
        """Starts from the words in force, or from an older version: ``?follow=<key>``."""
        key = request.GET.get("follow", "")
        row = LetterWording.objects.filter(pk=key).first() if is_key(key) else None
        is_of_it = row and (row.letter, row.language) == (standing.letter, standing.language)
        words = letter_texts.worded(row) if is_of_it else standing
        return WordingForm(
            initial={**self._typed(words), "seen": standing.version}, letter=standing.letter
        )

    @staticmethod
    def _typed(words: Wording) -> dict:
        return {"subject": words.subject, "text": words.text, "seen": words.version}

    def _write(self, request, form, standing: Wording, *, subject: str, text: str):
        typed = request.POST.get("seen", "")
        try:
            row = write_wording(
                letter=standing.letter,
                language=standing.language,
                subject=subject,
                text=text,
                by=request.user,
                seen=int(typed) if is_key(typed) else None,
            )
        except WordedMeanwhile:
            said = _("Somebody else has written another version meanwhile. Yours is not saved yet.")
            form.is_valid()
            form.add_error(None, said)
            return self._editor(request, standing, form)
        except ValidationError as fault:
            form.is_valid()
            form.add_error(None, fault.messages)
            return self._editor(request, standing, form)
        self.log_addition(request, row, [{"added": {}}])
        said = _("Version %(number)d is written. Letters go out in these words from now on.")
        messages.success(request, said % {"number": row.version})
        address = reverse("admin:licensing_letterwording_letter", args=[row.letter, row.language])
        return HttpResponseRedirect(address)

    def _editor(self, request, standing: Wording, form: WordingForm):
        typed = form.cleaned_data if form.is_bound else form.initial
        shown = None
        if not form.errors:
            words = Wording(standing.letter, standing.language, typed["subject"], typed["text"])
            shown = self._shown(words)
        letter = LETTERS[standing.letter]
        places = [(f"{{{name}}}", PLACES[name], name in letter.must_say) for name in letter.places]
        return self._letter(request, "editor.html", standing, form=form, places=places, shown=shown)

    def _letter(self, request, template: str, words: Wording, **context):
        letter, language = LETTERS[words.letter], dict(settings.LANGUAGES)[words.language]
        rows = LetterWording.objects.filter(letter=words.letter, language=words.language)
        title = _("“%(letter)s” in %(language)s") % {"letter": letter.title, "language": language}
        return self._answer(
            request,
            template,
            title,
            **{
                "letter": letter,
                "language": words.language,
                "words": words,
                "shown": self._shown(words),
                "versions": rows.select_related("created_by").order_by("-version"),
                "may_write": self.has_add_permission(request),
                **context,
            },
        )

    def _shown(self, words: Wording) -> dict:
        """The letter as it would go out, for the made-up case."""
        house = request_letters.house_of_ours()
        values = letter_samples.sample_values(
            words.letter, words.language, house=house.name if house else ""
        )
        shown = request_letters.rendered(words, values)
        return {**shown, "html": render_to_string(f"{request_letters.TEMPLATE}.html", shown)}

    def _answer(self, request, template: str, title: str, **context):
        return TemplateResponse(
            request,
            f"{FOLDER}/{template}",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": title,
                "media": self.media,
                "may_write": self.has_add_permission(request),
                **context,
            },
        )
