"""One page of a list: by key, in a total order, with a count that stops at a thousand."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import keyset, panels
from cms.desks import cursors

AFTER, BEFORE = "after", "before"
PLACES = (AFTER, BEFORE)


class DeskChangeList(ChangeList):
    """What Django's list is, without page numbers: there is a newer page and an older one."""

    def __init__(self, request, *args, **kwargs):
        asked = request.GET
        self.place = {name: asked[name] for name in PLACES if name in asked}
        super().__init__(request, *args, **kwargs)
        self.title = self.opts.verbose_name_plural.capitalize()
        if self.is_popup:
            self.title = _("Select %s") % self.opts.verbose_name

    # --- the address ---

    def get_filters_params(self, params=None):
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name not in PLACES}

    def get_query_string(self, new_params=None, remove=None):
        """Whatever is asked otherwise is looked at from its beginning."""
        leave = dict.fromkeys(PLACES)
        return super().get_query_string({**leave, **(new_params or {})}, remove)

    @property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """What the form above hands on: the order, the popup, the filters that are not in it."""
        asked_in_it = {name for spec in self.own_filters for name in spec.expected_parameters()}
        left_out = {SEARCH_VAR, *PLACES, *asked_in_it}
        return [(name, value) for name, value in self.params.items() if name not in left_out]

    @property
    def query_of_the_list(self) -> str:
        """What narrows and sorts it, as it is kept: without a place in it, and without a popup."""
        leave = dict.fromkeys((IS_POPUP_VAR, TO_FIELD_VAR))
        return self.get_query_string(leave).removeprefix("?")

    # --- the order ---

    def get_ordering(self, request, queryset):
        """The column asked for and what makes it total; one column, so that an index can serve."""
        self.order = self._order_asked_for() or self._columns(
            self.model_admin.get_ordering(request) or self._get_default_ordering()
        )
        return keyset.ordering(self.order)

    def get_ordering_field_columns(self):
        columns = super().get_ordering_field_columns()
        return dict(list(columns.items())[:1])

    def _order_asked_for(self) -> list[keyset.Column]:
        head, minus, number = self.params.get(ORDER_VAR, "").partition(".")[0].rpartition("-")
        if head or not (number.isascii() and number.isdecimal() and len(number) < 4):
            return []
        if int(number) >= len(self.list_display):
            return []
        name = self.list_display[int(number)]
        sortable = self.sortable_by if self.sortable_by is not None else self.list_display
        field = self.get_ordering_field(name) if name in sortable else None
        if not field:
            return []
        told = self.model_admin.list_orders.get(name, [field])
        columns = self._columns(told)
        return [_turned(column) for column in columns] if minus else columns

    def _columns(self, told) -> list[keyset.Column]:
        columns = [self._column(one) for one in told]
        if columns[-1].name not in ("pk", self.lookup_opts.pk.name):
            columns.append(keyset.Column("pk", is_descending=columns[0].is_descending))
        return columns

    def _column(self, told) -> keyset.Column:
        if isinstance(told, OrderBy) and isinstance(told.expression, F):
            name, is_descending = told.expression.name, told.descending
        else:
            name, is_descending = told.lstrip("-"), told.startswith("-")
        return keyset.Column(name, is_descending, is_nullable=self._may_be_empty(name))

    def _may_be_empty(self, name: str) -> bool:
        try:
            return any(field.null for field in get_fields_from_path(self.model, name))
        except (FieldDoesNotExist, AttributeError):
            # What a query works out may be nothing.
            return name != "pk"

    # --- the page ---

    def get_results(self, request):
        self.result_list = self._page(request)
        self.result_count, self.has_more = panels.capped(self.queryset)
        self.full_result_count, self.show_full_result_count = None, False
        self.can_show_all, self.multi_page = False, False
        self.show_admin_actions = True

    def _page(self, request) -> list:
        place = self._place(request)
        page = keyset.page(self.queryset, self.order, size=self.list_per_page, **place)
        self.newer = self._link(BEFORE, page.rows[0]) if page.rows and page.has_before else ""
        self.older = self._link(AFTER, page.rows[-1]) if page.rows and page.has_after else ""
        self.first = self.get_query_string() if place else ""
        return page.rows

    def _place(self, request) -> dict:
        for name, said in self.place.items():
            try:
                return {name: cursors.read(said, order=self._name_of_the_order)}
            except cursors.CursorIsWrong:
                messages.warning(
                    request, _("This address leads nowhere in the list. This is its first page.")
                )
                return {}
        return {}

    def _link(self, name: str, row) -> str:
        values = keyset.values_of(row, self.order)
        return self.get_query_string({name: cursors.written(values, order=self._name_of_the_order)})

    @property
    def _name_of_the_order(self) -> str:
        columns = " ".join(f"{'-' * column.is_descending}{column.name}" for column in self.order)
        return f"{self.opts.label_lower} {columns}"

    @property
    def count_in_words(self) -> str:
        """“12 articles”, “1,000+ articles”."""
        plural = self.opts.verbose_name_plural
        if self.has_more:
            return _("More than %(number)s %(rows)s") % {
                "number": f"{self.result_count:,}",
                "rows": plural,
            }
        return ngettext("%(number)d %(row)s", "%(number)d %(rows)s", self.result_count) % {
            "number": self.result_count,
            "row": self.opts.verbose_name,
            "rows": plural,
        }

    # --- what narrows it ---

    @property
    def chips(self) -> list[dict]:
        """What is set, each with the address of the list without it."""
        found = []
        if self.query:
            found.append({"title": _("Search"), "words": self.query, "without": [SEARCH_VAR]})
        for spec in self.filter_specs:
            if words := self._words_of(spec):
                found.append(
                    {"title": spec.title, "words": words, "without": spec.expected_parameters()}
                )
        for chip in found:
            chip["url"] = self.get_query_string(dict.fromkeys(chip["without"]))
        return found

    def _words_of(self, spec) -> str:
        if hasattr(spec, "chosen_in_words"):
            return spec.chosen_in_words()
        if not any(name in self.params for name in spec.expected_parameters()):
            return ""
        chosen = [choice for choice in spec.choices(self) if choice.get("selected")]
        return ", ".join(str(choice["display"]) for choice in chosen)

    @property
    def own_filters(self) -> list:
        """The filters that stand in the form above the list."""
        return [spec for spec in self.filter_specs if hasattr(spec, "kind")]


def _turned(column: keyset.Column) -> keyset.Column:
    return keyset.Column(column.name, not column.is_descending, column.is_nullable)
