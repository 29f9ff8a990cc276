"""Every answer to every use is a sentence that an editor would say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.conditions import CONDITIONS, Condition, Kind, Takes, condition, merged
from licensing.rights.decide import Decision, decide
from licensing.rights.facts import (
    Element,
    ElementKind,
    Grant,
    Party,
    Requester,
    Right,
    Rule,
    Snapshot,
    Terms,
)
from licensing.rights.vocabulary import Use, Verdict
from licensing.sentences import SAID, decision_sentence, rule_sentence, sentence
from licensing.wording import said
from tests.factories.terms import granted

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
DESK = Party("The House", "desk@house.example")
WORDS = st.text(alphabet="abcdefghij ", min_size=1, max_size=12).map(str.strip).filter(bool)


def _made(kind):
    takes = CONDITIONS[kind].takes
    if takes == Takes.NUMBER:
        return st.integers(1, 10_000).map(lambda number: Condition(kind, number))
    if takes == Takes.LIST:
        return st.lists(WORDS, max_size=3).map(lambda words: Condition(kind, tuple(words)))
    return st.just(Condition(kind))


CONDITION_SETS = st.lists(st.sampled_from(Kind).flatmap(_made), max_size=8).map(merged)
RULES = st.builds(Rule, st.sampled_from(Verdict), CONDITION_SETS)
CONTACTS = st.sampled_from(["", "desk@house.example"])


def assert_is_a_sentence(said):
    assert said[0].isupper() and said.endswith(".")
    assert not set("{}") & set(said)
    assert ".." not in said and " ," not in said and "()" not in said and "  ," not in said


@given(st.sampled_from(Use), RULES, CONTACTS)
def test_any_rule_for_any_use_is_a_sentence(use, rule, contact):
    said = rule_sentence(use, rule, contact=contact)
    assert_is_a_sentence(said)
    assert sentence(use, rule, contact=contact) == said


@given(st.sampled_from(Use), RULES)
def test_no_condition_that_binds_goes_unsaid(use, rule):
    if rule.verdict is Verdict.GRANTED:
        sentence_of_rule = rule_sentence(use, rule)
        for entry in rule.conditions:
            if entry.value != () and entry.kind not in (Kind.EXCERPT_WORDS, Kind.HEADLINE_FREE):
                assert said(entry) in sentence_of_rule


def test_countries_languages_and_formats_are_called_by_their_names():
    assert said(Condition(Kind.TERRITORY, ("DE", "FR"))) == "only in Germany, France"
    assert said(Condition(Kind.LANGUAGE, ("pt-BR",))).endswith(": Brazilian Portuguese")
    assert said(Condition(Kind.FORMATS, ("ebook", "vinyl"))).endswith(": E-book, vinyl")


@given(st.sampled_from(Use), RULES, st.booleans(), st.integers(0, 2000))
def test_any_decision_is_a_sentence(use, rule, is_ours, hours):
    snapshot = article(use, rule, is_ours=is_ours, age=timedelta(hours=hours))
    decision = decide(snapshot, use, AT)
    assert_is_a_sentence(decision_sentence(decision))
    assert sentence(use, decision) == decision_sentence(decision)


def article(use, rule, *, is_ours=True, age=timedelta(days=3), grants=()):
    right = Right(Party("OneWorld", "rights@oneworld.example"), "Ours", is_ours=is_ours)
    terms = Terms("Terms", 1, "", {use: rule})
    text = Element(ElementKind.TEXT, "text", "the text", (right,), terms)
    return Snapshot(text, DESK, published_at=AT - age, grants=grants)


@pytest.mark.parametrize("use", Use)
def test_each_use_has_its_four_patterns(use):
    assert all(SAID[use])
    assert "{whom}" in SAID[use].ask and "{whom}" in SAID[use].refer


# --- as they read -----------------------------------------------------------------------------

CREDIT = ("acknowledge_source", "show_copyright", "link_original")


@pytest.mark.parametrize(
    ("use", "rule", "said"),
    [
        (
            Use.COMMUNITY_WEB,
            granted(*CREDIT),
            "You may cross-post this article on a community site, provided you name the source, "
            "show the copyright notice and link to the original article.",
        ),
        (
            Use.PRINT,
            Rule(Verdict.ASK),
            "To publish this article in print, ask us (desk@house.example).",
        ),
        (
            Use.PRINT,
            Rule(Verdict.REFER),
            "To publish this article in print, ask the rights holder; it is not ours to permit.",
        ),
        (Use.AI_TRAINING, Rule(Verdict.REFUSED), "You may not train an AI on this article."),
        (
            Use.EXCERPT,
            granted("name_author", excerpt_words=150),
            "You may quote up to 150 words of this article, provided you name the author.",
        ),
        (
            Use.PRINT,
            granted("name_author", "headline_may_change", term=30, territory=["Kenya"]),
            "You may publish this article in print, for 30 days and only in Kenya, provided you "
            "name the author. The headline may be your own.",
        ),
        (
            Use.BROADCAST,
            Rule(Verdict.ASK, (condition("name_author"),)),
            "To broadcast this article, ask us (desk@house.example). Our permission then holds "
            "provided you name the author.",
        ),
        (Use.SEARCH_INDEX, granted(), "You may list this article in a search engine."),
        (
            Use.PRINT,
            Rule(Verdict.GRANTED, (Condition(Kind.TERRITORY, ()),)),
            "To publish this article in print, ask us (desk@house.example).",
        ),
    ],
)
def test_terms_read_as_an_editor_would_say_them(use, rule, said):
    assert rule_sentence(use, rule, contact=DESK.contact) == said


def test_what_is_not_ours_names_the_holder_with_a_contact():
    decision = decide(article(Use.PRINT, granted(), is_ours=False), Use.PRINT, AT)
    if decision.verdict is Verdict.REFER:
        assert "OneWorld (rights@oneworld.example)" in decision_sentence(decision)
    referred = Decision(Use.PRINT, Verdict.REFER, whom=Party("OneWorld", "rights@oneworld.example"))
    assert decision_sentence(referred) == (
        "To publish this article in print, ask OneWorld (rights@oneworld.example); it is not ours "
        "to permit."
    )


def test_what_is_not_public_says_that_and_nothing_else():
    hidden = article(Use.PRINT, granted(*CREDIT), age=timedelta(days=-1))
    assert decision_sentence(decide(hidden, Use.PRINT, AT)) == "This article is not public."


def test_an_answer_that_waits_says_until_when():
    early = article(Use.PRINT, granted("name_author", not_before_hours=48), age=timedelta(hours=1))
    assert decision_sentence(decide(early, Use.PRINT, AT)) == (
        "You may publish this article in print from 12 March 2026, 11:00 UTC on, provided you "
        "name the author; before that, ask us (desk@house.example)."
    )
    late = article(Use.PRINT, granted(only_within_days=2), age=timedelta(days=3))
    assert decision_sentence(decide(late, Use.PRINT, AT)) == (
        "To publish this article in print, ask us (desk@house.example). It was free to take until "
        "9 March 2026, 12:00 UTC."
    )


def test_a_grant_is_named_by_its_number():
    grant = Grant("GR-7", "them", frozenset({Use.PRINT}), (condition("name_author"),))
    snapshot = article(Use.PRINT, Rule(Verdict.ASK), grants=(grant,))
    assert decision_sentence(decide(snapshot, Use.PRINT, AT, Requester("them"))) == (
        "You may publish this article in print, under our grant GR-7, provided you name the author."
    )
