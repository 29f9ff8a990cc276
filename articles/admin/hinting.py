"""What an editor is told of the text itself: lengths, headings, link texts, dead links."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.forms import Script
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses, hints, links, looking
from articles.admin.pages import ArticlePagesMixin, Card
from articles.models import Article, LinkCheck
from cms.fetching import look
from cms.limits.limits import TooMany


class HintingMixin(ArticlePagesMixin):
    """Adds hints beside the form, and the page of an article's links."""

    class Media:
        css = {"all": ["newsroom/hints.css"]}
        js = [Script("newsroom/hints.js", type="module")]

    def get_urls(self):
        return [
            self.page_of_an_article("links/", self.links_view, "links"),
            self.page_of_an_article("links/look/", self.look_view, "look"),
            *super().get_urls(),
        ]

    def hint_cards(self, request, article: Article) -> list[Card]:
        """What the panel beside the form says of it."""
        shown = {
            "hints": hints.hints(words_of(article)),
            "article": article,
            "links": len(links_of(article)),
        }
        return [Card("admin/articles/article/_hints.html", shown)]

    def links_view(self, request, object_id):
        """Where its links lead, and what was found there; POST looks again, at all of them."""
        article = self.article_shown(request, object_id)
        if request.method == "POST":
            return self._look_at_all(request, self.article_edited(request, object_id))
        found, home = links_of(article), addresses.site()
        checks = {
            check.address: check for check in LinkCheck.objects.of({link.address for link in found})
        }
        rows = [
            {
                "link": link,
                "check": checks.get(link.address),
                "is_inside": link.is_inside(home),
            }
            for link in found[: links.MOST]
        ]
        return self.answer(
            request,
            "links.html",
            article,
            rows=rows,
            left_out=len(found) - len(rows),
            title=_("Links of “%s”") % article,
        )

    def look_view(self, request, object_id):
        """Looks at one link of the article, for the script; answers with what is found there."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = self.article_edited(request, object_id)
        address = request.POST.get("address", "")
        # The article's own links and no others: nobody has us knock at any door they like.
        if address not in {link.address for link in links_of(article)[: links.MOST] if link.is_web}:
            raise Http404
        try:
            check = looking.look_at(address, by=request.user, seek=look)
        except TooMany:
            return HttpResponse(too_many(), status=429, content_type="text/plain; charset=utf-8")
        return render(request, "admin/articles/article/_link_found.html", {"check": check})

    def _look_at_all(self, request, article: Article):
        found = links_of(article)[: links.MOST]
        try:
            left = looking.look_at_all(found, by=request.user, seek=look)
        except TooMany:
            messages.error(request, too_many())
        else:
            if left:
                sentence = ngettext(
                    "There was no time for %(count)d more link. Check again to go on.",
                    "There was no time for %(count)d more links. Check again to go on.",
                    left,
                )
                messages.warning(request, sentence % {"count": left})
            else:
                messages.success(request, _("The links were checked."))
        return HttpResponseRedirect(reverse("admin:articles_article_links", args=[article.pk]))


def too_many() -> str:
    return _("You have checked very many links lately. Try again in an hour.")


def links_of(article: Article) -> list[links.Link]:
    """Every link that its readers are given, and the address of the original."""
    original = article.original_url
    return [
        *links.links_in(article.body),
        *links.links_in(article.reader_note),
        *([links.Link(_("Original address"), original)] if original else []),
    ]


def words_of(article: Article) -> hints.Words:
    """The article as ``hints`` reads it."""
    prefetch_related_objects([article], "gallery__image")
    return hints.Words(
        headline=article.headline,
        standfirst=article.standfirst,
        language=article.language,
        body=article.body,
        pictures=[
            hints.Picture(picture.alt_text, picture.caption, picture.pk)
            for picture in article.pictures()
        ],
    )
