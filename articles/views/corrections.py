"""The doors to what readers were told: the page of all corrections, and its feed."""

from datetime import datetime

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from articles import pages, paging
from articles.feeds import channels, composition
from articles.feeds.channels import Channel
from articles.models import Article, Correction
from articles.views.feeds import FeedView
from cms.sitepolicy.texts import house_texts

PAGE = 20


def _told(*, before: str, at: datetime, size: int, kind: str = "") -> paging.Page:
    """Notices of live articles, newest first. Raises AddressIsWrong."""
    notices = Correction.objects.of_live_articles(at)
    if kind:
        notices = notices.filter(kind=kind)
    return paging.page(notices, before=before, size=size, dated_by="dated")


class CorrectionListView(View):
    """``/corrections/``: what was put right, newest first."""

    def get(self, request):
        kind = request.GET.get("kind", "")
        if kind and kind not in Correction.Kind.values:
            raise Http404
        try:
            before = request.GET.get("before", "")
            listing = _told(before=before, at=timezone.now(), size=PAGE, kind=kind)
        except paging.AddressIsWrong:
            raise Http404 from None
        context = {
            "listing": listing,
            "notices": _with_articles(listing.articles, Article.objects.all()),
            "kinds": Correction.Kind.choices,
            "kind": kind,
            "texts": house_texts(),
        }
        return render(request, "articles/correction_list.html", context)


class CorrectionListFeedView(FeedView):
    """The same as a feed, an entry for each notice."""

    def channel(self, *, at, format):
        return Channel(
            "correction_list",
            _("Corrections"),
            _("What was wrong in our articles, and what is right."),
            reverse("site:correction_list"),
            Article.objects.none(),
        )

    def page(self, channel, *, before, at):
        return _told(before=before, at=at, size=channels.ENTRIES)

    def entries(self, page, *, at):
        whole = pages.loaded(Article.objects.all()).prefetch_related("regions", "themes", "tags")
        notices = _with_articles(page.articles, whole)
        return composition.told(notices, at=at, absolute=self.absolute)


def _with_articles(notices: list[Correction], articles) -> list[Correction]:
    found = articles.in_bulk({notice.article_id for notice in notices})
    for notice in notices:
        notice.article = found[notice.article_id]
    return notices
