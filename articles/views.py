"""The readers' doors: parse, one call, render. What they may see, ``live()`` says."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from taggit.models import Tag

from articles import addresses, announcements, editions, paging
from articles.darkroom import MEDIA_TYPES, rendition_path
from articles.filters import ArticleFilter
from articles.models import (
    Article,
    Author,
    FormerSlug,
    Image,
    InDepthReport,
    Publication,
    Region,
    Theme,
)
from articles.pages import article_page, load
from cms.sitepolicy.texts import house_texts

A_SHORT_WHILE = "public, max-age=300"
NEWEST_ON_THE_FRONT = 16


def moved(model, slug: str, visible):
    """The row of ``visible`` that once had this address, or ``None``."""
    former = FormerSlug.objects.filter(model=model._meta.model_name, slug=slug).first()
    return visible.filter(pk=former.row_id).first() if former else None


class ArticleView(View):
    """What the editions of an article share: live, else withdrawn, else moved, else unknown."""

    edition = "articles:article_detail"

    def get(self, request, slug):
        if article := load(Article.objects.live().filter(slug=slug)):
            return self.answer(request, article)
        if article := Article.objects.withdrawn().filter(slug=slug).first():
            return self.gone(request, article)
        visible = Article.objects.live() | Article.objects.withdrawn()
        if article := moved(Article, slug, visible):
            return HttpResponsePermanentRedirect(reverse(self.edition, args=[article.slug]))
        raise Http404

    def answer(self, request, article):
        """The edition itself."""
        raise NotImplementedError

    def absolute(self, path: str) -> str:
        """``path`` with scheme and host."""
        return addresses.absolute(self.request, path)

    def announce(self, response, page, *, has_markup: bool) -> None:
        """Adds the headers that the desks have registered."""
        announcements.announce(response, page, absolute=self.absolute, has_markup=has_markup)

    def gone(self, request, article):
        """410: it was here, it was taken back on a day, and this much may be said."""
        context = {"article": article, "texts": house_texts(language=article.language)}
        response = render(request, "articles/article_withdrawn.html", context, status=410)
        response["Cache-Control"] = "no-cache"
        response["X-Robots-Tag"] = "noindex"
        return response


class ArticleDetailView(ArticleView):
    """The article as it is read on a screen."""

    template_name = "articles/article_detail.html"

    def answer(self, request, article):
        page = article_page(article)
        response = render(request, self.template_name, {"page": page, "texts": page.texts})
        self.announce(response, page, has_markup=True)
        return response


class ArticlePrintView(ArticleDetailView):
    """The print edition: everything on paper, addresses written out."""

    edition = "articles:article_print"
    template_name = "articles/article_print.html"


class ArticlePdfView(ArticleView):
    """The PDF edition, typeset once for each thing it says."""

    edition = "articles:article_pdf"

    def answer(self, request, article):
        page = article_page(article)
        try:
            edition = editions.pdf(page, url=self.absolute(article.get_absolute_url()))
        except editions.NobodyFinishesIt:
            return HttpResponse(
                _("This edition is still being typeset. Please try again in a moment."),
                content_type="text/plain; charset=utf-8",
                status=503,
                headers={"Retry-After": "10", "Cache-Control": "no-store"},
            )
        response = FileResponse(
            edition, content_type="application/pdf", filename=f"{article.slug}.pdf"
        )
        response["Cache-Control"] = A_SHORT_WHILE
        self.announce(response, page, has_markup=False)
        return response


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
            "texts": house_texts(language=settings.LANGUAGE_CODE),
            **self.extras(heading),
        }
        return render(request, self.template_name, context)

    def extras(self, heading) -> dict:
        """What else the page shows."""
        return {}


def listed(request, articles) -> paging.Page:
    """The page of ``articles`` that the address asks for. Raises Http404 for a made-up key."""
    try:
        return paging.page(articles, before=request.GET.get("before", ""))
    except paging.AddressIsWrong:
        raise Http404 from None


class AuthorView(HeadingView):
    """Who an author is and what they wrote."""

    model = Author
    template_name = "articles/author_detail.html"

    def articles(self, heading):
        return Article.objects.by(heading)


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
            "texts": house_texts(language=settings.LANGUAGE_CODE),
        }
        return render(request, self.template_name, context)


class TagView(HeadingView):
    """A free word."""

    model = Tag
    template_name = "articles/tag_detail.html"

    def articles(self, heading):
        return Article.objects.filter(tags=heading)


class ArticleListView(View):
    """All articles, narrowed by the address."""

    def get(self, request):
        facets = ArticleFilter(request.GET, queryset=Article.objects.live())
        articles = facets.qs if facets.is_valid() else Article.objects.none()
        context = {
            "facets": facets,
            "listing": listed(request, articles.for_cards()),
            "texts": house_texts(language=settings.LANGUAGE_CODE),
        }
        return render(request, "articles/article_list.html", context)


class HomeView(View):
    """The front page: the newest first, the dossiers beside them."""

    def get(self, request):
        newest = list(Article.objects.live().for_cards().newest_first()[:NEWEST_ON_THE_FRONT])
        context = {
            "lead": newest[:1],
            "second": newest[1:4],
            "further": newest[4:],
            "reports": InDepthReport.objects.with_live_articles(),
            "regions": Region.objects.filter(parent=None).with_live_articles(),
            "themes": Theme.objects.filter(parent=None).with_live_articles(),
            "texts": house_texts(language=settings.LANGUAGE_CODE),
        }
        return render(request, "articles/home.html", context)


class PictureView(View):
    """A copy of a picture, for whoever may see the picture: the public, or the newsroom."""

    def get(self, request, key, version, width, extension):
        image = Image.objects.filter(key=key).first()
        known = image is not None and image.renditions.get("version") == version
        if not known or width not in image.renditions["widths"]:
            raise Http404
        if Image.objects.public().filter(pk=image.pk).exists():
            cache_control = A_SHORT_WHILE
        elif request.user.has_perm("articles.view_image"):
            cache_control = "private, no-store"
        else:
            raise Http404
        try:
            copy = default_storage.open(rendition_path(image, version, width, extension))
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(copy, content_type=MEDIA_TYPES[extension])
        response["Cache-Control"] = cache_control
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
