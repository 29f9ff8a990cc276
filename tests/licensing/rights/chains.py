"""Chains of title, terms and grants of every make, for properties; and an oracle beside ``decide``.

Instants lie on a raster of six hours around the publication, so that windows often meet.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from licensing.rights.conditions import CONDITIONS, EASINGS, Condition, Kind, Takes
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
from licensing.rights.vocabulary import STRICTNESS, Basis, Carriage, Use, Verdict

PUBLISHED = datetime(2019, 9, 9, 8, tzinfo=UTC)
DESK = Party("Rights desk", "rights@house.example")
READER = Requester("outlet-7")
# The few between which every rule that tells one use from another shows.
USES = (Use.EXCERPT, Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.ADAPTATION)


def hour(number: float) -> datetime:
    """So many hours after publication."""
    return PUBLISHED + timedelta(hours=number)


instants = st.integers(-2, 16).map(lambda step: hour(6 * step))
ends = st.none() | instants
uses = st.sampled_from(USES)
requesters = st.sampled_from([None, READER, Requester("somebody else")])
PLAIN = [kind for kind, facts in CONDITIONS.items() if facts.takes is Takes.NOTHING]


def valued(kind: Kind, values: st.SearchStrategy) -> st.SearchStrategy:
    return values.map(lambda value: Condition(kind, value))


plain = st.sampled_from([Condition(kind) for kind in PLAIN if kind is not Kind.NO_IMAGES])
numbers = st.one_of(
    valued(Kind.NOT_BEFORE, st.sampled_from([6, 24, 48, 100_000_000])),
    valued(Kind.ONLY_WITHIN, st.sampled_from([1, 2, 3, 100_000_000])),
    valued(Kind.EXCERPT_WORDS, st.integers(1, 300)),
    valued(Kind.PRINT_RUN, st.integers(1, 9)),
)
lists = st.sampled_from([Kind.TERRITORY, Kind.FORMATS]).flatmap(
    lambda kind: valued(
        kind, st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True).map(tuple)
    )
)
separable = st.lists(plain | plain | numbers, max_size=3).map(tuple)
any_condition = st.one_of(plain, numbers, lists, st.just(Condition(Kind.NO_IMAGES)))
any_conditions = st.lists(any_condition, max_size=3).map(tuple)


def mostly(usual: st.SearchStrategy, other: st.SearchStrategy) -> st.SearchStrategy:
    """``usual`` in three of four cases: a chain with every link in doubt would never say yes."""
    return st.integers(0, 3).flatmap(lambda die: usual if die else other)


def some(values, *, most: int = 4) -> st.SearchStrategy:
    return st.lists(st.sampled_from(list(values)), max_size=most, unique=True).map(frozenset)


def clearances(conditions=any_conditions) -> st.SearchStrategy[Clearance]:
    return st.builds(
        Clearance,
        key=st.integers(1, 99),
        named=st.sampled_from(["our agreement", "their letter", "an open licence"]),
        basis=st.sampled_from(Basis),
        covers=mostly(st.just(frozenset(Carriage)), some([Carriage.WEB, Carriage.TRANSLATION])),
        passes_on=mostly(st.just(frozenset(USES)), some(USES)),
        forbids=mostly(st.just(frozenset()), some(USES, most=1)),
        conditions=mostly(st.just(()), conditions) | conditions,
        since=mostly(st.none(), instants),
        until=mostly(st.none(), instants),
    )


def routes(conditions=any_conditions) -> st.SearchStrategy:
    group = mostly(
        st.lists(clearances(conditions), min_size=1, max_size=2),
        st.lists(clearances(conditions), max_size=2),
    ).map(tuple)
    route = mostly(st.lists(group, min_size=1, max_size=1), st.lists(group, max_size=2)).map(tuple)
    return mostly(st.lists(route, min_size=1, max_size=2), st.lists(route, max_size=2)).map(tuple)


def rights(conditions=any_conditions) -> st.SearchStrategy[Right]:
    return st.builds(
        Right,
        holder=st.sampled_from([Party("OneWorld", "rights@oneworld.example"), Party("Nobody")]),
        came=st.sampled_from(["First published by OneWorld", "Translated by {Us}"]),
        is_ours=st.sampled_from([False, False, True]),
        needs=st.sampled_from(
            [frozenset({Carriage.WEB}), frozenset({Carriage.WEB, Carriage.TRANSLATION})]
        ),
        routes=routes(conditions),
    )


rules = st.builds(Rule, mostly(st.just(Verdict.GRANTED), st.sampled_from(Verdict)), any_conditions)
named_terms = st.builds(
    Terms,
    name=st.just("House terms"),
    version=st.just(3),
    url=st.just("/rights/terms/house/"),
    rules=mostly(st.fixed_dictionaries(dict.fromkeys(USES, rules)), st.dictionaries(uses, rules)),
)
terms = mostly(named_terms, st.none())


def elements(conditions=any_conditions, *, key: str, kind: ElementKind, least: int = 0):
    return st.builds(
        Element,
        kind=st.just(kind),
        key=st.just(key),
        label=st.just(f"the {key}"),
        rights=mostly(
            st.lists(rights(conditions), min_size=1, max_size=1),
            st.lists(rights(conditions), min_size=least, max_size=2),
        ).map(tuple),
        terms=terms,
        is_detachable=mostly(st.just(True), st.booleans()),
        until=mostly(st.none(), instants),
    )


grants = st.builds(
    Grant,
    number=st.sampled_from(["G-1", "G-2"]),
    licensee=st.sampled_from([READER.key, "somebody else"]),
    uses=some(USES),
    conditions=any_conditions,
    since=ends,
    until=ends,
    elements=some(["image-1", "embed-1"]),
)


@st.composite
def snapshots(draw, conditions=any_conditions):
    others = [
        draw(elements(conditions, key=key, kind=kind))
        for key, kind in (("image-1", ElementKind.IMAGE), ("embed-1", ElementKind.EMBED))
        if draw(st.booleans())
    ]
    text = draw(elements(conditions, key="text", kind=ElementKind.TEXT, least=1))
    return Snapshot(
        text=text._replace(until=None),
        desk=DESK,
        is_released=draw(st.sampled_from([True, True, True, False])),
        published_at=draw(st.sampled_from([PUBLISHED, PUBLISHED, PUBLISHED, None])),
        embargo_until=draw(st.none() | st.none() | instants),
        others=tuple(others),
        grants=tuple(draw(st.lists(grants, max_size=2))),
    )


def public(snapshot: Snapshot) -> Snapshot:
    """The same, with nothing that keeps it from readers but the chain of title."""
    return replace(snapshot, is_released=True, published_at=PUBLISHED, embargo_until=None)


def carried(snapshot: Snapshot) -> Snapshot:
    """The same, and we hold whatever it takes to show the text ourselves."""
    rights = tuple(right._replace(needs=frozenset()) for right in snapshot.text.rights)
    return replace(public(snapshot), text=snapshot.text._replace(rights=rights))


# --- The oracle -------------------------------------------------------------------------------


def counts(window, at: datetime) -> bool:
    return not (window.since and at < window.since) and not (window.until and window.until <= at)


def is_held(right: Right, use: Use, at: datetime) -> bool:
    """Whether the holder's leave, put together in any way, lets us pass ``use`` on."""
    valid = [one for one in right.clearances if counts(one, at)]
    if any(use in one.forbids for one in valid):
        return False
    if right.is_ours:
        return True
    giving = {id(one) for one in valid if use in one.passes_on}
    return any(
        len(route) > 0 and all(giving & {id(one) for one in group} for group in route)
        for route in right.routes
    )


