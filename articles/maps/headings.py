"""The map of what is not an article: front page, lists, and every heading with something in it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import Max
from django.urls import reverse

from articles.addresses import Absolute
from articles.feeds.channels import HEADINGS
from articles.maps.sitemap import SITEMAP
from articles.models import Article
from cms.xml import XmlWriter, moment

MOST_ADDRESSES = 40_000
PAGES = (
    "site:home",
    "site:article_list",
    "site:report_list",
    "site:region_list",
    "site:theme_list",
    "site:author_list",
    "site:publication_list",
    "site:archive",
    "site:correction_list",
    "site:feed_list",
)
# From an article to the headings it stands under.
WAYS = {
    "report": ["report_entries__report"],
    "region": ["regions"],
    "theme": ["themes"],
    "publication": ["publication", "originating_publication"],
    "author": ["bylines__author"],
    "tag": ["tags"],
}


def of_headings(*, at: datetime, absolute: Absolute) -> bytes:
    """``/sitemap-headings.xml``: each with the day on which the newest was published in it."""
    xml = XmlWriter()
    with xml.within("urlset", {"xmlns": SITEMAP}):
        for name in PAGES:
            with xml.within("url"):
                xml.element("loc", absolute(reverse(name)))
        for kind, slug, newest in islice(_headings(at), MOST_ADDRESSES):
            with xml.within("url"):
                xml.element("loc", absolute(reverse(f"site:{kind}_detail", args=[slug])))
                xml.element("lastmod", moment(newest))
    return xml.taken()


def _headings(at: datetime) -> Iterator[tuple[str, str, datetime]]:
    """Kind, slug and newest article of every heading under which something is public."""
    for kind, ways in WAYS.items():
        newest: dict[int, datetime] = {}
        for way in ways:
            _newest_wins(newest, _newest(way, at))
        model = HEADINGS[kind].model
        if kind in ("region", "theme"):
            _with_wider(newest, model.parents())
        slugs = model.objects.exclude(slug="").order_by("pk").values_list("pk", "slug")
        for key, slug in slugs.iterator():
            if key in newest:
                yield kind, slug, newest[key]


def _newest(way: str, at: datetime) -> dict[int, datetime]:
    rows = Article.objects.live(at).exclude(**{way: None}).order_by().values(way)
    return dict(rows.annotate(newest=Max("published_at")).values_list(way, "newest"))


def _newest_wins(newest: dict[int, datetime], found: dict[int, datetime]) -> None:
    for key, at in found.items():
        newest[key] = max(at, newest.get(key, at))


def _with_wider(newest: dict[int, datetime], parents: dict[int, int | None]) -> None:
    """What stands under a heading stands under those above it, too."""
    for key, at in list(newest.items()):
        seen, step = {key}, parents.get(key)
        while step and step not in seen:
            _newest_wins(newest, {step: at})
            seen.add(step)
            step = parents.get(step)
