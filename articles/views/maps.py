"""The doors to the maps of the site for search engines."""

from itertools import chain

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View

from articles.addresses import AbsoluteMixin
from articles.maps import headings, news, shards, sitemap
from articles.maps.shards import Shard
from articles.views import files
from cms.moments import FIRST_YEAR_OF_PRINT, LAST_YEAR
from cms.sitepolicy.texts import house_texts

# Search engines come a few times a day.
KEPT_SECONDS = 900
LARGEST_KEY = 2**63


class MapView(AbsoluteMixin, View):
    """What the maps share."""

    def answered(self, content: bytes, *, at):
        """``content``, or that whoever asks has it."""
        return files.answer(
            self.request, content, sitemap.MEDIA_TYPE, at=at, kept_seconds=KEPT_SECONDS
        )


class SitemapIndexView(MapView):
    """``/sitemap.xml``: which other maps there are."""

    def get(self, request):
        at = timezone.now()
        content = sitemap.index(shards.shards(at=at), absolute=self.absolute)
        return self.answered(content, at=at)


class ArticleSitemapView(MapView):
    """``/sitemap-articles-2026-11.xml``: the articles of a month, or those behind a key."""

    def get(self, request, year, month, behind=0):
        at = timezone.now()
        is_possible = FIRST_YEAR_OF_PRINT <= year <= LAST_YEAR and behind < LARGEST_KEY
        if not is_possible or not shards.articles(year, month, behind, at=at).exists():
            raise Http404
        shard = Shard(year, month, behind)
        pieces = sitemap.of_articles(shard, at=at, absolute=self.absolute)
        # The first piece is made here: what goes wrong is still an error, not half a file.
        response = StreamingHttpResponse(
            chain([next(pieces)], pieces), content_type=f"{sitemap.MEDIA_TYPE}; charset=utf-8"
        )
        response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        return response


class HeadingSitemapView(MapView):
    """``/sitemap-headings.xml``."""

    def get(self, request):
        at = timezone.now()
        return self.answered(headings.of_headings(at=at, absolute=self.absolute), at=at)


class NewsSitemapView(MapView):
    """``/news-sitemap.xml``."""

    def get(self, request):
        at = timezone.now()
        house = house_texts()["masthead"]
        return self.answered(news.news(at=at, absolute=self.absolute, house=house), at=at)
