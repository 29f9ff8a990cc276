"""What speaks against usage terms, in sentences an editor would say.

A fault is a contradiction: such terms cannot stand. A warning may be meant so. What a licence that
others wrote allows is taken from ``licences``: its readers rely on it, so nothing narrows it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from licensing.rights.conditions import CONDITIONS, EASINGS, TAKEN_BACK_BY, Condition, Kind, merged
from licensing.rights.facts import Right, Rule
from licensing.rights.licences import Licence, licence_at
from licensing.rights.marking import marked as _
from licensing.rights.title import title
from licensing.rights.vocabulary import STRICTNESS, USES, VERDICTS, Sentence, Use, Verdict

Rules = Mapping[Use, Rule]

_FREE = (Verdict.GRANTED, Verdict.ASK)
_ON_PAPER_OR_AIR = frozenset({Use.PRINT, Use.BROADCAST})
_FOR_WEB = (Kind.CANONICAL, Kind.NOINDEX, Kind.KEEP_PIXEL, Kind.NO_PAYWALL)
# Use → narrower ones that it takes in; the nearest first.
_TAKES_IN: dict[Use, tuple[Use, ...]] = {
    Use.COMMUNITY_WEB: (Use.EXCERPT,),
    Use.EDUCATION: (Use.EXCERPT,),
    Use.PRINT: (Use.EXCERPT,),
    Use.BROADCAST: (Use.EXCERPT,),
    Use.COMMERCIAL_WEB: (Use.COMMUNITY_WEB, Use.EXCERPT),
    Use.AI_INPUT: (Use.SEARCH_INDEX,),
    Use.AI_TRAINING: (Use.AI_INPUT, Use.SEARCH_INDEX),
}


class Objection(NamedTuple):
    """Something that speaks against terms; ``use`` is ``None`` where it is about all of them."""

    use: Use | None
    sentence: Sentence

    def __str__(self) -> str:
        return str(self.sentence)


def faults(rules: Rules, *, licence_url: str = "", name: str = "") -> list[str]:
    """Why these rules cannot stand as terms; empty means they can."""
    return [str(one) for one in found_faults(rules, licence_url=licence_url, name=name)]


def warnings(rules: Rules, *, licence_url: str = "", name: str = "") -> list[str]:
    """What may be meant so, but deserves a second look."""
    return [str(one) for one in found_warnings(rules, licence_url=licence_url, name=name)]


def found_faults(rules: Rules, *, licence_url: str = "", name: str = "") -> list[Objection]:
    """``faults``, each with the use that it is about."""
    licence = licence_at(licence_url)
    found = []
    for use, rule in _in_order(rules):
        found += _against_itself(use, rule, has_licence=bool(licence_url))
        if licence:
            found += _against_licence(use, rule, licence)
    return found


def found_warnings(rules: Rules, *, licence_url: str = "", name: str = "") -> list[Objection]:
    """``warnings``, each with the use that it is about."""
    licence = licence_at(licence_url)
    found = [] if licence or not name else list(_looks_like_licence(name))
    for use, rule in _in_order(rules):
        found += _odd(use, rule)
        if licence:
            found += _less_than_licence(use, rule, licence)
        elif use is Use.EXCERPT and _is_free(rule) and not _has(rule, Kind.EXCERPT_WORDS):
            found.append(_said(_NO_LIMIT, use))
    if licence:
        found += [
            _said(_UNSAID, use, licence=licence.name)
            for use, theirs in licence.rules.items()
            if use not in rules and theirs.verdict is Verdict.GRANTED
        ]
    return [*found, *_narrower_is_stricter(rules)]


def _in_order(rules: Rules) -> Iterator[tuple[Use, Rule]]:
    return ((use, rules[use]) for use in Use if use in rules)


def _said(pattern: str, use: Use | None, **facts: object) -> Objection:
    named = {"use": USES[use][0]} if use else {}
    return Objection(use, Sentence(pattern, tuple((named | facts).items())))


def _label(kind: Kind) -> str:
    return CONDITIONS[kind].label


def _word(rule: Rule) -> str:
    return VERDICTS[rule.verdict][0]


def _has(rule: Rule, kind: Kind) -> bool:
    return any(entry.kind is kind for entry in rule.conditions)


def _is_free(rule: Rule) -> bool:
    return rule.verdict is Verdict.GRANTED


# --- What contradicts itself ------------------------------------------------------------------

_TAKEN_BACK = _("“{use}” is allowed and at the same time ruled out by “{condition}”.")
_NEVER_OPENS = _(
    "“{use}” never becomes free: it begins {hours} hours after publication and ends after {days} "
    "days."
)
_ALIKE_WHAT = _("“{use}” demands “{condition}”, but these terms name no licence to share under.")


def _against_itself(use: Use, rule: Rule, *, has_licence: bool) -> Iterator[Objection]:
    if rule.verdict not in _FREE:
        return
    values = {entry.kind: entry.value for entry in merged(rule.conditions)}
    if _is_free(rule):
        for kind in values:
            if kind in TAKEN_BACK_BY.get(use, ()):
                yield _said(_TAKEN_BACK, use, condition=_label(kind))
    hours, days = values.get(Kind.NOT_BEFORE), values.get(Kind.ONLY_WITHIN)
    if hours and days and hours >= 24 * days:
        yield _said(_NEVER_OPENS, use, hours=f"{hours:,}", days=f"{days:,}")
    if Kind.SHARE_ALIKE in values and not has_licence:
        yield _said(_ALIKE_WHAT, use, condition=_label(Kind.SHARE_ALIKE))


# --- What contradicts the licence -------------------------------------------------------------

_NARROWED = _("“{use}”: {licence} allows this to everybody, so these terms cannot say “{word}”.")
_ADDED = _("“{use}”: {licence} does not demand “{condition}”, and nothing may be added to it.")
_NO_DERIVATIVES = _("“{use}” cannot be allowed under {licence}, which allows no changed versions.")
_NON_COMMERCIAL = _("“{use}” cannot be allowed under {licence}, which allows no commercial use.")
_CHANGED = (Use.TRANSLATION, Use.ADAPTATION)


def _against_licence(use: Use, rule: Rule, licence: Licence) -> Iterator[Objection]:
    theirs = licence.rules[use]
    if _is_free(theirs) and not _is_free(rule):
        yield _said(_NARROWED, use, licence=licence.name, word=_word(rule))
    if not _is_free(rule):
        return
    if licence.is_no_derivatives and use in _CHANGED:
        yield _said(_NO_DERIVATIVES, use, licence=licence.name)
    if licence.is_non_commercial and use is Use.COMMERCIAL_WEB:
        yield _said(_NON_COMMERCIAL, use, licence=licence.name)
    if _is_free(theirs):
        known = {entry.kind for other in licence.rules.values() for entry in other.conditions}
        for entry in merged(rule.conditions):
            if entry.kind not in known | EASINGS:
                yield _said(_ADDED, use, licence=licence.name, condition=_label(entry.kind))


# --- What may be meant so ---------------------------------------------------------------------

_NO_LIMIT = _("“{use}” is allowed, but nothing says how many words an excerpt may have.")
_NEVER_APPLY = _("“{use}” says “{word}”, so its conditions never apply: {conditions}.")
_MIXED = _("“{use}” demands both “{one}” and “{other}”: search engines read that as mixed signals.")
_BOTH = _("“{use}” demands both “{one}” and “{other}”: only the latter counts.")
_NOT_HERE = _("“{use}” demands “{condition}”, which makes no sense there.")
_UNSAID = _("“{use}” is not mentioned, so people are told to ask; {licence} allows it.")
_DROPPED = _("“{use}”: {licence} demands “{condition}”, and these terms do not say so.")
_BROADER = _("“{broader}” says “{its}”, yet “{use}”, which is less, says “{word}”.")
_LOOKS_LIKE = _("The name “{name}” sounds like a public licence, but no licence address is given.")


def _odd(use: Use, rule: Rule) -> Iterator[Objection]:
    if rule.verdict not in _FREE:
        if rule.conditions:
            named = ", ".join(f"“{_label(entry.kind)}”" for entry in merged(rule.conditions))
            yield _said(_NEVER_APPLY, use, word=_word(rule), conditions=named)
        return
    if _has(rule, Kind.CANONICAL) and _has(rule, Kind.NOINDEX):
        one, other = _label(Kind.CANONICAL), _label(Kind.NOINDEX)
        yield _said(_MIXED, use, one=one, other=other)
    if _has(rule, Kind.KEEP_PIXEL) and _has(rule, Kind.NO_PIXEL):
        one, other = _label(Kind.KEEP_PIXEL), _label(Kind.NO_PIXEL)
        yield _said(_BOTH, use, one=one, other=other)
    for entry in merged(rule.conditions):
        if use in _ON_PAPER_OR_AIR and entry.kind in _FOR_WEB:
            yield _said(_NOT_HERE, use, condition=_label(entry.kind))


def _less_than_licence(use: Use, rule: Rule, licence: Licence) -> Iterator[Objection]:
    theirs = licence.rules[use]
    if _is_free(rule) and _is_free(theirs):
        for entry in theirs.conditions:
            if not _has(rule, entry.kind):
                yield _said(_DROPPED, use, licence=licence.name, condition=_label(entry.kind))


def _narrower_is_stricter(rules: Rules) -> Iterator[Objection]:
    """A use is told once: beside the first that takes it in and is freer."""
    told = set()
    for broader, takes_in in _TAKES_IN.items():
        for use in takes_in:
            if use in told or broader not in rules:
                continue
            ours, its = rules.get(use, _SILENT), rules[broader]
            if STRICTNESS[its.verdict] < STRICTNESS[ours.verdict]:
                told.add(use)
                facts = {"broader": USES[broader][0], "its": _word(its), "word": _word(ours)}
                yield _said(_BROADER, use, **facts)


# What terms do not name has to be asked for.
_SILENT = Rule(Verdict.ASK)
_LICENCE_WORDS = ("creative commons", "cc by", "cc-by", "cc0")


def _looks_like_licence(name: str) -> Iterator[Objection]:
    if any(word in name.casefold() for word in _LICENCE_WORDS):
        yield _said(_LOOKS_LIKE, None, name=name)


# --- What we promise and do not hold ----------------------------------------------------------

_PROMISED = _("“{use}”: these terms say “{word}”, but we cannot pass it on. {reason}")


def promises(rules: Rules, rights: Iterable[Right], at: datetime) -> list[str]:
    """Uses that terms hold out and the chain of title does not bear, a sentence each."""
    return [str(one) for one in found_promises(rules, rights, at)]


def found_promises(rules: Rules, rights: Iterable[Right], at: datetime) -> list[Objection]:
    """``promises``, each with the use that it is about."""
    found, rights = [], tuple(rights)
    for use, rule in _in_order(rules):
        if rule.verdict not in _FREE:
            continue
        titles = [title(right, use, at) for right in rights]
        if missing := [one for one in titles if one.verdict is not Verdict.GRANTED]:
            strictest = max(missing, key=lambda one: STRICTNESS[one.verdict])
            reason = strictest.reason(use)
        elif not titles:
            reason = _("Nobody has said who holds the rights.")
        else:
            continue
        found.append(_said(_PROMISED, use, word=_word(rule), reason=reason))
    return found


# --- Where two sets of terms meet -------------------------------------------------------------

_APART = _("“{use}”: {answers}. The strictest counts: “{word}”.")
_BESIDES = _("“{use}”: only {names} demand “{condition}”; it counts all the same.")
_BESIDES_ONE = _("“{use}”: only {names} demands “{condition}”; it counts all the same.")


def found_disagreements(named_rules: Mapping[str, Rules]) -> list[Objection]:
    """Uses to which terms of the same rank give different answers, name by name."""
    found = []
    for use in Use:
        said = {name: rules.get(use, _SILENT) for name, rules in named_rules.items()}
        if len({rule.verdict for rule in said.values()}) > 1:
            answers = ", ".join(f"“{name}” says “{_word(rule)}”" for name, rule in said.items())
            strictest = max(said.values(), key=lambda rule: STRICTNESS[rule.verdict])
            found.append(_said(_APART, use, answers=answers, word=_word(strictest)))
        elif any(rule.verdict in _FREE for rule in said.values()):
            found += _conditions_apart(use, said)
    return found


def _conditions_apart(use: Use, said: Mapping[str, Rule]) -> Iterator[Objection]:
    demanded: dict[Condition, list[str]] = {}
    for name, rule in said.items():
        for entry in merged(rule.conditions):
            demanded.setdefault(entry, []).append(f"“{name}”")
    for entry, names in demanded.items():
        if len(names) < len(said):
            pattern = _BESIDES if len(names) > 1 else _BESIDES_ONE
            clause = str(entry)
            yield _said(pattern, use, names=" and ".join(names), condition=clause)
