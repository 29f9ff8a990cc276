"""What is done with instant rules: the next version is written, a rule is switched on or off.

A version is never changed: a licence names the one that gave it.
"""

from django.db import transaction
from django.db.models import Max

from licensing.instant import rule_of
from licensing.models import GrantRule, GrantRuleVersion
from licensing.ready_made_rules import ReadyMadeRule
from licensing.rights.instant import Rule, faults
from licensing.wording import said


class RuleIsWrong(ValueError):
    """A rule that could never grant; ``faults``: name of a limit → sentence for a person."""

    def __init__(self, found: dict[str, str]):
        self.faults = found
        super().__init__(" ".join(found.values()))


@transaction.atomic
def write_version(rule: GrantRule, *, grants: Rule, by, note: str = "") -> GrantRuleVersion:
    """Adds the next version of ``rule``, which grants what ``grants`` says from now on.

    Its name and number are given here. Who writes at the same moment as others waits and takes the
    number after theirs. Raises RuleIsWrong and writes nothing.
    """
    if found := faults(grants):
        raise RuleIsWrong({name: said(sentence) for name, sentence in found.items()})
    # Whoever holds the row of the rule writes; the others wait.
    GrantRule.objects.select_for_update().get(pk=rule.pk)
    latest = rule.versions.aggregate(latest=Max("number"))["latest"] or 0
    return GrantRuleVersion.objects.create(
        rule=rule,
        number=latest + 1,
        use=grants.use.value,
        requester_kinds=sorted(grants.requester_kinds),
        most_articles=grants.most_articles,
        most_days=grants.most_days,
        most_copies=grants.most_copies,
        allows_ads=grants.allows_ads,
        allows_paywall=grants.allows_paywall,
        note=note,
        created_by=by,
    )


def says_the_same(version: GrantRuleVersion, grants: Rule) -> bool:
    """Whether a version grants just this."""
    standing = rule_of(version)
    return standing._replace(name="", version=0) == grants._replace(name="", version=0)


def activate(rule: GrantRule) -> bool:
    """Lets ``rule`` answer from now on; whether it did not before."""
    return _switch(rule, is_active=True)


def deactivate(rule: GrantRule) -> bool:
    """Lets ``rule`` rest from now on; whether it did not before. What it granted stays granted."""
    return _switch(rule, is_active=False)


def _switch(rule: GrantRule, *, is_active: bool) -> bool:
    changed = GrantRule.objects.filter(pk=rule.pk, is_active=not is_active)
    is_new = bool(changed.update(is_active=is_active))
    rule.is_active = is_active
    return is_new


@transaction.atomic
def install(ready_made: ReadyMadeRule, *, by) -> GrantRule:
    """A rule from a ready-made one; one of its name stays as it is."""
    rule, _is_new = GrantRule.objects.get_or_create(name=ready_made.name)
    if not rule.versions.exists():
        write_version(rule, grants=ready_made.grants, by=by)
    return rule
