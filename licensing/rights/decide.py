"""One question, one function: whether something may be done with an article.

The steps, in order: is it public; do we hold what is asked for (chain of title); has this requester
a grant; what do the terms say; is it time. Deny beats allow, the stricter answer binds, and what
nobody said is never yes. Every step leaves a reason.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from licensing.rights.carriage import is_carried
from licensing.rights.conditions import (
    EASINGS,
    TAKEN_BACK_BY,
    WINDOWS,
    Condition,
    Kind,
    clash,
    merged,
)
from licensing.rights.days import in_hours
from licensing.rights.facts import (
    Element,
    ElementKind,
    Grant,
    Party,
    Requester,
    Snapshot,
    Terms,
    in_force,
    turn,
)
from licensing.rights.marking import marked as _
from licensing.rights.title import MOST_WAYS, Title, Way, title
from licensing.rights.vocabulary import STRICTNESS, Reason, Rung, Sentence, Use, Verdict

_STEP_ASIDE = (Verdict.REFER, Verdict.REFUSED)


class ElementDecision(NamedTuple):
    """The answer for one element. ``whom`` is whom to ask where somebody can be asked."""

    element: Element
    verdict: Verdict
    conditions: tuple[Condition, ...] = ()
    reasons: tuple[Reason, ...] = ()
    whom: Party | None = None
    grant: str = ""


class Decision(NamedTuple):
    """The answer for a copy of the article.

    ``valid_until`` is when the answer may change (``None``: not foreseen, or not to be told).
    ``elements`` are the single answers, text first; ``left_out`` those that the copy goes without.
    ``grant`` is the number of the grant that answers, ``terms`` those that do otherwise.
    """

    use: Use
    verdict: Verdict
    conditions: tuple[Condition, ...] = ()
    reasons: tuple[Reason, ...] = ()
    valid_until: datetime | None = None
    whom: Party | None = None
    grant: str = ""
    terms: Terms | None = None
    elements: tuple[ElementDecision, ...] = ()
    left_out: tuple[ElementDecision, ...] = ()

    @property
    def is_granted(self) -> bool:
        return self.verdict is Verdict.GRANTED


_NOT_PUBLIC = (Reason(Rung.VISIBILITY, Sentence("This article is not public.")),)


def decide(
    snapshot: Snapshot, use: Use, at: datetime, requester: Requester | None = None
) -> Decision:
    """May ``requester`` (anybody, where ``None``) make this ``use`` of the article at ``at``?"""
    if not _is_public(snapshot, at):
        return Decision(use, Verdict.REFUSED, reasons=_NOT_PUBLIC)
    grants = _grants(snapshot, use, at, requester) if requester and snapshot.grants else ()
    answers = [_answer(element, snapshot, use, at, grants) for element in snapshot.elements]
    whole, left_out = _copy(answers, snapshot.desk)
    return Decision(
        use,
        whole.verdict,
        whole.conditions,
        whole.reasons + tuple([_left_out(other.element.label) for other in left_out]),
        _next_turn(snapshot, at),
        whole.whom,
        whole.grant,
        snapshot.text.terms,
        tuple(answers),
        tuple(left_out),
    )


def decide_all(
    snapshot: Snapshot, at: datetime, requester: Requester | None = None
) -> dict[Use, Decision]:
    """The answer to every use, in the order of the vocabulary."""
    return {use: decide(snapshot, use, at, requester) for use in Use}


def _is_public(snapshot: Snapshot, at: datetime) -> bool:
    """Step 1. Twin of ``Article.objects.live``, with the chain of title for ``carry_until``."""
    return (
        snapshot.is_released
        and snapshot.published_at is not None
        and snapshot.published_at <= at
        and (snapshot.embargo_until is None or snapshot.embargo_until <= at)
        and is_carried(snapshot.text.rights, at)
    )


def _next_turn(snapshot: Snapshot, at: datetime) -> datetime | None:
    place = bisect_right(snapshot.boundaries, at)
    return snapshot.boundaries[place] if place < len(snapshot.boundaries) else None


def _grants(snapshot: Snapshot, use: Use, at: datetime, requester: Requester) -> list[Grant]:
    return [
        grant
        for grant in snapshot.grants
        if grant.licensee == requester.key and use in grant.uses and in_force(grant, at)
    ]


# --- One element ------------------------------------------------------------------------------


class _Offer(NamedTuple):
    """What we ourselves say once the title is clear: by a grant, or else by the terms."""

    verdict: Verdict
    conditions: tuple[Condition, ...]
    reason: Reason
    grant: str = ""


class _Outcome(NamedTuple):
    """What is left of an offer where leave comes in these ways, one for each right."""

    verdict: Verdict
    conditions: tuple[Condition, ...]
    obstacles: Sequence[Reason]
    offer: _Offer
    ways: Sequence[Way]


def _answer(
    element: Element, snapshot: Snapshot, use: Use, at: datetime, grants: Sequence[Grant]
) -> ElementDecision:
    if element.until is not None and element.until <= at:
        return ElementDecision(element, Verdict.REFUSED, reasons=(_ended(element),))
    titles = [title(right, use, at) for right in element.rights]
    if not _is_clear(titles):
        return _aside(element, titles, use, snapshot.desk)
    offers = [_by_terms(element.terms, use)]
    if grants:
        named = [one for one in grants if element is snapshot.text or element.key in one.elements]
        offers = [*(_by_grant(grant) for grant in named), *offers]
    best = _best(offers, titles, use, snapshot, at)
    reasons = [found.reason(use, way) for found, way in zip(titles, best.ways, strict=True)]
    return ElementDecision(
        element,
        best.verdict,
        best.conditions,
        (*reasons, best.offer.reason, *best.obstacles),
        _whom(best.verdict, element, snapshot.desk),
        best.offer.grant,
    )


def _is_clear(titles: Sequence[Title]) -> bool:
    """Whether every right lets us pass it on. Where nobody said whose it is, none does."""
    for found in titles:
        if found.verdict is not Verdict.GRANTED:
            return False
    return bool(titles)


def _aside(element: Element, titles: Sequence[Title], use: Use, desk: Party) -> ElementDecision:
    """Somebody else decides, or nobody does: the strictest of those who hold rights is heard."""
    if not titles:
        said = Sentence("Nobody has said who holds the rights in {element}.", _label(element))
        return ElementDecision(
            element, Verdict.REFER, reasons=(Reason(Rung.TITLE, said),), whom=desk
        )
    strictest = titles[0] if len(titles) == 1 else max(titles, key=_strictness)
    reasons = tuple([found.reason(use, found.ways[0] if found.ways else ()) for found in titles])
    whom = strictest.right.holder if strictest.verdict is Verdict.REFER else None
    return ElementDecision(element, strictest.verdict, (), reasons, whom)


def _best(
    offers: Sequence[_Offer], titles: Sequence[Title], use: Use, snapshot: Snapshot, at: datetime
) -> _Outcome:
    """Any way to the leave does, so the one that asks least counts; grants come before terms."""
    ways = list(islice(product(*[found.ways for found in titles]), MOST_WAYS))
    if len(ways) == len(offers) == 1:
        return _outcome(offers[0], ways[0], use, snapshot, at)
    found = [
        min([_outcome(offer, way, use, snapshot, at) for way in ways], key=_burden)
        for offer in offers
    ]
    return min(found, key=_strictness)


def _burden(outcome: _Outcome) -> tuple[int, int]:
    binding = [entry for entry in outcome.conditions if entry.kind not in EASINGS]
    return STRICTNESS[outcome.verdict], len(binding)


def _strictness(answer: Title | _Outcome | ElementDecision) -> int:
    return STRICTNESS[answer.verdict]


def _outcome(
    offer: _Offer, ways: Sequence[Way], use: Use, snapshot: Snapshot, at: datetime
) -> _Outcome:
    if offer.verdict in _STEP_ASIDE:
        return _Outcome(offer.verdict, (), (), offer, ways)
    owed = tuple([entry for way in ways for one in way for entry in one.conditions])
    conditions = _bound(offer.conditions, owed)
    if offer.verdict is Verdict.ASK:
        return _Outcome(offer.verdict, conditions, (), offer, ways)
    obstacles = _obstacles(conditions, use, snapshot.published_at, at)
    return _Outcome(
        Verdict.ASK if obstacles else Verdict.GRANTED, conditions, obstacles, offer, ways
    )


# The same few lists meet in article after article.
@lru_cache(maxsize=1024)
def _bound(own: tuple[Condition, ...], owed: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Our conditions and those we owe. Our easing does not ease what somebody else demands."""
    if any(entry.kind is Kind.NO_EDITS for entry in owed):
        own = tuple(entry for entry in own if entry.kind not in EASINGS)
    return merged((*own, *(entry for entry in owed if entry.kind not in EASINGS)))


