"""What stands on the front page: the editors' order, then the newest, no text twice.

In a language other than the site's own, what is written in it leads, and the rest follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from articles.models import Article, FrontPlace

LEADING = 4
LATEST = 5
FURTHER = 8
MOST_PLACES = 40


@dataclass(frozen=True)
class FrontPage:
    """The articles of a front page, ready for cards: what leads, the latest, what is left."""

    leading: list[Article]
    latest: list[Article]
    further: list[Article]


def front_page(language: str, *, at: datetime, placed: Sequence[int] | None = None) -> FrontPage:
    """The front page that speaks ``language``. ``placed``: keys of articles in an order that is
    tried on, instead of the one that was saved.
    """
    places = _places(at) if placed is None else _tried_on(placed, at)
    placed = _placed(places, language, at)
    size = LEADING + LATEST + FURTHER
    live = Article.objects.live(at).once_a_text(language, at).for_cards().newest_first()
    if language == settings.LANGUAGE_CODE:
        ordered = _texts_once(placed, live[: size + len(placed)])
    else:
        own = [article for article in placed if article.language == language]
        ordered = _texts_once(
            own,
            live.filter(language=language)[: size + len(own)],
            [article for article in placed if article.language != language],
            live.exclude(language=language)[: size + len(placed)],
        )
    chosen = {article.pk for article in placed}
    following = ordered[LEADING:size]
    latest = [article for article in following if article.pk not in chosen][:LATEST]
    further = [article for article in following if article not in latest]
    return FrontPage(ordered[:LEADING], latest, further)


def _texts_once(*lists) -> list[Article]:
    """The articles of ``lists`` one after the other; of several versions of a text, the first."""
    found: dict[int, Article] = {}
    for articles in lists:
        for article in articles:
            found.setdefault(article.head, article)
    return list(found.values())


def _places(at: datetime) -> list[tuple]:
    """What the editors placed: each article's key and that of its text's first version."""
    places = FrontPlace.objects.shown(at).values_list("article", "article__translation_of")
    return list(places[:MOST_PLACES])


def _tried_on(keys: Sequence[int], at: datetime) -> list[tuple]:
    """The same of an order that is not saved."""
    live = Article.objects.live(at).filter(pk__in=keys)
    heads = dict(live.values_list("pk", "translation_of"))
    return [(key, heads[key]) for key in keys if key in heads][:MOST_PLACES]


def _placed(placed: list[tuple], language: str, at: datetime) -> list[Article]:
    """These articles, in the page's language where a version in it is live."""
    live = Article.objects.live(at)
    heads = list(dict.fromkeys(head or key for key, head in placed))
    versions: dict[int, list[Article]] = {head: [] for head in heads}
    for article in live.versions_of(heads).for_cards().newest_first():
        versions[article.head].append(article)
    first_choice = {head or key: key for key, head in placed}
    return [
        min(
            versions[head],
            key=lambda article: (article.language != language, article.pk != first_choice[head]),
        )
        for head in heads
        # What was withdrawn since the places were read has none.
        if versions[head]
    ]
