"""An article's past and its look before it is public: revisions, comparison, preview, history."""

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles import actions, languages
from articles.admin.pages import ArticlePagesMixin
from articles.comparison import LABELS, PRIVATE, compare, readable
from articles.models import Article
from articles.pages import article_page, loaded
from articles.side_by_side import stretches
from articles.workflow import EDITORIAL
from cms.choosers import is_key
from cms.workflows.actions import MoveNotAllowed

NEWEST = 200
LOOK = Media(css={"all": ["newsroom/review.css"]})


def events_in_words(article: Article) -> list[dict]:
    """The moves of ``article`` as people read them, newest first."""
    return [
        {
            "at": event.at,
            "by": event.by,
            "label": EDITORIAL[event.move].label,
            "from_label": EDITORIAL.labels[event.from_status],
            "to_label": EDITORIAL.labels[event.to_status],
            "to_status": event.to_status,
            "reason": event.reason,
        }
        for event in article.events.select_related("by")
    ]


class ArticleHistoryMixin(ArticlePagesMixin):
    """Adds the read-only pages around an article; each asks who may see the article."""

    def get_urls(self):
        return [
            self.page_of_an_article("preview/", self.preview_view, "preview"),
            self.page_of_an_article("preview/print/", self.preview_print_view, "preview_print"),
            self.page_of_an_article("revisions/", self.revisions_view, "revisions"),
            self.page_of_an_article("revisions/compare/", self.compare_view, "compare"),
            self.page_of_an_article("revisions/<int:number>/", self.revision_view, "revision"),
            self.page_of_an_article(
                "revisions/<int:number>/restore/", self.restore_view, "restore"
            ),
            self.page_of_an_article(
                "revisions/<int:older>/<int:newer>/", self.comparison_view, "comparison"
            ),
            *super().get_urls(),
        ]

    # --- before it is public ---

    def preview_view(self, request, object_id):
        """The public page as it would look now."""
        return self._preview(request, object_id, "articles/article_detail.html")

    def preview_print_view(self, request, object_id):
        """The print edition as it would look now."""
        return self._preview(request, object_id, "articles/article_print.html")

    def _preview(self, request, object_id, template: str):
        article = self.article_shown(request, object_id)
        with translation.override(languages.spoken(article.language)):
            page = article_page(loaded(Article.objects.filter(pk=article.pk)).get())
            context = {"page": page, "texts": page.texts, "is_preview": True}
            response = render(request, template, context)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    # --- what it said ---

    def revisions_view(self, request, object_id):
        """Every revision with what changed in it."""
        article = self.article_shown(request, object_id)
        revisions = list(article.revisions.select_related("created_by")[:NEWEST])
        with_private = article.may_be_edited_by(request.user)
        rows = []
        for place, revision in enumerate(revisions):
            older = revisions[place + 1] if place + 1 < len(revisions) else None
            changes = (
                compare(older.content, revision.content, with_private=with_private) if older else []
            )
            rows.append({"revision": revision, "older": older, "changes": changes})
        return self.answer(
            request, "revisions.html", article, rows=rows, title=_("Revisions of “%s”") % article
        )

    def revision_view(self, request, object_id, number):
        """One revision in full."""
        article = self.article_shown(request, object_id)
        revision = self.revision_of(article, number)
        hidden = set() if article.may_be_edited_by(request.user) else PRIVATE
        fields = [
            (label, readable(name, revision.content.get(name)))
            for name, label in LABELS.items()
            if name not in hidden
        ]
        title = _("Revision %(number)d of “%(article)s”") % {"number": number, "article": article}
        return self.answer(
            request, "revision.html", article, revision=revision, fields=fields, title=title
        )

    def compare_view(self, request, object_id):
        """Leads to the comparison of the two revisions that were chosen, the older one first."""
        article = self.article_shown(request, object_id)
        asked = [request.GET.get(name, "") for name in ("older", "newer")]
        if not all(is_key(number) for number in asked):
            raise Http404
        older, newer = sorted(self.revision_of(article, int(one)).number for one in asked)
        address = reverse("admin:articles_article_comparison", args=[article.pk, older, newer])
        is_inline = request.GET.get("view") == "inline"
        return HttpResponseRedirect(address + ("?view=inline" if is_inline else ""))

    def comparison_view(self, request, object_id, older, newer):
        """Two revisions side by side, or in one column."""
        article = self.article_shown(request, object_id)
        old, new = self.revision_of(article, older), self.revision_of(article, newer)
        changes = compare(
            old.content, new.content, with_private=article.may_be_edited_by(request.user)
        )
        choices = article.revisions.select_related("created_by").defer("content")[:NEWEST]
        title = _("Revisions %(old)d and %(new)d of “%(article)s”") % {
            "old": older,
            "new": newer,
            "article": article,
        }
        return self.answer(
            request,
            "comparison.html",
            article,
            older=old,
            newer=new,
            changes=[(change, stretches(change)) for change in changes],
            choices=choices,
            is_inline=request.GET.get("view") == "inline",
            media=LOOK,
            title=title,
        )

    def restore_view(self, request, object_id, number):
        """Lets a revision stand again, as a new one. POST only."""
        article = self.article_shown(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not article.may_be_edited_by(request.user):
            raise PermissionDenied
        try:
            restored = actions.restore(self.revision_of(article, number), by=request.user)
        except MoveNotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            self.log_change(request, article, restored.note)
            messages.success(
                request,
                _("Revision %(old)d stands again, as revision %(new)d.")
                % {"old": number, "new": restored.number},
            )
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    # --- who did what ---

    def history_view(self, request, object_id, extra_context=None):
        """Moves, revisions and everything the admin logged, newest first."""
        article = self.article_shown(request, object_id)
        logged = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Article), object_id=str(article.pk)
        ).select_related("user")
        timeline = [
            *((event["at"], event["by"], event, None) for event in events_in_words(article)),
            *(
                (row.dated, row.created_by, {"correction": row}, None)
                for row in article.corrections.select_related("created_by")
            ),
            *(
                (revision.created_at, revision.created_by, None, revision)
                for revision in article.revisions.select_related("created_by").defer("content")
            ),
        ]
        timeline.sort(key=lambda row: row[0], reverse=True)
        return self.answer(
            request,
            "history.html",
            article,
            timeline=timeline[:NEWEST],
            logged=logged[:NEWEST],
            title=_("History of “%s”") % article,
        )