def _obstacles(
    conditions: tuple[Condition, ...], use: Use, published_at: datetime | None, at: datetime
) -> list[Reason]:
    """Why conditions keep a use that was offered from being free."""
    found = []
    for entry in conditions:
        if entry.kind in TAKEN_BACK_BY.get(use, ()):
            said = Sentence(_TAKEN_BACK, (("condition", entry.facts.label),))
            found.append(Reason(Rung.TERMS, said))
        elif entry.kind in WINDOWS and (reason := _out_of_time(entry, published_at, at)):
            found.append(reason)
    if clash(conditions):
        found.append(_NOTHING_COMMON)
    return found


_TAKEN_BACK = _(
    "A condition says “{condition}”, which this use cannot keep, so it is to be asked for."
)
_NOTHING_COMMON = Reason(
    Rung.TERMS, Sentence("The conditions of those who hold rights leave nothing in common.")
)


def _out_of_time(entry: Condition, published_at: datetime | None, at: datetime) -> Reason | None:
    moment = turn(entry, published_at)
    if moment is None:
        return None
    if entry.kind is Kind.NOT_BEFORE and at < moment:
        pattern = _("Free to take from {moment} on; before that, ask us.")
    elif entry.kind is Kind.ONLY_WITHIN and at >= moment:
        pattern = _("Free to take until {moment}; that has passed, so ask us.")
    else:
        return None
    return Reason(Rung.TIME, Sentence(pattern, (("moment", in_hours(moment)),)))


