"""Copies that somebody takes by name, and terms under which they may."""

from django.utils import timezone

from articles.models import Article
from licensing.actions import taking
from licensing.actions.terms import assign
from licensing.models import Grant, UsageTerms
from licensing.republication import offered
from licensing.rights.vocabulary import Use
from tests.factories.terms import granted, make_rules, make_terms, make_version

TAKER = "ines@harbour-watch.example"
WHO = {
    "name": "Ines Roca",
    "email": TAKER,
    "outlet": "Harbour Watch",
    "kind": "non_commercial",
    "language": "en",
}


def free_for_community_sites(*conditions: str, **told) -> UsageTerms:
    """Terms of the whole site: community sites may take it on these conditions, others ask."""
    rules = make_rules(community_web=granted("name_author", "link_original", *conditions, **told))
    terms = make_terms("Community", rules=rules)
    assign(terms, by=None)
    return terms


def change(terms: UsageTerms, *conditions: str, **told) -> None:
    """Writes a version that counts from now on."""
    make_version(terms, rules=make_rules(community_web=granted(*conditions, **told)))


def make_taking(article: Article, *, use: Use = Use.COMMUNITY_WEB, at=None, **fields) -> Grant:
    """A copy of ``article`` taken by name, on what counts now."""
    at = at or timezone.now()
    values = {**WHO, "accepted": offered(article, use, at=at).key, **fields}
    return taking.take(article, use=use, at=at, **values)
