"""Which terms apply to articles, now and later: the nearest place that has any, for many at once.

One query, however many articles there are. Twin of ``standing.articles_under``, which asks the
other way round; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q
from django.utils.translation import gettext as _

from articles.models import Article
from licensing.chain import origin
from licensing.models import TermsVersion
from licensing.rights.conditions import merged
from licensing.rights.facts import Rule, Terms
from licensing.rights.usage import rules_from_json
from licensing.rights.vocabulary import STRICTNESS, Use, Verdict

# The places where terms may be put, the nearest first.
ARTICLE, REPORT, PUBLICATION, SITE = range(4)


class _Placed(NamedTuple):
    """A version, and how near the place of its terms is to an article."""

    rank: int
    version: TermsVersion


class Applying:
    """The terms that apply to ``articles`` at ``at``; with ``is_ahead`` at every later moment, too.

    An article's own terms come before its reports', these before its publication's, and these
    before the site's. Where two reports disagree, the stricter answer counts.
    """

    def __init__(self, articles: Iterable[Article], *, at: datetime, is_ahead: bool = False):
        self._answering = {article.pk: _answering(article) for article in articles}
        self._placed: dict[tuple[int, int | None], list[TermsVersion]] = defaultdict(list)
        self._facts: dict[int, Terms] = {}
        versions = TermsVersion.objects.in_force(at)
        if is_ahead:
            versions |= TermsVersion.objects.filter(valid_from__gt=at)
        for row in self._rows(versions):
            self._placed[_place(row)].append(row)

    def of(self, article: Article, *, at: datetime) -> Terms | None:
        """The terms of ``article`` at ``at``, which is none before the moment that was asked for.

        None where nobody put any.
        """
        counting: dict[int, _Placed] = {}
        for placed in self._near(article):
            if placed.version.valid_from > at:
                continue
            known = counting.get(placed.version.terms_id)
            if known is None or _precedence(placed) < _precedence(known):
                counting[placed.version.terms_id] = placed
        if not counting:
            return None
        nearest = min(placed.rank for placed in counting.values())
        found = [placed.version for placed in counting.values() if placed.rank == nearest]
        found.sort(key=lambda version: version.terms.name)
        return _strictest([self._read(version) for version in found])

    def turns(self, article: Article, *, after: datetime) -> set[datetime]:
        """When other terms may begin to count for ``article``, as far as they are written."""
        moments = {placed.version.valid_from for placed in self._near(article)}
        return {moment for moment in moments if moment > after}

    def _rows(self, versions):
        keys = list(self._answering)
        place = "terms__assignments__"
        return (
            versions.annotate(
                of_article=F(f"{place}article"),
                of_report=F(f"{place}report"),
                in_report=F(f"{place}report__entries__article"),
                of_publication=F(f"{place}publication"),
                assigned=F(f"{place}pk"),
            )
            .filter(
                Q(of_article__in=keys)
                | Q(in_report__in=keys)
                | Q(of_publication__in=set(self._answering.values()))
                | Q(
                    assigned__isnull=False,
                    of_article=None,
                    of_report=None,
                    of_publication=None,
                )
            )
            .select_related("terms")
            .order_by("pk")
        )

    def _near(self, article: Article) -> Iterable[_Placed]:
        places = (
            (ARTICLE, article.pk),
            (REPORT, article.pk),
            (PUBLICATION, self._answering[article.pk]),
            (SITE, None),
        )
        for rank, key in places:
            for version in self._placed.get((rank, key), ()):
                yield _Placed(rank, version)

    def _read(self, version: TermsVersion) -> Terms:
        if version.pk not in self._facts:
            self._facts[version.pk] = facts(version)
        return self._facts[version.pk]


def facts(version: TermsVersion) -> Terms:
    """A version as ``rights`` reads it."""
    return Terms(
        version.terms.name,
        version.number,
        version.terms.get_absolute_url(),
        rules_from_json(version.rules),
        version.licence_url,
    )


def _answering(article: Article) -> int:
    """The publication whose terms count for ``article``."""
    publication = origin(article) or article.publication
    return publication.pk


def _place(row: TermsVersion) -> tuple[int, int | None]:
    if row.of_article is not None:
        return ARTICLE, row.of_article
    if row.of_report is not None:
        return REPORT, row.in_report
    if row.of_publication is not None:
        return PUBLICATION, row.of_publication
    return SITE, None


def _precedence(placed: _Placed) -> tuple[int, int]:
    """Of two places the nearer, of two versions the newer."""
    return placed.rank, -placed.version.number


def _strictest(found: list[Terms]) -> Terms | None:
    if len(found) < 2:
        return found[0] if found else None
    rules = {use: _stricter([terms.rules.get(use) for terms in found]) for use in Use}
    names = _(" and ").join(terms.name for terms in found)
    return Terms(names, 1, found[0].url, rules)


def _stricter(rules: Iterable[Rule | None]) -> Rule:
    rules = [rule or Rule(Verdict.ASK) for rule in rules]
    verdict = max((rule.verdict for rule in rules), key=STRICTNESS.__getitem__)
    return Rule(verdict, merged(entry for rule in rules for entry in rule.conditions))
