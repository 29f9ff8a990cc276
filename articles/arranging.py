"""What is done with orders: the verbs by which editors arrange the front page and a report.

An order is saved whole and at once, by whoever has seen the one it replaces. Who has not is told
what became of it, and nothing is written. Articles that are not shown to an editor keep the places
they hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from articles import hearing
from articles.models import Article, FrontPlace, InDepthReport, ReportEntry
from articles.orders import Changes, changes, once, woven
from articles.search import upkeep
from cms.workflows.actions import MoveNotAllowed, NotYours, TooLate

# What a desk shows of an order, and the longest that is taken from one.
MOST_PLACES = 200


class OrderChanged(TooLate):
    """Somebody else saved another order since this one was read."""


@dataclass(frozen=True)
class Place:
    """An article on the front page, by its key, and the time it is there for."""

    article: int
    shown_from: datetime | None = None
    shown_until: datetime | None = None


def front_order(*, by) -> list[Place]:
    """The places of the front page, in their order, as far as they are shown to ``by``."""
    places = FrontPlace.objects.filter(article__in=Article.objects.visible_to(by))
    fields = ("article", "shown_from", "shown_until")
    return [Place(*values) for values in places.values_list(*fields)[:MOST_PLACES]]


def report_order(report: InDepthReport, *, by) -> list[int]:
    """The keys of a report's articles, in their order, as far as they are shown to ``by``."""
    entries = report.entries.filter(article__in=Article.objects.visible_to(by))
    return list(entries.values_list("article", flat=True)[:MOST_PLACES])


@transaction.atomic
def arrange_front(order: Sequence[Place], *, seen: Sequence[Place], by) -> Changes:
    """Makes ``order`` the front page's. Returns what changed by it."""
    # Nobody else arranges it meanwhile, be it empty.
    kinds = ContentType.objects.select_for_update(no_key=True)
    kinds.get(pk=ContentType.objects.get_for_model(FrontPlace).pk)
    now = front_order(by=by)
    reasons = _since(
        [place.article for place in seen],
        [place.article for place in now],
        [place.article for place in now if _is_timed_anew(place, seen)],
        by=by,
    )
    if reasons:
        raise OrderChanged(reasons)
    keys = [place.article for place in order]
    made = _made(keys, [place.article for place in now], by=by)
    _check_rights(made, bool(made.is_moved or list(order) != now), "frontplace", by=by)
    standing = list(FrontPlace.objects.values_list("article", flat=True))
    hidden = set(standing) - {place.article for place in now}
    wanted = {place.article: place for place in order}
    FrontPlace.objects.filter(article__in=made.removed).delete()
    rows = {place.article_id: place for place in FrontPlace.objects.all()}
    fresh, changed = [], []
    for position, key in enumerate(woven(keys, standing=standing, hidden=hidden)):
        row = rows.get(key) or FrontPlace(article_id=key)
        row.position = position
        if key in wanted:
            row.shown_from, row.shown_until = wanted[key].shown_from, wanted[key].shown_until
        (changed if row.pk else fresh).append(row)
    FrontPlace.objects.bulk_update(changed, ["position", "shown_from", "shown_until"])
    FrontPlace.objects.bulk_create(fresh)
    return made


@transaction.atomic
def arrange_report(
    report: InDepthReport, order: Sequence[int], *, seen: Sequence[int], by
) -> Changes:
    """Makes ``order`` (of articles' keys) the report's. Returns what changed by it."""
    InDepthReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    now = report_order(report, by=by)
    if reasons := _since(seen, now, [], by=by):
        raise OrderChanged(reasons)
    made = _made(order, now, by=by)
    _check_rights(made, made.is_moved, "reportentry", by=by)
    standing = list(report.entries.values_list("article", flat=True))
    hidden = set(standing) - set(now)
    report.entries.filter(article__in=made.removed).delete()
    rows = {entry.article_id: entry for entry in report.entries.all()}
    fresh, changed = [], []
    for position, key in enumerate(woven(order, standing=standing, hidden=hidden)):
        row = rows.get(key) or ReportEntry(report=report, article_id=key)
        if row.pk is None:
            row.position = position
            fresh.append(row)
        elif row.position != position:
            row.position = position
            changed.append(row)
    ReportEntry.objects.bulk_update(changed, ["position"])
    ReportEntry.objects.bulk_create(fresh)
    if joined_or_left := {*made.added, *made.removed}:
        # In which report an article stands decides under which terms it is used; by its title
        # an article is found.
        hearing.tell(Article.objects.filter(pk__in=joined_or_left))
        upkeep.regrouped(joined_or_left)
    return made


def _is_timed_anew(place: Place, seen: Sequence[Place]) -> bool:
    return any(old.article == place.article and old != place for old in seen)


def _since(seen: Sequence[int], now: Sequence[int], timed: Sequence[int], *, by) -> list[str]:
    """In sentences, what somebody else did to the order since it was ``seen``."""
    since = changes(seen, now)
    named = {*since.added, *since.removed, *timed}
    # What is posted as seen may be made up: nobody learns a headline by it.
    visible = Article.objects.visible_to(by).filter(pk__in=named)
    names = dict(visible.values_list("pk", "headline"))
    told = [
        (since.added, _("A colleague has added “%(article)s” meanwhile.")),
        (since.removed, _("A colleague has taken “%(article)s” off meanwhile.")),
        (timed, _("A colleague has given “%(article)s” another time meanwhile.")),
    ]
    reasons = [
        sentence % {"article": names[key]}
        for keys, sentence in told
        for key in keys
        if key in names
    ]
    if since.is_moved or (since and not reasons):
        reasons.append(_("A colleague has saved another order meanwhile."))
    return reasons


def _made(order: Sequence[int], now: Sequence[int], *, by) -> Changes:
    """What ``order`` changes. Raises MoveNotAllowed where it cannot be."""
    if len(order) > MOST_PLACES:
        raise MoveNotAllowed(
            [_("No more than %(number)d articles can be put in order.") % {"number": MOST_PLACES}]
        )
    if once(order) != list(order):
        raise MoveNotAllowed([_("An article stands here once.")])
    made = changes(now, order)
    visible = Article.objects.visible_to(by).filter(pk__in=made.added)
    if visible.count() != len(made.added):
        raise MoveNotAllowed([_("One of these articles is not there any more.")])
    return made


def _check_rights(made: Changes, is_changed, model: str, *, by) -> None:
    """Raises NotYours unless ``by`` may add, take off and move what is added, taken off, moved."""
    needed = {"add": made.added, "delete": made.removed, "change": is_changed}
    if not all(by.has_perm(f"articles.{name}_{model}") for name, rows in needed.items() if rows):
        raise NotYours([_("You may not change this order in that way.")])
