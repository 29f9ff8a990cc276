"""The doors to the search: its page, and what browsers are told of it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View

from articles.models import Article
from articles.narrowing import narrowed
from articles.search import search
from articles.search.query import LONGEST
from cms.sitepolicy.texts import house_texts
from cms.text import legible

# Of so many hits the choices are counted; of more it would be dear to know, and of little use.
MOST_COUNTED = 300
# As many digits as any page has; what is longer is no page.
MOST_DIGITS = 4


class SearchView(View):
    """What live articles have that a reader asks for; the question lies in the address."""

    def get(self, request):
        at = timezone.now()
        live = Article.objects.live(at)
        narrow = narrowed(request, live, at=at)
        results = search(
            narrow.articles,
            request.GET.get("q", ""),
            at=at,
            page=_page(request.GET.get("page", "")),
            is_literal="exact" in request.GET,
        )
        if 0 < results.total <= MOST_COUNTED:
            # What is offered to narrow by, and how often, is what was found.
            shown = narrowed(request, live.filter(pk__in=results.keys), at=at)
        else:
            shown = narrow
            shown.counts = {}
        context = {
            "narrowed": shown,
            "chosen": [(name, legible(request.GET[name])) for name in narrow.asked],
            "results": results,
            "longest": LONGEST,
            "texts": house_texts(),
        }
        return render(request, "articles/search.html", context)


class OpenSearchView(View):
    """What a browser has to know to search here from its own bar."""

    def get(self, request):
        return render(
            request,
            "articles/opensearch.xml",
            {"texts": house_texts()},
            content_type="application/opensearchdescription+xml; charset=utf-8",
        )


def _page(typed: str) -> int:
    """The page that the address names; the first where it names none."""
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS
    return max(1, int(typed)) if is_number else 1
