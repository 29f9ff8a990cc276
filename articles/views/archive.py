"""The doors to the archive: its years, one year, one month."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.generic import View

from articles import archive
from articles.models import Article
from articles.plotting import bars
from articles.views.listing import listed
from cms.sitepolicy.texts import house_texts


class ArchiveView(View):
    """Every year in which something was published."""

    def get(self, request):
        years = archive.years(at=timezone.now())
        plot = bars([(str(number), count) for number, count in archive.without_gaps(years)])
        context = {"years": years, "plot": plot, "texts": house_texts()}
        return render(request, "articles/archive.html", context)


class ArchiveYearView(View):
    """The months of a year."""

    def get(self, request, year):
        at, span = timezone.now(), archive.span(year)
        months = archive.months(year, at=at) if span else []
        if not months:
            raise Http404
        before, after = archive.neighbours(span, at=at)
        counted = {month.first: month.count for month in months}
        context = {
            "year": year,
            "months": months,
            "count": sum(month.count for month in months),
            "plot": bars(
                [(date_format(first, "M"), counted.get(first, 0)) for first in archive.firsts(year)]
            ),
            "before": before,
            "after": after,
            "texts": house_texts(),
        }
        return render(request, "articles/archive_year.html", context)


class ArchiveMonthView(View):
    """The articles of a month, newest first."""

    def get(self, request, year, month):
        at, span = timezone.now(), archive.span(year, month)
        if not span:
            raise Http404
        listing = listed(request, span.of(Article.objects.live(at)).for_cards())
        if not listing.articles:
            raise Http404
        before, after = archive.neighbours(span, at=at)
        context = {
            "month": span.begins,
            "listing": listing,
            "before": before,
            "after": after,
            "texts": house_texts(),
        }
        return render(request, "articles/archive_month.html", context)
