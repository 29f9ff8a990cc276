"""What an editor is asked for an article, and for its moves."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import recalling
from articles.admin.slugs import SluggedForm
from articles.models import Article, Publication
from articles.text import validate_tag
from cms.moments import validate_moment
from cms.text import validate_text
from cms.workflows.admin import MoveForm


class MomentInput(forms.DateTimeInput):
    """The browser's own field for day and time; one labelled control instead of two."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A day and time in the newsroom's time zone, in years that every calendar here can show."""

    widget = MomentInput
    default_validators = [validate_moment]

    def __init__(self, **kwargs):
        zone = timezone.get_default_timezone_name()
        kwargs.setdefault("help_text", format_lazy(gettext_lazy("Time zone: {zone}."), zone=zone))
        super().__init__(**kwargs)


class ArticleForm(SluggedForm):
    """Everything an editor enters. The state and its dates are not among it."""

    named_by = "headline"
    # What the desk knows of colleagues: see ``articles.admin.writing``.
    held = meeting = None
    is_only_taken_up = False
    embargo_until = MomentField(
        label=gettext_lazy("Embargo until"),
        required=False,
        help_text=gettext_lazy("Nobody outside sees it before, whatever the schedule says."),
    )
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields: list[str] = []  # the desk names them
        widgets = {
            "headline": forms.TextInput(attrs={"class": "vLargeTextField headline"}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "editorial_note": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "publication" in self.fields:
            self.fields["publication"].initial = Publication.objects.filter(is_house=True).first()
        if "translation_of" in self.fields and self.instance.translation_of_id:
            # What an editor chose stays, even where its writer would not be shown it to choose.
            chosen = Article.objects.filter(pk=self.instance.translation_of_id)
            self.fields["translation_of"].queryset |= chosen
        if "seen_revision" in self.fields:
            self.fields["seen_revision"].initial = self._revision_number()

    def _revision_number(self) -> int:
        numbers = self.instance.pk and self.instance.revisions.values_list("number", flat=True)
        return (numbers and numbers.first()) or 0

    def clean_original_date(self):
        day = self.cleaned_data["original_date"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."))
        return day

    def clean_tags(self):
        tags = self.cleaned_data["tags"]
        for tag in tags:
            validate_tag(tag)
        return tags

    def clean_translation_of(self):
        head = self.cleaned_data["translation_of"]
        if head and head.translation_of_id:
            raise ValidationError(
                _("“%(article)s” is a translation itself. Choose the article it translates.")
                % {"article": head}
            )
        if head and self.instance.pk and self.instance.translations.exists():
            if self._is_secret(self.instance.translations.all()):
                raise ValidationError(_("You may not translate this article."))
            raise ValidationError(_("Other articles are translations of this one already."))
        return head

    def _is_secret(self, versions) -> bool:
        """Whether there are ``versions`` and none is shown to whoever fills it in."""
        shown = self.fields["translation_of"].queryset
        return versions.exists() and not shown.filter(pk__in=versions.values("pk")).exists()

    def clean(self):
        cleaned = super().clean()
        origin = cleaned.get("originating_publication")
        if origin and origin.is_house:
            self.add_error(
                "originating_publication",
                _("This is our own publication. Leave it empty for a text of ours."),
            )
        published_at = self.instance.published_at
        day = cleaned.get("original_date")
        if origin and day and published_at and day > timezone.localdate(published_at):
            self.add_error(
                "original_date",
                _("This is after the day of publication here (%(day)s).")
                % {"day": date_format(timezone.localdate(published_at))},
            )
        year = cleaned.get("copyright_year")
        if year and year > timezone.localdate().year + 1:
            self.add_error("copyright_year", _("This year lies in the future."))
        head, language = cleaned.get("translation_of"), cleaned.get("language")
        if head and language == head.language:
            self.add_error("language", _("A translation is in another language than its original."))
        if head:
            versions = head.translations.filter(language=language).exclude(pk=self.instance.pk)
            if self._is_secret(versions):
                # Not a word of it; the rule of the database would tell.
                self.add_error("translation_of", _("You may not translate this article."))
        self._what_stands_in_the_way()
        return cleaned

    def full_clean(self):
        """Of unsaved work that is taken up nothing is asked yet: it is shown, never saved."""
        if not self.is_only_taken_up:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data = {}
        self._what_stands_in_the_way()

    def is_valid(self):
        return not self.is_only_taken_up and super().is_valid()

    @property
    def _met(self) -> list[str]:
        return [str(reason) for reason in (self.held, self.meeting) if reason]

    def _what_stands_in_the_way(self) -> None:
        """A colleague who is writing in it, or has saved it meanwhile."""
        for reason in self._met:
            self.add_error(None, reason)

    @property
    def has_only_met_a_colleague(self) -> bool:
        """Whether there is something to decide, and nothing to correct."""
        return bool(self._met) and self.errors == {NON_FIELD_ERRORS: self._met}


class ArticleMoveForm(MoveForm):
    """Moves the text that was read, not one that a colleague saved meanwhile."""

    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        newest = self.row.revisions.first()
        self.newest = newest.number if newest else 0
        self.fields["seen_revision"].initial = self.newest

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.pop("seen_revision", None)
        if seen is not None and seen < self.newest:
            # The second click is made with open eyes.
            self.data = self.data.copy()
            self.data["seen_revision"] = str(self.newest)
            raise ValidationError(
                _("The text was changed after you opened this page. Read it again, then move it.")
            )
        return cleaned


class PublishForm(ArticleMoveForm):
    """Asks for the date that readers see."""

    dated = MomentField(
        label=gettext_lazy("Date of publication"),
        required=False,
        help_text=gettext_lazy(
            "Empty: now. A past date for a text from the archive. For a date ahead, use “Schedule”."
        ),
    )

    def clean_dated(self):
        dated = self.cleaned_data["dated"]
        if dated and dated > timezone.now():
            raise ValidationError(_("This lies ahead. Use “Schedule”."))
        return dated


class ScheduleForm(ArticleMoveForm):
    """Asks from when readers see it."""

    publish_at = MomentField(label=gettext_lazy("Publish at"))

    def clean_publish_at(self):
        moment = self.cleaned_data["publish_at"]
        if moment <= timezone.now():
            raise ValidationError(_("The moment of publication must lie ahead."))
        return moment


class WithdrawForm(ArticleMoveForm):
    """Asks what readers are told, apart from the reason for the record."""

    notice = forms.CharField(
        label=gettext_lazy("Notice to readers"),
        required=False,
        max_length=2000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands at the article's address, with today's date."),
    )

    @property
    def consequences(self) -> list[str]:
        """Whoever holds a copy is asked to take it down."""
        return [*super().consequences, *recalling.foretold(self.row)]


MOVE_FORMS = {"publish": PublishForm, "schedule": ScheduleForm, "withdraw": WithdrawForm}
