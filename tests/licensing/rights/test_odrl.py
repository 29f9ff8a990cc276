"""ODRL: one known action a rule, a target and an assigner each, and no answer said softer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from licensing.rights import odrl
from licensing.rights.conditions import CONDITIONS, Condition, Kind, Takes
from licensing.rights.facts import Rule
from licensing.rights.odrl_words import ACTIONS, LEFT_OPERANDS, OPERATORS
from licensing.rights.vocabulary import Use, Verdict
from tests.factories.statements import (
    COMMUNITY,
    ORIGIN,
    PUBLISHED,
    RESERVED,
    every_kind,
    make_carried,
    make_site,
    make_statement,
    with_answers,
)

KINDS = every_kind()
PLACES = ("permission", "prohibition")
VALUES = {Takes.NOTHING: None, Takes.NUMBER: 7, Takes.LIST: ("de", "at")}


def every_condition() -> tuple[Condition, ...]:
    return tuple(Condition(kind, VALUES[CONDITIONS[kind].takes]) for kind in Kind)


def rules_of(policy: dict, *places: str) -> list[dict]:
    return [rule for place in places or PLACES for rule in policy.get(place, [])]


def purposes(rules: list[dict]) -> set[tuple[str, str]]:
    """(action, purpose) of rules."""
    return {
        (rule["action"], entry["rightOperand"]["@id"].partition("#")[2])
        for rule in rules
        for entry in rule["constraint"]
        if entry["leftOperand"] == "purpose"
    }


def assert_well_formed(policy: dict) -> None:
    assert policy["@type"] == "Offer"
    assert policy["uid"].startswith("https://")
    for rule in rules_of(policy):
        assert rule["target"].startswith("https://") and rule["assigner"].startswith("https://")
        assert (
            len([entry for entry in rule["constraint"] if entry["leftOperand"] == "purpose"]) == 1
        )
        for one in (rule, *rule.get("duty", [])):
            assert isinstance(one["action"], str) and one["action"] in ACTIONS
            for constraint in one.get("constraint", []):
                assert constraint["leftOperand"] in LEFT_OPERANDS
                assert constraint["operator"] in OPERATORS
                assert constraint["rightOperand"] not in ("", [], {}, None)


@pytest.mark.parametrize("statement", KINDS.values(), ids=KINDS)
def test_every_rule_has_one_known_action_a_target_and_an_assigner(statement):
    assert_well_formed(odrl.policy(statement))


@pytest.mark.parametrize("statement", KINDS.values(), ids=KINDS)
def test_every_use_is_answered_once(statement):
    policy = odrl.policy(statement)
    granted, asked, closed = set(), set(), set()
    for rule in policy.get("permission", []):
        duties = {duty["action"] for duty in rule.get("duty", [])}
        (asked if "obtainConsent" in duties else granted).update(purposes([rule]))
    banned = purposes(policy.get("prohibition", []))
    for use, decision in statement.decisions.items():
        name = odrl.purpose_of(use, statement.policy_url).partition("#")[2]
        said = (odrl.ACTION_OF[use], name)
        assert (said in granted) == (decision.verdict is Verdict.GRANTED)
        assert (said in asked) == (decision.verdict is Verdict.ASK)
        assert (said in banned) == (decision.verdict in (Verdict.REFER, Verdict.REFUSED))
        closed.add(said)
    assert granted | asked <= closed


def test_no_purpose_is_shared_by_two_uses():
    assert len({odrl.purpose_of(use, "https://x.example/") for use in Use}) == len(Use)


def test_no_rule_is_both_permitted_and_prohibited():
    for statement in KINDS.values():
        policy = odrl.policy(statement)
        permitted = purposes(rules_of(policy, "permission"))
        assert not permitted & purposes(rules_of(policy, "prohibition"))
        assert policy["conflict"] == "prohibit"


def test_every_condition_that_binds_leaves_a_trace():
    # Late enough for a wait of seven hours, early enough for a window of seven days.
    at = PUBLISHED + timedelta(hours=8)
    for entry in every_condition():
        rules = {Use.COMMUNITY_WEB: Rule(Verdict.GRANTED, (entry,))}
        bare = {Use.COMMUNITY_WEB: Rule(Verdict.GRANTED)}
        statements = [
            make_statement(RESERVED._replace(rules=known), at=at) for known in (rules, bare)
        ]
        assert all(statement.may(Use.COMMUNITY_WEB) for statement in statements)
        said, unsaid = map(odrl.policy, statements)
        assert_well_formed(said)
        is_eased = entry.kind is Kind.HEADLINE_FREE
        assert (rules_of(said) == rules_of(unsaid)) == is_eased, entry


def test_what_odrl_has_no_word_for_sends_the_reader_to_the_terms():
    policy = odrl.policy(make_statement(COMMUNITY))
    duties = [duty for rule in rules_of(policy, "permission") for duty in rule.get("duty", [])]
    (review,) = [duty for duty in duties if duty["action"] == "reviewPolicy"]
    assert review["target"] == COMMUNITY.url
    assert "paywall" in review["dct:description"]


def test_a_community_copy_names_the_source_and_tells_the_desk():
    policy = odrl.policy(make_carried(COMMUNITY))
    (rule,) = [rule for rule in rules_of(policy, "permission") if rule["action"] == "distribute"]
    named = [duty["attributedParty"] for duty in rule["duty"] if duty["action"] == "attribute"]
    assert {"uid": ORIGIN.publication_url, "vcard:fn": "OneWorld"} in named
    assert {party["vcard:fn"] for party in named} == {"OneWorld", "Ada Brook"}
    assert [duty for duty in rule["duty"] if duty["action"] == "inform"]


def test_a_ban_binds_those_who_make_that_use_and_nobody_else():
    policy = odrl.policy(make_statement(COMMUNITY))
    bans = purposes(rules_of(policy, "prohibition"))
    assert {("modify", "community-website"), ("sell", "community-website")} <= bans
    assert ("modify", "adaptation") in purposes(rules_of(policy, "permission"))


def test_a_carriage_that_ends_ends_the_permissions():
    end = datetime(2030, 1, 1, tzinfo=UTC)
    policy = odrl.policy(replace(make_statement(COMMUNITY), expires_at=end))
    for rule in rules_of(policy, "permission"):
        if any(duty["action"] == "obtainConsent" for duty in rule.get("duty", [])):
            continue
        ends = [
            entry["rightOperand"]["@value"]
            for entry in rule["constraint"]
            if entry["leftOperand"] == "dateTime"
        ]
        assert ends == ["2030-01-01T00:00:00+00:00"]


def test_terms_say_how_long_after_publication_where_an_article_says_when():
    waits = Condition(Kind.NOT_BEFORE, 24)
    terms = RESERVED._replace(rules={Use.PRINT: Rule(Verdict.GRANTED, (waits,))})
    for policy, operand, value in (
        (odrl.policy(make_statement(terms)), "dateTime", "2021-05-05T09:30:00+00:00"),
        (odrl.terms_policy(terms, make_site(), "https://house.example/t"), "delayPeriod", "PT24H"),
    ):
        (rule,) = [rule for rule in rules_of(policy, "permission") if rule["action"] == "print"]
        (constraint,) = [entry for entry in rule["constraint"] if entry["leftOperand"] != "purpose"]
        assert constraint["leftOperand"] == operand
        assert constraint["rightOperand"]["@value"] == value


def test_terms_offer_for_the_site_and_ask_for_what_they_do_not_name():
    uid = "https://house.example/rights/terms/community.odrl.json"
    for terms in (COMMUNITY, COMMUNITY._replace(rules={})):
        policy = odrl.terms_policy(terms, make_site(), uid)
        assert_well_formed(policy)
        assert policy["uid"] == uid
        assert {rule["target"] for rule in rules_of(policy)} == {"https://house.example/"}
    assert len(policy["permission"]) == len(Use)
    assert "prohibition" not in policy


def test_terms_with_every_condition_are_well_formed():
    terms = RESERVED._replace(rules=dict.fromkeys(Use, Rule(Verdict.GRANTED, every_condition())))
    policy = odrl.terms_policy(terms, make_site(), "https://house.example/t.odrl.json")
    assert_well_formed(policy)


def test_every_prefix_is_defined():
    policy = odrl.policy(KINDS["CC-BY-NC-SA-4.0"])
    defined = {"dct", "xsd"} | set(policy["@context"][-1])
    used = set()

    def walk(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key == "@context":
                    continue
                used.update(word.partition(":")[0] for word in (key,) if ":" in word)
                if key in ("action", "leftOperand", "@type") and ":" in str(value):
                    used.add(value.partition(":")[0])
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(policy)
    assert used <= defined


def test_what_nobody_may_do_is_prohibited():
    statement = with_answers(make_statement(), print=Verdict.REFUSED, broadcast=Verdict.REFER)
    bans = {rule["action"] for rule in rules_of(odrl.policy(statement), "prohibition")}
    assert {"print", "present"} <= bans
