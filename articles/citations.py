"""An article as others cite it: rows in, the facts of a reference out."""

from collections.abc import Iterable

from django.utils import timezone

from articles.changes import marked_headline
from articles.citing.citation import Citation, Name, Origin
from articles.models import Author, Byline
from articles.pages import ArticlePage


def citation(page: ArticlePage, *, url: str) -> Citation:
    """How the article on ``page`` is cited; ``url`` is its canonical address.

    Where nobody signs as author, the reporters do.
    """
    article = page.article
    people = {role: _names(bylines) for role, bylines in page.byline_groups}
    reporters = people.get(Byline.Role.REPORTER, ())
    authors = people.get(Byline.Role.AUTHOR, ())
    return Citation(
        headline=marked_headline(article),
        named_by=article.headline,
        container=article.publication.name,
        url=url,
        language=article.language,
        issued=timezone.localdate(article.published_at) if article.published_at else None,
        accessed=timezone.localdate(page.at),
        authors=authors or reporters,
        reporters=reporters if authors else (),
        translators=people.get(Byline.Role.TRANSLATOR, ()),
        editors=people.get(Byline.Role.EDITOR, ()),
        standfirst=article.standfirst,
        rights=page.copyright_line,
        origin=_origin(article),
    )


def _names(bylines: Iterable[Byline]) -> tuple[Name, ...]:
    return tuple(
        Name(row.author.name, is_collective=row.author.kind == Author.Kind.COLLECTIVE)
        for row in bylines
    )


def _origin(article) -> Origin | None:
    if not article.is_carried:
        return None
    return Origin(
        article.originating_publication.name,
        published_on=article.original_date,
        url=article.original_url,
    )
