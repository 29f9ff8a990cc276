"""What a rule grants, held against every world that the answers leave open."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.conditions import Condition, Kind
from licensing.rights.decide import Decision, ElementDecision
from licensing.rights.facts import Element, ElementKind
from licensing.rights.instant import Asked, Rule, Wanted, faults, objections
from licensing.rights.particulars import Particulars, particulars
from licensing.rights.questions import ASKABLE, QUESTIONS, RequesterKind
from licensing.rights.vocabulary import Use, Verdict

KINDS = [kind.value for kind in RequesterKind]
FREE = (Verdict.GRANTED,)
EVER = 10**9

# --- Requests and rules -------------------------------------------------------------------------

COMMUNITY = particulars(
    Use.COMMUNITY_WEB, {"url": "https://harbour.example/", "posted_for": "365", "ads": "no"}
)
RULE = Rule("Community", 1, Use.COMMUNITY_WEB, frozenset({"non_commercial", "academic"}))


def decision(use=Use.COMMUNITY_WEB, verdict=Verdict.GRANTED, conditions=(), pictures=(), out=()):
    """A decision in which the pictures have these verdicts by key."""
    elements = [Element(ElementKind.TEXT, "text", "the text", ())]
    elements += [Element(ElementKind.IMAGE, key, key, ()) for key, _ in pictures]
    verdicts = [verdict, *(one for _, one in pictures)]
    answers = [ElementDecision(*pair) for pair in zip(elements, verdicts, strict=True)]
    left_out = tuple(one for one in answers if one.element.key in out)
    return Decision(use, verdict, tuple(conditions), elements=tuple(answers), left_out=left_out)


def asked(*conditions, told=COMMUNITY, kind="non_commercial", **fields):
    wanted = Wanted("Lamps", decision(told.use, conditions=conditions), language="en")
    return Asked(told, kind, (wanted,), **{"costs": False, **fields})


def reasons(rule, request):
    return [str(one) for one in objections(rule, request)]


conditions = st.one_of(
    st.sampled_from(
        [Kind.NO_PAYWALL, Kind.NON_COMMERCIAL, Kind.NO_IMAGES, Kind.WHOLE, Kind.SOURCE]
    ).map(Condition),
    st.builds(Condition, st.just(Kind.EXCERPT_WORDS), st.sampled_from([100, 150])),
    st.builds(
        Condition, st.sampled_from([Kind.TERM, Kind.REMOVE_AFTER]), st.sampled_from([30, 365])
    ),
    st.builds(Condition, st.just(Kind.PRINT_RUN), st.sampled_from([30, 1000])),
    st.builds(Condition, st.just(Kind.FORMATS), st.sampled_from([("ebook",), ("ebook", "app")])),
    st.builds(Condition, st.just(Kind.TERRITORY), st.sampled_from([("GB",), ("GB", "FR")])),
    st.builds(Condition, st.just(Kind.LANGUAGE), st.sampled_from([("en",), ("fr", "en")])),
)
_ANSWERS = {
    "ads": st.sampled_from(["yes", "no"]),
    "paywall": st.sampled_from(["yes", "no"]),
    "posted_for": st.sampled_from(["30", "365", "unlimited"]),
    "territories": st.sampled_from([["GB"], ["FR"], ["FR", "GB"]]),
    "languages": st.sampled_from([["en"], ["fr"], ["en", "fr"]]),
    "language": st.sampled_from(["en", "fr"]),
    "portion": st.sampled_from(["whole", "excerpt"]),
    "words": st.sampled_from([100, 120, 200]),
    "copies": st.sampled_from([10, 500]),
    "runs": st.sampled_from(
        [
            [{"format": "ebook", "copies": 20, "price": ""}],
            [
                {"format": "ebook", "copies": 20, "price": "5"},
                {"format": "app", "copies": 500, "price": ""},
            ],
        ]
    ),
    "url": st.just("https://harbour.example/"),
    "purpose": st.just("It answers."),
    "changes": st.just("Shorter."),
    "publication_date": st.just("2027-01-01"),
}


@st.composite
def answered(draw, use=None):
    """Particulars that make sense; what need not be answered often is not."""
    use = use or draw(st.sampled_from([Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, *ASKABLE]))
    told = {}
    for question in QUESTIONS[use]:
        if question.only_where and told.get(question.only_where[0]) != question.only_where[1]:
            continue
        if not question.is_required and draw(st.booleans()):
            continue
        found = _ANSWERS.get(question.name)
        if found is None:
            found = st.sampled_from([*question.choices] or ["Reader"])
        if question.name not in ("isbn", "issn"):
            told[question.name] = draw(found)
    return particulars(use, told)


@st.composite
def articles(draw, use, verdicts=FREE):
    """An article as it is answered, and the pictures that are asked for."""
    pictures = [
        (key, draw(st.sampled_from(Verdict))) for key in draw(st.sets(st.sampled_from("ab")))
    ]
    out = [key for key, _ in pictures if draw(st.booleans())]
    found = decision(
        use,
        draw(st.sampled_from(verdicts)),
        draw(st.lists(conditions, max_size=3, unique_by=lambda one: one.kind)),
        pictures,
        out,
    )
    taken = draw(st.sets(st.sampled_from("abc"), max_size=1))
    return Wanted("Lamps", found, tuple(sorted(taken)), draw(st.sampled_from(["en", "fr", ""])))


@st.composite
def requests(draw, verdicts=FREE):
    told = draw(answered())
    count = draw(st.sampled_from([1, 1, 1, 2]))
    return Asked(
        told,
        draw(st.sampled_from(KINDS)),
        tuple(draw(articles(told.use, verdicts)) for _ in range(count)),
        is_exclusive=draw(st.sampled_from([False, False, False, True])),
        costs=draw(st.sampled_from([False, False, False, True])),
        has_rival=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def rules(draw, use):
    return Rule(
        "A rule",
        1,
        use,
        draw(st.frozensets(st.sampled_from(KINDS), min_size=1)),
        draw(st.sampled_from([1, 2])),
        draw(st.sampled_from([None, None, 30, 365])),
        draw(st.sampled_from([None, None, 20, 1000])),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def pairs(draw, verdicts=FREE):
    request = draw(requests(verdicts))
    return draw(rules(request.given.use)), request


# --- The oracle: a request is granted if it would be in every world that its answers leave open ---


def worlds(request, wanted):
    """What may become of the request, as far as it was told."""
    told, use = request.given.answers, request.given.use
    names = {question.name for question in QUESTIONS[use]}

    def does(name):
        return {"yes": [True], "no": [False]}.get(told.get(name), [name in names, False])

    runs = told.get("runs")
    copies = sum(run["copies"] for run in runs) if runs else told.get("copies")
    portion = "excerpt" if use is Use.EXCERPT else told.get("portion")
    whole = {"excerpt": [False], "whole": [True]}.get(portion, [True])
    languages = [told["language"]] if "language" in told else told.get("languages")
    return product(
        does("ads"),
        does("paywall"),
        [int(told["posted_for"])] if told.get("posted_for", "unlimited").isdigit() else [EVER],
        [copies or EVER],
        whole,
        [told.get("words", EVER)],
        [{run["format"] for run in runs} if runs else {"leaflet"}],
        [set(told.get("territories", ["GB", "FR", "BR"]))],
        [set(languages or [wanted.language or "eo"])],
    )


def is_fine(world, rule, request, wanted):
    ads, paywall, days, copies, is_whole, words, formats, countries, languages = world
    is_business = request.requester_kind in ("commercial", "publisher")
    portion_is_asked = any(one.name == "portion" for one in QUESTIONS[request.given.use])
    broken = {
        Kind.NO_PAYWALL: lambda most: paywall,
        Kind.NON_COMMERCIAL: lambda most: paywall or ads or is_business,
        Kind.NO_IMAGES: lambda most: bool(wanted.pictures),
        Kind.WHOLE: lambda most: portion_is_asked and not is_whole,
        Kind.EXCERPT_WORDS: lambda most: is_whole or words > most,
        Kind.TERM: lambda most: days > most,
        Kind.REMOVE_AFTER: lambda most: days > most,
        Kind.PRINT_RUN: lambda most: copies > most,
        Kind.FORMATS: lambda only: formats - set(only),
        Kind.TERRITORY: lambda only: countries - set(only),
        Kind.LANGUAGE: lambda only: languages - set(only),
        Kind.SOURCE: lambda most: False,
    }
    return not (
        any(broken[one.kind](one.value) for one in wanted.decision.conditions)
        or (ads and not rule.allows_ads)
        or (paywall and not rule.allows_paywall)
        or (rule.most_days and days > rule.most_days)
        or (rule.most_copies and copies > rule.most_copies)
    )


def oracle(rule, request):
    if request.requester_kind not in rule.requester_kinds:
        return False
    if request.costs or request.has_rival or request.is_exclusive:
        return False
    for wanted in request.articles:
        found = wanted.decision
        free = {one.element.key for one in found.elements if one.verdict == "granted"}
        free -= {one.element.key for one in found.left_out}
        if found.verdict != "granted" or not free >= set(wanted.pictures):
            return False
        if not all(is_fine(world, rule, request, wanted) for world in worlds(request, wanted)):
            return False
    return len(request.articles) <= rule.most_articles


@given(pairs())
def test_a_rule_grants_what_is_fine_in_every_world_that_the_answers_leave_open(pair):
    rule, request = pair
    assert (not objections(rule, request)) == oracle(rule, request)


@given(pairs(verdicts=(Verdict.GRANTED, Verdict.ASK, Verdict.REFER, Verdict.REFUSED)))
def test_nothing_that_is_not_free_to_everybody_is_granted(pair):
    rule, request = pair
    if any(wanted.decision.verdict is not Verdict.GRANTED for wanted in request.articles):
        assert objections(rule, request)


@given(st.data())
def test_one_more_restriction_never_grants_more(data):
    rule, request = data.draw(pairs())
    first, *others = request.articles
    stricter = data.draw(conditions)
    bound = first.decision._replace(conditions=(*first.decision.conditions, stricter))
    narrower = data.draw(
        st.sampled_from(
            [
                (rule, replace(request, articles=(first._replace(decision=bound), *others))),
                (rule, replace(request, costs=True)),
                (rule, replace(request, has_rival=True)),
                (rule, replace(request, is_held=True)),
                (rule._replace(most_days=30), request),
                (rule._replace(most_copies=20), request),
                (rule._replace(allows_ads=False, allows_paywall=False), request),
                (rule._replace(requester_kinds=rule.requester_kinds - {"academic"}), request),
            ]
        )
    )
    if objections(rule, request):
        assert objections(*narrower)


# --- Example by example -------------------------------------------------------------------------


def test_a_free_community_copy_is_granted():
    assert not objections(RULE, asked(Condition(Kind.SOURCE), Condition(Kind.NO_PAYWALL)))


def test_what_normally_costs_goes_to_a_person_however_free_the_terms_are():
    assert reasons(RULE, asked(costs=True)) == [
        "This use normally costs: a person decides whether it is free this time."
    ]


def test_an_answer_that_was_not_given_is_never_the_one_that_would_help():
    # As it may stand in a row of a colleague, who was told no more.
    silent = Particulars(Use.COMMUNITY_WEB, {"url": "https://harbour.example/"})
    assert "no advertising" in reasons(RULE, asked(told=silent))[0]
    everywhere = asked(Condition(Kind.TERRITORY, ("GB",)))
    assert reasons(RULE, everywhere) == [
        "“Lamps”: the answers do not say that they keep “Territory”."
    ]


def test_a_rule_for_another_use_says_only_that():
    other = RULE._replace(use=Use.PRINT)
    assert reasons(other, asked(costs=True)) == ["It is a rule for another use: Publish in print."]


def test_a_licence_would_outlive_a_window_of_the_terms():
    assert objections(RULE, asked(Condition(Kind.ONLY_WITHIN, 30)))
    assert not objections(RULE, asked(Condition(Kind.NOT_BEFORE, 30)))


def test_who_holds_it_already_is_looked_at_by_a_person():
    assert reasons(RULE, asked(is_held=True))


def test_a_request_for_nothing_is_granted_by_nobody():
    assert reasons(RULE, replace(asked(), articles=())) == ["It is for no article."]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"requester_kinds": frozenset()}, "requester_kinds"),
        ({"requester_kinds": frozenset({"angel"})}, "requester_kinds"),
        ({"most_articles": 0}, "most_articles"),
        ({"most_copies": 10}, "most_copies"),
        ({"use": Use.EXCERPT, "most_days": 10}, "most_days"),
    ],
)
def test_a_rule_that_could_never_grant_is_told_why(changed, where):
    assert list(faults(RULE._replace(**changed))) == [where]
    assert not faults(RULE)
