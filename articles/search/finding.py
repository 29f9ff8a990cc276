"""``search``: what the live articles have that a reader asks for, the best first.

Whoever calls hands in the articles to look among: live ones, narrowed or not. Nothing else is ever
looked at, counted, quoted from or suggested, whatever the index holds.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from articles.models import Article
from articles.search import entries, snippets
from articles.search.asked import Asked, asked
from articles.search.correcting import corrected
from articles.search.engine import Candidate, find, spoken
from articles.search.query import Query, parse, without
from articles.search.ranking import ranked
from articles.search.snippets import Part
from articles.search.stemming import ALGORITHMS, tongue
from articles.search.stopwords import stopwords

# Of what matches, the newest so many are ranked, and of those that say it at their head as many
# again: a word that stands everywhere costs no more than one that stands in as many texts.
MOST_RANKED = 500
SIZE = 10
# With so few hits, somebody may have meant something else.
FEW = 2


@dataclass(frozen=True)
class Hit:
    """An article that answers, with the piece of it that does; else the names that do."""

    article: Article
    headline: list[Part]
    snippet: list[Part]
    names: list[list[Part]]


@dataclass(frozen=True)
class Results:
    """One page of what was found.

    ``keys`` are the articles that can be paged through; ``is_more`` says that yet more match.
    ``corrected`` is the query that was answered instead, ``suggestion`` one that finds more.
    """

    query: Query
    hits: list[Hit] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    is_more: bool = False
    page: int = 1
    size: int = SIZE
    corrected: str = ""
    suggestion: str = ""

    @property
    def total(self) -> int:
        return len(self.keys)

    @property
    def pages(self) -> int:
        return -(-self.total // self.size)

    @property
    def first(self) -> int:
        """The number of the first hit of this page."""
        return (self.page - 1) * self.size + 1

    @property
    def previous_page(self) -> int:
        """The page before this one, of those there are; 0 where there is none."""
        return min(self.page - 1, self.pages)

    @property
    def next_page(self) -> int:
        """The page after this one; 0 where there is none."""
        return self.page + 1 if self.page < self.pages else 0


def search(
    articles,
    text: str,
    *,
    at: datetime | None = None,
    page: int = 1,
    size: int = SIZE,
    is_literal: bool = False,
) -> Results:
    """The ``page`` of those ``articles`` (a QuerySet of live ones) that answer to ``text``.

    Where nothing does and a word is near to one that would, that one is searched for instead,
    unless ``is_literal``. Never raises, whatever the text; a page that is not there is empty.
    """
    at = at or timezone.now()
    query = parse(text)
    if not query:
        return Results(query)
    finder = Finder(articles, at=at)
    answer = finder.answer(query)
    instead = suggestion = ""
    if not is_literal and len(answer.candidates) <= FEW:
        near = corrected(finder, query, at_least=len(answer.candidates) + 1)
        if near and not answer.candidates:
            instead, answer = near, finder.answer(parse(near))
        else:
            suggestion = near
    found = ranked(answer.candidates, answer.asked, mark=tongue(finder.language), at=at)
    start = (page - 1) * size
    return Results(
        query=query,
        hits=_hits(articles, found[start : start + size], answer.asked) if page > 0 else [],
        keys=[one.article_id for one in found],
        is_more=answer.is_more,
        page=page,
        size=size,
        corrected=instead,
        suggestion=suggestion,
    )


@dataclass(frozen=True)
class Answer:
    """What matches, in no order, and whether there is more of it than is ranked."""

    asked: Asked
    candidates: list[Candidate]
    is_more: bool


class Finder:
    """Asks the index about some articles: every query of one search goes through it."""

    def __init__(self, articles, *, at: datetime):
        self.articles = articles
        self.live = Article.objects.live(at)
        # Of hidden articles' languages nothing may show, not even in what a word is cut to.
        self.marks = spoken(self.live, list(ALGORITHMS))
        self.language = translation.get_language() or settings.LANGUAGE_CODE
        self.ignored = stopwords(self.language)

    def answer(self, query: Query) -> Answer:
        """What matches ``query``, as far as it can be ranked."""
        sought = asked(without(query, self.ignored), self.marks)
        newest = find(sought, self.articles, limit=MOST_RANKED + 1)
        if len(newest) <= MOST_RANKED:
            return Answer(sought, newest, is_more=False)
        heads = find(sought, self.articles, limit=MOST_RANKED, is_head=True)
        both = {one.article_id: one for one in (*newest[:MOST_RANKED], *heads)}
        return Answer(sought, list(both.values()), is_more=True)

    def newest(self, text: str, *, limit: int) -> list[int]:
        """The keys of the newest articles that match ``text``."""
        sought = asked(parse(text), self.marks)
        return [one.article_id for one in find(sought, self.articles, limit=limit)]

    def occurrences(self, word: str, *, limit: int, is_head: bool = False) -> int:
        """How many live articles, narrowed or not, have ``word``: counted as far as ``limit``."""
        return len(find(asked(parse(word), self.marks), self.live, limit=limit, is_head=is_head))


def _hits(articles, candidates: list[Candidate], sought: Asked) -> list[Hit]:
    """The articles of one page with their snippets, from the rows that are live now."""
    rows = {
        article.pk: article
        for article in articles.filter(pk__in=[one.article_id for one in candidates]).for_cards()
    }
    hits = [
        _hit(rows[one.article_id], one.mark, sought) for one in candidates if one.article_id in rows
    ]
    silent = [hit.article.pk for hit in hits if not _says_it(hit)]
    names = _names(articles.filter(pk__in=silent), sought) if silent else {}
    return [replace(hit, names=names.get(hit.article.pk, [])) for hit in hits]


def _hit(article: Article, mark: str, sought: Asked) -> Hit:
    text = snippets.line(article.body)
    within = snippets.snippet(text, sought, mark)
    above = snippets.marked(article.standfirst, sought, mark) or snippets.opening(text)
    return Hit(
        article=article,
        headline=snippets.marked(article.headline, sought, mark),
        snippet=within or above,
        names=[],
    )


def _says_it(hit: Hit) -> bool:
    return any(part.is_marked for part in (*hit.headline, *hit.snippet))


def _names(articles, sought: Asked) -> dict[int, list[list[Part]]]:
    """Of articles that do not say it themselves, the names under which they are found."""
    found = {}
    for article in entries.loaded(articles):
        parts = [
            snippets.marked(name, sought, tongue(article.language))
            for name in dict.fromkeys(entries.names(article))
        ]
        found[article.pk] = [name for name in parts if any(part.is_marked for part in name)]
    return found
