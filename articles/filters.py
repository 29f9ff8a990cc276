"""How a reader narrows a list of articles; the state lies in the address."""

from datetime import datetime, time, timedelta
from functools import cache

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles import languages, usage
from articles.models import Article, Author, InDepthReport, Publication, Region, Theme
from articles.offers import FlatOffer, Option, TreeOffer
from cms.moments import DayInput, validate_moment

NOTHING_THERE = _("There is nothing to read under this. Choose another, or leave it out.")


class OfferedField(forms.Field):
    """A heading named by its slug: chosen from a list, or typed where there are too many."""

    def __init__(self, *, offer, empty_label, **kwargs):
        self.offer = offer
        self.empty_label = empty_label
        super().__init__(widget=forms.Select, **kwargs)

    def to_python(self, value) -> Option | None:
        if not value:
            return None
        if option := self.offer.named(value):
            return option
        raise ValidationError(NOTHING_THERE, code="nothing_there")


class OfferedFilter(django_filters.Filter):
    """Narrows by a heading with something live under it."""

    field_class = OfferedField

    def __init__(self, model, *, offer, narrow, label, empty_label):
        super().__init__(label=label, empty_label=empty_label)
        self.headings = model
        self.offer_class = offer
        self.narrow = narrow

    @property
    def field(self):
        self.extra["offer"] = self.offer_class(self.headings, at=self.parent.at)
        return super().field

    def filter(self, qs, value):
        return qs if value is None else self.narrow(qs, value)


class ChosenFilter(django_filters.ChoiceFilter):
    """One of a few words; any other is refused in the same sentence as an unknown heading."""

    def __init__(self, *, choices, narrow, **kwargs):
        super().__init__(
            choices=choices, error_messages={"invalid_choice": NOTHING_THERE}, **kwargs
        )
        self.narrow = narrow

    def filter(self, qs, value):
        return self.narrow(qs, value, self.parent.at) if value else qs


class LanguageFilter(ChosenFilter):
    """One of the languages in which there is something to read, asked for when needed, and once."""

    @property
    def field(self):
        self.extra["choices"] = cache(lambda: languages_read(self.parent.at))
        return super().field


class DayFilter(django_filters.DateFilter):
    """A day in the site's own time zone, as ``2024-01-31``."""

    def __init__(self, *, narrow, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%d"],
            validators=[validate_moment],
            widget=DayInput(),
            error_messages={"invalid": _("Please write the day as 2024-01-31.")},
            **kwargs,
        )
        self.narrow = narrow

    def filter(self, qs, value):
        return self.narrow(qs, value) if value else qs


def _begins(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def languages_read(at: datetime) -> list[tuple[str, str]]:
    """The languages in which there is something to read."""
    read = set(Article.objects.live(at).order_by().values_list("language", flat=True).distinct())
    return [(code, name) for code, name in languages.choices() if code in read]


def _by_origin(articles, origin, _at):
    return articles.filter(originating_publication__isnull=origin == "ours")


class FacetForm(forms.Form):
    """The facets together."""

    def clean(self):
        chosen = super().clean()
        first, last = chosen.get("from"), chosen.get("until")
        if first and last and last < first:
            self.add_error("until", gettext("This day lies before the first one."))
        return chosen


class ArticleFilter(django_filters.FilterSet):
    """The facets of every list: one choice each, what lies within a region or theme included.

    A heading with nothing live under it is no choice: it answers like one that does not exist.
    """

    region = OfferedFilter(
        Region,
        offer=TreeOffer,
        narrow=lambda articles, chosen: articles.under("regions", chosen.family),
        label=_("Region"),
        empty_label=_("All regions"),
    )
    theme = OfferedFilter(
        Theme,
        offer=TreeOffer,
        narrow=lambda articles, chosen: articles.under("themes", chosen.family),
        label=_("Theme"),
        empty_label=_("All themes"),
    )
    report = OfferedFilter(
        InDepthReport,
        offer=FlatOffer,
        narrow=lambda articles, chosen: articles.filter(report_entries__report=chosen.key),
        label=_("In-depth report"),
        empty_label=_("All reports"),
    )
    author = OfferedFilter(
        Author,
        offer=FlatOffer,
        narrow=lambda articles, chosen: articles.by(chosen.key),
        label=_("Author"),
        empty_label=_("All authors"),
    )
    publication = OfferedFilter(
        Publication,
        offer=FlatOffer,
        narrow=lambda articles, chosen: articles.of(chosen.key),
        label=_("Publication"),
        empty_label=_("All publications"),
    )
    tag = OfferedFilter(
        Tag,
        offer=FlatOffer,
        narrow=lambda articles, chosen: articles.tagged(chosen.key),
        label=_("Tag"),
        empty_label=_("All tags"),
    )
    language = LanguageFilter(
        choices=(),
        narrow=lambda articles, code, at: articles.filter(language=code),
        label=_("Language"),
        empty_label=_("All languages"),
    )
    origin = ChosenFilter(
        choices=[("ours", _("First published here")), ("carried", _("Carried from elsewhere"))],
        narrow=_by_origin,
        label=_("Origin"),
        empty_label=_("Ours and others’"),
    )
    use = ChosenFilter(
        choices=usage.choices,
        narrow=lambda articles, use, at: usage.narrow(articles, use, at=at),
        label=_("Use allowed"),
        empty_label=_("Any"),
    )

    class Meta:
        model = Article
        fields: list[str] = []
        form = FacetForm

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at

    @classmethod
    def get_filters(cls):
        """The days too: “from” is no name Python lets a class have."""
        return super().get_filters() | {
            "from": DayFilter(
                label=_("From"),
                narrow=lambda articles, day: articles.filter(published_at__gte=_begins(day)),
            ),
            "until": DayFilter(
                label=_("Until"),
                narrow=lambda articles, day: articles.filter(
                    published_at__lt=_begins(day + timedelta(days=1))
                ),
            ),
        }
