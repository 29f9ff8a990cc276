"""Which feeds have changed since the hub was last told: a comparison of rows with rows.

Nothing has to report a change, so none is missed: not that an hour has struck, a right has ended,
nor what happened while the clock stood still. Changes and promises are written in one transaction.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from articles.feeds.channels import KEPT_SECONDS
from articles.models import AnnouncedArticle, Article, Correction, HubPing, ReportEntry
from articles.websub.topics import OF_THE_SITE, addresses, topics_of

# So many articles are compared at a stroke; the rest comes with the next.
AT_A_STROKE = 500
# A shared cache may show the former feed for so long; a hub that reads it then would pass it on.
UNTIL_CACHES_FORGET = timedelta(seconds=KEPT_SECONDS)


def promise(*, at: datetime) -> int:
    """Promises a ping for every feed that has changed, and returns how many. In a transaction."""
    if not HubPing.objects.exists():
        # The hub is new here: what stands now is no news, but that we are here is.
        _take_stock(at)
        return _write(addresses(OF_THE_SITE), at=at)
    changed = list(_changed(at)[:AT_A_STROKE])
    vanished = list(_vanished(at)[:AT_A_STROKE])
    if not (changed or vanished):
        return 0
    keys = [article.pk for article in changed] + [row.pk for row in vanished]
    current = topics_of(keys)
    former = AnnouncedArticle.objects.filter(pk__in=keys).values_list("topics", flat=True)
    touched = set().union(*current.values(), *former)
    AnnouncedArticle.objects.filter(pk__in=keys).delete()
    AnnouncedArticle.objects.bulk_create(
        _announced(article, current[article.pk]) for article in changed
    )
    return _write(addresses(touched), at=at)


def _signed(articles: QuerySet) -> QuerySet:
    """``articles``, each with a number that changes with its corrections and places in reports."""
    corrections = _sum_of(Correction, Length("text") + 1)
    places = _sum_of(ReportEntry, F("report_id") * 101 + F("position"))
    return articles.annotate(sign=corrections + places).only("pk", "updated_at")


def _sum_of(model, number) -> Coalesce:
    """What ``number`` is in all rows of ``model`` that hang on an article, together."""
    rows = model.objects.filter(article=OuterRef("pk")).order_by().values("article")
    total = rows.annotate(total=Sum(number, output_field=IntegerField())).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def _changed(at: datetime) -> QuerySet:
    """Articles that are live, and not as they were announced."""
    same = AnnouncedArticle.objects.filter(
        article=OuterRef("pk"), updated_at=OuterRef("updated_at"), sign=OuterRef("sign")
    )
    return _signed(Article.objects.live(at)).exclude(Exists(same)).order_by("pk")


def _vanished(at: datetime) -> QuerySet:
    """Announced articles that are live no longer."""
    live = Article.objects.live(at).filter(pk=OuterRef("pk"))
    return AnnouncedArticle.objects.exclude(Exists(live)).order_by("pk")


def _announced(article: Article, topics: list[str]) -> AnnouncedArticle:
    return AnnouncedArticle(
        article_id=article.pk,
        updated_at=article.updated_at,
        sign=article.sign,
        topics=topics,
    )


def _take_stock(at: datetime) -> None:
    AnnouncedArticle.objects.all().delete()
    live = _signed(Article.objects.live(at)).order_by("pk")
    # Where they stand is asked when they change: their own rows say it.
    AnnouncedArticle.objects.bulk_create(
        (_announced(article, []) for article in live.iterator(chunk_size=1000)), batch_size=1000
    )


def _write(topics: list[str], *, at: datetime) -> int:
    """Promises written down. One that waits already is kept again, but not put off."""
    pings = HubPing.objects.filter(topic__in=topics)
    known = set(pings.values_list("topic", flat=True))
    due = at + UNTIL_CACHES_FORGET
    pings.filter(due_at=None).update(due_at=due, given_up_at=None)
    pings.update(promised_at=at)
    HubPing.objects.bulk_create(
        HubPing(topic=topic, promised_at=at, due_at=due) for topic in topics if topic not in known
    )
    return len(topics)
