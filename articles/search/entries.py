"""What of an article can be found, and how much it weighs: rows in, tokens out.

Headline, standfirst, names and body are kept apart, with a gap over which no phrase reaches.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Prefetch

from articles.models import Article, Byline
from articles.reading import plain_text
from articles.search.stemming import token, tongue
from articles.search.words import is_unspaced, words

# Made anew by the clock where an entry was made by another one: raise it when tokens change.
VERSION = 2

GAP = "@"
# PostgreSQL keeps no positions after this one, and no more than a megabyte of words.
MOST_PLACES = 16_000
MOST_BYTES = 600_000
# A word of the body weighs more where it stands at least so often; so many of them are kept.
OFTEN = 3
MOST_FREQUENT = 40

_NUMBER_OF_A_NOTE = re.compile(r"\[\d+\]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEYS = 1 << 24


@dataclass(frozen=True)
class Document:
    """An article as the index holds it; ``vocabulary`` is what misspelt words may be meant for."""

    mark: str
    headline: list[str]
    standfirst: list[str]
    names: list[str]
    body: list[str]
    frequent: list[tuple[str, int]]
    vocabulary: set[str]

    @property
    def head(self) -> list[str]:
        """What stands above the text, and what the text keeps coming back to."""
        often = [word for word, _count in self.frequent]
        return [*self.headline, GAP, *self.standfirst, GAP, *self.names, GAP, *_apart(often)]

    @property
    def everything(self) -> list[str]:
        """All that can be found, in an order in which phrases are found."""
        above = [*self.headline, GAP, *self.standfirst, GAP, *self.names, GAP]
        return _bounded([*above, *self.body])


def loaded(articles):
    """``articles`` (a QuerySet) with the rows that a document is made of."""
    return articles.select_related("publication", "originating_publication").prefetch_related(
        Prefetch("bylines", queryset=Byline.objects.select_related("author")),
        "regions",
        "themes",
        "reports",
        "tags",
    )


def names(article: Article) -> list[str]:
    """Whose and under which headings an article is: what a reader may know it by."""
    found = [byline.author.name for byline in article.bylines.all()]
    found.append(article.publication.name)
    if article.originating_publication:
        found.append(article.originating_publication.name)
    found += [region.name for region in article.regions.all()]
    found += [theme.name for theme in article.themes.all()]
    found += [report.title for report in article.reports.all()]
    return found + [tag.name for tag in article.tags.all()]


def document(article: Article) -> Document:
    """What the index holds of ``article``, which comes from ``loaded``."""
    mark = tongue(article.language)
    named = [words(name) for name in names(article)]
    said = {
        "headline": words(article.headline),
        "standfirst": words(article.standfirst),
        "body": words(_NUMBER_OF_A_NOTE.sub("", plain_text(article.body))),
    }
    tokens = {name: [token(word, mark) for word in found] for name, found in said.items()}
    vocabulary = {word for found in (*said.values(), *named) for word in found}
    return Document(
        mark=mark,
        names=_apart_lists([[token(word, mark) for word in name] for name in named]),
        frequent=_frequent(tokens["body"]),
        vocabulary=vocabulary,
        **tokens,
    )


def place(published_at: datetime, pk: int) -> int:
    """Where an article stands in time: newest last, and of one second, the higher key."""
    return (published_at - _EPOCH) // timedelta(seconds=1) * _KEYS + pk % _KEYS


def _frequent(tokens: list[str]) -> list[tuple[str, int]]:
    counted = Counter(word for word in tokens if len(word.partition("@")[0]) > 2)
    most = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(word, count) for word, count in most[:MOST_FREQUENT] if count >= OFTEN]


def _apart(tokens: list[str]) -> list[str]:
    return _apart_lists([[word] for word in tokens])


def _apart_lists(groups: list[list[str]]) -> list[str]:
    apart = [word for group in groups for word in (*group, GAP)]
    return apart[:-1]


def _bounded(tokens: list[str]) -> list[str]:
    """As much as both databases keep: of a very long text's end, each new word once."""
    kept = tokens[:MOST_PLACES]
    seen = set(kept)
    room = MOST_BYTES - sum(len(word.encode()) for word in seen)
    for word in tokens[MOST_PLACES:]:
        if word not in seen and (room := room - len(word.encode())) > 0:
            seen.add(word)
            kept.append(word)
    return kept


def spellable(vocabulary: set[str]) -> set[str]:
    """The words that can be misspelt: neither numbers nor signs."""
    return {word for word in vocabulary if word.isalpha() and not is_unspaced(word)}
