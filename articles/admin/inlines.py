"""The rows that hang on a row, in the editor's order."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, Script
from django.utils.translation import gettext_lazy as _

from articles import actions, provenance
from articles.models import (
    AuthorLink,
    Byline,
    GalleryImage,
    OriginHop,
    ReportEntry,
)
from cms.choosers import ChooserMixin

MOST_ROWS = 200
# What an import brought may be more. Nobody makes the desk draw rows without end.
MOST_ROWS_SENT = 2 * MOST_ROWS


class OrderedFormSet(BaseInlineFormSet):
    """A row whose place is left empty goes to the end."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        place = form.fields["position"]
        place.required = False
        place.widget.attrs["class"] = "position"
        place.widget.attrs["placeholder"] = _("end")
        # With script the number becomes a handle: these are its words.
        place.widget.attrs["data-order-field"] = _("Move this row: arrow keys, Home and End")
        place.widget.attrs["data-order-moved"] = _("{name}: place {place} of {count}.")
        if form.instance.pk is None:
            place.initial = form.initial["position"] = None

    def clean(self):
        super().clean()
        live = [
            form
            for form in self.forms
            if form.is_valid() and form.has_changed() and not self._should_delete_form(form)
        ]
        known = [form.cleaned_data.get("position") for form in self.forms if form.is_valid()]
        following = max((place for place in known if place is not None), default=-1) + 1
        for form in live:
            if form.cleaned_data.get("position") is None:
                form.instance.position = following
                form.cleaned_data["position"] = following
                following += 1


class RowsInline(ChooserMixin, admin.TabularInline):
    """A table of rows, each of which names another row and is loaded with it."""

    extra = 0
    max_num = MOST_ROWS
    named: tuple[str, ...] = ()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.named)

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, absolute_max=MOST_ROWS_SENT, **kwargs)


class OrderedInline(RowsInline):
    """A table of rows in order."""

    formset = OrderedFormSet

    class Media:
        css = {"all": ["newsroom/order.css"]}
        js = [Script("newsroom/order.js", type="module")]


class BylineInline(OrderedInline):
    model = Byline
    fields = ["author", "role", "credit_suffix", "position"]
    autocomplete_fields = ["author"]
    named = ("author",)

    def get_extra(self, request, obj=None, **kwargs):
        """A new article has an empty line for who signs it."""
        return 0 if obj else 1

    verbose_name_plural = _("bylines, in the order of the credits")


class GalleryInline(OrderedInline):
    model = GalleryImage
    fields = ["image", "caption", "position"]
    autocomplete_fields = ["image"]
    named = ("image",)
    verbose_name_plural = _("further pictures")


class OriginHopFormSet(OrderedFormSet):
    """The steps in their order make a way that a text can take."""

    def clean(self):
        super().clean()
        steps = [
            (form.cleaned_data["position"], form.cleaned_data["publication"], form.cleaned_data)
            for form in self.forms
            if form.is_valid() and not self._should_delete_form(form)
            if form.cleaned_data.get("publication")
        ]
        steps.sort(key=lambda step: (step[0] is None, step[0]))
        article = self.instance
        reasons = provenance.faults(
            # The form of the article itself says what is wrong with its two publications.
            None,
            article.originating_publication,
            [(publication, cleaned.get("date")) for _place, publication, cleaned in steps],
            article.original_date,
        )
        if reasons:
            raise ValidationError(reasons)


class OriginHopInline(OrderedInline):
    model = OriginHop
    formset = OriginHopFormSet
    fields = ["step", "publication", "url", "date", "position"]
    autocomplete_fields = ["publication"]
    named = ("publication",)
    verbose_name_plural = _("further steps between first publication and us")


class EndOfReportFormSet(BaseInlineFormSet):
    """An article that joins a report goes to its end."""

    def save_new(self, form, commit=True):
        entry = super().save_new(form, commit=False)
        actions.place_at_the_end(entry)
        if commit:
            entry.save()
        return entry


class ReportEntryInline(RowsInline):
    """An article's in-depth reports; its place in each is chosen on the report's own page."""

    model = ReportEntry
    formset = EndOfReportFormSet
    fields = ["report"]
    autocomplete_fields = ["report"]
    named = ("report", "article")
    verbose_name_plural = _("in-depth reports")


class AuthorLinkInline(admin.TabularInline):
    model = AuthorLink
    fields = ["label", "url"]
    extra = 0
