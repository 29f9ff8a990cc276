"""The doors for those who show an article elsewhere: its card, the card of the site, oEmbed."""

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic import View

from articles import cards, editions, languages, oembed
from articles.addresses import AbsoluteMixin
from articles.models import Article
from articles.pages import article_page, load
from articles.views.editions import ArticleView
from articles.views.files import A_SHORT_WHILE, not_yet
from articles.views.moves import moved
from cms.sitepolicy.texts import house_texts

_WIDEST = 10_000


class ArticleCardView(ArticleView):
    """The picture that stands for the article where its address is shared."""

    edition = "articles:article_card"

    def answer(self, request, article):
        page = article_page(article)
        response = png(lambda: cards.article_png(page, absolute=self.absolute))
        self.announce(response, page, has_markup=False)
        return response


class SiteCardView(View):
    """The picture that stands for every other page, in the language of the address."""

    def get(self, request):
        return png(lambda: cards.site_png(house_texts()))


def png(made) -> HttpResponse:
    """The card that ``made`` opens; where another process has not finished it yet, 503."""
    try:
        card = made()
    except editions.NobodyFinishesIt:
        return not_yet()
    response = FileResponse(card, content_type="image/png")
    response["Cache-Control"] = A_SHORT_WHILE
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class OembedView(AbsoluteMixin, View):
    """What another site shows of an article of ours. Anything that is not public is not there."""

    def get(self, request):
        kind = request.GET.get("format", "json").lower()
        if kind not in ("json", "xml"):
            return self.refused(_("The formats are json and xml."), status=501)
        url = request.GET.get("url", "")
        if not url:
            return self.refused(_("Say in “url” which article you mean."), status=400)
        article = self.article(oembed.slug_in(url, hosts=oembed.hosts(request)))
        if article is None:
            raise Http404
        with translation.override(languages.spoken(article.language)):
            told = oembed.response(article_page(article), absolute=self.absolute, most=self.most())
        response = (
            JsonResponse(told, json_dumps_params={"ensure_ascii": False})
            if kind == "json"
            else HttpResponse(oembed.xml(told), content_type="text/xml; charset=utf-8")
        )
        response["Cache-Control"] = A_SHORT_WHILE
        # Public, the same for everybody, and without a cookie: any page may read it.
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Robots-Tag"] = "noindex"
        return response

    def article(self, slug: str) -> Article | None:
        """The live article with this slug, or which once had it."""
        if not slug:
            return None
        live = Article.objects.live()
        if article := load(live.filter(slug=slug)):
            return article
        former = moved(Article, slug, live)
        return load(live.filter(pk=former.pk)) if former else None

    def most(self) -> tuple[int, int]:
        """The width and height that are asked for; what is no number is not asked for."""
        asked = (self.request.GET.get(name, "") for name in ("maxwidth", "maxheight"))
        width, height = (
            int(value) if value.isdecimal() and value.isascii() and len(value) < 6 else _WIDEST
            for value in asked
        )
        return width, height

    def refused(self, sentence: str, *, status: int) -> HttpResponse:
        """A sentence for whoever writes the program that asks."""
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
