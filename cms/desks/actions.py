"""What is done with saved filters: kept, renamed, discarded."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms.desks.models import SavedFilter
from cms.workflows.actions import MoveNotAllowed, NotYours

MOST_KEPT = 50
LONGEST_NAME = SavedFilter._meta.get_field("name").max_length
LONGEST_QUERY = SavedFilter._meta.get_field("query").max_length


def keep(desk: str, name: str, query: str, *, by, is_shared: bool = False) -> SavedFilter:
    """Keeps ``query`` of the list ``desk`` under ``name``. Raises MoveNotAllowed."""
    if len(query) > LONGEST_QUERY:
        raise MoveNotAllowed([_("This filter is too long to be kept. Leave something out.")])
    if SavedFilter.objects.of(desk).filter(owner=by)[:MOST_KEPT].count() >= MOST_KEPT:
        raise MoveNotAllowed(
            [_("You keep %d filters of this list already. Delete one first.") % MOST_KEPT]
        )
    kept = SavedFilter(owner=by, desk=desk, query=query, is_shared=is_shared)
    return _named(kept, name)


def rename(kept: SavedFilter, name: str, *, by) -> SavedFilter:
    """Gives it another name. Raises NotYours or MoveNotAllowed."""
    _ask(kept, by)
    return _named(kept, name)


def discard(kept: SavedFilter, *, by) -> None:
    """Takes it off the list. Raises NotYours."""
    _ask(kept, by)
    kept.delete()


def _ask(kept: SavedFilter, by) -> None:
    if not kept.may_be_changed_by(by):
        raise NotYours([_("This filter belongs to somebody else.")])


def _named(kept: SavedFilter, name: str) -> SavedFilter:
    kept.name = name.strip()
    try:
        kept.clean_fields(exclude=["owner"])
    except ValidationError as fault:
        raise MoveNotAllowed(fault.messages) from fault
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as taken:
        raise MoveNotAllowed([_("There is a filter “%s” already.") % kept.name]) from taken
    return kept
