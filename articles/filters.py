"""How a reader narrows the list of articles; the state lies in the address."""

import django_filters
from django.utils.translation import gettext_lazy as _

from articles import languages
from articles.models import Article, Publication, Region, Theme


def _headings(model, label, empty_label, method):
    return django_filters.ModelChoiceFilter(
        queryset=lambda request: model.objects.with_live_articles().order_by("name"),
        to_field_name="slug",
        method=method,
        label=label,
        empty_label=empty_label,
    )


def _languages_read() -> list[tuple[str, str]]:
    """The languages in which there is something to read."""
    read = set(Article.objects.live().order_by().values_list("language", flat=True).distinct())
    return [(code, name) for code, name in languages.choices() if code in read]


class ArticleFilter(django_filters.FilterSet):
    """Facets of ``/articles/``: one heading each, named by its slug, those within it included.

    A heading with nothing live under it is no choice: it answers like one that does not exist.
    """

    region = _headings(Region, _("Region"), _("All regions"), "in_region")
    theme = _headings(Theme, _("Theme"), _("All themes"), "on_theme")
    publication = django_filters.ModelChoiceFilter(
        queryset=lambda request: Publication.objects.with_live_articles().order_by("name"),
        to_field_name="slug",
        method="of_publication",
        label=_("Publication"),
        empty_label=_("All publications"),
    )
    language = django_filters.ChoiceFilter(
        choices=lambda: _languages_read(), label=_("Language"), empty_label=_("All languages")
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def in_region(self, articles, name, region):
        return articles.in_region(region)

    def of_publication(self, articles, name, publication):
        return articles.of(publication)

    def on_theme(self, articles, name, theme):
        return articles.on_theme(theme)
