"""What a list is narrowed by, in one form above it: menus, choosers with autocomplete, days.

All of them work without script. A filter's parameter is a name people may rely on in links.
"""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta

from django import forms
from django.contrib import admin
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.choosers import KeySelect, is_key
from cms.text import legible

MOST_SUGGESTED = 20
MOST_YEARS = 12
FIRST_YEAR, LAST_YEAR = 1000, 9998


class MenuFilter(admin.SimpleListFilter):
    """A menu of a few choices."""

    kind = "menu"

    def value(self):
        """What is asked for, where it is one of the choices."""
        asked = super().value()
        return asked if asked in {str(key) for key, _label in self.lookup_choices} else None

    def options(self) -> list[tuple]:
        """(value, words, whether chosen), the first of them for no choice."""
        chosen = self.value()
        return [("", _("All"), chosen is None)] + [
            (str(key), label, str(key) == chosen) for key, label in self.lookup_choices
        ]

    def chosen_in_words(self) -> str:
        """What the list is narrowed to, for whoever looks at it; empty where it is not."""
        return next((str(label) for _key, label, on in self.options()[1:] if on), "")


class YesFilter(MenuFilter):
    """A tick: ``?name=1``; ``narrowed`` says which rows these are."""

    kind = "tick"
    # The words beside the tick.
    label = ""

    def lookups(self, request, model_admin):
        self.request = request
        return [("1", self.label)]

    def queryset(self, request, queryset):
        return self.narrowed(queryset, request) if self.value() == "1" else queryset


def choices_of(name: str) -> type[MenuFilter]:
    """The filter of a column with choices, as ``?<name>__exact=``."""

    class ColumnFilter(MenuFilter):
        parameter_name = f"{name}__exact"

        def __init__(self, request, params, model, model_admin):
            self.field = model._meta.get_field(name)
            self.title = self.field.verbose_name
            super().__init__(request, params, model, model_admin)

        def lookups(self, request, model_admin):
            return self.field.flatchoices

        def queryset(self, request, queryset):
            return queryset.filter(**{name: self.value()}) if self.value() else queryset

    return ColumnFilter


class _SuggestingSelect(KeySelect):
    """Beside the chosen row a few others are named: something to choose from without script."""

    def __init__(self, field, admin_site, suggested):
        super().__init__(field, admin_site, attrs={"data-allow-clear": "true"})
        self.suggested = suggested

    def optgroups(self, name, value, attrs=None):
        (label, options, place), *rest = super().optgroups(name, value, attrs)
        named = {str(option["value"]) for option in options}
        options += [
            self.create_option(name, row.pk, str(row), selected=False, index=number)
            for number, row in enumerate(self.suggested)
            if str(row.pk) not in named
        ]
        return [(label, options, place), *rest]


def chooser_of(source, admin_site, rows, *, label, empty_label) -> forms.ModelChoiceField:
    """A row of ``rows`` or none, found by typing; ``source`` is the field that leads to them."""
    suggested = rows.order_by(*rows.model._meta.ordering)[:MOST_SUGGESTED]
    widget = _SuggestingSelect(source, admin_site, suggested)
    return forms.ModelChoiceField(
        rows, label=label, required=False, widget=widget, empty_label=empty_label
    )


class RowFilter(ABC, admin.ListFilter):
    """The rows that have to do with one other row, which is found by typing.

    ``source`` is the foreign key or the many-to-many field that Django's autocomplete view answers
    for; it shows whoever asks what they may see, and so does this filter.
    """

    kind = "row"
    source: tuple
    parameter_name = ""

    def __init__(self, request, params, model, model_admin):
        self.field = self.field_of(model)
        self.title = self.title or self.field.verbose_name
        super().__init__(request, params, model, model_admin)
        self.site = model_admin.admin_site
        self.asked = (params.pop(self.parameter_name, None) or [""])[-1]
        remote = self.site._registry.get(self.field.related_model)
        self.may_be_asked = remote is not None and remote.has_view_permission(request)
        self.rows = remote.get_queryset(request) if self.may_be_asked else None
        self.row = None
        if self.may_be_asked and is_key(self.asked):
            self.row = self.rows.filter(pk=self.asked).first()

    @abstractmethod
    def field_of(self, model):
        """The field whose rows are offered."""

    @abstractmethod
    def narrowed(self, queryset, row):
        """Those of ``queryset`` that have to do with ``row``."""

    def has_output(self):
        return self.may_be_asked

    def expected_parameters(self):
        return [self.parameter_name]

    def choices(self, changelist):
        return []

    def queryset(self, request, queryset):
        if not self.asked:
            return queryset
        return self.narrowed(queryset, self.row) if self.row else queryset.none()

    def chooser(self) -> forms.Form:
        """The field to type into."""
        form = forms.Form(
            initial={self.parameter_name: self.row and self.row.pk}, auto_id="filter-%s"
        )
        form.fields[self.parameter_name] = chooser_of(
            self.field, self.site, self.rows, label=self.title, empty_label=_("All")
        )
        return form

    def chosen_in_words(self) -> str:
        return str(self.row) if self.row else (_("unknown") if self.asked else "")


