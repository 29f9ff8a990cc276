"""Which listings have a feed: what stands in each, where its page is, what it is called.

A heading under which nothing is public has none, as it has no page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from taggit.models import Tag

from articles import pages, paging, withheld
from articles.models import (
    Article,
    Author,
    InDepthReport,
    Publication,
    Region,
    ReportEntry,
    Theme,
)

ENTRIES = 30
# How long shared caches may keep a feed; the hub is told of a change only when that has passed.
KEPT_SECONDS = 60
# How long a withdrawn article stays in the feeds as a tombstone, and how many of them at most.
MOURNED_FOR = timedelta(days=30)
MOST_TOMBSTONES = 100
PLACE_IN_REPORT = re.compile(r"([0-9]{1,5})~([0-9]{1,18})", re.ASCII)


class Heading(NamedTuple):
    """A kind of heading: its model, and the articles under one of them, whatever their state."""

    model: type
    under: Callable[[object], QuerySet]


def _in_report(report: InDepthReport) -> QuerySet:
    place = ReportEntry.objects.filter(report=report, article=OuterRef("pk")).values("position")
    return Article.objects.annotate(place=Subquery(place[:1])).filter(place__isnull=False)


HEADINGS = {
    "author": Heading(Author, Article.objects.by),
    "publication": Heading(Publication, Article.objects.of),
    "region": Heading(Region, Article.objects.in_region),
    "theme": Heading(Theme, Article.objects.on_theme),
    "report": Heading(InDepthReport, _in_report),
    "tag": Heading(Tag, Article.objects.tagged),
}


class HasMoved(Exception):
    """The heading has another slug now; ``address`` is that of its feed."""

    def __init__(self, address: str):
        self.address = address
        super().__init__(address)


@dataclass(frozen=True)
class Channel:
    """A listing as a feed. ``query`` is what narrows it, as its address says it."""

    kind: str
    name: str
    about: str
    page: str
    articles: QuerySet
    key: int = 0
    slug: str = ""
    query: str = ""

    def feed_path(self, ending: str) -> str:
        """The address of this channel in one format, its first page."""
        return feed_path(self.kind, ending, self.slug)

    @property
    def permanent_name(self) -> str:
        """What this channel is called whatever its address is."""
        name = f"feed/{self.kind}/{self.key}" if self.key else f"feed/{self.kind}"
        return f"{name}?{self.query}" if self.query else name

    @property
    def is_heading(self) -> bool:
        """Whether it is unknown as long as nothing is in it."""
        return self.kind in HEADINGS

    @property
    def is_told_to_the_hub(self) -> bool:
        """Lists that readers put together themselves are too many to be announced."""
        return not self.query


def feed_path(kind: str, ending: str, slug: str = "") -> str:
    """The address of the feed of a listing."""
    arguments = {"format": ending} | ({"slug": slug} if slug else {})
    name = "feed" if kind == "site" else f"{kind}_feed"
    return reverse(f"articles:{name}", kwargs=arguments)


def site() -> Channel:
    """Everything, newest first."""
    return Channel("site", "", "", reverse("site:home"), Article.objects.all())


def article_list(name: str) -> Channel:
    """The list of all articles, not yet narrowed."""
    return Channel("article_list", name, "", reverse("site:article_list"), Article.objects.all())


def narrowed(channel: Channel, articles: QuerySet, query: str, *, name: str) -> Channel:
    """``channel`` with those of its articles that the address asks for; ``name`` says which."""
    return replace(channel, articles=articles, query=query, name=name)


def of_heading(kind: str, heading) -> Channel:
    """The channel of one author, region, report …"""
    name = str(heading)
    about = getattr(heading, "description", "") or getattr(heading, "standfirst", "")
    page = reverse(f"site:{kind}_detail", args=[heading.slug])
    articles = HEADINGS[kind].under(heading)
    return Channel(kind, name, about, page, articles, key=heading.pk, slug=heading.slug)


def page(channel: Channel, *, before: str, at: datetime) -> paging.Page:
    """A page of what is live in ``channel``, loaded. Raises AddressIsWrong for a made-up key."""
    live = pages.loaded(channel.articles.live(at)).prefetch_related("regions", "themes", "tags")
    if channel.kind == "report":
        return _page_of_report(live, before)
    return paging.page(live, before=before, size=ENTRIES)


def _page_of_report(live: QuerySet, before: str) -> paging.Page:
    """In the editors' order, behind the article that ``before`` names."""
    if before:
        found = PLACE_IN_REPORT.fullmatch(before)
        if not found:
            raise paging.AddressIsWrong(before)
        place, key = int(found[1]), int(found[2])
        live = live.filter(Q(place__gt=place) | Q(place=place, pk__gt=key))
    found = list(live.order_by("place", "pk")[: ENTRIES + 1])
    shown = found[:ENTRIES]
    following = f"{shown[-1].place}~{shown[-1].pk}" if len(found) > ENTRIES else ""
    return paging.Page(shown, following, is_first=not before)


def withdrawn(channel: Channel, *, at: datetime) -> list[Article]:
    """Those of ``channel`` that were public and were withdrawn lately, last first.

    What was withdrawn under embargo, or when it was no longer carried, nobody saw go.
    """
    when = F("withdrawn_at")
    seen = channel.articles.withdrawn(at).filter(
        Q(embargo_until=None) | Q(embargo_until__lte=when),
        Q(carry_until=None) | Q(carry_until__gt=when),
        published_at__lte=when,
        withdrawn_at__gt=at - MOURNED_FOR,
        withdrawn_at__lte=at,
    )
    found = list(seen.order_by("-withdrawn_at", "-pk")[:MOST_TOMBSTONES])
    # Of what is withheld, too, no notice of ours is told any more.
    kept_back = withheld.moments(keys=[article.pk for article in found])
    return [article for article in found if article.pk not in kept_back]


def kept_back(channel: Channel, *, at: datetime) -> list[Article]:
    """Those of ``channel`` that readers saw go after a notice by somebody else, last first."""
    found = withheld.lately(channel.articles, since=at - MOURNED_FOR, at=at)
    return found[:MOST_TOMBSTONES]
