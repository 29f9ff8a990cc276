"""What speaks against terms, in an editor's words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from licensing.rights.conditions import EASINGS, Condition, Kind, parse
from licensing.rights.facts import Party, Right, Rule
from licensing.rights.licences import LICENCES
from licensing.rights.lint import (
    faults,
    found_disagreements,
    found_faults,
    found_promises,
    found_warnings,
    promises,
    warnings,
)
from licensing.rights.vocabulary import Use, Verdict
from tests.licensing.rights import chains
from tests.licensing.rights.chains import hour
from tests.licensing.rights.test_decide import agreement, article, right
from tests.licensing.rights.test_usage import rules as any_rules

BY, SA, ND, NC = (LICENCES[f"CC-BY{kind}-4.0"] for kind in ("", "-SA", "-ND", "-NC"))
CC0 = LICENCES["CC0-1.0"]
NOW = datetime(2019, 10, 1, tzinfo=UTC)


def free(*conditions) -> Rule:
    return Rule(Verdict.GRANTED, parse(list(conditions)))


def rule(verdict, *conditions) -> Rule:
    return Rule(Verdict(verdict), parse(list(conditions)))


def under(licence, **changed) -> list[str]:
    rules = licence.rules | {Use(name): entry for name, entry in changed.items()}
    return faults(rules, licence_url=licence.url)


def with_more(licence, use, kind, value=None) -> Rule:
    entry = licence.rules[Use(use)]
    return entry._replace(conditions=(*entry.conditions, Condition(kind, value)))


# --- Licences that others wrote ---------------------------------------------------------------


@pytest.mark.parametrize("licence", LICENCES.values(), ids=lambda one: one.spdx)
def test_a_licence_as_it_is_has_no_faults_and_nothing_to_warn_of(licence):
    assert faults(licence.rules, licence_url=licence.url) == []
    assert warnings(licence.rules, licence_url=licence.url, name=licence.name) == []


def test_a_licence_cannot_be_narrowed_to_asking():
    assert under(BY, print=rule("ask")) == [
        "“Publish in print”: Creative Commons Attribution 4.0 allows this to everybody, so these "
        "terms cannot say “Ask us”."
    ]


def test_training_cannot_be_refused_under_by():
    assert under(BY, ai_training=rule("refused")) == [
        "“Train an AI”: Creative Commons Attribution 4.0 allows this to everybody, so these terms "
        "cannot say “Not allowed”."
    ]


def test_training_may_be_refused_where_the_licence_does_not_settle_it():
    assert under(NC, ai_training=rule("refused")) == []
    assert under(ND, ai_training=rule("refused")) == []


def test_nothing_may_be_added_to_a_licence():
    assert under(BY, community_web=with_more(BY, "community_web", Kind.NO_PAYWALL)) == [
        "“Cross-post on a community site”: Creative Commons Attribution 4.0 does not demand “No "
        "paywall”, and nothing may be added to it."
    ]
    assert under(CC0, print=free("name_author")) != []
    assert under(ND, print=with_more(ND, "print", Kind.WHOLE)) != []


def test_credit_may_be_asked_wherever_the_licence_asks_for_credit():
    assert under(BY, search_index=free("name_author", "headline_may_change")) == []


def test_nothing_that_is_changed_is_free_under_no_derivatives():
    for use in ("translation", "adaptation"):
        (fault,) = under(ND, **{use: free()})
        assert fault.endswith("which allows no changed versions.")
        assert under(ND, **{use: rule("refused")}) == []


def test_commerce_is_not_free_under_non_commercial():
    assert under(NC, commercial_web=free()) == [
        "“Publish on a commercial site” cannot be allowed under Creative Commons "
        "Attribution-NonCommercial 4.0, which allows no commercial use."
    ]


def test_what_the_licence_demands_and_terms_forget_is_a_warning():
    found = warnings(BY.rules | {Use.PRINT: free("name_author")}, licence_url=BY.url)
    assert len(found) == len(BY.attribution) - 1
    assert all("and these terms do not say so" in sentence for sentence in found)


def test_what_the_licence_allows_and_terms_do_not_mention_is_a_warning():
    rules = dict(BY.rules)
    del rules[Use.PRINT]
    found = warnings(rules, licence_url=BY.url)
    assert "“Publish in print” is not mentioned, so people are told to ask" in found[0]


def test_a_name_that_sounds_like_a_licence_wants_its_address():
    assert warnings({}, name="CC BY 4.0") == [
        "The name “CC BY 4.0” sounds like a public licence, but no licence address is given."
    ]
    assert warnings({}, name="House terms") == []
    assert "“CC-BY {name}”" in warnings({}, name="CC-BY {name}")[0]


# --- Contradictions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "condition", "label"),
    [
        ("excerpt", "whole_article", "The whole article only"),
        ("adaptation", "no_edits", "No edits"),
        ("commercial_web", "non_commercial", "Non-commercial use only"),
    ],
)
def test_a_use_cannot_be_allowed_and_taken_back(use, condition, label):
    (fault,) = found_faults({Use(use): free(condition)})
    assert fault.use is Use(use)
    assert f"at the same time ruled out by “{label}”." in str(fault)
    assert faults({Use(use): rule("ask", condition)}) == []


def test_a_window_that_never_opens_is_a_fault():
    def window(hours, days):
        return free(
            {"kind": "not_before_hours", "value": hours},
            {"kind": "only_within_days", "value": days},
        )

    assert faults({Use.PRINT: window(48, 2)}) == [
        "“Publish in print” never becomes free: it begins 48 hours after publication and ends "
        "after 2 days."
    ]
    assert faults({Use.PRINT: window(47, 2)}) == []


def test_sharing_alike_needs_a_licence():
    assert faults({Use.TRANSLATION: free("share_alike")}) == [
        "“Translate” demands “Share alike”, but these terms name no licence to share under."
    ]
    assert faults({Use.TRANSLATION: free("share_alike")}, licence_url="https://l.example/") == []
    assert under(SA) == []


def test_terms_that_say_nothing_have_no_faults():
    assert faults({}) == warnings({}) == []


# --- Warnings ---------------------------------------------------------------------------------


def test_an_excerpt_without_a_limit_is_a_hint():
    assert warnings({Use.EXCERPT: free()}) == [
        "“Quote an excerpt” is allowed, but nothing says how many words an excerpt may have."
    ]
    assert warnings({Use.EXCERPT: free({"kind": "excerpt_words", "value": 150})}) == []
    assert warnings({Use.EXCERPT: rule("ask")}) == []


def test_canonical_and_noindex_are_mixed_signals():
    (warning,) = warnings({Use.TRANSLATION: free("canonical", "noindex")})
    assert "mixed signals" in warning


@pytest.mark.parametrize("verdict", ["refer", "refused"])
def test_conditions_on_a_no_never_apply(verdict):
    (warning,) = warnings({Use.TRANSLATION: rule(verdict, "name_author", "tell_us")})
    assert warning.endswith(
        "so its conditions never apply: “Name the author”, “Tell us the address of the copy”."
    )


def test_conditions_for_the_web_make_no_sense_in_print():
    (warning,) = warnings({Use.PRINT: rule("ask", "keep_pixel")})
    assert warning == (
        "“Publish in print” demands “Keep the counting pixel”, which makes no sense there."
    )


@pytest.mark.parametrize(
    ("broader", "narrower", "verdict"),
    [
        ("community_web", "excerpt", "refused"),
        ("commercial_web", "community_web", "ask"),
        ("ai_training", "search_index", "refused"),
        ("ai_training", "ai_input", "ask"),
    ],
)
def test_a_use_freer_than_one_that_it_takes_in_is_odd(broader, narrower, verdict):
    limited = {Use.EXCERPT: free({"kind": "excerpt_words", "value": 9})}
    machines = {Use.AI_INPUT: free(), Use.SEARCH_INDEX: free()} if broader[:2] == "ai" else {}
    rules = limited | machines | {Use(broader): free(), Use(narrower): rule(verdict)}
    found = found_warnings(rules)
    assert [one.use for one in found] == [Use(narrower)]
    assert "which is less, says" in str(found[0])


def test_what_is_not_mentioned_is_stricter_than_what_is_free():
    (warning,) = warnings({Use.COMMUNITY_WEB: free()})
    assert warning == (
        "“Cross-post on a community site” says “Allowed”, yet “Quote an excerpt”, which is less, "
        "says “Ask us”."
    )


# --- Promises ---------------------------------------------------------------------------------


def test_what_the_agreement_does_not_pass_on_is_promised_in_vain():
    said = {Use.COMMUNITY_WEB: free(), Use.PRINT: rule("ask"), Use.BROADCAST: rule("refused")}
    assert promises(said, [right(agreement())], NOW) == [
        "“Publish in print”: these terms say “Ask us”, but we cannot pass it on. First published "
        "by OneWorld on 9 September 2019; our agreement with OneWorld of 3 March 2018 does not "
        "let us pass on “Publish in print”. Ask OneWorld (rights@oneworld.example)."
    ]


def test_a_promise_ends_with_the_clearance():
    ending = right(agreement(until=hour(24)))
    said = {Use.COMMUNITY_WEB: free()}
    assert promises(said, [ending], hour(23)) == []
    assert len(promises(said, [ending], hour(24))) == 1


def test_what_is_forbidden_is_said_first_of_all():
    forbidding = right(agreement(forbids=frozenset({Use.PRINT})))
    silent = Right(Party("Ana"), "Translated by Ana")
    (found,) = found_promises({Use.PRINT: free()}, iter([silent, forbidding]), NOW)
    assert found.use is Use.PRINT
    assert "forbids “Publish in print” to everybody." in str(found)


def test_what_is_ours_may_be_promised_and_what_is_nobodys_may_not():
    ours = Right(Party("House"), "Written for us", is_ours=True)
    assert promises({Use.PRINT: free()}, [ours], NOW) == []
    assert promises({Use.PRINT: free()}, [], NOW)[0].endswith(
        "Nobody has said who holds the rights."
    )


# --- Two defaults -----------------------------------------------------------------------------


def disagreements(named):
    return [str(one) for one in found_disagreements(named)]


def test_terms_that_answer_differently_are_named():
    named = {"Tides": {Use.PRINT: free()}, "Harbours": {Use.PRINT: rule("refused")}}
    assert disagreements(named) == [
        "“Publish in print”: “Tides” says “Allowed”, “Harbours” says “Not allowed”. The strictest "
        "counts: “Not allowed”."
    ]


def test_silence_counts_as_asking():
    assert disagreements({"A": {}, "B": {Use.PRINT: rule("ask")}}) == []
    (found,) = disagreements({"A": {}, "B": {Use.PRINT: free()}})
    assert "“A” says “Ask us”, “B” says “Allowed”" in found


def test_the_same_answer_under_other_conditions_is_told_apart():
    one = {Use.PRINT: free("name_author", {"kind": "print_run", "value": 100})}
    two = {Use.PRINT: free("name_author", {"kind": "print_run", "value": 50})}
    assert disagreements({"A": one, "B": two, "C": two}) == [
        "“Publish in print”: only “A” demands “print at most 100 copies”; it counts all the same.",
        "“Publish in print”: only “B” and “C” demand “print at most 50 copies”; it counts all the "
        "same.",
    ]


def test_terms_agree_with_themselves():
    assert disagreements({}) == disagreements({"A": BY.rules}) == []
    assert disagreements({"A": BY.rules, "B": BY.rules}) == []


# --- Properties -------------------------------------------------------------------------------


@settings(deadline=None)
@given(any_rules, any_rules)
def test_every_set_of_terms_is_judged_in_sentences(ours, theirs):
    found = [
        *disagreements({"A": ours, "{B}": theirs}),
        *promises(ours, article().text.rights, NOW),
    ]
    for url in ("", BY.url, ND.url, CC0.url, "https://licence.example/"):
        found += faults(ours, licence_url=url) + warnings(ours, licence_url=url, name="CC-BY {0}")
    assert all(sentence.endswith(".") for sentence in found)


@settings(deadline=None)
@given(any_rules)
def test_any_licence_that_is_narrowed_is_found(changed):
    for licence in LICENCES.values():
        found = {one.use for one in found_faults(changed, licence_url=licence.url)}
        for use, entry in changed.items():
            theirs = licence.rules[use]
            if theirs.verdict is Verdict.GRANTED and entry.verdict is not Verdict.GRANTED:
                assert use in found
            kinds = {one.kind for one in entry.conditions} - EASINGS
            foreign = kinds & {Kind.NO_PAYWALL, Kind.TELL_US, Kind.PRINT_RUN, Kind.TERRITORY}
            if theirs.verdict is entry.verdict is Verdict.GRANTED and foreign:
                assert use in found


@settings(deadline=None)
@given(any_rules, chains.rights(), chains.instants)
def test_what_is_promised_in_vain_is_what_is_not_held(said, one, at):
    found = {objection.use for objection in found_promises(said, [one], at)}
    assert found == {
        use
        for use, entry in said.items()
        if entry.verdict in (Verdict.GRANTED, Verdict.ASK) and not chains.is_held(one, use, at)
    }
