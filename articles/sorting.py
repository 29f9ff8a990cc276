"""Putting an article under further headings: tags, a region, a theme, a report; nothing leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.actions import revise
from articles.models import Article, InDepthReport, Region, ReportEntry, Revision, Theme
from cms.workflows.actions import MoveNotAllowed, NotYours

JOINS_REPORTS = "articles.add_reportentry"


def what_hinders_sorting(article: Article, *, by) -> list[str]:
    """Why ``by`` may not put the article anywhere."""
    return [] if article.may_be_edited_by(by) else [_("You may not edit this article.")]


@transaction.atomic
def sort(
    article: Article,
    *,
    by,
    at: datetime | None = None,
    tags: Iterable[str] = (),
    region: Region | None = None,
    theme: Theme | None = None,
    report: InDepthReport | None = None,
) -> Revision:
    """Adds what the article lacks of these, as one revision. Raises NotYours or MoveNotAllowed."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    if reasons := what_hinders_sorting(article, by=by):
        raise NotYours(reasons)
    last = article.revisions.first()
    article.tags.add(*tags)
    if region:
        article.regions.add(region)
    if theme:
        article.themes.add(theme)
    if report:
        _join(report, article, by=by)
    revision = revise(article, by=by, at=at)
    if revision == last:
        raise MoveNotAllowed([_("It has all of that already.")])
    return revision


def _join(report: InDepthReport, article: Article, *, by) -> None:
    """Behind those that stand there."""
    if not by.has_perm(JOINS_REPORTS):
        raise NotYours([_("You may not put articles into reports.")])
    # Of two who add at once the second comes behind the first.
    InDepthReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    last = report.entries.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    ReportEntry.objects.get_or_create(
        report=report, article=article, defaults={"position": position}
    )
