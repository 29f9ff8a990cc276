"""The doors to the headings themselves: trees of regions and themes, and lists by name."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.generic import View

from articles import directory
from articles.models import Article, Author, InDepthReport, Publication, Region, Theme
from articles.offers import TreeOffer, with_live_articles
from articles.tallies import tallies
from cms.sitepolicy.texts import house_texts


class TreeView(View):
    """All headings of a tree with something to read, each within the wider one."""

    model = None
    facet = ""

    def get(self, request):
        at = timezone.now()
        options = TreeOffer(self.model, at=at).options
        counts = tallies(Article.objects.live(at), {self.facet: options}).get(self.facet, {})
        context = {
            "facet": self.facet,
            "branches": _branches(options, counts),
            "texts": house_texts(),
        }
        return render(request, "articles/subject_list.html", context)


def _branches(options, counts) -> list[dict]:
    """The tree as nested rows: {"option", "count", "below"}."""
    roots, trail = [], []
    for option in options:
        row = {"option": option, "count": counts.get(option.slug), "below": []}
        del trail[option.depth :]
        (trail[-1]["below"] if trail else roots).append(row)
        trail.append(row)
    return roots


class RegionListView(TreeView):
    """The parts of the world."""

    model = Region
    facet = "region"


class ThemeListView(TreeView):
    """The matters."""

    model = Theme
    facet = "theme"


class NamesView(View):
    """Headings by name, page by page."""

    model = None
    label = "name"
    template_name = ""

    def headings(self, at):
        """Those that may be shown, as the page shows them."""
        return with_live_articles(self.model, at)

    def get(self, request):
        after = request.GET.get("after", "")
        try:
            names = directory.page(self.headings(timezone.now()), label=self.label, after=after)
        except directory.NoPlace:
            raise Http404 from None
        context = {
            "names": names,
            "listing": names,
            "beginnings": directory.beginnings(translation.get_language()),
            "texts": house_texts(),
        }
        return render(request, self.template_name, context)


class AuthorListView(NamesView):
    """Who writes here."""

    model = Author
    template_name = "articles/author_list.html"


class PublicationListView(NamesView):
    """Whose texts stand here."""

    model = Publication
    template_name = "articles/publication_list.html"


class ReportListView(NamesView):
    """The dossiers."""

    model = InDepthReport
    label = "title"
    template_name = "articles/report_list.html"

    def headings(self, at):
        return InDepthReport.objects.with_live_articles(at)
