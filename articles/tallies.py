"""How many articles of a narrowed list stand under each heading, where that is cheap to know.

Two queries: one to see that the list is short, one for all headings together.
"""

from collections import defaultdict

from django.db.models import CharField, Count, F, IntegerField, Value
from taggit.models import TaggedItem

from articles.models import Article, Byline, ReportEntry

# Of a longer list nothing is counted: a page must not cost more as the archive grows.
MOST_COUNTED = 2000

TREES = {"region": Article.regions.through, "theme": Article.themes.through}


def tallies(articles, offers: dict[str, list]) -> dict[str, dict[str, int]]:
    """Facet → slug (or language) → how many of ``articles``; empty if there are too many.

    ``offers`` are the options of the facets that are asked about. An article in two parts of a
    region counts once in the region.
    """
    if articles.order_by().values("pk")[: MOST_COUNTED + 1].count() > MOST_COUNTED:
        return {}
    chosen = articles.order_by().values("pk")
    parts = [_part(facet, articles, chosen) for facet in offers]
    parts = [*[part for found in parts for part in found], _languages(articles)]
    linked, tally = defaultdict(lambda: defaultdict(set)), defaultdict(lambda: defaultdict(int))
    for facet, language, heading, number in parts[0].union(*parts[1:], all=True):
        if facet in TREES:
            linked[facet][heading].add(number)
        else:
            tally[facet][language or heading] += number
    counted = {"language": dict(tally["language"])}
    for facet, options in offers.items():
        if facet in TREES:
            counted[facet] = {
                option.slug: len(set().union(*(linked[facet][key] for key in option.family)))
                for option in options
            }
        else:
            counted[facet] = {option.slug: tally[facet][option.key] for option in options}
    return counted


def _part(facet: str, articles, chosen) -> list:
    """The rows (facet, language, heading, number) of one facet; of a tree, its pairs themselves."""
    if facet in TREES:
        pairs = TREES[facet].objects.filter(article__in=chosen)
        return [_rows(pairs.values(heading=F(facet)), facet, number=F("article"))]
    if facet == "publication":
        carried = articles.filter(originating_publication__isnull=False)
        outlets = (articles, "publication"), (carried, "originating_publication")
        return [_rows(rows.order_by().values(heading=F(name)), facet) for rows, name in outlets]
    if facet == "report":
        entries = ReportEntry.objects.filter(article__in=chosen).order_by()
        return [_rows(entries.values(heading=F("report")), facet)]
    if facet == "author":
        bylines = Byline.objects.filter(article__in=chosen).order_by()
        return [_rows(bylines.values(heading=F("author")), facet, Count("article", distinct=True))]
    tagged = TaggedItem.objects.filter(content_type__app_label="articles", object_id__in=chosen)
    return [_rows(tagged.order_by().values(heading=F("tag")), facet)]


def _languages(articles):
    return (
        articles.order_by()
        .values(language_read=F("language"))
        .annotate(
            facet=Value("language", output_field=CharField()),
            heading=Value(0, output_field=IntegerField()),
            number=Count("pk"),
        )
        .values_list("facet", "language_read", "heading", "number")
    )


def _rows(grouped, facet: str, number=None):
    return grouped.annotate(
        facet=Value(facet, output_field=CharField()),
        language_read=Value("", output_field=CharField()),
        number=Count("pk") if number is None else number,
    ).values_list("facet", "language_read", "heading", "number")
