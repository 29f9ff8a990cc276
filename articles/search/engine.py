"""Which database is spoken to, and the question both are asked."""

from dataclasses import dataclass
from types import ModuleType

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from articles.search import postgres, sqlite
from articles.search.asked import Asked

_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that matches, with what its place among the others is worked out from."""

    article_id: int
    place: int
    mark: str
    headline: str
    standfirst: str
    names: str
    frequent: str


def engine() -> ModuleType:
    """The module that speaks to this site's database."""
    return _ENGINES[connection.vendor]


def find(asked: Asked, articles, *, limit: int, is_head: bool = False) -> list[Candidate]:
    """The newest ``limit`` of ``articles`` (a QuerySet) that match, newest first.

    ``is_head`` looks only at what stands above a text and what it keeps coming back to.
    """
    restriction = _restriction(articles)
    if restriction is None:
        return []
    rows = engine().find(asked, restriction, limit=limit, is_head=is_head)
    return [Candidate(*row) for row in rows]


def spoken(articles, marks: list[str]) -> list[str]:
    """Those of ``marks`` (of languages) under which one of ``articles`` (a QuerySet) is indexed."""
    restriction = _restriction(articles)
    return [] if restriction is None else engine().spoken(marks, restriction)


def _restriction(articles) -> tuple[str, tuple] | None:
    """``articles`` as a subquery about the entry around it; ``None`` where there can be none."""
    this = RawSQL("articles_searchentry.article_id", [])
    try:
        return articles.order_by().filter(pk=this).values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
