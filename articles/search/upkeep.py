"""What has to be found anew although nobody touched the article: a name it stands under changed.

A few articles are seen to at once, in the transaction of the change; many are noted, and the
clock makes their entries again.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from taggit.models import Tag

from articles.models import (
    Article,
    Author,
    InDepthReport,
    Publication,
    Region,
    SearchEntry,
    StaleSearchEntry,
    Theme,
)
from articles.search import index

AT_ONCE = 50
# What one stroke of the clock makes: a second or two, for which others wait on SQLite.
A_STROKE = 400

_UNDER = {
    Author: lambda row: Q(bylines__author=row),
    Publication: lambda row: Q(publication=row) | Q(originating_publication=row),
    Region: lambda row: Q(regions=row),
    Theme: lambda row: Q(themes=row),
    InDepthReport: lambda row: Q(reports=row),
    Tag: lambda row: Q(tags=row),
}


def renamed(row) -> None:
    """``row``, a heading of any kind, has another name: its articles are found by that."""
    articles = Article.objects.filter(_UNDER[type(row)](row))
    _find_anew(SearchEntry.objects.filter(article__in=articles))


def regrouped(keys: Iterable[int]) -> None:
    """These articles (by key) stand under a heading they did not stand under, or no longer do."""
    _find_anew(SearchEntry.objects.filter(article__in=keys))


@transaction.atomic
def _find_anew(entries) -> None:
    keys = list(entries.values_list("article", flat=True)[: AT_ONCE + 1])
    if len(keys) <= AT_ONCE:
        index.keep(keys)
    else:
        # Who is just making one of these has read the old name: this waits for them.
        articles = Article.objects.select_for_update().order_by("pk")
        held = articles.filter(pk__in=entries.values("article")).values_list("pk", flat=True)
        StaleSearchEntry.objects.bulk_create(
            (StaleSearchEntry(article_id=pk) for pk in held.iterator()),
            batch_size=index.BATCH * 5,
            ignore_conflicts=True,
        )


def catch_up(limit: int = A_STROKE) -> int:
    """Makes entries that wait, at most ``limit``; returns how many."""
    made = 0
    for batch in index.make_anew():
        made += batch
        if made >= limit:
            break
    return made
