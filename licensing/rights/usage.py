"""Usage terms as data: the JSON of a version in, rules out, and every fault named in words."""

from collections.abc import Mapping

from licensing.rights.conditions import ConditionIsWrong, as_json, parse, quoted
from licensing.rights.facts import Rule
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import USES, Use, Verdict

# What terms may answer: whom else to ask is the chain of title's to say.
ANSWERS = (Verdict.GRANTED, Verdict.ASK, Verdict.REFER, Verdict.REFUSED)


class TermsAreWrong(ValueError):
    """Terms that make no sense; ``reasons`` says why, in sentences for a person."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def rules_from_json(written: object) -> dict[Use, Rule]:
    """``{"print": {"verdict": "ask", "conditions": ["name_author"]}}`` → ``{Use.PRINT: Rule}``.

    A use that is missing is missing in the answer, too: it has to be asked for. Raises
    TermsAreWrong with everything that is wrong.
    """
    if not isinstance(written, Mapping):
        raise TermsAreWrong([_("Terms are a table of uses.")])
    rules, reasons = {}, []
    for name, entry in written.items():
        try:
            use = Use(name)
            rules[use] = _rule(entry)
        except ConditionIsWrong as fault:
            reasons.append(f"{USES[use][0]}: {fault}")
        except ValueError:
            reasons.append(f"{quoted(name)} is no use with an answer we know.")
    if reasons:
        raise TermsAreWrong(reasons)
    return {use: rules[use] for use in Use if use in rules}


def _rule(entry: object) -> Rule:
    # A word too many may be a condition misspelt: what is not understood is never dropped.
    if not isinstance(entry, Mapping) or not {"verdict"} <= entry.keys() <= _RULE:
        raise ValueError("This is no answer.")
    return Rule(Verdict(entry["verdict"]), parse(entry.get("conditions", [])))


_RULE = {"verdict", "conditions"}


def rules_as_json(rules: Mapping[Use, Rule]) -> dict:
    """The JSON that ``rules_from_json`` reads."""
    return {
        use.value: {"verdict": rule.verdict.value, "conditions": as_json(rule.conditions)}
        for use, rule in rules.items()
    }
