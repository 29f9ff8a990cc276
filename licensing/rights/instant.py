"""Instant answers: whether a rule grants a request without a person, and if not, why not.

A rule only puts in writing what is free to everybody under the terms. It never gives more than they
do, never anything that normally costs, and never anything on an answer that was not given.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from licensing.rights.conditions import Condition, Kind
from licensing.rights.decide import Decision
from licensing.rights.marking import marked as _
from licensing.rights.particulars import Particulars
from licensing.rights.questions import QUESTIONS, REQUESTER_KINDS, RequesterKind
from licensing.rights.vocabulary import USES, Sentence, Use, Verdict

# Whom a condition against commercial use leaves out of doubt.
NOT_COMMERCIAL = frozenset({RequesterKind.NON_COMMERCIAL, RequesterKind.ACADEMIC})


class Rule(NamedTuple):
    """For whom and for what a rule grants. No ``most_days`` or ``most_copies``: without a limit."""

    name: str
    version: int
    use: Use
    requester_kinds: frozenset[str] = frozenset()
    most_articles: int = 1
    most_days: int | None = None
    most_copies: int | None = None
    allows_ads: bool = False
    allows_paywall: bool = False


class Wanted(NamedTuple):
    """One article that is asked for: what is answered to anybody, and its pictures by key.

    ``left_out``: the pictures without which the licence would have to be given.
    """

    headline: str
    decision: Decision
    pictures: tuple[str, ...] = ()
    language: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A request as rules see it.

    ``costs``: the price list in use has a price for this use. ``has_rival``: a licence of somebody
    stands in the way. ``is_held``: the requester holds the same already.
    """

    given: Particulars
    requester_kind: str
    articles: tuple[Wanted, ...]
    is_exclusive: bool = False
    costs: bool = True
    has_rival: bool = False
    is_held: bool = False


def objections(rule: Rule, asked: Asked) -> list[Sentence]:
    """Why ``rule`` does not grant what is asked; empty means it does."""
    if rule.use is not asked.given.use:
        return [is_for_another_use(rule)]
    return [*_by_the_rule(rule, asked), *_by_the_matter(asked)]


def is_for_another_use(rule: Rule) -> Sentence:
    """What a rule says to every other use."""
    name = Sentence(USES[rule.use][0])
    return Sentence("It is a rule for another use: {use}.", (("use", name),))


def faults(rule: Rule) -> dict[str, Sentence]:
    """Where a rule makes no sense: name of what is wrong → sentence."""
    found = {}
    names = _asked_of(rule.use)
    if not rule.requester_kinds:
        found["requester_kinds"] = Sentence("Choose at least one: a rule grants to nobody else.")
    elif unknown := sorted(rule.requester_kinds - set(REQUESTER_KINDS)):
        said = Sentence("{kind} is no kind of requester we know.", (("kind", unknown[0]),))
        found["requester_kinds"] = said
    if rule.most_articles < 1:
        found["most_articles"] = Sentence("At least one.")
    if rule.most_days is not None and "posted_for" not in names:
        found["most_days"] = Sentence("Nobody is asked for how long, in this use: leave it empty.")
    if rule.most_copies is not None and not {"copies", "runs"} & names:
        found["most_copies"] = Sentence("Nobody is asked for copies in this use: leave it empty.")
    return found


# --- What the rule says -----------------------------------------------------------------------


def _by_the_rule(rule: Rule, asked: Asked) -> Iterator[Sentence]:
    given = asked.given
    if asked.requester_kind not in rule.requester_kinds:
        kind = Sentence(REQUESTER_KINDS.get(asked.requester_kind, _("Unknown")))
        yield Sentence("It does not grant to this kind of requester: {kind}.", (("kind", kind),))
    if len(asked.articles) > rule.most_articles:
        facts = (("most", rule.most_articles), ("number", len(asked.articles)))
        yield Sentence(
            "It grants at most {most} articles at a time; {number} are asked for.", facts
        )
    days, copies = given.term_days, given.print_run
    if rule.most_days is not None and (days is None or days > rule.most_days):
        yield Sentence("It grants at most {most} days.", (("most", rule.most_days),))
    if rule.most_copies is not None and not 1 <= copies <= rule.most_copies:
        yield Sentence("It grants at most {most} copies.", (("most", rule.most_copies),))
    if not rule.allows_ads and not _says_no(given, "ads"):
        yield Sentence("It grants only where it is said that there is no advertising.")
    if not rule.allows_paywall and not _says_no(given, "paywall"):
        yield Sentence("It grants only where it is said that readers do not have to pay.")