class DayFilter(admin.ListFilter):
    """A year, a month of it, a day of that: ``?name=2026-05``. Nothing is counted or collected."""

    kind = "days"
    column = ""
    parameter_name = ""

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.asked = legible((params.pop(self.parameter_name, None) or [""])[-1])
        self.parts = parts_of_day(self.asked)
        self.model = model

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.parameter_name]

    def choices(self, changelist):
        return []

    def queryset(self, request, queryset):
        if not self.asked:
            return queryset
        if not self.parts:
            return queryset.none()
        first, behind = span(self.parts)
        return queryset.filter(**{f"{self.column}__gte": first, f"{self.column}__lt": behind})

    def steps(self, changelist) -> dict:
        """The way up, and what lies one step further down, as links."""

        def link(parts) -> str:
            said = "-".join(f"{part:02}" for part in parts)
            return changelist.get_query_string({self.parameter_name: said or None})

        up = [
            (link(self.parts[:place]), _in_words(self.parts[:place]))
            for place in range(1, len(self.parts) + 1)
        ]
        down = [(link(parts), _in_words(parts, is_short=True)) for parts in self._below()]
        return {"all": link(()), "up": up, "down": down}

    def _below(self) -> list[tuple]:
        if len(self.parts) == 2:
            first, behind = span(self.parts)
            return [
                (*self.parts, day + 1) for day in range((behind - first + timedelta(hours=2)).days)
            ]
        if len(self.parts) == 1:
            return [(*self.parts, month) for month in range(1, 13)]
        if self.parts:
            return []
        # Both ends are read from the index.
        ends = self.model.objects.order_by().aggregate(
            first=Min(self.column), last=Max(self.column)
        )
        if not ends["first"]:
            return []
        first, last = (timezone.localtime(end).year for end in (ends["first"], ends["last"]))
        return [(year,) for year in range(last, max(first, last - MOST_YEARS + 1) - 1, -1)]

    def chosen_in_words(self) -> str:
        return _in_words(self.parts) if self.parts else self.asked


def parts_of_day(asked: str) -> tuple[int, ...]:
    """Year, month and day of "2026", "2026-05" or "2026-05-14"; nothing for what is no such day."""
    parts = asked.split("-")
    lengths = [4, 2, 2][: len(parts)]
    if len(parts) > 3 or [len(part) for part in parts] != lengths:
        return ()
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return ()
    numbers = tuple(int(part) for part in parts)
    try:
        datetime(*(*numbers, 1, 1)[:3])
    except ValueError:
        return ()
    return numbers if FIRST_YEAR <= numbers[0] <= LAST_YEAR else ()


def span(parts: tuple[int, ...]) -> tuple[datetime, datetime]:
    """The first moment of that year, month or day as the newsroom has it, and that behind it."""
    first = datetime(*(*parts, 1, 1)[:3])
    if len(parts) == 1:
        behind = first.replace(year=first.year + 1)
    elif len(parts) == 2:
        behind = (first + timedelta(days=32)).replace(day=1)
    else:
        behind = first + timedelta(days=1)
    zone = timezone.get_default_timezone()
    return timezone.make_aware(first, zone), timezone.make_aware(behind, zone)


def _in_words(parts: tuple[int, ...], *, is_short: bool = False) -> str:
    if len(parts) == 3:
        if is_short:
            return str(parts[2])
        return date_format(datetime(*parts), "DATE_FORMAT")
    if len(parts) == 2:
        if is_short:
            return str(MONTHS[parts[1]])
        return date_format(datetime(*parts, 1), "YEAR_MONTH_FORMAT")
    return str(parts[0])
