"""Many articles at once put under a tag, a region, a theme, a report; a result for each."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.forms import TagField

from articles import sorting
from articles.models import Article, ReportEntry
from articles.text import validate_tag
from cms.desks.bulk import BulkMovesMixin, Line, chosen
from cms.desks.filters import chooser_of
from cms.workflows.actions import MoveNotAllowed

SORT = "sort"


@dataclass(frozen=True)
class Sorting:
    """What the page is called, as a move would be."""

    label: str = gettext_lazy("Add tags or headings")
    help_text: str = gettext_lazy(
        "Adds to each article what it lacks; nothing is taken away. Each change is one revision."
    )
    is_grave: bool = False


class SortForm(forms.Form):
    """What is added: at least one of it."""

    tags = TagField(
        label=gettext_lazy("Tags"), required=False, help_text=gettext_lazy("Separated by commas.")
    )

    def __init__(self, *args, choosers: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= choosers

    def clean_tags(self):
        tags = self.cleaned_data["tags"]
        for tag in tags:
            validate_tag(tag)
        return tags

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Choose what is to be added."))
        return cleaned


class SortingMixin(BulkMovesMixin):
    """Offers it below the moves of the list, for those who write articles."""

    def get_actions(self, request):
        found = super().get_actions(request)
        if "_popup" not in request.GET and self.has_change_permission(request):
            found[SORT] = (chosen, SORT, Sorting.label)
        return found

    def bulk_view(self, request, name):
        """GET shows the articles and asks; POST adds to each and says what became of it."""
        if name != SORT:
            return super().bulk_view(request, name)
        if not self.has_change_permission(request):
            raise PermissionDenied
        rows, is_cut = self.chosen_rows(request)
        if not rows:
            return self.nothing_chosen(request)
        data = request.POST if request.method == "POST" else None
        form = SortForm(data, choosers=self._choosers(request))
        is_told = form.is_valid()
        lines = [self._line(request, row) for row in rows]
        if is_told:
            for line in lines:
                self._sort_one(request, line, form.cleaned_data)
        told = {"lines": lines, "is_told": is_told, "is_cut": is_cut, "is_addition": True}
        return self.bulk_answer(request, move=Sorting(), form=form, **told)

    def _choosers(self, request) -> dict[str, forms.Field]:
        """Of the headings that this person is shown."""
        sources = {
            "region": Article._meta.get_field("regions"),
            "theme": Article._meta.get_field("themes"),
        }
        if request.user.has_perm(sorting.JOINS_REPORTS):
            sources["report"] = ReportEntry._meta.get_field("report")
        labels = {"region": _("Region"), "theme": _("Theme"), "report": _("In-depth report")}
        found = {}
        for name, source in sources.items():
            remote = self.admin_site._registry[source.related_model]
            if remote.has_view_permission(request):
                rows = remote.get_queryset(request)
                found[name] = chooser_of(
                    source, self.admin_site, rows, label=labels[name], empty_label="—"
                )
        return found

    def _line(self, request, article: Article) -> Line:
        reasons = sorting.what_hinders_sorting(article, by=request.user)
        state = self.workflow.labels[article.status]
        return Line(article, self._row_url(article), state, reasons, hidden=[])

    def _sort_one(self, request, line: Line, told: dict) -> None:
        if line.reasons:
            return
        try:
            sorting.sort(line.row, by=request.user, **told)
        except MoveNotAllowed as refusal:
            line.reasons = refusal.reasons
            return
        self.log_change(request, line.row, str(Sorting.label))
        line.is_done = True