def _says_no(given: Particulars, name: str) -> bool:
    """Whether the answer is no; what a use is not asked, it does not do."""
    return name not in _asked_of(given.use) or given.answers.get(name) == "no"


def _asked_of(use: Use) -> set[str]:
    return {question.name for question in QUESTIONS.get(use, ())}


# --- What the matter itself says --------------------------------------------------------------


def _by_the_matter(asked: Asked) -> Iterator[Sentence]:
    if not asked.articles:
        yield Sentence("It is for no article.")
    if asked.costs:
        yield Sentence("This use normally costs: a person decides whether it is free this time.")
    if asked.is_exclusive:
        yield Sentence("It is to be exclusive: only a person grants that.")
    if asked.has_rival:
        yield Sentence("Another licence stands in the way.")
    if asked.is_held:
        yield Sentence("The requester holds this already: a person looks why it is asked again.")
    for wanted in asked.articles:
        yield from _of_article(wanted, asked)


def _of_article(wanted: Wanted, asked: Asked) -> Iterator[Sentence]:
    decision, named = wanted.decision, (("headline", wanted.headline),)
    if decision.verdict is not Verdict.GRANTED or decision.use is not asked.given.use:
        yield Sentence("“{headline}” is not free for this use under its terms.", named)
        return
    if decision.grant:
        yield Sentence("“{headline}” is free to the holder of a licence only.", named)
    if wanted.left_out or not _free_pictures(decision).issuperset(wanted.pictures):
        yield Sentence("A picture of “{headline}” that is asked for is not free.", named)
    for entry in decision.conditions:
        if not _is_kept(entry, wanted, asked):
            pattern = _("“{headline}”: the answers do not say that they keep “{condition}”.")
            yield Sentence(pattern, (*named, ("condition", Sentence(entry.facts.label))))


def _free_pictures(decision: Decision) -> set[str]:
    left_out = {one.element.key for one in decision.left_out}
    free = {one.element.key for one in decision.elements if one.verdict is Verdict.GRANTED}
    return free - left_out


def _is_kept(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    """Whether the answers keep a condition. What nothing is asked about is a promise of whoever
    takes the licence, such as naming the author.
    """
    test = _TESTS.get(entry.kind)
    return test is None or test(entry, wanted, asked)


def _no_images(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    return not wanted.pictures


def _whole(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    is_asked = "portion" in _asked_of(asked.given.use)
    return not is_asked or asked.given.answers.get("portion") == "whole"


def _no_paywall(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    return _says_no(asked.given, "paywall")


def _non_commercial(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    is_free = _says_no(asked.given, "ads") and _says_no(asked.given, "paywall")
    return is_free and asked.requester_kind in NOT_COMMERCIAL


def _excerpt(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    answers = asked.given.answers
    is_part = asked.given.use is Use.EXCERPT or answers.get("portion") == "excerpt"
    return is_part and _within(answers.get("words"), entry)


def _print_run(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    return _within(asked.given.print_run, entry)


def _days(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    return _within(asked.given.term_days, entry)


def _within(number: object, entry: Condition) -> bool:
    """A number that nobody named may be any."""
    return isinstance(number, int) and 1 <= number <= entry.value


def _formats(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    return _among(asked.given.formats, entry)


def _territory(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    # No country named means the whole world.
    return _among(asked.given.answers.get("territories"), entry)


def _language(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    answers = asked.given.answers
    languages = [answers["language"]] if answers.get("language") else answers.get("languages")
    return _among(languages or [wanted.language], entry)


def _among(named: object, entry: Condition) -> bool:
    return bool(named) and set(named) <= set(entry.value)


def _never(entry: Condition, wanted: Wanted, asked: Asked) -> bool:
    """A licence outlives the window of the terms."""
    return False


_TESTS: dict[Kind, Callable[[Condition, Wanted, Asked], bool]] = {
    Kind.NO_IMAGES: _no_images,
    Kind.WHOLE: _whole,
    Kind.NO_PAYWALL: _no_paywall,
    Kind.NON_COMMERCIAL: _non_commercial,
    Kind.EXCERPT_WORDS: _excerpt,
    Kind.PRINT_RUN: _print_run,
    Kind.TERM: _days,
    Kind.REMOVE_AFTER: _days,
    Kind.FORMATS: _formats,
    Kind.TERRITORY: _territory,
    Kind.LANGUAGE: _language,
    Kind.ONLY_WITHIN: _never,
}
