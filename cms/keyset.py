"""Pages by key: a page begins behind the row its address names, so nothing is counted and skipped.

The thousandth costs what the first costs, and no row moves to another page as others come. Nothing
here knows a model. Where an order has to put rows without a value somewhere, they come last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import F, Q


@dataclass(frozen=True)
class Column:
    """One part of an order; ``name`` as a query writes it, over relations too."""

    name: str
    is_descending: bool = False
    is_nullable: bool = False


# An order is total: its last column is the key.
Order = Sequence[Column]


@dataclass(frozen=True)
class Page:
    """Some rows, and whether there are others on either side."""

    rows: list
    has_before: bool
    has_after: bool


def beyond(order: Order, values: Sequence) -> Q:
    """The rows that come behind the one with these ``values``."""
    column, value = order[0], values[0]
    behind_in_the_rest = beyond(order[1:], values[1:]) if order[1:] else None
    if value is None:
        without = Q(**{f"{column.name}__isnull": True})
        return without & behind_in_the_rest if behind_in_the_rest else Q(pk__in=[])
    further = "lt" if column.is_descending else "gt"
    found = Q(**{f"{column.name}__{further}": value})
    if behind_in_the_rest:
        found |= Q(**{column.name: value}) & behind_in_the_rest
    if column.is_nullable:
        return found | Q(**{f"{column.name}__isnull": True})
    # Said twice, so that an index is entered at the value, not at its beginning.
    return found & Q(**{f"{column.name}__{further}e": value})


def ordering(order: Order, *, reverse: bool = False) -> list:
    """What a query is ordered by."""
    return [_ordered(column, reverse=reverse) for column in order]


def _ordered(column: Column, *, reverse: bool):
    is_descending = column.is_descending != reverse
    if column.is_nullable:
        last = {"nulls_first": True} if reverse else {"nulls_last": True}
        name = F(column.name)
        return name.desc(**last) if is_descending else name.asc(**last)
    return f"-{column.name}" if is_descending else column.name


def values_of(row, order: Order) -> list:
    """What ``row`` says in the columns of ``order``."""
    found = []
    for column in order:
        value = row
        for part in column.name.split("__"):
            value = None if value is None else getattr(value, part)
        found.append(value)
    return found


def page(rows, order: Order, *, size: int, after=None, before=None) -> Page:
    """``size`` of ``rows`` (a QuerySet): the first, or those beside ``after`` or ``before``."""
    is_backwards = before is not None
    start = before if is_backwards else after
    found = []
    for section in _sections(rows, order, start, is_backwards=is_backwards):
        found += section[: size + 1 - len(found)]
        if len(found) > size:
            break
    shown, has_more = found[:size], len(found) > size
    if is_backwards:
        return Page(shown[::-1], has_before=has_more, has_after=True)
    return Page(shown, has_before=start is not None, has_after=has_more)


def walk(rows, order: Order, *, size: int, most: int) -> Iterator:
    """All of ``rows``, at most ``most``, in pieces that no open cursor holds together."""
    after, left = None, most
    while left > 0:
        found = page(rows, order, size=min(size, left), after=after)
        yield from found.rows
        left -= len(found.rows)
        if not found.has_after:
            return
        after = values_of(found.rows[-1], order)


def _sections(rows, order: Order, start, *, is_backwards: bool) -> list:
    """``rows`` cut into pieces, each of which can follow an index from its very beginning.

    Cut where the first column may be empty; and behind the rows that share the value at ``start``,
    so that within them the next column is entered at its value, too.
    """
    first, rest = order[0], order[1:]
    if first.is_nullable:
        pieces = _halves(rows, order, start, is_backwards=is_backwards)
    elif start is not None and len(rest) > 1:
        further = "lt" if first.is_descending != is_backwards else "gt"
        same = rows.filter(**{first.name: start[0]})
        others = rows.filter(**{f"{first.name}__{further}": start[0]})
        pieces = [(same, rest, start[1:]), (others, order, None)]
    else:
        return [_from(rows, order, start, is_backwards=is_backwards)]
    return [section for piece in pieces for section in _sections(*piece, is_backwards=is_backwards)]


def _halves(rows, order: Order, start, *, is_backwards: bool) -> list:
    """Those with a value in the first column, and those without, in the order they are shown in."""
    first, rest = order[0], order[1:]
    empty = rows.filter(**{f"{first.name}__isnull": True})
    filled = rows.filter(**{f"{first.name}__isnull": False})
    plain = [replace(first, is_nullable=False), *rest]
    if start is None:
        halves = [(filled, plain, None), (empty, rest, None)]
    elif start[0] is None:
        before = [(filled, plain, None)] if is_backwards else []
        return [(empty, rest, start[1:]), *before]
    else:
        halves = [(filled, plain, start)]
        return halves if is_backwards else [*halves, (empty, rest, None)]
    return halves[::-1] if is_backwards else halves


def _from(rows, order: Order, start, *, is_backwards: bool):
    rows = rows.order_by(*ordering(order, reverse=is_backwards))
    if start is None:
        return rows
    if not is_backwards:
        return rows.filter(beyond(order, start))
    return rows.filter(_ahead(order, start))


def _ahead(order: Order, values: Sequence) -> Q:
    """The rows that come before the one with these ``values``: the same, looked at from behind."""
    turned = [replace(column, is_descending=not column.is_descending) for column in order]
    plain = [replace(column, is_nullable=False) for column in turned]
    if all(value is not None for value in values):
        return beyond(plain, values)
    # Before a row without a value come all that have one.
    place = next(place for place, value in enumerate(values) if value is None)
    has_one = Q(**{f"{order[place].name}__isnull": False})
    has_none = Q(**{f"{order[place].name}__isnull": True})
    there = has_one
    if order[place + 1 :]:
        there |= has_none & _ahead(order[place + 1 :], values[place + 1 :])
    if not place:
        return there
    same = Q(
        **{column.name: value for column, value in zip(order[:place], values[:place], strict=True)}
    )
    return beyond(plain[:place], values[:place]) | (same & there)
