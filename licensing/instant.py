"""Instant answers: what the rules of the house say to a request, each with its reasons.

A rule grants where nothing speaks against it, neither in what was asked nor in what we hold.
"""

from datetime import datetime
from typing import NamedTuple

from licensing import conflicts, issuing, quotes
from licensing.issuing import Proposal
from licensing.models import GrantRuleVersion, PermissionRequest, RequestedArticle
from licensing.rights import instant
from licensing.rights.instant import Asked, Rule, Wanted
from licensing.rights.particulars import Particulars
from licensing.rights.tariff_reading import TariffIsWrong
from licensing.rights.vocabulary import Use
from licensing.wording import said


class Tried(NamedTuple):
    """One rule, and why it does not grant, in sentences; none: it does."""

    version: GrantRuleVersion
    reasons: list[str]


class Answer(NamedTuple):
    """The rule that grants, if one does, and what became of every rule."""

    rule: GrantRuleVersion | None
    tried: tuple[Tried, ...] = ()


def answer(permission_request: PermissionRequest, *, at: datetime) -> Answer:
    """What the rules say to this request. Without rules for its use nothing else is looked at."""
    versions = list(_versions())
    if not any(version.use == permission_request.use for version in versions):
        return Answer(None, tuple(Tried(version, _of_another_use(version)) for version in versions))
    return _tried(versions, issuing.proposal(permission_request, at=at), at=at)


def answer_to_sample(
    sample: PermissionRequest, requested: list[RequestedArticle], *, at: datetime
) -> Answer:
    """What the rules would say to a request that nobody has made: rows that were never saved."""
    given = sample.asked
    lines = issuing.lines_of(requested, given.use, at=at)
    conditions = issuing.usual_conditions(given, [line.decision for line in lines])
    first, last = issuing.term(given, conditions, at=at)
    proposed = issuing.to_the_end(
        Proposal(sample, given, conditions, tuple(lines), sample.is_exclusive, first, last, at)
    )
    return _tried(list(_versions()), proposed, at=at)


def rule_of(version: GrantRuleVersion) -> Rule:
    """A version as ``licensing.rights.instant`` reads it."""
    return Rule(
        version.rule.name,
        version.number,
        Use(version.use),
        frozenset(version.requester_kinds),
        version.most_articles,
        version.most_days,
        version.most_copies,
        version.allows_ads,
        version.allows_paywall,
    )


def _versions():
    return GrantRuleVersion.objects.in_force().select_related("rule").order_by("rule__name")


def _of_another_use(version: GrantRuleVersion) -> list[str]:
    return [said(instant.is_for_another_use(rule_of(version)))]


def _tried(versions: list[GrantRuleVersion], proposed: Proposal, *, at: datetime) -> Answer:
    asked = _asked(proposed, at=at)
    ours = issuing.objections(proposed)
    tried = []
    for version in versions:
        rule = rule_of(version)
        reasons = [said(one) for one in instant.objections(rule, asked)]
        tried.append(Tried(version, reasons + (ours if rule.use is asked.given.use else [])))
    granting = next((one.version for one in tried if not one.reasons), None)
    return Answer(granting, tuple(tried))


def _asked(proposed: Proposal, *, at: datetime) -> Asked:
    found = conflicts.of(proposed)
    return Asked(
        proposed.given,
        proposed.permission_request.requester_kind,
        tuple(
            Wanted(
                line.article.headline,
                line.decision,
                tuple(line.requested.pictures),
                line.article.language,
                tuple(line.left_out),
            )
            for line in proposed.lines
        ),
        is_exclusive=proposed.is_exclusive,
        costs=_costs(proposed.given, at=at),
        has_rival=any(conflict.forbids for conflict in found),
        is_held=any(not conflict.forbids for conflict in found),
    )


def _costs(given: Particulars, *, at: datetime) -> bool:
    """Whether the price list in use has a price for it; one that cannot be read may well have."""
    try:
        return quotes.normally_costs(given, at=at)
    except TariffIsWrong:
        return True
