"""The doors to citing an article: the page with references and quotations, and the files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from articles import citations, quotations, syndication
from articles.citing.formats import FORMATS, STYLES
from articles.pages import article_page
from articles.views.editions import ArticleView
from articles.views.files import A_SHORT_WHILE
from cms.text import legible


class ArticleCiteView(ArticleView):
    """How to cite the article, and a tool that quotes a passage with its address."""

    edition = "articles:article_cite"

    def answer(self, request, article):
        page = article_page(article)
        url = self.absolute(article.get_absolute_url())
        rights = syndication.rights_on(page, absolute=self.absolute)
        most = quotations.MOST_WORDS if rights.excerpt_words is None else rights.excerpt_words
        citation = citations.citation(page, url=url)
        context = {
            "page": page,
            "article": article,
            "texts": page.texts,
            "references": [(style, style.written(citation)) for style in STYLES],
            "formats": FORMATS.values(),
            "choices": quotations.choices(page, most=most),
            "most": most,
            "typed": legible(request.GET.get("quote", "")),
            "picked": request.GET.get("paragraph", ""),
            "rights": rights,
            **self._quotation(request, page, url, most),
        }
        response = render(request, "articles/article_cite.html", context)
        self.announce(response, page, has_markup=True)
        return response

    def _quotation(self, request, page, url: str, most: int) -> dict:
        try:
            quotation = quotations.quoted(
                page,
                typed=request.GET.get("quote", ""),
                paragraph=request.GET.get("paragraph", ""),
                url=url,
                most=most,
            )
        except quotations.NotQuotable as refusal:
            return {"refusal": str(refusal)}
        return {"quotation": quotation}


class ArticleCitationView(ArticleView):
    """The reference as a file."""

    edition = "articles:article_citation"
    format = None

    def get(self, request, slug, format):
        self.format = FORMATS.get(format)
        if self.format is None:
            raise Http404
        return super().get(request, slug)

    def address_of(self, article) -> str:
        return reverse(self.edition, args=[article.slug, self.format.name])

    def answer(self, request, article):
        page = article_page(article)
        url = self.absolute(article.get_absolute_url())
        text = self.format.written(citations.citation(page, url=url))
        response = HttpResponse(text, content_type=f"{self.format.media_type}; charset=utf-8")
        # Plain text is read where it is, the rest is taken home.
        response["Content-Disposition"] = content_disposition_header(
            self.format.name != "txt", f"{article.slug}.{self.format.ending}"
        )
        response["Cache-Control"] = A_SHORT_WHILE
        self.announce(response, page, has_markup=False)
        return response
