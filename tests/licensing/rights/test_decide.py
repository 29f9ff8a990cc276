"""May this be done with this article? The reference scenario in sentences, then the properties."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensing.rights.conditions import TAKEN_BACK_BY, Condition, Kind, clash, parse
from licensing.rights.decide import Decision, decide, decide_all
from licensing.rights.facts import (
    Clearance,
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
from licensing.rights.vocabulary import Basis, Carriage, Rung, Use, Verdict
from tests.licensing.rights import chains
from tests.licensing.rights.chains import DESK, PUBLISHED, READER, binding, hour, strictness

ONEWORLD = Party("OneWorld", "rights@oneworld.example", "https://oneworld.example")
CREDIT = parse(["acknowledge_source", "show_copyright", "link_original"])
NOW = hour(24 * 5)
slowly = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def agreement(**fields) -> Clearance:
    values = {
        "key": 1,
        "named": "our agreement with OneWorld of 3 March 2018",
        "basis": Basis.AGREEMENT,
        "covers": frozenset({Carriage.WEB}),
        "passes_on": frozenset({Use.EXCERPT, Use.COMMUNITY_WEB}),
        "conditions": parse(["acknowledge_source", "link_original"]),
    }
    return Clearance(**values | fields)


def right(*group, **fields) -> Right:
    came = "First published by OneWorld on 9 September 2019"
    return Right(ONEWORLD, came, routes=((group,),) if group else (), **fields)


def terms(**rules) -> Terms:
    found = dict.fromkeys(Use, Rule(Verdict.ASK)) | {
        Use.EXCERPT: Rule(Verdict.GRANTED, (*CREDIT, Condition(Kind.EXCERPT_WORDS, 150))),
        Use.COMMUNITY_WEB: Rule(Verdict.GRANTED, CREDIT),
    }
    given_here = {Use(name): rule for name, rule in rules.items()}
    return Terms("Community cross-post", 1, "/rights/terms/community/", found | given_here)


def picture(*rights, key="image-1", is_detachable=True, **fields) -> Element:
    return Element(
        ElementKind.IMAGE, key, "the picture", rights, is_detachable=is_detachable, **fields
    )


def article(*rights, others=(), said=None, **fields) -> Snapshot:
    rights = rights or (right(agreement()),)
    text = Element(ElementKind.TEXT, "text", "the text", rights, said or terms())
    return Snapshot(text, DESK, published_at=PUBLISHED, others=tuple(others), **fields)


OURS = Right(Party("The House Review"), "Written for us", is_ours=True)
FREE = Rule(Verdict.GRANTED)


def sentences(decision: Decision) -> str:
    return " ".join(str(reason) for reason in decision.reasons)


# --- The reference scenario -------------------------------------------------------------------


def test_a_community_site_may_cross_post_with_source_copyright_and_link():
    decision = decide(article(), Use.COMMUNITY_WEB, NOW)
    assert decision.is_granted
    assert [str(entry) for entry in decision.conditions] == [
        "name the source",
        "show the copyright notice",
        "link to the original article",
    ]
    assert sentences(decision) == (
        "First published by OneWorld on 9 September 2019; our agreement with OneWorld of 3 March "
        "2018 lets us pass this on. Our terms “Community cross-post” allow this."
    )
    assert decision.whom is None


@pytest.mark.parametrize("use", [Use.PRINT, Use.COMMERCIAL_WEB])
def test_for_print_and_commerce_the_originating_publication_is_to_be_asked(use):
    decision = decide(article(), use, NOW)
    assert decision.verdict is Verdict.REFER
    assert decision.whom == ONEWORLD
    assert decision.conditions == ()
    assert "OneWorld (rights@oneworld.example)" in sentences(decision)


@pytest.mark.parametrize("use", [Use.PRINT, Use.COMMERCIAL_WEB])
def test_where_the_agreement_passes_it_on_and_terms_say_ask_our_desk_is_to_be_asked(use):
    held = right(agreement(passes_on=frozenset(Use)))
    decision = decide(article(held), use, NOW)
    assert decision.verdict is Verdict.ASK
    assert decision.whom == DESK
    assert binding(decision.conditions) == {Kind.SOURCE, Kind.LINK}


def test_an_excerpt_is_granted_with_its_limit():
    decision = decide(article(), Use.EXCERPT, NOW)
    assert decision.is_granted
    assert Condition(Kind.EXCERPT_WORDS, 150) in decision.conditions


def test_a_picture_that_is_not_cleared_is_left_out_and_said_so():
    made_by_another = Right(Party("Ben Cole"), "Made by Ben Cole")
    decision = decide(article(others=[picture(made_by_another)]), Use.COMMUNITY_WEB, NOW)
    assert decision.is_granted
    assert [one.element.key for one in decision.left_out] == ["image-1"]
    assert "The copy goes without the picture." in sentences(decision)
    assert decision.elements[1].whom == Party("Ben Cole")


def test_a_picture_that_cannot_be_left_out_binds_the_whole_copy():
    fixed = picture(Right(Party("Ben Cole"), "Made by Ben Cole"), is_detachable=False)
    decision = decide(article(others=[fixed]), Use.COMMUNITY_WEB, NOW)
    assert decision.verdict is Verdict.REFER
    assert decision.whom == Party("Ben Cole")
    assert decision.left_out == ()


def test_the_conditions_of_a_stricter_part_come_beside_those_of_the_text():
    said = Terms("Photographs", 1, "", {Use.COMMUNITY_WEB: Rule(Verdict.ASK, parse(["tell_us"]))})
    fixed = picture(OURS, is_detachable=False, terms=said)
    decision = decide(article(others=[fixed]), Use.COMMUNITY_WEB, NOW)
    assert decision.verdict is Verdict.ASK
    assert binding(decision.conditions) == binding(CREDIT) | {Kind.TELL_US}


def test_terms_that_refer_name_the_holder_and_not_our_desk():
    decision = decide(article(said=terms(excerpt=Rule(Verdict.REFER))), Use.EXCERPT, NOW)
    assert (decision.verdict, decision.whom) == (Verdict.REFER, ONEWORLD)
    own = article(OURS, said=terms(excerpt=Rule(Verdict.REFER)))
    assert decide(own, Use.EXCERPT, NOW).whom == DESK


# --- What nobody said is not yes --------------------------------------------------------------


@pytest.mark.parametrize(
    "routes",
    [(), ((),), (((),),), ((), ((),)), (((agreement(),), ()),)],
    ids=["no route", "a route without a group", "an empty group", "both", "one group is empty"],
)
def test_a_route_that_leads_nowhere_holds_nothing(routes):
    ours_to_show = Right(ONEWORLD, "First published by OneWorld", needs=frozenset(), routes=routes)
    decision = decide(article(ours_to_show), Use.COMMUNITY_WEB, NOW)
    assert decision.verdict is Verdict.REFER
    assert decision.whom == ONEWORLD


def test_a_part_whose_rights_nobody_named_is_never_free():
    nobodys = Element(ElementKind.EMBED, "embed-1", "the film", (), terms())
    decision = decide(article(others=[nobodys]), Use.COMMUNITY_WEB, NOW)
    assert (decision.verdict, decision.whom) == (Verdict.REFER, DESK)
    assert sentences(decision) == "Nobody has said who holds the rights in the film."


def test_a_text_whose_rights_nobody_named_is_not_public():
    text = Element(ElementKind.TEXT, "text", "the text", (), terms())
    snapshot = Snapshot(text, DESK, published_at=PUBLISHED)
    assert decide(snapshot, Use.COMMUNITY_WEB, NOW).reasons[0].rung is Rung.VISIBILITY


def test_a_use_that_the_terms_do_not_name_is_to_be_asked_for():
    said = Terms("Silent", 1, "", {})
    for snapshot in (article(OURS, said=said), article(OURS)):
        decision = decide(snapshot, Use.BROADCAST, NOW)
        assert (decision.verdict, decision.whom) == (Verdict.ASK, DESK)


def test_an_article_without_terms_is_to_be_asked_for():
    text = Element(ElementKind.TEXT, "text", "the text", (OURS,))
    snapshot = Snapshot(text, DESK, published_at=PUBLISHED)
    assert {found.verdict for found in decide_all(snapshot, NOW).values()} == {Verdict.ASK}


# --- Deny beats allow -------------------------------------------------------------------------


def test_what_one_clearance_forbids_no_other_allows():
    letter = agreement(key=2, passes_on=frozenset(), forbids=frozenset({Use.PRINT}), named="L")
    held = right(agreement(passes_on=frozenset(Use)), letter)
    decision = decide(article(held, said=terms(print=FREE)), Use.PRINT, NOW)
    assert (decision.verdict, decision.whom) == (Verdict.REFUSED, None)
    assert "L forbids “Publish in print” to everybody." in sentences(decision)


def test_what_was_forbidden_is_forbidden_as_long_as_the_letter_counts():
    letter = agreement(key=2, forbids=frozenset({Use.EXCERPT}), until=hour(24))
    snapshot = article(right(agreement(), letter))
    assert decide(snapshot, Use.EXCERPT, hour(23)).verdict is Verdict.REFUSED
    assert decide(snapshot, Use.EXCERPT, hour(24)).is_granted


def test_what_is_ours_may_be_forbidden_too():
    letter = agreement(forbids=frozenset({Use.PRINT}))
    held = OURS._replace(routes=(((letter,),),))
    assert decide(article(held), Use.PRINT, NOW).verdict is Verdict.REFUSED


def test_one_holder_in_the_chain_who_gives_no_leave_is_enough():
    translator = Right(Party("Ana"), "Translated by Ana")._replace(needs=frozenset())
    snapshot = article(right(agreement()), translator)
    decision = decide(snapshot, Use.COMMUNITY_WEB, NOW)
    assert (decision.verdict, decision.whom) == (Verdict.REFER, Party("Ana"))
    assert len(decision.reasons) == 2


def test_of_two_co_authors_both_must_give_leave():
    one, two = agreement(key=1, named="Ada's letter"), agreement(key=2, named="Ben's letter")
    both = Right(ONEWORLD, "Written by two", routes=(((one,), (two,)),))
    decision = decide(article(both), Use.COMMUNITY_WEB, NOW)
    assert decision.is_granted
    assert "Ada's letter and Ben's letter lets us" in sentences(decision)
    alone = both._replace(routes=(((one,), (two._replace(passes_on=frozenset()),)),))
    assert decide(article(alone), Use.COMMUNITY_WEB, NOW).verdict is Verdict.REFER


# --- Any one way does -------------------------------------------------------------------------


def test_of_two_clearances_that_both_do_the_one_that_asks_least_counts():
    strict = agreement(conditions=(Condition(Kind.NO_EDITS), Condition(Kind.TELL_US)))
    plain = agreement(key=2, named="their letter", conditions=(Condition(Kind.SOURCE),))
    for group in [(strict, plain), (plain, strict)]:
        decision = decide(article(right(*group)), Use.COMMUNITY_WEB, NOW)
        assert binding(decision.conditions) == binding(CREDIT)
        assert "their letter lets us pass this on" in sentences(decision)


def test_a_clearance_that_makes_people_wait_gives_way_to_one_that_does_not():
    waiting = agreement(conditions=(Condition(Kind.NOT_BEFORE, 24 * 30),))
    at_once = agreement(key=2, conditions=parse(["name_author", "tell_us"]))
    assert decide(article(right(waiting)), Use.COMMUNITY_WEB, NOW).verdict is Verdict.ASK
    assert decide(article(right(waiting, at_once)), Use.COMMUNITY_WEB, NOW).is_granted


# --- Conditions -------------------------------------------------------------------------------


def test_our_easing_does_not_ease_what_the_holder_demands():
    held = right(agreement(conditions=parse(["no_edits"])))
    said = terms(community_web=Rule(Verdict.GRANTED, parse(["headline_may_change"])))
    conditions = decide(article(held, said=said), Use.COMMUNITY_WEB, NOW).conditions
    assert conditions == (Condition(Kind.NO_EDITS),)
    eased = decide(article(OURS, said=said), Use.COMMUNITY_WEB, NOW).conditions
    assert eased == (Condition(Kind.HEADLINE_FREE),)


def test_an_easing_of_a_picture_does_not_ease_the_text():
    said = Terms(
        "P", 1, "", {Use.COMMUNITY_WEB: Rule(FREE.verdict, parse(["headline_may_change"]))}
    )
    strict = terms(community_web=Rule(Verdict.GRANTED, parse(["no_edits"])))
    snapshot = article(OURS, said=strict, others=[picture(OURS, terms=said)])
    decision = decide(snapshot, Use.COMMUNITY_WEB, NOW)
    assert decision.conditions == (Condition(Kind.NO_EDITS),)


def test_conditions_that_leave_nothing_in_common_have_to_be_talked_about():
    held = right(agreement(conditions=parse([{"kind": "territory", "value": ["FR"]}])))
    said = terms(
        community_web=Rule(FREE.verdict, parse([{"kind": "territory", "value": ["DE", "AT"]}]))
    )
    decision = decide(article(held, said=said), Use.COMMUNITY_WEB, NOW)
    assert (decision.verdict, decision.whom) == (Verdict.ASK, DESK)
    assert "nothing in common" in sentences(decision)


def test_a_picture_free_in_other_countries_than_the_text_is_left_out():
    def only_in(place):
        return Rule(Verdict.GRANTED, parse([{"kind": "territory", "value": [place]}]))

    elsewhere = Terms("P", 1, "", {Use.COMMUNITY_WEB: only_in("DE")})
    loose, fixed = (
        article(
            OURS,
            said=terms(community_web=only_in("FR")),
            others=[picture(OURS, terms=elsewhere, is_detachable=is_detachable)],
        )
        for is_detachable in (True, False)
    )
    decision = decide(loose, Use.COMMUNITY_WEB, NOW)
    assert decision.is_granted and len(decision.left_out) == 1
    assert decision.conditions == only_in("FR").conditions
    assert decide(fixed, Use.COMMUNITY_WEB, NOW).verdict is Verdict.ASK


def test_pictures_excluded_leaves_pictures_out_and_films_in():
    said = terms(community_web=Rule(Verdict.GRANTED, parse(["images_excluded"])))
    film = Element(ElementKind.EMBED, "embed-1", "the film", (OURS,), said, is_detachable=True)
    snapshot = article(OURS, said=said, others=[picture(OURS, terms=said), film])
    decision = decide(snapshot, Use.COMMUNITY_WEB, NOW)
    assert decision.is_granted
    assert [one.element.key for one in decision.left_out] == ["image-1"]


def test_pictures_excluded_and_a_picture_that_cannot_go_have_to_be_talked_about():
    said = terms(community_web=Rule(Verdict.GRANTED, parse(["images_excluded"])))
    snapshot = article(OURS, said=said, others=[picture(OURS, terms=said, is_detachable=False)])
    decision = decide(snapshot, Use.COMMUNITY_WEB, NOW)
    assert (decision.verdict, decision.whom) == (Verdict.ASK, DESK)
    assert "leave out the picture, which the copy cannot go without" in sentences(decision)


@pytest.mark.parametrize(
    ("use", "kind"), [(use, kind) for use, kinds in TAKEN_BACK_BY.items() for kind in kinds]
)
def test_a_condition_that_takes_the_use_back_leaves_it_to_be_asked_for(use, kind):
    held = right(agreement(passes_on=frozenset(Use), conditions=(Condition(kind),)))
    decision = decide(article(held, said=terms(**{use: FREE})), use, NOW)
    assert (decision.verdict, decision.whom) == (Verdict.ASK, DESK)
    assert "which this use cannot keep" in sentences(decision)


# --- Time -------------------------------------------------------------------------------------


def test_a_window_counts_from_its_first_instant_and_no_longer_at_its_last():
    said = terms(
        community_web=Rule(
            Verdict.GRANTED,
            parse(
                [
                    {"kind": "not_before_hours", "value": 12},
                    {"kind": "only_within_days", "value": 1},
                ]
            ),
        )
    )
    snapshot, instant = article(OURS, said=said), timedelta(microseconds=1)
    verdicts = [
        decide(snapshot, Use.COMMUNITY_WEB, at).verdict
        for at in (hour(12) - instant, hour(12), hour(24) - instant, hour(24))
    ]
    assert verdicts == [Verdict.ASK, Verdict.GRANTED, Verdict.GRANTED, Verdict.ASK]
    early = decide(snapshot, Use.COMMUNITY_WEB, hour(1))
    assert early.reasons[-1].rung is Rung.TIME
    assert "from 9 September 2019, 20:00 UTC on" in sentences(early)
    assert (early.whom, early.valid_until) == (DESK, hour(12))


def test_the_answer_says_when_a_condition_of_a_clearance_turns_it():
    held = right(agreement(conditions=(Condition(Kind.NOT_BEFORE, 24 * 30),)))
    decision = decide(article(held), Use.COMMUNITY_WEB, NOW)
    assert decision.valid_until == hour(24 * 30)
    assert decide(article(held), Use.COMMUNITY_WEB, decision.valid_until).is_granted


@pytest.mark.parametrize("kind", [Kind.NOT_BEFORE, Kind.ONLY_WITHIN])
def test_a_window_beyond_the_calendar_is_no_error(kind):
    said = terms(community_web=Rule(Verdict.GRANTED, (Condition(kind, 100_000_000),)))
    decision = decide(article(OURS, said=said), Use.COMMUNITY_WEB, NOW)
    assert decision.is_granted == (kind is Kind.ONLY_WITHIN)


def test_an_element_ends_with_its_own_day():
    ending = picture(OURS, terms=terms(community_web=FREE), until=hour(6))
    snapshot = article(OURS, others=[ending])
    assert decide(snapshot, Use.COMMUNITY_WEB, hour(5)).left_out == ()
    decision = decide(snapshot, Use.COMMUNITY_WEB, hour(6))
    assert decision.left_out[0].verdict is Verdict.REFUSED
    assert str(decision.left_out[0].reasons[0]) == "The right to use the picture has ended."


# --- Grants -----------------------------------------------------------------------------------

GRANT = Grant("G-2026-7", READER.key, frozenset({Use.PRINT}), parse(["tell_us"]), hour(0), hour(48))


def granted(*grants, **fields) -> Snapshot:
    held = right(agreement(passes_on=frozenset(Use)))
    return article(held, grants=tuple(grants), **fields)


def test_a_grant_answers_for_its_licensee_within_its_window_only():
    snapshot = granted(GRANT)
    decision = decide(snapshot, Use.PRINT, hour(1), READER)
    assert decision.is_granted and decision.grant == "G-2026-7"
    assert binding(decision.conditions) == {Kind.SOURCE, Kind.LINK, Kind.TELL_US}
    for at, requester in [(hour(1), None), (hour(1), Requester("x")), (hour(48), READER)]:
        assert decide(snapshot, Use.PRINT, at, requester).verdict is Verdict.ASK
    assert decide(snapshot, Use.BROADCAST, hour(1), READER).verdict is Verdict.ASK


def test_a_grant_gives_nothing_that_we_do_not_hold():
    snapshot = article(grants=(GRANT,))
    assert decide(snapshot, Use.PRINT, hour(1), READER).verdict is Verdict.REFER


def test_a_grant_covers_the_pictures_that_it_names():
    held = Right(Party("Ben"), "Made by Ben", routes=(((agreement(passes_on=frozenset(Use)),),),))
    pictures = [picture(held, key=key, terms=terms()) for key in ("image-1", "image-2")]
    grant = GRANT._replace(elements=frozenset({"image-2"}))
    decision = decide(granted(grant, others=pictures), Use.PRINT, hour(1), READER)
    assert [one.element.key for one in decision.left_out] == ["image-1"]


def test_a_grant_never_leaves_its_licensee_worse_off():
    later = GRANT._replace(conditions=(Condition(Kind.NOT_BEFORE, 24),))
    snapshot = granted(later, said=terms(print=FREE))
    assert decide(snapshot, Use.PRINT, hour(1), READER).is_granted
    assert decide(snapshot, Use.PRINT, hour(1), READER).grant == ""
    assert decide(snapshot, Use.PRINT, hour(24), READER).grant == "G-2026-7"


def test_of_two_grants_the_one_that_holds_now_answers():
    later = GRANT._replace(number="G-1", conditions=(Condition(Kind.NOT_BEFORE, 24),))
    assert decide(granted(later, GRANT), Use.PRINT, hour(1), READER).grant == "G-2026-7"


# --- Properties -------------------------------------------------------------------------------

snapshots = st.one_of(chains.snapshots(), *[chains.snapshots().map(chains.carried)] * 3)
asked = (snapshots, chains.uses, chains.instants, chains.requesters)


@slowly
@given(*asked)
def test_it_never_grants_what_is_not_held_and_offered(snapshot, use, at, requester):
    decision = decide(snapshot, use, at, requester)
    if not decision.is_granted:
        return
    assert chains.is_public(snapshot, at)
    gone = [one.element for one in decision.left_out]
    assert snapshot.text not in gone
    for element in snapshot.elements:
        if element in gone:
            assert element.is_detachable
            continue
        assert element.rights
        assert all(chains.is_held(one, use, at) for one in element.rights)
        assert chains.offered(snapshot, element, use, at, requester)
        assert element.until is None or at < element.until
    assert not clash(decision.conditions)
    assert not binding(decision.conditions) & TAKEN_BACK_BY.get(use, set())
    for kind, value in decision.conditions:
        assert kind is not Kind.NOT_BEFORE or at >= hour(value)
        assert kind is not Kind.ONLY_WITHIN or at < PUBLISHED + timedelta(days=min(value, 9999))
    if Kind.NO_IMAGES in binding(decision.conditions):
        assert all(one in gone for one in snapshot.others if one.kind is ElementKind.IMAGE)


@slowly
@given(*asked)
def test_what_is_held_and_offered_without_conditions_is_granted(snapshot, use, at, requester):
    def bare(element):
        rights = tuple(
            one._replace(
                routes=tuple(
                    tuple(tuple(c._replace(conditions=()) for c in group) for group in route)
                    for route in one.routes
                )
            )
            for one in element.rights
        )
        said = element.terms and element.terms._replace(
            rules={name: Rule(rule.verdict) for name, rule in element.terms.rules.items()}
        )
        return element._replace(rights=rights, terms=said)

    snapshot = replace(
        snapshot,
        text=bare(snapshot.text),
        others=(),
        grants=tuple(grant._replace(conditions=()) for grant in snapshot.grants),
    )
    expected = (
        chains.is_public(snapshot, at)
        and all(chains.is_held(one, use, at) for one in snapshot.text.rights)
        and chains.offered(snapshot, snapshot.text, use, at, requester)
    )
    assert decide(snapshot, use, at, requester).is_granted == expected


@slowly
@given(*asked)
def test_every_answer_is_whole(snapshot, use, at, requester):
    for name in (use, Use.AI_TRAINING):
        decision = decide(snapshot, name, at, requester)
        assert decision.use is name
        assert decision.reasons and all(str(reason) for reason in decision.reasons)
        assert all(str(entry) for entry in decision.conditions)
        has_whom = decision.verdict in (Verdict.ASK, Verdict.REFER)
        assert (decision.whom is not None) == has_whom
        if decision.verdict in (Verdict.REFER, Verdict.REFUSED):
            assert decision.conditions == ()
        for one in decision.elements:
            assert one.reasons and all(str(reason) for reason in one.reasons)
        if decision.elements:
            assert [one.element for one in decision.elements] == list(snapshot.elements)


@slowly
@given(*asked)
def test_the_same_facts_get_the_same_answer(snapshot, use, at, requester):
    again = replace(snapshot)
    assert decide(snapshot, use, at, requester) == decide(again, use, at, requester)


@slowly
@given(*asked, st.floats(0, 1))
def test_the_answer_stays_until_the_instant_it_names(snapshot, use, at, requester, share):
    now = decide(snapshot, use, at, requester)
    if not now.elements:
        return
    last = now.valid_until or hour(24 * 900)
    assert at < last
    for moment in (at + (last - at) * share, last - timedelta(microseconds=1)):
        later = decide(snapshot, use, min(moment, last - timedelta(microseconds=1)), requester)
        assert later == now


@slowly
@given(*asked)
def test_what_is_not_public_gives_nothing_away(snapshot, use, at, requester):
    decision = decide(snapshot, use, at, requester)
    assert (decision.elements == ()) == (not chains.is_public(snapshot, at))
    hidden = Decision(use, Verdict.REFUSED, reasons=decision.reasons)
    if not decision.elements:
        assert decision == hidden
        assert sentences(decision) == "This article is not public."
    gone = replace(snapshot, is_released=False)
    assert decide(gone, use, at, requester) == Decision(
        use,
        Verdict.REFUSED,
        reasons=decide(article(is_released=False), use, NOW).reasons,
    )


@slowly
@given(*asked, chains.grants)
def test_a_grant_only_ever_helps_and_only_its_licensee(snapshot, use, at, requester, grant):
    more = replace(snapshot, grants=(*snapshot.grants, grant))
    before, after = (decide(one, use, at, requester) for one in (snapshot, more))
    assert strictness(after.elements[0] if after.elements else after) <= strictness(
        before.elements[0] if before.elements else before
    )
    counts = (
        requester
        and requester.key == grant.licensee
        and use in grant.uses
        and chains.counts(grant, at)
    )
    if not counts:
        assert after._replace(valid_until=None) == before._replace(valid_until=None)


# --- Adding a restriction never loosens -------------------------------------------------------


def with_clearances(snapshot: Snapshot, change) -> Snapshot:
    """The snapshot with each clearance as ``change`` makes it; ``None`` takes it away."""

    def group(found):
        return tuple(new for one in found if (new := change(one)) is not None)

    def changed(element):
        return element._replace(
            rights=tuple(
                one._replace(routes=tuple(tuple(map(group, route)) for route in one.routes))
                for one in element.rights
            )
        )

    return replace(
        snapshot, text=changed(snapshot.text), others=tuple(map(changed, snapshot.others))
    )


def with_rules(snapshot: Snapshot, change) -> Snapshot:
    """The snapshot with each rule as ``change`` makes it; ``None`` takes it away."""

    def changed(element):
        rules = element.terms.rules if element.terms else {}
        kept = {use: new for use, rule in rules.items() if (new := change(use, rule))}
        return element._replace(terms=element.terms and element.terms._replace(rules=kept))

    return replace(
        snapshot, text=changed(snapshot.text), others=tuple(map(changed, snapshot.others))
    )


RESTRICTIONS = (
    "a condition on a clearance",
    "a clearance less",
    "not passed on",
    "forbidden",
    "an earlier end",
    "a later beginning",
    "a condition in the terms",
    "a stricter verdict",
    "an element more",
    "a right more",
    "withdrawn",
    "embargoed",
)


# After these somebody else may have the say.
NOT_OURS_ANY_MORE = (
    *("an earlier end", "a later beginning"),
    *("a clearance less", "not passed on", "a right more"),
)


@st.composite
def tightened(draw):
    """``(restriction, snapshot, the same with it)``."""
    name = draw(st.sampled_from(RESTRICTIONS))
    loose = draw(chains.snapshots(conditions=chains.separable))
    if draw(st.integers(0, 3)):
        loose = chains.carried(loose)
    if name in ("an earlier end", "a later beginning", "a clearance less"):
        # A clearance that forbids loosens by ending, and by not being there.
        loose = with_clearances(loose, lambda one: one._replace(forbids=frozenset()))
    return name, loose, draw(restricted(name, loose))


def is_no_looser(after, before, name: str) -> bool:
    """Whether less is given. What our terms refuse is for the holder to say, and nobody else, once
    it is not ours to pass on.
    """
    if name in NOT_OURS_ANY_MORE and before.verdict is Verdict.REFUSED:
        return after.verdict in (Verdict.REFER, Verdict.REFUSED)
    return strictness(after) >= strictness(before)


@st.composite
def restricted(draw, name, snapshot):
    use, at = draw(chains.uses), draw(chains.instants)
    entry, verdict = draw(chains.plain | chains.numbers), draw(st.sampled_from(Verdict))
    found = [one for element in snapshot.elements for one in clearances_of(element)]
    victim = draw(st.sampled_from(found)) if found else None
    on_one = {
        "a condition on a clearance": lambda one: one._replace(conditions=(*one.conditions, entry)),
        "a clearance less": lambda one: None,
        "not passed on": lambda one: one._replace(passes_on=one.passes_on - {use}),
        "forbidden": lambda one: one._replace(forbids=one.forbids | {use}),
        "an earlier end": lambda one: one._replace(until=min(one.until or at, at)),
        "a later beginning": lambda one: one._replace(since=max(one.since or at, at)),
    }
    on_rule = {
        "a condition in the terms": lambda rule: rule._replace(
            conditions=(*rule.conditions, entry)
        ),
        "a stricter verdict": lambda rule: rule._replace(
            verdict=max(rule.verdict, verdict, key=list(Verdict).index)
        ),
    }
    if name in on_one:
        return with_clearances(snapshot, lambda one: on_one[name](one) if one is victim else one)
    if name in on_rule:
        return with_rules(
            snapshot, lambda named, rule: on_rule[name](rule) if named is use else rule
        )
    if name == "an element more":
        more = draw(chains.elements(chains.separable, key="embed-2", kind=ElementKind.EMBED))
        return replace(snapshot, others=(*snapshot.others, more))
    if name == "a right more":
        rights = (*snapshot.text.rights, draw(chains.rights(chains.separable)))
        return replace(snapshot, text=snapshot.text._replace(rights=rights))
    if name == "embargoed":
        return replace(snapshot, embargo_until=max(snapshot.embargo_until or at, at))
    return replace(snapshot, is_released=False)


def clearances_of(element: Element) -> list[Clearance]:
    return [one for found in element.rights for one in found.clearances]


@settings(slowly, max_examples=150)
@given(tightened(), chains.uses, chains.instants, chains.requesters)
def test_a_restriction_more_never_loosens(pair, use, at, requester):
    name, loose, tight = pair
    before, after = (decide(one, use, at, requester) for one in (loose, tight))
    assert is_no_looser(after, before, name), name
    for old, new in zip(before.elements, after.elements, strict=False):
        assert is_no_looser(new, old, name), name
        both = old.verdict is new.verdict is Verdict.GRANTED
        if both and requester is None:
            assert len(binding(new.conditions)) >= len(binding(old.conditions)), name
    if before.is_granted and after.is_granted and name in ("an element more", "a right more"):
        assert binding(before.conditions) <= binding(after.conditions)


@slowly
@given(chains.snapshots().map(chains.carried), *asked[1:])
def test_the_strictest_part_binds_unless_it_can_be_left_out(snapshot, use, at, requester):
    decision = decide(snapshot, use, max(at, PUBLISHED), requester)
    gone = {one.element.key for one in decision.left_out}
    kept = [one for one in decision.elements if one.element.key not in gone]
    assert all(strictness(one) <= strictness(decision) for one in kept)
    assert all(one.element.is_detachable for one in decision.left_out)
    if decision.verdict in (Verdict.GRANTED, Verdict.ASK):
        assert all(binding(one.conditions) <= binding(decision.conditions) for one in kept)


def test_the_verdicts_are_reached_and_not_only_refused():
    """The generated chains say yes often enough to mean something."""
    seen = dict.fromkeys(Verdict, 0)

    @settings(slowly, database=None, derandomize=True, max_examples=300)
    @given(chains.snapshots().map(chains.carried), chains.uses, chains.instants)
    def look(snapshot, use, at):
        seen[decide(snapshot, use, at).verdict] += 1

    look()
    assert min(seen.values()) >= 15, seen
