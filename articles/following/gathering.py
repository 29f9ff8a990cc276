"""The rows behind a batch of digests: the news since a number, their headings, and the articles.

However many followers and articles there are, the number of queries is the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from articles.following.headings import WHOLE_SITE, Key
from articles.following.selection import News, Version
from articles.models import (
    Article,
    Byline,
    Correction,
    NewsEntry,
    Region,
    ReportEntry,
    Theme,
)
from articles.pages import loaded

TREES = {"region": Region, "theme": Theme}


@dataclass
class Gathered:
    """What there is to tell, and above which heading each heading lies."""

    news: list[News] = field(default_factory=list)
    versions: dict[int, list[Version]] = field(default_factory=dict)
    above: dict[Key, list[Key]] = field(default_factory=dict)

    def order(self, followed: Iterable[Key], kinds: tuple[str, ...]) -> list[Key]:
        """``followed`` as an article looks for its place: the narrower heading first."""
        ranks = {kind: rank for rank, kind in enumerate(kinds)}
        return sorted(
            followed,
            key=lambda key: (ranks.get(key[0], len(kinds)), -len(self.above.get(key, ())), key[1]),
        )


def gather(*, after: int, until: int, at: datetime) -> Gathered:
    """The news with numbers above ``after`` and up to ``until`` of articles public at ``at``."""
    above = {key: chain for kind in TREES for key, chain in _above(kind).items()}
    live = Article.objects.live(at)
    entries = NewsEntry.objects.filter(pk__gt=after, pk__lte=until, article__in=live.values("pk"))
    rows = list(
        entries.order_by("pk").values_list(
            "pk",
            "article",
            Coalesce("article__translation_of", F("article")),
            "article__publication",
            "article__originating_publication",
            Coalesce("correction", 0),
        )
    )
    hung = _headings({row[1] for row in rows})
    news = []
    for number, article, text, *outlets, correction in rows:
        keys = {WHOLE_SITE, *(("publication", pk) for pk in outlets if pk)}
        for key in hung[article]:
            keys |= {key, *above.get(key, ())}
        news.append(News(number, article, text, frozenset(keys), correction))
    return Gathered(news, _versions({entry.text for entry in news}, live), above)


def articles(keys: Iterable[int], *, at: datetime) -> dict[int, Article]:
    """These articles with all that a card and its rights are made of, as far as they are public."""
    return {row.pk: row for row in loaded(Article.objects.live(at).filter(pk__in=set(keys)))}


def corrections(keys: Iterable[int]) -> dict[int, Correction]:
    """These notices."""
    return Correction.objects.in_bulk(set(keys))


def _headings(keys: set[int]) -> defaultdict[int, set[Key]]:
    """Article → the headings it hangs under itself."""
    hung: defaultdict[int, set[Key]] = defaultdict(set)
    through = {
        "author": Byline.objects.values_list("article", "author"),
        "report": ReportEntry.objects.values_list("article", "report"),
        "region": Article.regions.through.objects.values_list("article", "region"),
        "theme": Article.themes.through.objects.values_list("article", "theme"),
    }
    for kind, links in through.items():
        for article, heading in links.filter(article__in=keys):
            hung[article].add((kind, heading))
    return hung


def _versions(texts: set[int], live) -> dict[int, list[Version]]:
    out = NewsEntry.objects.filter(correction=None, article__in=live.values("pk"))
    found = defaultdict(list)
    text = Coalesce("article__translation_of", F("article"))
    rows = out.annotate(text=text).filter(text__in=texts)
    for head, article, language, number in rows.values_list(
        "text", "article", "article__language", "pk"
    ):
        found[head].append(Version(article, language, number))
    return found


def _above(kind: str) -> dict[Key, list[Key]]:
    """Heading → those above it, for a whole tree."""
    parents = TREES[kind].parents()
    found = {}
    for pk in parents:
        chain, step = [], parents[pk]
        while step is not None and step not in chain:
            chain.append(step)
            step = parents.get(step)
        found[kind, pk] = [(kind, key) for key in chain]
    return found
