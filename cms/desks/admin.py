"""``DeskMixin``: what turns the list of a ModelAdmin into a desk."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms import keyset
from cms.choosers import is_key
from cms.desks import sheets
from cms.desks.changelist import DeskChangeList
from cms.desks.keeping import KeepingMixin
from cms.text import legible

MOST_FOUND = 1000
LONGEST_QUESTION = 200
PIECE = 500


class DeskMixin(KeepingMixin, admin.ModelAdmin):
    """Pages by key, a search that stays cheap, a form of filters, saved filters, files to keep.

    ``list_orders`` says how the list is sorted by a column where more than the column counts.
    ``sheet`` names the columns of the file: (heading, function of a row); ``sheet_columns`` may
    leave out what somebody may not read. ``search_numbers`` are columns with a number or an
    address of the row's own, found wherever they lie; all other ``search_fields`` are looked
    through in the ``search_window`` rows entered last.
    """

    change_list_template = "admin/desks/change_list.html"
    show_full_result_count = False
    list_per_page = 50
    list_orders: dict[str, list] = {}
    sheet: list[tuple] = []
    most_in_a_file = 20_000
    search_numbers: tuple[str, ...] = ()
    search_window = 20_000

    class Media:
        css = {"all": ["newsroom/lists.css"]}

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_urls(self):
        view = never_cache(self.admin_site.admin_view(self.file_view))
        return [
            path("export/<slug:kind>/", view, name=f"{self._named_list}_file"),
            *super().get_urls(),
        ]

    @property
    def _named_list(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def list_address(self, page: str = "changelist", *args) -> str:
        """The address of the list, or of a page that belongs to it."""
        return reverse(f"{self.admin_site.name}:{self._named_list}_{page}", args=args)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        told = {"has_files": bool(self.sheet), "most_in_a_file": self.most_in_a_file}
        answer = super().changelist_view(request, {**told, **(extra_context or {})})
        if (shown := getattr(answer, "context_data", None)) and "cl" in shown:
            changelist = shown["cl"]
            choosers = [spec for spec in changelist.own_filters if spec.kind == "row"]
            changelist.choosers = {spec.parameter_name: spec.chooser() for spec in choosers}
            for form in changelist.choosers.values():
                shown["media"] += form.media
            shown["tabs"] = self.filter_tabs(request, changelist)
            is_kept = any(tab.is_current for tab in shown["tabs"])
            shown["may_keep"] = bool(changelist.query_of_the_list) and not is_kept
            shown["may_share"] = self.may_share_filters(request)
        return answer

    # --- search ---

    def get_search_results(self, request, queryset, search_term):
        """What was asked for, among as many rows as can be looked through while somebody types."""
        term = legible(search_term).strip()[:LONGEST_QUESTION]
        if not term or not self.search_fields:
            return queryset, False
        found = set()
        for keys in self.search_keys(request, queryset, term):
            found.update(keys[:MOST_FOUND])
        return queryset.filter(pk__in=found), False

    def search_keys(self, request, queryset, term: str) -> list:
        """The keys that answer to ``term``, each list of them cheap to ask for."""
        plain = queryset.order_by("-pk")
        number = term.removeprefix("#")
        asked = [plain.filter(pk=number).values_list("pk", flat=True)] if is_key(number) else []
        for column in self.search_numbers:
            spelt = {f"{column}__in": [term, term.upper()]}
            asked.append(plain.filter(**spelt).values_list("pk", flat=True))
        return [*asked, self.window_keys(request, plain, term)]

    def window_keys(self, request, rows, term: str):
        """Those among the rows entered last in which every word stands in one of the fields."""
        newest = self.model._base_manager.order_by("-pk").values_list("pk", flat=True)
        edge = list(newest[self.search_window : self.search_window + 1])
        recent = rows.filter(pk__gt=edge[0]) if edge else rows
        found, has_doubles = super().get_search_results(request, recent, term)
        keys = found.values_list("pk", flat=True)
        return keys.distinct() if has_doubles else keys

    # --- files ---

    def sheet_columns(self, request) -> list[tuple]:
        """The columns of the file for this person."""
        return self.sheet

    def sheet_rows(self, changelist):
        """What the file is made of; with what its columns need."""
        return changelist.queryset

    def file_view(self, request, kind):
        """All that the list shows on all of its pages, as CSV or XLSX."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        make = {"csv": sheets.csv_response, "xlsx": sheets.xlsx_response}.get(kind)
        if make is None or not self.sheet:
            raise Http404
        try:
            changelist = self.get_changelist_instance(request)
        except admin.options.IncorrectLookupParameters:
            return HttpResponseRedirect(self.list_address())
        columns = self.sheet_columns(request)
        rows = keyset.walk(
            self.sheet_rows(changelist), changelist.order, size=PIECE, most=self.most_in_a_file + 1
        )
        header = [heading for heading, _value in columns]
        return make(self.opts.model_name, header, self._sheet_lines(rows, columns))

    def _sheet_lines(self, rows, columns):
        for number, row in enumerate(rows):
            if number == self.most_in_a_file:
                cut = _("Cut off after %d rows: narrow the list to see the rest.")
                yield [cut % self.most_in_a_file]
                return
            yield [value(row) for _heading, value in columns]
