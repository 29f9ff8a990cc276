"""Instant rules."""

from itertools import count

from licensing.actions.rules import install, write_version
from licensing.models import GrantRule
from licensing.ready_made_rules import READY_MADE_RULES

_numbers = count(1)
COMMUNITY = READY_MADE_RULES[0].grants


def make_rule(*, by=None, name: str = "", is_active: bool = True, **limits) -> GrantRule:
    """A rule for community sites, with one version."""
    rule = GrantRule.objects.create(name=name or f"Rule {next(_numbers)}", is_active=is_active)
    write_version(rule, grants=COMMUNITY._replace(**limits), by=by)
    return rule


def install_a_rule(*, by) -> GrantRule:
    """The ready-made rule: community sites, within the terms."""
    return install(READY_MADE_RULES[0], by=by)
