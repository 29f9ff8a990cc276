"""What we hold and what we lack of the rights in an article, a sentence for each right."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Publication
from licensing.chain import Clearances, hops, origin, text_rights
from licensing.lineage import leave_for
from licensing.rights.carriage import carried
from licensing.rights.facts import Right
from licensing.wording import said


class Holding(NamedTuple):
    """One right in the chain of title as the desk sees it. ``holder`` is who could clear it."""

    sentence: str
    is_held: bool
    holder: Publication | None = None


def holdings(article: Article, *, at: datetime) -> list[Holding]:
    """Right by right, the oldest first."""
    rights = text_rights(article, Clearances([article]))
    holders = {publication.name: publication for publication in _publications(article)}
    return [
        Holding(*_state(right, at), None if right.is_ours else holders.get(right.holder.name))
        for right in rights
    ]


def _publications(article: Article) -> list[Publication]:
    first = origin(article)
    return [*(hop.publication for hop in hops(article)), *([first] if first else [])]


def _state(right: Right, at: datetime) -> tuple[str, bool]:
    if right.is_ours:
        return _("{came}: ours.").format(came=right.came), True
    state = carried([right], at)
    if not state.is_held:
        return " ".join(said(reason) for reason in state.reasons), False
    named = _(" and ").join(dict.fromkeys(one.named for one in leave_for(right, at)))
    if state.until is None:
        pattern = _("{came}. We carry it under {named}.")
        return pattern.format(came=right.came, named=named), True
    day = date_format(timezone.localdate(state.until - timedelta(microseconds=1)))
    pattern = _("{came}. We carry it under {named} until {day}.")
    return pattern.format(came=right.came, named=named, day=day), True
