"""What may be done, in one sentence a use, as an editor would say it: for terms and for decisions.

Every pattern is fixed and translated as a whole; only names, numbers and conditions are filled in.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop

from licensing.rights.conditions import EASINGS, Condition, Kind, clash
from licensing.rights.decide import Decision
from licensing.rights.facts import Party, Rule
from licensing.rights.vocabulary import Rung, Use, Verdict
from licensing.wording import fact, listed, said

_ = gettext_noop


class Said(NamedTuple):
    """The four answers about a use; ``may`` is a clause that goes on, the others are sentences."""

    may: str
    ask: str
    refer: str
    may_not: str


SAID: dict[Use, Said] = {
    Use.EXCERPT: Said(
        _("You may quote a short excerpt of this article"),
        _("To quote from this article, ask {whom}."),
        _("To quote from this article, ask {whom}; it is not ours to permit."),
        _("You may not quote from this article."),
    ),
    Use.COMMUNITY_WEB: Said(
        _("You may cross-post this article on a community site"),
        _("To cross-post this article on a community site, ask {whom}."),
        _("To cross-post this article on a community site, ask {whom}; it is not ours to permit."),
        _("You may not cross-post this article, not even on a community site."),
    ),
    Use.COMMERCIAL_WEB: Said(
        _("You may publish this article on a commercial site"),
        _("To publish this article on a commercial site, ask {whom}."),
        _("To publish this article on a commercial site, ask {whom}; it is not ours to permit."),
        _("You may not publish this article on a commercial site."),
    ),
    Use.PRINT: Said(
        _("You may publish this article in print"),
        _("To publish this article in print, ask {whom}."),
        _("To publish this article in print, ask {whom}; it is not ours to permit."),
        _("You may not publish this article in print."),
    ),
    Use.TRANSLATION: Said(
        _("You may publish a translation of this article"),
        _("To translate this article, ask {whom}."),
        _("To translate this article, ask {whom}; it is not ours to permit."),
        _("You may not translate this article."),
    ),
    Use.ADAPTATION: Said(
        _("You may cut or edit this article"),
        _("To cut or edit this article, ask {whom}."),
        _("To cut or edit this article, ask {whom}; it is not ours to permit."),
        _("You may not cut or edit this article."),
    ),
    Use.EDUCATION: Said(
        _("You may use this article in teaching"),
        _("To use this article in teaching, ask {whom}."),
        _("To use this article in teaching, ask {whom}; it is not ours to permit."),
        _("You may not hand this article out in teaching."),
    ),
    Use.BROADCAST: Said(
        _("You may broadcast this article"),
        _("To broadcast this article, ask {whom}."),
        _("To broadcast this article, ask {whom}; it is not ours to permit."),
        _("You may not broadcast this article."),
    ),
    Use.SEARCH_INDEX: Said(
        _("You may list this article in a search engine"),
        _("To list this article in a search engine, ask {whom}."),
        _("To list this article in a search engine, ask {whom}; it is not ours to permit."),
        _("You may not list this article in a search engine."),
    ),
    Use.AI_INPUT: Said(
        _("You may let an AI draw on this article for its answers"),
        _("To let an AI draw on this article for its answers, ask {whom}."),
        _(
            "To let an AI draw on this article for its answers, ask {whom}; it is not ours to "
            "permit."
        ),
        _("You may not let an AI draw on this article for its answers."),
    ),
    Use.AI_TRAINING: Said(
        _("You may train an AI on this article"),
        _("To train an AI on this article, ask {whom}."),
        _("To train an AI on this article, ask {whom}; it is not ours to permit."),
        _("You may not train an AI on this article."),
    ),
}

_US, _US_AT = _("us"), _("us ({contact})")
_HOLDER = _("the rights holder")
_WORDS = _("You may quote up to {value} words of this article")
# (are there limits?, are there conditions?) → the frame
_ALLOWED = {
    (False, False): _("{may}."),
    (True, False): _("{may}, {limits}."),
    (False, True): _("{may}, provided you {conditions}."),
    (True, True): _("{may}, {limits}, provided you {conditions}."),
}
_ASKED = {
    (True, False): _("{ask} Our permission then holds {limits}."),
    (False, True): _("{ask} Our permission then holds provided you {conditions}."),
    (True, True): _("{ask} Our permission then holds {limits}, provided you {conditions}."),
}
_NOT_YET = {
    (False, False): _("{may} from {moment} on; before that, ask {whom}."),
    (True, False): _("{may} from {moment} on, {limits}; before that, ask {whom}."),
    (False, True): _("{may} from {moment} on, provided you {conditions}; before that, ask {whom}."),
    (True, True): _(
        "{may} from {moment} on, {limits}, provided you {conditions}; before that, ask {whom}."
    ),
}
_NO_MORE = _("{ask} It was free to take until {moment}.")
_UNDER_GRANT = _("under our grant {number}")
_EASED = {Kind.HEADLINE_FREE: _("The headline may be your own.")}
# Clauses of these say where, how long and how, not what to do.
_LIMITS = (Kind.TERM, Kind.TERRITORY, Kind.LANGUAGE, Kind.FORMATS)


def sentence(use: Use, answer: Rule | Decision, *, contact: str = "") -> str:
    """What ``answer`` says about ``use``; ``contact`` is where to ask us, if terms say so."""
    if isinstance(answer, Decision):
        return decision_sentence(answer)
    return rule_sentence(use, answer, contact=contact)


def rule_sentence(use: Use, rule: Rule, *, contact: str = "") -> str:
    """What terms alone say. ``contact``: the address at which to ask us, where it is known.

    “You may cross-post this article on a community site, provided you name the source.”
    """
    verdict = rule.verdict
    if verdict is Verdict.GRANTED and clash(rule.conditions):
        verdict = Verdict.ASK
    return _sentence(use, verdict, rule.conditions, _whom(verdict, None, contact))


def decision_sentence(decision: Decision) -> str:
    """What counts for one article: the terms, what we hold, a grant, the time. Pictures that a copy
    goes without stand in ``decision.left_out`` and are not named here.
    """
    hidden = [reason for reason in decision.reasons if reason.rung is Rung.VISIBILITY]
    if hidden:
        return said(hidden[0])
    whom = _whom(decision.verdict, decision.whom, "")
    if decision.verdict is Verdict.ASK and (turned := _out_of_time(decision, whom)):
        return turned
    return _sentence(
        decision.use, decision.verdict, decision.conditions, whom, grant=decision.grant
    )


def _sentence(
    use: Use, verdict: Verdict, conditions: Iterable[Condition], whom: str, *, grant: str = ""
) -> str:
    patterns = SAID[use]
    if verdict is Verdict.REFUSED:
        return gettext(patterns.may_not)
    if verdict is Verdict.REFER:
        return gettext(patterns.refer).format(whom=whom)
    if verdict is Verdict.ASK:
        ask = gettext(patterns.ask).format(whom=whom)
        return _framed(_ASKED, conditions, ask, ask=ask)
    may, conditions = _may(use, conditions)
    return _framed(_ALLOWED, conditions, f"{may}.", grant=grant, may=may)


def _may(use: Use, conditions: Iterable[Condition]) -> tuple[str, list[Condition]]:
    """The main clause, and what it has not said yet."""
    conditions = list(conditions)
    if use is Use.EXCERPT:
        for entry in conditions:
            if entry.kind is Kind.EXCERPT_WORDS:
                conditions.remove(entry)
                return gettext(_WORDS).format(**dict(entry.sentence.facts)), conditions
    return gettext(SAID[use].may), conditions


def _framed(
    frames: dict, conditions: Iterable[Condition], bare: str, *, grant: str = "", **parts: str
) -> str:
    """The frame that fits what there is to say; easings follow as sentences of their own."""
    # Two who hold rights may leave an empty list between them: nothing to say but to ask.
    conditions = [entry for entry in conditions if entry.value != ()]
    limits = [entry for kind in _LIMITS for entry in conditions if entry.kind is kind]
    duties = [entry for entry in conditions if entry not in limits and entry.kind not in EASINGS]
    bounds = [gettext(_UNDER_GRANT).format(number=grant)] if grant else []
    bounds += [said(entry) for entry in limits]
    frame = frames.get((bool(bounds), bool(duties)))
    filled = (
        gettext(frame).format(
            limits=listed(bounds), conditions=listed(said(entry) for entry in duties), **parts
        )
        if frame
        else bare
    )
    eased = [gettext(_EASED[entry.kind]) for entry in conditions if entry.kind in EASINGS]
    return " ".join([filled, *eased])


def _out_of_time(decision: Decision, whom: str) -> str:
    """The sentence where only the hour stands against it; else nothing."""
    reasons = [reason for reason in decision.reasons if reason.rung is Rung.TIME]
    if len(reasons) != 1 or clash(decision.conditions):
        return ""
    moment = fact(dict(reasons[0].sentence.facts)["moment"])
    windows = {
        entry.kind
        for entry in decision.conditions
        if entry.kind in (Kind.NOT_BEFORE, Kind.ONLY_WITHIN)
    }
    if windows == {Kind.NOT_BEFORE}:
        rest = [entry for entry in decision.conditions if entry.kind is not Kind.NOT_BEFORE]
        may, rest = _may(decision.use, rest)
        return _framed(_NOT_YET, rest, "", may=may, moment=moment, whom=whom)
    if windows == {Kind.ONLY_WITHIN}:
        ask = gettext(SAID[decision.use].ask).format(whom=whom)
        return gettext(_NO_MORE).format(ask=ask, moment=moment)
    return ""


def _whom(verdict: Verdict, party: Party | None, contact: str) -> str:
    """Whom to ask, as the sentence calls them."""
    if verdict is Verdict.REFER:
        return str(party) if party else gettext(_HOLDER)
    contact = (party.contact or party.url) if party else contact
    return gettext(_US_AT).format(contact=contact) if contact else gettext(_US)
