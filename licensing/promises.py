"""Where terms stand for something they cannot keep: no clearance covers it, or two disagree."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Article, InDepthReport, Publication
from licensing.chain import Clearances, fact, party, text_rights
from licensing.models import Clearance, ClearanceStatus, Scope, TermsAssignment, TermsVersion
from licensing.rights.facts import Right, Rule
from licensing.rights.lint import found_disagreements, found_promises
from licensing.rights.usage import rules_from_json
from licensing.rights.vocabulary import Use, Verdict
from licensing.wording import listed, use_name

# A list that is longer than this is not read; the first of it make the point.
MOST_NAMED = 5
# How many articles of a report, or publications of the site, are looked at.
MOST_LOOKED_AT = 200


def remarks(assignment: TermsAssignment, *, at: datetime) -> list[str]:
    """What deserves a second look where these terms apply, in sentences."""
    version = TermsVersion.objects.in_force(at).filter(terms=assignment.terms_id).first()
    if version is None:
        return [_("These terms have no version in force, so they do not count here yet.")]
    rules = rules_from_json(version.rules)
    if assignment.article:
        return _of_articles([assignment.article], rules, at)
    if assignment.report:
        articles = _of_report(assignment.report)
        return _of_articles(articles, rules, at) + _disagreeing(assignment, articles, rules, at)
    if assignment.publication:
        return _of_publications([assignment.publication], rules, at)
    return _of_publications(_answering_to_the_default(), rules, at)


def uncovered(rules: Mapping[Use, Rule], rights: tuple[Right, ...], at: datetime) -> list[Use]:
    """What the terms allow and the chain of title does not let us pass on."""
    allowed = {use: rule for use, rule in rules.items() if rule.verdict is Verdict.GRANTED}
    return [promise.use for promise in found_promises(allowed, rights, at)]


def _of_publications(publications, rules: Mapping[Use, Rule], at: datetime) -> list[str]:
    return _said(
        (publication.name, uncovered(rules, (_right(publication),), at))
        for publication in publications
        if not publication.is_house
    )


def _right(publication: Publication) -> Right:
    rows = Clearance.objects.filter(
        scope=Scope.PUBLICATION, publication=publication, status=ClearanceStatus.GRANTED
    )
    leave = tuple(fact(row) for row in rows.select_related("publication", "author"))
    return Right(party(publication), publication.name, routes=((leave,),) if leave else ())


def _of_articles(articles: list[Article], rules: Mapping[Use, Rule], at: datetime) -> list[str]:
    clearances = Clearances(articles)
    return _said(
        (f"“{article.headline}”", uncovered(rules, text_rights(article, clearances), at))
        for article in articles
    )


def _of_report(report: InDepthReport) -> list[Article]:
    found = Article.objects.filter(report_entries__report=report)
    return list(
        found.select_related("publication", "originating_publication").prefetch_related(
            "bylines__author", "hops__publication"
        )[:MOST_LOOKED_AT]
    )


def _answering_to_the_default() -> list[Publication]:
    """Those elsewhere whose texts we carry, and for which no terms were chosen."""
    chosen = TermsAssignment.objects.exclude(publication=None).values("publication")
    carried = Article.objects.exclude(originating_publication=None)
    return list(
        Publication.objects.filter(
            Q(pk__in=carried.values("originating_publication")), is_house=False
        ).exclude(pk__in=chosen)[:MOST_LOOKED_AT]
    )


def _said(found) -> list[str]:
    """One sentence for all that lack the same."""
    together: dict[tuple[Use, ...], list[str]] = {}
    for name, uses in found:
        if uses:
            together.setdefault(tuple(uses), []).append(name)
    pattern = _(
        "The terms allow {uses}, but of {names} we hold no leave to pass that on: readers are "
        "told to ask the rights holder."
    )
    return [
        pattern.format(uses=listed(f"“{use_name(use)}”" for use in uses), names=_some(names))
        for uses, names in together.items()
    ]


def _some(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return listed(names)
    more = len(names) - MOST_NAMED
    return _("{names} and {more} more").format(names=", ".join(names[:MOST_NAMED]), more=more)


def _disagreeing(
    assignment: TermsAssignment, articles: list[Article], rules: Mapping[Use, Rule], at: datetime
) -> list[str]:
    """Of articles in a second report whose terms say something else, the stricter answer counts."""
    others = TermsAssignment.objects.filter(
        report__entries__article__in=[article.pk for article in articles]
    ).exclude(pk=assignment.pk)
    found = []
    for other in others.select_related("report", "terms").distinct():
        version = TermsVersion.objects.in_force(at).filter(terms=other.terms_id).first()
        theirs = rules_from_json(version.rules) if version else rules
        apart = found_disagreements({"these": rules, "those": theirs})
        if unlike := dict.fromkeys(one.use for one in apart):
            pattern = _(
                "Some articles are in “{report}”, too, whose terms “{terms}” answer {uses} in "
                "another way; for these the stricter answer counts."
            )
            uses = listed(f"“{use_name(use)}”" for use in unlike)
            found.append(pattern.format(report=other.report, terms=other.terms, uses=uses))
    return found
