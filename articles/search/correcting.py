"""“Did you mean”: words put right, so that a query finds something among what may be read.

The words known to the index stand in hidden texts as well. So a word is put forward only as it
stands in an article that was found, and only if the whole query finds something with it.
"""

from articles.search import entries
from articles.search.query import Query, replaced
from articles.search.snippets import line
from articles.search.spelling import alike
from articles.search.words import is_unspaced, spelt

# So many words of a query are put right, each by trying so many others on, which are counted
# so far, and looked for in so many texts.
MOST_WORDS = 3
MOST_TRIED = 12
COUNTED = 30
MOST_READ = 3


def corrected(finder, query: Query, *, at_least: int) -> str:
    """``query`` with misspelt words put right; ``""`` where that finds fewer than ``at_least``.

    ``finder`` asks the index; see ``finding.Finder``.
    """
    spellings: dict[str, str] = {}
    for word in _doubtful(finder, query, fewer_than=at_least)[:MOST_WORDS]:
        if meant := _meant(finder, word, at_least=at_least):
            spellings[word] = meant
    if not spellings:
        return ""
    instead = replaced(query.typed, spellings)
    found = finder.newest(instead, limit=at_least)
    return instead if len(found) >= at_least else ""


def _doubtful(finder, query: Query, *, fewer_than: int) -> list[str]:
    """The words of ``query`` that hardly occur by themselves."""
    asked_for = dict.fromkeys(
        word for term in query.wanted for phrase in term.phrases for word in phrase
    )
    return [
        word
        for word in asked_for
        if not is_unspaced(word)
        and word not in finder.ignored
        and len(finder.newest(word, limit=fewer_than)) < fewer_than
    ]


def _meant(finder, word: str, *, at_least: int) -> str:
    """What ``word`` was meant for, as an article writes it: the nearest, then the most common."""
    best, spelling = (0, 0, ""), ""
    for distance, other in alike(word)[:MOST_TRIED]:
        if spelling and distance > best[0]:
            break
        keys = finder.newest(other, limit=COUNTED)
        rank = (distance, -len(keys), other)
        if len(keys) < at_least or (spelling and rank >= best):
            continue
        if written := _as_written(finder.articles, other, keys[:MOST_READ]):
            best, spelling = rank, written
    return spelling


def _as_written(articles, word: str, keys: list[int]) -> str:
    """``word`` as one of these articles writes it; ``""`` where none does."""
    for article in entries.loaded(articles.filter(pk__in=keys)):
        texts = [*entries.names(article), article.headline, article.standfirst, line(article.body)]
        for text in texts:
            for found, start, end in spelt(text):
                if found == word:
                    return text[start:end]
    return ""
