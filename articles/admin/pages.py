"""What every page of the newsroom around one article stands on: who may see it, its answer."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from articles.models import Article, Revision


@dataclass(frozen=True)
class Card:
    """A piece of the panel beside an article's form: a template, and what it shows as ``card``."""

    template: str
    shown: dict = field(default_factory=dict)


class ArticlePagesMixin(admin.ModelAdmin):
    """Pages below ``…/article/<key>/``, each of which asks who may see the article."""

    def page_of_an_article(self, pattern: str, view, name: str):
        """An address below an article's own, known as ``admin:articles_article_<name>``."""
        return path(
            f"<path:object_id>/{pattern}",
            never_cache(self.admin_site.admin_view(view)),
            name=f"articles_article_{name}",
        )

    def article_shown(self, request, object_id) -> Article:
        """The article, or 404; 403 for whoever may not see it."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def article_edited(self, request, object_id) -> Article:
        """The article, or 404; 403 for whoever may not edit it as it stands."""
        article = self.article_shown(request, object_id)
        if not article.may_be_edited_by(request.user):
            raise PermissionDenied
        return article

    def revision_of(self, article: Article, number: int) -> Revision:
        """One of its revisions, or 404."""
        return get_object_or_404(article.revisions.select_related("created_by"), number=number)

    def answer(self, request, template: str, article: Article | None, **context):
        """A page of the admin around ``article``, or around none that was ever saved."""
        return TemplateResponse(
            request,
            f"admin/articles/article/{template}",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "article": article,
                "may_edit": article is not None and article.may_be_edited_by(request.user),
                **context,
            },
        )
