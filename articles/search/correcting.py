"""“Did you mean”: words put right, so that a query finds something among what may be read.

The words known to the index stand in hidden texts as well. So a word is put forward only as it
stands in an article that was found, and only if the whole query finds something with it.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter

from articles.search import entries
from articles.search.query import Query, replaced
from articles.search.snippets import line
from articles.search.spelling import alike, is_worth_knowing
from articles.search.words import is_unspaced, spelt

# So many words of a query are looked at and so many put right, each by trying so many others on,
# which are counted so far, and looked for in so many texts.
MOST_LOOKED_AT = 12
MOST_WORDS = 3
MOST_TRIED = 12
COUNTED = 30
MOST_READ = 3
# A word that occurs may still be a slip, where one that is near to it occurs so much more often.
LIKELIER = 4


def corrected(finder, query: Query, *, at_least: int) -> str:
    """``query`` with misspelt words put right; ``""`` where that finds fewer than ``at_least``.

    ``finder`` asks the index; see ``finding.Finder``.
    """
    spellings: dict[str, str] = {}
    for word, occurs in islice(_doubtful(finder, query, fewer_than=at_least), MOST_WORDS):
        if meant := _meant(finder, word, occurs=occurs):
            spellings[word] = meant
    if not spellings:
        return ""
    instead = replaced(query.typed, spellings)
    found = finder.newest(instead, limit=at_least)
    return instead if len(found) >= at_least else ""


def _doubtful(finder, query: Query, *, fewer_than: int) -> Iterator[tuple[str, int]]:
    """The words of ``query`` that hardly occur by themselves, and how often they do.

    A word in a headline, say, is none that somebody misspelt.
    """
    asked_for = dict.fromkeys(
        word for term in query.wanted for phrase in term.phrases for word in phrase
    )
    correctable = (
        word
        for word in asked_for
        if is_worth_knowing(word) and not is_unspaced(word) and word not in finder.ignored
    )
    for word in islice(correctable, MOST_LOOKED_AT):
        occurs = finder.occurrences(word, limit=fewer_than)
        if occurs < fewer_than and not finder.occurrences(word, limit=1, is_head=True):
            yield word, occurs


def _meant(finder, word: str, *, occurs: int) -> str:
    """What ``word`` was meant for, as an article writes it: the nearest, then the most common."""
    for distance, near in groupby(alike(word)[:MOST_TRIED], key=itemgetter(0)):
        found = []
        for _distance, other in near:
            if occurs and (distance > 1 or other[0] != word[0]):
                continue
            keys = finder.newest(other, limit=COUNTED)
            if len(keys) >= max(1, LIKELIER * occurs):
                found.append((-len(keys), other, keys[:MOST_READ]))
        for _count, other, keys in sorted(found):
            if written := _as_written(finder.articles, other, keys):
                return written
    return ""


def _as_written(articles, word: str, keys: list[int]) -> str:
    """``word`` as one of these articles writes it; ``""`` where none does."""
    for article in entries.loaded(articles.filter(pk__in=keys)):
        texts = [*entries.names(article), article.headline, article.standfirst, line(article.body)]
        for text in texts:
            for found, start, end in spelt(text):
                if found == word:
                    return text[start:end]
    return ""
