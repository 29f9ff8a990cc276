"""By which use readers narrow a list: an index of what ``decide`` answers everybody.

A row says that a use is allowed from one moment to another. It counts only while nothing has
changed since and its time lasts: what is stale, or was never worked out, is never a yes.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles import hearing, usage
from articles.models import Article
from articles.models.visibility import MAY_BE_LIVE
from licensing import withholding
from licensing.actions import deliveries
from licensing.applying import Applying
from licensing.chain import Clearances
from licensing.models import AllowedUse, Delivery, KnownUses
from licensing.models.allowed import FOREVER, NEVER
from licensing.rights.decide import decide
from licensing.rights.facts import Party, Snapshot
from licensing.rights.vocabulary import MACHINE_USES, Use
from licensing.snapshot import text
from licensing.wording import use_name

# What readers ask for, what most of them want first; machines read it in every article's file.
_FIRST = (Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.PRINT)
USES = (*_FIRST, *(use for use in Use if use not in (*_FIRST, *MACHINE_USES)))
_NAMES = {use.value for use in USES}
# So many are worked out while whoever changed them waits; more are left to the clock,
AT_ONCE = 200
# which does them so many at a time.
BATCH = 200
# Answers that may change at more moments than this are worked out anew before the last of them.
MOST_MOMENTS = 24
AHEAD = timedelta(days=1)


# --- Asking -----------------------------------------------------------------------------------


def choices() -> list[tuple[str, str]]:
    """The uses one can ask for, named in the language of the page."""
    return [(use.value, use_name(use)) for use in USES]


def narrow(articles: QuerySet, use: str, at: datetime) -> QuerySet:
    """Those of ``articles`` that are public and may be used like this by everybody at ``at``."""
    if use not in _NAMES:
        return articles.none()
    one = OuterRef("pk")
    known = KnownUses.objects.filter(article=one, until__gt=at)
    allowed = AllowedUse.objects.filter(article=one, use=use, since__lte=at, until__gt=at)
    return articles.live(at).filter(Exists(known), Exists(allowed))


def newest_allowed(articles: QuerySet, use: str, at: datetime) -> QuerySet:
    """As ``narrow``, for a feed: a few are looked up, so that nobody walks through the archive."""
    allowed = AllowedUse.objects.filter(use=use, since__lte=at, until__gt=at)
    known = KnownUses.objects.filter(article=OuterRef("pk"), until__gt=at)
    return articles.live(at).linked(allowed, "article").filter(Exists(known))


usage.register(usage.Uses(choices, narrow))


# --- What changes -----------------------------------------------------------------------------


@hearing.register
@transaction.atomic
def touched(articles: QuerySet[Article]) -> None:
    """Takes ``articles`` out of the index, and back in at once where they are few.

    To be called after the change and in its transaction. Of two who change what an article rests
    on at once the second waits here, and then sees what the first did.
    """
    forget(articles)
    # Whoever was given one of them by a feed of their own is told at their next visit.
    wanted = articles.order_by().values("pk")
    deliveries.ask_again(Delivery.objects.filter(article__in=wanted))
    keys = list(articles.order_by("pk").values_list("pk", flat=True).distinct()[: AT_ONCE + 1])
    if len(keys) <= AT_ONCE:
        work_out(keys, at=timezone.now())


def forget(articles: QuerySet[Article]) -> None:
    """Says of ``articles`` that nothing is known: one statement, whatever their number."""
    wanted = Article.objects.filter(pk__in=articles.order_by().values("pk"))
    # The rows are made where there are none yet, so that whoever makes one at the same time waits;
    # and in one order, so that two who change many wait for each other once.
    try:
        rows, told = wanted.order_by("pk").values("pk").query.sql_with_params()
    except EmptyResultSet:
        return
    quoted = connection.ops.quote_name
    table = quoted(KnownUses._meta.db_table)
    key, until = (quoted(KnownUses._meta.get_field(name).column) for name in ("article", "until"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({key}, {until}) "  # noqa: S608, names of our own
            f"SELECT found.*, %s FROM ({rows}) AS found WHERE true "
            f"ON CONFLICT ({key}) DO UPDATE SET {until} = excluded.{until}",
            (connection.ops.adapt_datetimefield_value(NEVER), *told),
        )


@transaction.atomic
def renew(*, at: datetime, most: int) -> int:
    """Works out up to ``most`` articles that are stale, end soon or were never looked at; how many.

    Whoever is interrupted goes on where the last one stopped: what is done is in the index.
    """
    ending = KnownUses.objects.filter(until__lte=at + AHEAD).order_by("until", "pk")
    keys = list(ending.values_list("pk", flat=True)[:most])
    if len(keys) < most:
        keys += unknown().order_by("pk").values_list("pk", flat=True)[: most - len(keys)]
    for start in range(0, len(keys), BATCH):
        _work_out_anew(keys[start : start + BATCH], at=at)
    return len(keys)


def make_anew(*, at: datetime) -> Iterator[int]:
    """Works out all that is stale, some at a time, each in a transaction; how many each time."""
    stale = KnownUses.objects.filter(until=NEVER).order_by("pk").values_list("pk", flat=True)
    while keys := list(stale[:BATCH]):
        _work_out_anew(keys, at=at)
        yield len(keys)


def unknown() -> QuerySet[Article]:
    """The articles that readers may see and the index has never heard of."""
    known = KnownUses.objects.filter(article=OuterRef("pk"))
    return Article.objects.filter(~Exists(known), status__in=MAY_BE_LIVE)


@transaction.atomic
def _work_out_anew(keys: list[int], *, at: datetime) -> None:
    forget(Article.objects.filter(pk__in=keys))
    work_out(keys, at=at)


# --- Working out ------------------------------------------------------------------------------


def work_out(keys: Iterable[int], *, at: datetime) -> None:
    """Asks ``decide`` about the articles with these keys, whose rows in the index are held."""
    rows = Article.objects.filter(pk__in=keys, status__in=MAY_BE_LIVE).defer("body")
    articles = list(
        rows.select_related("publication", "originating_publication").prefetch_related(
            "bylines__author", "hops__publication"
        )
    )
    AllowedUse.objects.filter(article__in=keys).delete()
    # Nobody is shown what is not released; it is worked out when it is.
    if rest := set(keys) - {article.pk for article in articles}:
        KnownUses.objects.filter(article__in=rest).delete()
    if not articles:
        return
    clearances = Clearances(articles)
    applying = Applying(articles, at=at, is_ahead=True)
    withheld = withholding.among(articles, at=at)
    allowed, known = [], []
    for article in articles:
        moments, snapshots = _moments(article, clearances, applying, at)
        if article.pk in withheld:
            snapshots = [replace(one, is_released=False) for one in snapshots]
        until = moments.pop() if len(moments) > MOST_MOMENTS else FOREVER
        known.append(KnownUses(article=article, until=until))
        for use in USES:
            asked = zip(snapshots, moments, strict=False)
            said = [decide(one, use, moment).is_granted for one, moment in asked]
            for since, end in _stretches([*moments, until], said):
                allowed.append(AllowedUse(article=article, use=use, since=since, until=end))
    AllowedUse.objects.bulk_create(allowed)
    KnownUses.objects.bulk_create(
        known, update_conflicts=True, update_fields=["until"], unique_fields=["article"]
    )


def _moments(
    article: Article, clearances: Clearances, applying: Applying, at: datetime
) -> tuple[list[datetime], list[Snapshot]]:
    """``at`` and the moments after it at which an answer may change, with the facts at each."""
    turns = [at, *sorted(applying.turns(article, after=at))][: MOST_MOMENTS + 1]
    plain = text(article, clearances, None)
    spans = [
        Snapshot(
            plain._replace(terms=applying.of(article, at=turn)),
            Party(""),
            published_at=article.published_at,
            embargo_until=article.embargo_until,
        )
        for turn in turns
    ]
    found = set(turns) | {moment for one in spans for moment in one.boundaries if moment > at}
    moments = sorted(found)[: MOST_MOMENTS + 1]
    return moments, [spans[bisect_right(turns, moment) - 1] for moment in moments]


def _stretches(moments: list[datetime], said: list[bool]) -> Iterator[tuple[datetime, datetime]]:
    """From when until when it was yes: ``said[n]`` counts from ``moments[n]`` to the next."""
    since = None
    for (start, _end), is_yes in zip(pairwise(moments), said, strict=True):
        if is_yes and since is None:
            since = start
        if not is_yes and since is not None:
            yield since, start
            since = None
    if since is not None:
        yield since, moments[-1]
