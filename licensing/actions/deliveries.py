"""What is written down of the feeds of partners: what was asked about, what it came to, what went.

Articles are held before the rows about them, and these in the order of their articles: of two who
write about the same ones the second waits, and neither for the other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from articles.models import Article, Image, Revision
from licensing.models import Delivery, Partner
from licensing.models.allowed import NEVER
from licensing.partners.held import (
    ASKED_AGAIN,
    MOST_ASKED,
    MOST_CHANGED,
    MOST_TAKEN_BACK,
    TOLD_FOR,
    Held,
    has_changed,
)
from licensing.rights.decide import Decision
from licensing.snapshot import picture_key, picture_number

LOOKED = ("changed_at", "gone_at")
GIVEN = ("revision", "grant", "is_whole", "pictures", "slug", "last_at")


class OutOfDate(Exception):
    """What was to go out is not what there is any more."""


@transaction.atomic
def ask_again(rows: QuerySet[Delivery]) -> None:
    """At the next visit of whoever was given ``rows``: something that they rest on has changed."""
    _held(rows.standing()).update(look_at=NEVER)


def look_up(partner: Partner, *, at: datetime) -> Held:
    """What the first page of a feed has to look at: three queries, and one that says of what has
    to be asked about that it was. What happens to it from then on is not lost.
    """
    held, rows = Held(partner, at), partner.deliveries
    since = at - TOLD_FOR
    held.add(rows.due(at).order_by("look_at", "pk")[:MOST_ASKED])
    if held.rows:
        with transaction.atomic():
            _held(rows.filter(pk__in=_keys(held))).update(look_at=at + ASKED_AGAIN)
    changed = rows.standing().filter(changed_at__gt=since)
    held.add(changed.order_by("-changed_at", "-pk")[:MOST_CHANGED])
    gone = rows.filter(gone_at__gt=since).order_by("-gone_at", "-pk")
    held.add(gone[:MOST_TAKEN_BACK])
    return held


@transaction.atomic
def look(
    held: Held,
    articles: Mapping[int, Article],
    decisions: Mapping[int, Decision],
    pictures: Mapping[int, list[str]],
) -> None:
    """Writes down what became of the rows; ``articles`` are those of them that are live.

    Of two visits at once the first to write is heard: the second read what is no longer so.
    """
    found = {}
    for key, row in held.rows.items():
        before = [getattr(row, name) for name in LOOKED]
        if key in articles and decisions[key].is_granted:
            _stands(row, articles[key], pictures[key], at=held.at)
        elif row.gone_at is None:
            row.gone_at = held.at
        if before != [getattr(row, name) for name in LOOKED]:
            found[row.pk] = row, before
    if found:
        now = _locked(Delivery.objects.filter(pk__in=found)).values_list("pk", *LOOKED)
        still = [found[key][0] for key, *read in now if read == found[key][1]]
        Delivery.objects.bulk_update(still, LOOKED)
    turns = [one.valid_until for one in decisions.values() if one.valid_until]
    asked_again = held.at + ASKED_AGAIN
    if turns and min(turns) < asked_again:
        # Only those that were asked about just now, and that nothing has happened to since.
        rows = Delivery.objects.filter(pk__in=_keys(held), look_at=asked_again)
        _held(rows).update(look_at=min(turns))


def _stands(row: Delivery, article: Article, pictures: list[str], *, at: datetime) -> None:
    is_told = row.changed_at and row.changed_at > row.last_at
    if row.gone_at:
        row.gone_at, row.changed_at = None, at
    elif not is_told and has_changed(row, article, pictures):
        row.changed_at = at


@transaction.atomic
def give(held: Held, rows: Iterable[Delivery]) -> None:
    """Writes down what goes out now, as far as it is not known already. Raises OutOfDate where it
    was changed while it was being written.
    """
    if not (new := held.news(rows)):
        return
    # As whoever takes a copy by hand: a notice or a withdrawal comes before it or after.
    articles = Article.objects.filter(pk__in=[row.article_id for row in new])
    list(articles.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    if not _is_still(new, articles, at=max(held.at, timezone.now())):
        raise OutOfDate
    Delivery.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["partner", "article"],
        update_fields=GIVEN,
    )


def _is_still(new: list[Delivery], articles: QuerySet[Article], *, at: datetime) -> bool:
    """Whether all of it reads as it was written, and nothing of it is withheld since."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")
    live = articles.live(at).annotate(newest=Subquery(newest[:1]))
    now = {key: told for key, *told in live.values_list("pk", "updated_at", "newest")}
    if any(now.get(row.article_id) != [row.article.updated_at, row.revision_id] for row in new):
        return False
    names = {name for row in new for name in row.pictures}
    images = Image.objects.usable(at).filter(pk__in=map(picture_number, names))
    return not names or names == set(map(picture_key, images))


def _keys(held: Held) -> list[int]:
    return [row.pk for row in held.rows.values()]


def _locked(rows: QuerySet[Delivery]) -> QuerySet:
    return rows.order_by("article_id", "partner_id").select_for_update(no_key=True).values("pk")


def _held(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """``rows``, to be changed at once: none of them before all are held, in their order."""
    return Delivery.objects.filter(pk__in=_locked(rows))
