"""A list of articles as its address narrows it: what is left, what was chosen, what may be.

``narrowed(request, articles).articles`` asks the database of what the address names only; what a
page offers besides (``form`` with counts, ``chips``) is worked out when the page asks for it.
"""

from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.filters import ArticleFilter, OfferedField
from articles.offers import Option
from articles.tallies import tallies
from cms.text import legible

PLACE_IN_THE_LIST = ("before", "page")
# What else of an address a list of articles keeps while it is narrowed.
KEPT = ("q", "exact", "order")


class Chip(NamedTuple):
    """A choice that was made, and the address of the list without it."""

    label: str
    address: str


class Narrowed:
    """``articles`` (a QuerySet of live ones) narrowed by the facets in the address of a request."""

    def __init__(self, request, articles, *, at: datetime):
        self.request = request
        self.at = at
        self._all = articles
        # What is blank says nothing; of a facet that is named twice, the last counts.
        said = {name: words.strip() for name, words in request.GET.items() if words.strip()}
        self._facets = ArticleFilter(said, queryset=articles, at=at)

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong with which facet, in sentences."""
        return self._facets.form.errors

    @cached_property
    def articles(self):
        """Those that answer to every choice; none where a choice is no choice."""
        return self._all.none() if self.errors else self._facets.qs

    @property
    def asked(self) -> list[str]:
        """The facets the address says something about."""
        return [name for name in self._facets.filters if name in self._facets.data]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked)

    @cached_property
    def counts(self) -> dict[str, dict]:
        """Facet → choice → how many of ``articles``; empty where that is dear to know."""
        offers = {
            name: field.offer.options
            for name, field in self._facets.form.fields.items()
            if isinstance(field, OfferedField) and field.offer.is_whole and name not in self.asked
        }
        return {} if self.errors else tallies(self.articles, offers)

    @cached_property
    def form(self) -> forms.Form:
        """The facets, ready to be shown."""
        form = self._facets.form
        for name, field in form.fields.items():
            if isinstance(field, OfferedField):
                self._furnish(name, field)
        if "language" in self.counts and "language" not in self.asked:
            language = form.fields["language"]
            offered = list(language.choices)
            tally = self.counts["language"]
            language.widget.choices = [
                (code, self._counted(label, tally.get(code)))
                for code, label in offered
                if tally.get(code) or not code
            ]
        return form

    def _furnish(self, name: str, field: OfferedField) -> None:
        """A list where all fit, else a line to write in, with suggestions."""
        if not field.offer.is_whole:
            field.widget = forms.TextInput(
                {
                    "list": f"{name}-suggestions",
                    "autocomplete": "off",
                    "maxlength": 200,
                    "placeholder": _("A name"),
                }
            )
            field.widget.is_required = False
            field.suggestions = field.offer.suggestions
            return
        tally = self.counts.get(name)
        options = field.offer.options
        if tally is not None:
            options = [option for option in options if tally.get(option.slug)]
        field.widget.choices = [("", field.empty_label)] + [
            (
                option.slug,
                "\u2003" * option.depth + self._counted(option.name, tally and tally[option.slug]),
            )
            for option in options
        ]

    @staticmethod
    def _counted(label, count) -> str:
        return _("{choice} ({count})").format(choice=label, count=count) if count else str(label)

    @cached_property
    def chips(self) -> list[Chip]:
        """The choices made, each with the address that leaves it out."""
        # Asked first whether it is valid, a form knows what of it is.
        self._facets.is_valid()
        chosen = self._facets.form.cleaned_data
        return [
            Chip(self._words(name, chosen[name]), self.without(name))
            for name in self.asked
            if chosen.get(name) is not None
        ]

    def _words(self, name: str, value) -> str:
        field = self._facets.form.fields[name]
        if isinstance(value, Option):
            words = value.name
        elif isinstance(field, forms.ChoiceField):
            words = dict(field.choices)[value]
        else:
            words = date_format(value, "DATE_FORMAT")
        return _("{facet}: {choice}").format(facet=field.label, choice=words)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form has to send along that is no facet: the words searched for, the order."""
        query = self.request.GET
        return [(name, legible(query[name])) for name in KEPT if query.get(name)]

    @property
    def cleared(self) -> str:
        """The address of the list with no choice at all."""
        return self.without(*self._facets.filters)

    def without(self, *names: str) -> str:
        """The address of the first page of this list without these choices."""
        query = self.request.GET.copy()
        for name in (*names, *PLACE_IN_THE_LIST):
            query.pop(name, None)
        written = query.urlencode()
        return f"{self.request.path}?{written}" if written else self.request.path

    @cached_property
    def rescues(self) -> list[Chip]:
        """Of an empty list: the choices without any one of which there would be something."""
        if self.errors:
            return [
                Chip(str(self._facets.form.fields[name].label), self.without(name))
                for name in self.errors
                if len(self.errors) == 1 and self._anything_without(name)
            ]
        return [
            chip
            for name, chip in zip(self.asked, self.chips, strict=True)
            if len(self.asked) > 1 and self._anything_without(name)
        ]

    def _anything_without(self, left_out: str) -> bool:
        articles = self._all
        for name, value in self._facets.form.cleaned_data.items():
            if name != left_out:
                articles = self._facets.filters[name].filter(articles, value)
        return articles.exists()


def narrowed(request, articles, *, at: datetime | None = None) -> Narrowed:
    """``articles`` (a QuerySet of live ones) as the address of ``request`` narrows them."""
    return Narrowed(request, articles, at=at or timezone.now())
