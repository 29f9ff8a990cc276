"""The doors to one article: on the screen, for paper, as a PDF; or to what has become of it."""

from django.http import FileResponse, Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.generic import View

from articles import announcements, editions, languages, saving, withheld
from articles.addresses import AbsoluteMixin
from articles.models import Article
from articles.pages import article_page, load
from articles.views.files import A_SHORT_WHILE, not_yet
from articles.views.moves import moved
from cms.sitepolicy.texts import house_texts


class ArticleView(AbsoluteMixin, View):
    """What the editions of an article share: live, else withheld, else withdrawn, else moved, else
    unknown.
    """

    edition = "articles:article_detail"

    def get(self, request, slug):
        if article := load(Article.objects.live().filter(slug=slug)):
            return self.spoken(self.answer, article)
        if article := withheld.at_address(slug, at=timezone.now()):
            return self.spoken(self.withheld, article)
        if article := Article.objects.withdrawn().filter(slug=slug).first():
            return self.spoken(self.gone, article)
        visible = Article.objects.live() | Article.objects.withdrawn()
        if article := moved(Article, slug, visible):
            return HttpResponsePermanentRedirect(self.address_of(article))
        raise Http404

    def address_of(self, article) -> str:
        """Where this edition of ``article`` is."""
        return reverse(self.edition, args=[article.slug])

    def spoken(self, answer, article):
        """What ``answer`` says, in the article's language where the site knows it."""
        with translation.override(languages.spoken(article.language)):
            response = answer(self.request, article)
            response.headers.setdefault("Content-Language", article.language)
        return response

    def answer(self, request, article):
        """The edition itself."""
        raise NotImplementedError

    def announce(self, response, page, *, has_markup: bool) -> None:
        """Adds the headers that the desks have registered."""
        announcements.announce(response, page, absolute=self.absolute, has_markup=has_markup)

    def withheld(self, request, article):
        """451 (RFC 7725): somebody who holds rights asked for it. Nothing of it is told."""
        context = {"texts": house_texts(language=article.language)}
        response = render(request, "articles/article_withheld.html", context, status=451)
        return self.as_withheld(response)

    def as_withheld(self, response):
        """What every such answer says of itself, whatever its format."""
        response["Cache-Control"] = "no-cache"
        response["X-Robots-Tag"] = "noindex"
        # Who keeps it back: this site itself.
        response["Link"] = f'<{self.absolute("/")}>; rel="blocked-by"'
        return response

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
        response[saving.HEADER] = saving.copy_until(page).isoformat(timespec="seconds")
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
            return not_yet()
        response = FileResponse(
            edition, content_type="application/pdf", filename=f"{article.slug}.pdf"
        )
        response["Cache-Control"] = A_SHORT_WHILE
        self.announce(response, page, has_markup=False)
        return response
