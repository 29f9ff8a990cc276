"""In which feeds an article stands, and the addresses of those feeds."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from articles.feeds.channels import HEADINGS, feed_path
from articles.feeds.formats import FORMATS
from articles.models import Article, Byline, Correction, Region, ReportEntry, Theme

# Those in which every article stands.
EVERYWHERE = ("site", "article_list")
# That in which its notices stand, each with its headline.
NOTICES = "correction_list"
OF_THE_SITE = (*EVERYWHERE, NOTICES)


def topics_of(keys: Iterable[int]) -> dict[int, list[str]]:
    """Article's key → its listings as they are now, such as ``region:3``; a few queries for all."""
    keys = list(keys)
    found = {key: set(EVERYWHERE) for key in keys}
    outlets = Article.objects.filter(pk__in=keys).order_by()
    for key, here, origin in outlets.values_list(
        "pk", "publication_id", "originating_publication_id"
    ):
        found[key] |= {f"publication:{outlet}" for outlet in (here, origin) if outlet}
    for (key,) in Correction.objects.filter(article__in=keys).order_by().values_list("article"):
        found[key].add(NOTICES)
    for kind, rows in _links(keys).items():
        for key, heading in rows:
            found[key].add(f"{kind}:{heading}")
    for kind, model in (("region", Region), ("theme", Theme)):
        parents = model.parents()
        for topics in found.values():
            topics |= _wider(kind, topics, parents)
    return {key: sorted(topics) for key, topics in found.items()}


def _links(keys: list[int]) -> dict[str, Iterable[tuple[int, int]]]:
    """Kind → pairs of article and heading."""

    def pairs(model, heading: str, article: str = "article_id"):
        rows = model.objects.filter(**{f"{article}__in": keys}).order_by()
        return rows.values_list(article, heading)

    return {
        "author": pairs(Byline, "author_id"),
        "region": pairs(Article.regions.through, "region_id"),
        "theme": pairs(Article.themes.through, "theme_id"),
        "report": pairs(ReportEntry, "report_id"),
        "tag": pairs(Article, "tags__pk", article="pk").exclude(tags=None),
    }


def _wider(kind: str, topics: set[str], parents: dict[int, int | None]) -> set[str]:
    """The headings of a tree above those in ``topics``."""
    above: set[str] = set()
    for topic in topics:
        name, _colon, key = topic.partition(":")
        step = parents.get(int(key)) if name == kind else None
        while step and f"{kind}:{step}" not in above:
            above.add(f"{kind}:{step}")
            step = parents.get(step)
    return above


def addresses(topics: Iterable[str]) -> list[str]:
    """The whole address of every feed of these listings, in every format."""
    wanted = defaultdict(set)
    for topic in topics:
        kind, _colon, key = topic.partition(":")
        wanted[kind].add(int(key) if key else 0)
    with translation.override(settings.LANGUAGE_CODE):
        return sorted(
            settings.SITE_URL + feed_path(kind, ending, slug)
            for kind, keys in wanted.items()
            for slug in _slugs(kind, keys)
            for ending in FORMATS
        )


def _slugs(kind: str, keys: set[int]) -> list[str]:
    if kind in OF_THE_SITE:
        return [""]
    rows = HEADINGS[kind].model.objects.filter(pk__in=keys).exclude(slug="")
    return list(rows.values_list("slug", flat=True))