def _whom(verdict: Verdict, element: Element, desk: Party) -> Party | None:
    """Whom to ask where the title is clear: us, or who holds rights if our terms say so."""
    if verdict is Verdict.ASK:
        return desk
    if verdict is Verdict.REFER:
        return next((right.holder for right in element.rights if not right.is_ours), desk)
    return None


# --- Offers -----------------------------------------------------------------------------------


def _by_grant(grant: Grant) -> _Offer:
    said = Sentence("Grant {number} covers this.", (("number", grant.number),))
    return _Offer(Verdict.GRANTED, grant.conditions, Reason(Rung.GRANT, said), grant.number)


_SAID = {
    Verdict.GRANTED: _("Our terms “{terms}” allow this."),
    Verdict.ASK: _("Our terms “{terms}” say: on request."),
    Verdict.REFER: _("Our terms “{terms}” refer this to the rights holder."),
    Verdict.REFUSED: _("Our terms “{terms}” do not allow this."),
}
_NO_TERMS = _Offer(
    Verdict.ASK,
    (),
    Reason(
        Rung.TERMS,
        Sentence("No terms say anything about this, so it has to be asked for."),
    ),
)


def _by_terms(terms: Terms | None, use: Use) -> _Offer:
    rule = terms.rules.get(use) if terms else None
    if rule is None:
        return _NO_TERMS
    return _Offer(rule.verdict, rule.conditions, _said(rule.verdict, terms.name))


@lru_cache(maxsize=256)
def _said(verdict: Verdict, terms: str) -> Reason:
    return Reason(Rung.TERMS, Sentence(_SAID[verdict], (("terms", terms),)))


# --- The copy as a whole ----------------------------------------------------------------------


def _copy(
    answers: Sequence[ElementDecision], desk: Party
) -> tuple[ElementDecision, list[ElementDecision]]:
    """The strictest element binds the copy; what would make it stricter and can go, goes."""
    whole, *others = answers
    left_out = []
    if len(others) > 1:
        others.sort(key=_turn_to_join)
    for other in others:
        joined = _joined(whole, other, desk)
        if other.element.is_detachable and _strictness(joined) > _strictness(whole):
            left_out.append(other)
        else:
            whole = joined
    return whole, left_out


def _turn_to_join(answer: ElementDecision) -> tuple[bool, bool]:
    # Pictures come last of all: by then every condition that leaves them out is known.
    return answer.element.is_detachable, answer.element.kind is ElementKind.IMAGE


def _joined(whole: ElementDecision, other: ElementDecision, desk: Party) -> ElementDecision:
    stricter = other if _strictness(other) > _strictness(whole) else whole
    if stricter.verdict in _STEP_ASIDE:
        return stricter
    conditions = _bound(whole.conditions, other.conditions)
    if stricter.verdict is Verdict.ASK:
        return stricter._replace(conditions=conditions)
    if clash(conditions):
        apart = _NOTHING_COMMON
    elif other.element.kind is ElementKind.IMAGE and _leaves_pictures_out(conditions):
        pattern = _("The conditions leave out {element}, which the copy cannot go without.")
        said = Sentence(pattern, _label(other.element))
        apart = Reason(Rung.ELEMENTS, said)
    else:
        return whole._replace(conditions=conditions)
    reasons = (*whole.reasons, apart)
    return whole._replace(verdict=Verdict.ASK, conditions=conditions, reasons=reasons, whom=desk)


def _leaves_pictures_out(conditions: Sequence[Condition]) -> bool:
    return any(entry.kind is Kind.NO_IMAGES for entry in conditions)


@lru_cache(maxsize=1024)
def _left_out(label: str) -> Reason:
    said = Sentence("The copy goes without {element}.", (("element", label),))
    return Reason(Rung.ELEMENTS, said)


def _ended(element: Element) -> Reason:
    return Reason(Rung.TITLE, Sentence("The right to use {element} has ended.", _label(element)))


def _label(element: Element) -> tuple[tuple[str, object], ...]:
    return (("element", element.label),)
