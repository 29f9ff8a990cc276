"""Reading a colleague's text: comments on passages, and what is checked before it goes out."""

from django.core.exceptions import PermissionDenied
from django.forms import Media, Script
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import body as bodies
from articles import checking, checklist, languages, reviewing
from articles.admin.pages import ArticlePagesMixin, Card
from articles.models import Article, ChecklistPoint, WithoutLetters
from articles.threads import threads
from cms.choosers import is_key
from cms.text import legible
from cms.workflows.actions import MoveNotAllowed, NotYours

CARD = "admin/articles/article/_review_card.html"
MEDIA = Media(
    css={"all": ["newsroom/review.css"]},
    js=[Script("newsroom/review.js", type="module")],
)
# What is said about a comment that stands, by the last word of its address.
VERBS = {
    "answer": reviewing.answer,
    "resolve": reviewing.resolve,
    "reopen": reviewing.reopen,
    "withdraw": reviewing.withdraw,
}
TICKS = {"tick": checking.tick, "take-back": checking.take_back}


class ReviewingMixin(ArticlePagesMixin):
    """Adds comments and the checklist to an article: a page of their own, and a card."""

    class Media:
        css = {"all": ["newsroom/review.css"]}
        js = [Script("newsroom/review.js", type="module")]

    def get_urls(self):
        return [
            path(
                "letters/",
                self.admin_site.admin_view(self.letters_view),
                name="articles_article_letters",
            ),
            self.page_of_an_article("review/", self.review_view, "review"),
            self.page_of_an_article("review/comment/", self.comment_view, "comment"),
            self.page_of_an_article("review/<int:key>/<slug:verb>/", self.talk_view, "talk"),
            self.page_of_an_article("review/points/<int:key>/<slug:verb>/", self.tick_view, "tick"),
            *super().get_urls(),
        ]

    def review_cards(self, request, article: Article) -> list[Card]:
        """What the panel beside the form says of it; nothing to those who only read."""
        if not reviewing.takes_part(request.user, article):
            return []
        return [Card(CARD, self._talk(request, article))]

    # --- pages ---

    def review_view(self, request, object_id):
        """The text as a reader reads it, with what colleagues say beside it."""
        return self._review(request, self._article_talked_about(request, object_id))

    def comment_view(self, request, object_id):
        """Says something about a passage, or about the whole. POST only."""
        article = self._article_talked_about(request, object_id)
        seen = request.POST.get("seen", "")
        told = {name: request.POST.get(name, "") for name in ("text", "field", "passage")}
        around = {name: request.POST.get(name, "") for name in ("prefix", "suffix")}
        return self._done(
            request,
            article,
            lambda: reviewing.comment(
                article, by=request.user, seen=int(seen) if is_key(seen) else None, **told, **around
            ),
            typed=told,
        )

    def talk_view(self, request, object_id, key, verb):
        """Answers, resolves, reopens or takes back a comment. POST only."""
        article = self._article_talked_about(request, object_id)
        remark = get_object_or_404(article.comments.select_related("article"), pk=key)
        if verb not in VERBS:
            raise Http404
        told = {"text": request.POST.get("text", "")} if verb == "answer" else {}
        return self._done(
            request,
            article,
            lambda: VERBS[verb](remark, by=request.user, **told),
            typed={"answer_to": remark.pk, "answer": told.get("text", "")},
            back=f"#comment-{remark.in_answer_to_id or remark.pk}",
        )

    def tick_view(self, request, object_id, key, verb):
        """Ticks a point of the checklist, or takes the tick back. POST only."""
        article = self.article_shown(request, object_id)
        point = get_object_or_404(ChecklistPoint, pk=key)
        if verb not in TICKS:
            raise Http404
        seen = request.POST.get("seen", "")
        told = {"seen": int(seen)} if verb == "tick" and is_key(seen) else {}
        return self._done(
            request,
            article,
            lambda: TICKS[verb](article, point, by=request.user, **told),
            back="#checklist",
        )

    def letters_view(self, request):
        """Whether one wants letters about one's own articles."""
        mine = WithoutLetters.objects.filter(user=request.user)
        if request.method == "POST":
            if request.POST.get("wanted"):
                mine.delete()
            else:
                WithoutLetters.objects.get_or_create(user=request.user)
            self.message_user(request, _("Kept."))
            return HttpResponseRedirect(reverse("admin:articles_article_letters"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_wanted": not mine.exists(),
            "title": _("Letters to you"),
        }
        return TemplateResponse(request, "admin/articles/article/letters.html", context)

    # --- what they stand on ---

    def _article_talked_about(self, request, object_id) -> Article:
        article = self.article_shown(request, object_id)
        if not reviewing.takes_part(request.user, article):
            raise PermissionDenied
        return article

    def _done(self, request, article: Article, verb, *, typed: dict | None = None, back: str = ""):
        """Does it, and answers with the page it was done on: the whole, or the card alone."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        told: dict = {}
        try:
            made = verb()
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except MoveNotAllowed as refusal:
            kept = {
                name: legible(value) if isinstance(value, str) else value
                for name, value in (typed or {}).items()
            }
            told = {"reasons": refusal.reasons, "typed": kept}
        status = 409 if told else 200
        if request.headers.get("X-Card"):
            shown = {"card": self._talk(request, article) | told}
            return render(request, CARD, shown, status=status)
        if told:
            return self._review(request, article, status=status, **told)
        anchor = back or (f"#comment-{made.pk}" if made else "")
        address = reverse("admin:articles_article_review", args=[article.pk])
        return HttpResponseRedirect(address + anchor)

    def _review(self, request, article: Article, *, status: int = 200, **told):
        with translation.override(languages.spoken(article.language)):
            body = bodies.render(article.body)
        response = self.answer(
            request,
            "review.html",
            article,
            card=self._talk(request, article) | told,
            body=body,
            moves=self._moves(request, article),
            media=MEDIA,
            title=_("Review of “%s”") % article,
            show="resolved" if request.GET.get("show") == "resolved" else "open",
        )
        response.status_code = status
        return response

    def _talk(self, request, article: Article) -> dict:
        found = threads(article, by=request.user, at=timezone.now())
        return {
            "article": article,
            "newest": article.last_saved.number if article.last_saved else 0,
            "open": [thread for thread in found if thread.comment.is_open],
            "resolved": [thread for thread in found if not thread.comment.is_open],
            "lines": checklist.lines(article),
            "may_tick": checking.may_tick(request.user, article),
            "is_own": article.created_by_id == request.user.pk,
        }

    def _moves(self, request, article: Article) -> list[tuple]:
        """Each move that may be made from here, with the form that asks for what it needs."""
        found = []
        for button in self.buttons(request, article):
            name = button.move.name
            form = self.move_forms.get(name, self.move_form)
            asked = form(move=button.move, row=article, auto_id=f"id_{name}_%s")
            found.append((button, asked))
        return found
