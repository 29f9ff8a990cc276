"""The doors to the front page and to the list of all articles."""

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.generic import View

from articles.front import front_page
from articles.models import Article, InDepthReport, Region, Theme
from articles.narrowing import narrowed
from articles.offers import TreeOffer
from articles.views.listing import listed
from cms.sitepolicy.texts import house_texts

REPORTS_ON_THE_FRONT = 6


class ArticleListView(View):
    """All articles, narrowed by the address."""

    def get(self, request):
        narrow = narrowed(request, Article.objects.live())
        listing = listed(request, narrow.articles.for_cards())
        if not (listing.articles or listing.is_first or narrow.errors):
            raise Http404
        context = {
            "narrowed": narrow,
            "listing": listing,
            "texts": house_texts(),
        }
        return render(request, "articles/article_list.html", context)


class HomeView(View):
    """The front page: what the editors placed, the newest, the dossiers beside them."""

    def get(self, request):
        return render(request, "articles/home.html", front_shown(at=timezone.now()))


def front_shown(*, at: datetime, placed: Sequence[int] | None = None) -> dict:
    """What the front page shows at a moment; ``placed``: keys in an order that is not saved."""
    page = front_page(translation.get_language(), at=at, placed=placed)
    reports = InDepthReport.objects.with_live_articles(at).order_by("-pk")
    return {
        "at": at,
        "lead": page.leading[:1],
        "second": page.leading[1:],
        "latest": page.latest,
        "further": page.further,
        "reports": reports[:REPORTS_ON_THE_FRONT],
        "regions": TreeOffer(Region, at=at).widest,
        "themes": TreeOffer(Theme, at=at).widest,
        "texts": house_texts(),
    }