def shows(right: Right, need: Carriage, at: datetime) -> bool:
    """Whether the holder's leave lets us do ``need`` ourselves at ``at``."""
    giving = {id(one) for one in right.clearances if counts(one, at) and need in one.covers}
    return any(
        len(route) > 0 and all(giving & {id(one) for one in group} for group in route)
        for route in right.routes
    )


def is_public(snapshot: Snapshot, at: datetime) -> bool:
    begins = [snapshot.published_at, snapshot.embargo_until or snapshot.published_at]
    return (
        snapshot.is_released
        and None not in begins
        and at >= max(begins)
        and all(
            right.is_ours or all(shows(right, need, at) for need in right.needs)
            for right in snapshot.text.rights
        )
    )


def offered(snapshot: Snapshot, element: Element, use: Use, at: datetime, requester) -> bool:
    """Whether terms or a grant of this requester say yes, whatever the conditions."""
    rule = element.terms.rules.get(use) if element.terms else None
    if rule and rule.verdict is Verdict.GRANTED:
        return True
    return any(
        requester
        and grant.licensee == requester.key
        and use in grant.uses
        and counts(grant, at)
        and (element.kind is ElementKind.TEXT or element.key in grant.elements)
        for grant in snapshot.grants
    )


def binding(conditions) -> set[Kind]:
    return {entry.kind for entry in conditions} - EASINGS


def strictness(answer) -> int:
    return STRICTNESS[answer.verdict]
