"""Sitemaps (sitemaps.org 0.9) with translations and pictures: the index, and one of its files.

Written in batches, so that memory does not grow with a month.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse

from articles import pages, syndication
from articles.addresses import Absolute
from articles.changes import changed_at
from articles.darkroom import picture
from articles.maps import shards
from articles.maps.shards import Shard
from articles.models import Article
from cms.xml import XmlWriter, moment

MEDIA_TYPE = "application/xml"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMESPACES = {
    "xmlns": SITEMAP,
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
A_BATCH = 500
# Language and address of each text of a group, by the key of the first text in it.
Groups = dict[int, list[tuple[str, str]]]


def index(files: Iterable[Shard], *, absolute: Absolute) -> bytes:
    """``/sitemap.xml``."""
    xml = XmlWriter()
    with xml.within("sitemapindex", {"xmlns": SITEMAP}):
        with xml.within("sitemap"):
            xml.element("loc", absolute(reverse("articles:sitemap_headings")))
        for shard in files:
            with xml.within("sitemap"):
                xml.element("loc", absolute(shard_path(shard)))
                if shard.changed:
                    xml.element("lastmod", moment(shard.changed))
    return xml.taken()


def shard_path(shard: Shard) -> str:
    """The address of a file."""
    named = {"year": shard.year, "month": shard.month}
    if shard.behind:
        return reverse("articles:sitemap_articles_on", kwargs=named | {"behind": shard.behind})
    return reverse("articles:sitemap_articles", kwargs=named)


def of_articles(shard: Shard, *, at: datetime, absolute: Absolute) -> Iterator[bytes]:
    """One file, piece by piece."""
    xml = XmlWriter()
    with xml.within("urlset", NAMESPACES):
        for batch in _batches(shard, at=at):
            rights = syndication.rights_of(batch, at=at, absolute=absolute)
            groups = _groups(batch, at=at, absolute=absolute)
            for article in batch:
                if rights[article.pk].kept_out_of_search != "all":
                    _url(xml, article, groups, at=at, absolute=absolute)
            yield xml.taken()
    yield xml.taken()


def _batches(shard: Shard, *, at: datetime) -> Iterator[list[Article]]:
    """The articles of ``shard``, some at a time."""
    behind, left = shard.behind, shards.MOST_ADDRESSES
    while left > 0:
        rows = shards.articles(shard.year, shard.month, behind, at=at)
        batch = list(pages.loaded(rows)[: min(A_BATCH, left)])
        if not batch:
            return
        yield batch
        behind, left = batch[-1].pk, left - len(batch)


def _groups(batch: list[Article], *, at: datetime, absolute: Absolute) -> Groups:
    heads = {article.head for article in batch}
    texts = Article.objects.live(at).versions_of(heads)
    groups: Groups = defaultdict(list)
    rows = texts.order_by("language").values_list("pk", "translation_of_id", "language", "slug")
    for key, head, language, slug in rows:
        address = absolute(reverse("articles:article_detail", args=[slug]))
        groups[head or key].append((language, address))
    return groups


def _url(
    xml: XmlWriter, article: Article, groups: Groups, *, at: datetime, absolute: Absolute
) -> None:
    with xml.within("url"):
        xml.element("loc", absolute(article.get_absolute_url()))
        xml.element("lastmod", moment(changed_at(article, at=at)))
        group = groups[article.head]
        if len(group) > 1:
            for language, address in group:
                xml.link("xhtml:link", "alternate", address, hreflang=language)
        for image in article.pictures():
            copy = picture(image) if image.is_usable(at) else None
            if copy:
                with xml.within("image:image"):
                    xml.element("image:loc", absolute(copy.src))
                    xml.some("image:license", image.web_statement)
