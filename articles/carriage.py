"""Until when we may carry a text or show a picture: the rights desk registers what it knows, and
the row keeps the answer, so that the public pages change by themselves when a right ends.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from articles.models import Article, Image
from articles.models.visibility import MAY_BE_LIVE

# ``rule(articles, at=) -> {article.pk: end or None}``, for many at once.
Rule = Callable[..., dict[int, datetime | None]]
_rules: list[Rule] = []


def register(rule: Rule) -> Rule:
    """Adds a rule; usable as a decorator."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


def ends(articles: Iterable[Article], *, at: datetime) -> dict[int, datetime | None]:
    """When each of ``articles`` leaves the public pages; ``None``: no end is known.

    An article that lies ahead is judged as of the moment at which readers will see it. A moment
    that has passed means: not carried now.
    """
    articles = list(articles)
    found: dict[int, datetime | None] = dict.fromkeys(article.pk for article in articles)
    for rule in _rules:
        for key, end in rule(articles, at=at).items():
            if end is not None and (found[key] is None or end < found[key]):
                found[key] = end
    return found


def end(article: Article, *, at: datetime) -> datetime | None:
    """``ends`` of one article."""
    return ends([article], at=at)[article.pk]


def keep(articles: Iterable[Article], *, at: datetime) -> int:
    """Writes down for each article that readers may see until when it is carried.

    Returns how many changed. The caller's transaction holds it together with what brought it about.
    """
    articles = [article for article in articles if article.status in MAY_BE_LIVE]
    found, changed = ends(articles, at=at), 0
    for article in articles:
        if article.carry_until != found[article.pk]:
            article.carry_until = found[article.pk]
            changed += Article.objects.filter(pk=article.pk).update(carry_until=article.carry_until)
    return changed


def keep_picture(image: Image, until: datetime | None) -> None:
    """Writes down until when a picture may be shown."""
    Image.objects.filter(pk=image.pk).update(carry_until=until)
