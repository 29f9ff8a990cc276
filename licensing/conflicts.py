"""Licences that stand in each other's way: exclusive ones, and the same given twice.

Two licences meet where they are for the same article and use, on some of the same days, in some of
the same countries and languages.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from licensing.models import Grant, GrantedArticle
from licensing.models.grant import BINDING
from licensing.rights.conditions import Condition, Kind, parse


class Conflict(NamedTuple):
    """A grant in the way. ``forbids``: one of the two is exclusive; else it is given twice."""

    grant: Grant
    headline: str
    forbids: bool

    @property
    def sentence(self) -> str:
        facts = {
            "number": self.grant.number,
            "headline": self.headline,
            "licensee": self.grant.licensee_outlet or self.grant.licensee_name or _("Somebody"),
            "until": date_format(self.grant.valid_until) if self.grant.valid_until else _("no end"),
        }
        if not self.forbids:
            pattern = _("{licensee} holds this for “{headline}” already: {number}, until {until}.")
        elif self.grant.is_exclusive:
            pattern = _("“{headline}” is exclusive to {licensee}: {number}, until {until}.")
        else:
            pattern = _(
                "It cannot be exclusive: {licensee} holds {number} for “{headline}”, until {until}."
            )
        return pattern.format(**facts)


def of(proposed) -> list[Conflict]:
    """The grants in the way of a licence (``licensing.issuing.Proposal``)."""
    asked = proposed.permission_request
    rows = (
        GrantedArticle.objects.filter(
            article__in=[line.requested.article_id for line in proposed.lines],
            grant__use=proposed.given.use,
            grant__status__in=BINDING,
        )
        .exclude(grant__permission_request=asked.pk)
        .exclude(grant=asked.renews_id)
        .select_related("grant")
        .order_by("grant__number")
    )
    found = []
    for row in rows:
        grant = row.grant
        if not meet(grant, proposed):
            continue
        forbids = grant.is_exclusive or proposed.is_exclusive
        if forbids or (asked.licensee_key and grant.licensee_key == asked.licensee_key):
            found.append(Conflict(grant, row.headline, forbids))
    return found


def meet(grant: Grant, proposed) -> bool:
    """Whether there is a day, a country and a language that both are for."""
    return _overlap(
        grant.valid_from, grant.valid_until, proposed.valid_from, proposed.valid_until
    ) and all(
        _share(_named(parse(grant.conditions), kind), _named(proposed.conditions, kind))
        for kind in (Kind.TERRITORY, Kind.LANGUAGE)
    )


def _overlap(first: date, last: date | None, other_first: date, other_last: date | None) -> bool:
    return (other_last is None or first <= other_last) and (last is None or other_first <= last)


def _share(some: Iterable[str], others: Iterable[str]) -> bool:
    """Nothing named means everything."""
    some, others = set(some), set(others)
    return not some or not others or bool(some & others)


def _named(conditions: Iterable[Condition], kind: Kind) -> tuple[str, ...]:
    return next((entry.value for entry in conditions if entry.kind is kind), ())
