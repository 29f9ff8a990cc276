"""The chain of title as a picture shows it: the stages of a text, from its first page to ours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.pages import ArticlePage
from licensing.chain import origin
from licensing.rights.carriage import carried
from licensing.rights.facts import Clearance, Right, in_force
from licensing.rights.vocabulary import Carriage
from licensing.statements import Rights


@dataclass(frozen=True)
class Stage:
    """One stage. ``step`` is ``first_published``, ``translated``, ``crossposted`` or ``here``.

    ``leave`` names what we carry it under, ``until`` is the last day of that: both at ``here``.
    """

    step: str
    label: str
    name: str
    url: str = ""
    day: date | None = None
    leave: tuple[str, ...] = ()
    until: date | None = None


def lineage(page: ArticlePage, rights: Rights) -> list[Stage]:
    """The stages of the article on ``page``, the oldest first; the last one is our own page."""
    article = page.article
    labels = {
        "first_published": _("First published by"),
        "translated": _("Translated by"),
        "crossposted": _("Cross-posted by"),
    }
    stages = [
        Stage(row.step, labels[row.step], row.publication.name, _address(row), row.date)
        for row in page.stages
    ]
    source = origin(article)
    if source is not None and not stages:
        stages = [Stage("first_published", labels["first_published"], source.name, source.url)]
    published = timezone.localdate(article.published_at) if article.published_at else None
    here = article.publication.name
    if source is None:
        return [Stage("here", _("First published here by"), here, day=published)]
    ends = carried(rights.snapshot.text.rights, rights.at).until
    return [
        *stages,
        Stage(
            "here",
            _("Carried here by"),
            here,
            day=published,
            leave=tuple(dict.fromkeys(one.named for one in relied_on(rights))),
            # The end is the first instant that no longer counts.
            until=timezone.localdate(ends - timedelta(microseconds=1)) if ends else None,
        ),
    ]


def _address(row) -> str:
    publication: Publication = row.publication
    return row.url or publication.url


def relied_on(rights: Rights) -> list[Clearance]:
    """The clearances under which the text stands on our page, right by right."""
    return [
        one
        for right in rights.snapshot.text.rights
        if not right.is_ours
        for one in leave_for(right, rights.at)
    ]


def leave_for(right: Right, at: datetime) -> list[Clearance]:
    """The first of our ways to ``right`` that holds at ``at``; empty where none does."""
    for route in right.routes:
        way = [next((one for one in group if _covers(one, at)), None) for group in route]
        if way and None not in way:
            return way
    return []


def _covers(one: Clearance, at: datetime) -> bool:
    return Carriage.WEB in one.covers and in_force(one, at)
