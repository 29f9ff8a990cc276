"""The headings a facet offers: only those with something live under them.

A few stand in a list; of many, those used lately are suggested and the others may be named. What
is hidden and what was never there are told apart by nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import F, OuterRef, Subquery
from taggit.models import Tag

from articles.models import Article, Author, Byline, InDepthReport, Publication
from articles.text import slug_from
from cms.text import legible

# So many fit a list that one opens; of a tree, so many, for it can be read by its branches.
FIT_A_LIST = 60
FIT_A_TREE = 300
# Suggestions are what the newest articles stand under, so that nothing is counted to the end.
NEWEST_LOOKED_AT = 200
LONGEST_NAME = 200


@dataclass(frozen=True)
class Option:
    """One heading: ``family`` holds its key and those of all headings within it."""

    key: int
    slug: str
    name: str
    family: frozenset[int]
    depth: int = 0


def with_live_articles(model, at: datetime):
    """The headings of ``model`` (no tree) that are fit to be shown."""
    live = Article.objects.live(at)
    if model is Publication:
        return Publication.objects.with_live_articles(at)
    to_heading = {
        Author: "bylines__author",
        InDepthReport: "report_entries__report",
        Tag: "tags",
    }[model]
    # Any one will do: asked heading by heading, so that the first page of names ends the search.
    found = Subquery(live.filter(**{to_heading: OuterRef("pk")}).order_by().values("pk")[:1])
    return model.objects.exclude(slug="").alias(found=found).filter(found__isnull=False)


class Offer:
    """What both kinds of offer can do."""

    def named(self, word: str) -> Option | None:
        """The option whose slug this is, or whose name makes this slug."""
        if legible(word) != word or len(word) > LONGEST_NAME:
            return None
        return self.at_slug(word) or self.at_slug(slug_from(word))

    def at_slug(self, slug: str) -> Option | None:
        """The option with this address."""
        raise NotImplementedError


class TreeOffer(Offer):
    """The headings of a tree, each under the wider one: one query for all of them."""

    fits = FIT_A_TREE

    def __init__(self, model, *, at: datetime):
        self.model = model
        self.at = at

    @cached_property
    def options(self) -> list[Option]:
        """All that may be shown, in the order of the tree."""
        tree = self.model.objects.told_whether_live(self.at).order_by("name", "pk")
        rows = tree.values_list("pk", "parent_id", "slug", "name", "has_live")
        return list(_in_order({key: row for key, *row in rows}))

    @cached_property
    def is_whole(self) -> bool:
        """Whether all of them fit a list."""
        return len(self.options) <= self.fits

    @property
    def widest(self) -> list[Option]:
        """Those that lie within no other."""
        return [option for option in self.options if not option.depth]

    @property
    def suggestions(self) -> list[Option]:
        """Those to name when not all are listed."""
        return self.widest[:FIT_A_LIST]

    def at_slug(self, slug: str) -> Option | None:
        return next((option for option in self.options if option.slug == slug), None)


def _in_order(rows):
    """Options of a tree from its rows, without those under which nothing is live.

    A heading that was put under itself stands nowhere in a tree, and is left out.
    """
    below: dict[int | None, list[int]] = {}
    for key, (parent, *_rest) in rows.items():
        below.setdefault(parent, []).append(key)

    def branch(key, depth):
        _parent, slug, name, has_live = rows[key]
        twigs = [twig for child in below.get(key, []) for twig in branch(child, depth + 1)]
        if not (has_live or twigs):
            return []
        family = {key}.union(*(twig.family for twig in twigs))
        return [Option(key, slug, name, frozenset(family), depth), *twigs]

    for root in below.get(None, []):
        yield from branch(root, 0)


class FlatOffer(Offer):
    """Headings beside each other: listed while they are few, else suggested."""

    fits = FIT_A_LIST

    def __init__(self, model, *, at: datetime):
        self.model = model
        self.at = at
        self.label = "title" if model is InDepthReport else "name"

    @cached_property
    def _first(self) -> list[Option]:
        found = with_live_articles(self.model, self.at).order_by(self.label, "pk")
        return self._options(found[: self.fits + 1])

    @property
    def options(self) -> list[Option]:
        """All of them, where they fit; else the first."""
        return self._first[: self.fits]

    @property
    def is_whole(self) -> bool:
        """Whether all of them fit a list."""
        return len(self._first) <= self.fits

    @cached_property
    def suggestions(self) -> list[Option]:
        """Those under which the newest articles stand, by name."""
        newest = Article.objects.live(self.at).newest_first().values("pk")[:NEWEST_LOOKED_AT]
        keys = _headings_of(self.model, list(newest.values_list("pk", flat=True)))
        found = self.model.objects.exclude(slug="").filter(pk__in=keys).order_by(self.label, "pk")
        return self._options(found[: self.fits])

    def at_slug(self, slug: str) -> Option | None:
        if not slug:
            return None
        if "_first" in self.__dict__ and self.is_whole:
            return next((option for option in self._first if option.slug == slug), None)
        found = with_live_articles(self.model, self.at).filter(slug=slug)
        return next(iter(self._options(found[:1])), None)

    def _options(self, rows) -> list[Option]:
        return [
            Option(key, slug, name, frozenset({key}))
            for key, slug, name in rows.values_list("pk", "slug", self.label)
        ]


def _headings_of(model, articles: list[int]):
    """The keys of the headings of ``model`` under which any of ``articles`` stands."""
    rows = Article.objects.filter(pk__in=articles).order_by()
    if model is Author:
        return Byline.objects.filter(article__in=articles).order_by().values("author")
    if model is Tag:
        return rows.filter(tags__isnull=False).values("tags")
    if model is InDepthReport:
        return rows.filter(reports__isnull=False).values("reports")
    origins = rows.filter(originating_publication__isnull=False)
    return rows.values(outlet=F("publication")).union(
        origins.values(outlet=F("originating_publication"))
    )
