"""The doors to headings: an author, a publication, a region, a theme, a report, a tag."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View
from taggit.models import Tag

from articles.models import Article, Author, Byline, InDepthReport, Publication, Region, Theme
from articles.views.listing import listed
from articles.views.moves import moved
from cms.sitepolicy.texts import house_texts


class HeadingView(View):
    """Articles under one heading. A heading with nothing live under it is as good as unknown."""

    model = None
    template_name = ""

    def articles(self, heading):
        """The articles under ``heading``, whatever their state."""
        return heading.articles.all()

    def get(self, request, slug):
        heading = self.model.objects.filter(slug=slug).first()
        if heading is None:
            return self.elsewhere(slug)
        return self.answer(request, heading)

    def elsewhere(self, slug):
        heading = moved(self.model, slug, self.model.objects.all())
        if heading and self.articles(heading).live().exists():
            name = self.request.resolver_match.view_name
            return HttpResponsePermanentRedirect(reverse(name, args=[heading.slug]))
        raise Http404

    def answer(self, request, heading):
        listing = listed(request, self.articles(heading).live().for_cards())
        if not listing.articles:
            raise Http404
        context = {
            "heading": heading,
            "listing": listing,
            "texts": house_texts(),
            **self.extras(heading),
        }
        return render(request, self.template_name, context)

    def extras(self, heading) -> dict:
        """What else the page shows."""
        return {}


class AuthorView(HeadingView):
    """Who an author is and what they wrote."""

    model = Author
    role = ""
    template_name = "articles/author_detail.html"

    def articles(self, heading):
        return Article.objects.by(heading, role=self.role)

    def answer(self, request, heading):
        self.role = request.GET.get("role", "")
        if self.role and self.role not in Byline.Role.values:
            raise Http404
        return super().answer(request, heading)

    def extras(self, heading):
        return {"roles": heading.roles_played(), "role": self.role}


class PublicationView(HeadingView):
    """What we carry from a publication, or publish as the house."""

    model = Publication
    template_name = "articles/publication_detail.html"

    def articles(self, heading):
        return Article.objects.of(heading)


class SubjectView(HeadingView):
    """A heading in a tree, with those above and below it."""

    template_name = "articles/subject_detail.html"

    def extras(self, heading):
        children = self.model.objects.filter(parent=heading).with_live_articles()
        return {"ancestors": heading.ancestors(), "children": children.order_by("name")}


class RegionView(SubjectView):
    """A part of the world."""

    model = Region

    def articles(self, heading):
        return Article.objects.in_region(heading)


class ThemeView(SubjectView):
    """A matter."""

    model = Theme

    def articles(self, heading):
        return Article.objects.on_theme(heading)


class ReportView(HeadingView):
    """An in-depth report in the editors' order."""

    model = InDepthReport
    template_name = "articles/report_detail.html"

    def answer(self, request, heading):
        articles = heading.live_articles()
        if not articles:
            raise Http404
        context = {
            "heading": heading,
            "articles": articles,
            "texts": house_texts(),
        }
        return render(request, self.template_name, context)


class TagView(HeadingView):
    """A free word."""

    model = Tag
    template_name = "articles/tag_detail.html"

    def articles(self, heading):
        return Article.objects.tagged(heading)
