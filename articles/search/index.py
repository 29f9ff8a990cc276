"""Keeps the index: an article's entry is written in the transaction that changes the article.

In the index is what the public may come to see: approved with a date, or published. It may be
there before its hour, because whoever asks the index asks of live articles only; so nothing has to
run for an article to be found when its hour strikes.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from articles.models import Article, SearchEntry, SearchWord, StaleSearchEntry
from articles.models.visibility import MAY_BE_LIVE
from articles.search import spelling
from articles.search.engine import engine
from articles.search.entries import VERSION, Document, document, loaded, place, spellable

BATCH = 200


def belongs() -> Q:
    """Which articles are in the index."""
    return Q(status__in=MAY_BE_LIVE, published_at__isnull=False)


@transaction.atomic
def keep(keys: Iterable[int]) -> None:
    """Makes the index say of these articles (by key) what they say now, and no more."""
    keys = sorted(keys)
    # Who changes an article holds its row already; of all others one waits for the other.
    list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    StaleSearchEntry.objects.filter(article__in=keys).delete()
    articles = list(loaded(Article.objects.filter(belongs(), pk__in=keys).order_by("pk")))
    _forget(SearchEntry.objects.filter(article__in=keys))
    if articles:
        documents = [document(article) for article in articles]
        entries = SearchEntry.objects.bulk_create(map(_entry, articles, documents))
        engine().write(zip(entries, documents, strict=True))
        _learn(spellable(set().union(*(written.vocabulary for written in documents))))


def _forget(entries) -> None:
    if places := list(entries.values_list("place", flat=True)):
        engine().forget(places)
        entries.delete()


def _entry(article: Article, written: Document) -> SearchEntry:
    return SearchEntry(
        article=article,
        place=place(article.published_at, article.pk),
        version=VERSION,
        mark=written.mark,
        headline=" ".join(written.headline),
        standfirst=" ".join(written.standfirst),
        names=" ".join(written.names),
        frequent=" ".join(f"{word}:{count}" for word, count in written.frequent),
    )


def _learn(vocabulary: set[str]) -> None:
    """Adds the words that are not known yet; in their order, so that no two writers lock up."""
    words = sorted(word for word in vocabulary if spelling.is_worth_knowing(word))
    for start in range(0, len(words), BATCH * 4):
        some = words[start : start + BATCH * 4]
        known = set(SearchWord.objects.filter(word__in=some).values_list("word", flat=True))
        new = [word for word in some if word not in known]
        SearchWord.objects.bulk_create(
            (SearchWord(word=word) for word in new), ignore_conflicts=True
        )
        keys = dict(SearchWord.objects.filter(word__in=new).values_list("pk", "word"))
        engine().learn({pk: spelling.keys(word) for pk, word in sorted(keys.items())})


# --- Making anew ------------------------------------------------------------------------------


def outdate_everything() -> int:
    """Marks every entry as to be made again, adds those that lack and drops those too many.

    What can be found stays findable until its turn comes. Returns how many wait.
    """
    with transaction.atomic():
        _forget(SearchEntry.objects.exclude(article__in=Article.objects.filter(belongs())))
        SearchEntry.objects.update(version=0)
        StaleSearchEntry.objects.all().delete()
        add_missing()
        engine().sweep()
    return waiting()


def add_missing() -> None:
    """Entries, still to be made, for articles that should have one and have none."""
    lacking = Article.objects.filter(belongs(), search_entry=None)
    SearchEntry.objects.bulk_create(
        (
            SearchEntry(article_id=pk, place=place(published_at, pk))
            for pk, published_at in lacking.values_list("pk", "published_at")
        ),
        batch_size=BATCH * 5,
    )


def waiting() -> int:
    """How many entries have to be made again; of an old one that is stale, too, it says two."""
    return _old().count() + StaleSearchEntry.objects.count()


def make_anew() -> Iterator[int]:
    """Makes what waits, the newest first, a batch in each transaction; yields how many it was."""
    while keys := _next():
        keep(keys)
        yield len(keys)


def _next() -> list[int]:
    stale = StaleSearchEntry.objects.order_by("-article").values_list("article", flat=True)
    old = _old().order_by("-place").values_list("article", flat=True)
    return list(stale[:BATCH]) or list(old[:BATCH])


def _old():
    return SearchEntry.objects.filter(version__lt=VERSION)
