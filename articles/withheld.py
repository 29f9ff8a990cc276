"""What is kept from readers after somebody else's notice: desks register what they know of it.

An address at which such an article stood answers 451 (RFC 7725). Nothing of the article is told
there. That it is not shown anywhere is no matter of this module: ``Article.objects.live`` says so.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from articles.models import Article, FormerSlug
from articles.models.visibility import MAY_BE_LIVE, Status

# ``rule(keys=, since=) -> {article key: the moment from which it is withheld}``: of the articles
# with these keys, of those withheld since that moment, or of all.
Rule = Callable[..., dict[int, datetime]]
_rules: list[Rule] = []


def register(rule: Rule) -> Rule:
    """Adds a rule; usable as a decorator."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


def moments(
    *, keys: Collection[int] | None = None, since: datetime | None = None
) -> dict[int, datetime]:
    """Article key → since when it is withheld; several who withhold it: the first of them."""
    found: dict[int, datetime] = {}
    for rule in _rules:
        for key, moment in rule(keys=keys, since=since).items():
            found[key] = min(moment, found.get(key, moment))
    return found


def known_to_readers(articles: QuerySet[Article], *, at: datetime) -> QuerySet[Article]:
    """Those of ``articles`` that would be public, or taken back, if nobody withheld them."""
    return articles.filter(
        Q(embargo_until=None) | Q(embargo_until__lte=at),
        published_at__lte=at,
        status__in=[*MAY_BE_LIVE, Status.WITHDRAWN],
    )


def at_address(slug: str, *, at: datetime) -> Article | None:
    """The withheld article that readers knew under ``slug``, now or formerly; else ``None``."""
    known = known_to_readers(Article.objects.all(), at=at)
    article = known.filter(slug=slug).first()
    if article is None:
        former = FormerSlug.objects.filter(model=Article._meta.model_name, slug=slug).first()
        article = known.filter(pk=former.row_id).first() if former else None
    return article if article and article.pk in moments(keys=[article.pk]) else None


def withdrawal_notices(keys: Collection[int], *, at: datetime) -> dict[int, str]:
    """Article key → what readers are told of its withdrawal. Of what is withheld, too, no notice of
    ours is told any more, nor of what is gone in another way.
    """
    kept_back = moments(keys=keys)
    gone = Article.objects.withdrawn(at).filter(
        pk__in=[key for key in keys if key not in kept_back]
    )
    return dict(gone.values_list("pk", "withdrawal_notice"))


def lately(articles: QuerySet[Article], *, since: datetime, at: datetime) -> list[Article]:
    """Those of ``articles`` that readers saw go, last first, each with its ``withheld_at``."""
    gone = moments(since=since)
    if not gone:
        return []
    found = []
    for article in known_to_readers(articles.filter(pk__in=gone), at=at):
        article.withheld_at = gone[article.pk]
        if article.published_at < article.withheld_at <= at:
            found.append(article)
    return sorted(found, key=lambda article: (article.withheld_at, article.pk), reverse=True)
