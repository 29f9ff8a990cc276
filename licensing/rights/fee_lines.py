"""The lines of a price as JSON, which a quote keeps, and back. Amounts and figures are text."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from licensing.rights.currencies import money
from licensing.rights.fees import Line
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Sentence

TYPED = "{text}"
_DEEPEST = 4


class LinesAreWrong(ValueError):
    """What was kept as lines is none."""


def lines_as_json(lines: Iterable[Line]) -> list[dict]:
    """``[{"label": …, "why": …, "amount": "12.50"}]``; a sentence keeps its pattern and facts."""
    return [
        {
            "label": sentence_as_json(line.label),
            "why": sentence_as_json(line.explanation),
            "amount": format(line.amount.amount, "f"),
        }
        for line in lines
    ]


def lines_from_json(written: object, currency: str) -> tuple[Line, ...]:
    """The lines that were kept; what somebody typed is plain text. Raises LinesAreWrong."""
    if not isinstance(written, list | tuple):
        raise LinesAreWrong(_("Lines are a list."))
    return tuple(_line(entry, currency) for entry in written)


def _line(entry: object, currency: str) -> Line:
    try:
        amount = entry["amount"]
        if not isinstance(amount, str):
            raise TypeError(amount)
        label, why = (sentence_from_json(entry[name]) for name in ("label", "why"))
        return Line(label, why, money(Decimal(amount), currency))
    except (TypeError, KeyError, InvalidOperation) as fault:
        raise LinesAreWrong(_("A line is a label, a reason and an amount.")) from fault


def sentence_as_json(sentence: Sentence) -> dict:
    """What ``sentence_from_json`` reads."""
    if sentence.pattern == TYPED:
        return {"text": dict(sentence.facts)["text"]}
    return {
        "pattern": sentence.pattern,
        "facts": {name: _fact_as_json(fact) for name, fact in sentence.facts},
    }


def _fact_as_json(fact: object) -> object:
    if isinstance(fact, Sentence):
        return sentence_as_json(fact)
    return {"decimal": format(fact, "f")} if isinstance(fact, Decimal) else fact


def sentence_from_json(written: object, depth: int = 0) -> Sentence:
    """The sentence that was kept; text alone is what somebody typed. Raises LinesAreWrong."""
    if isinstance(written, str):
        return Sentence(TYPED, (("text", written),))
    if not isinstance(written, Mapping) or depth > _DEEPEST:
        raise LinesAreWrong(_("A sentence is text, or a pattern with its facts."))
    if isinstance(written.get("text"), str):
        return Sentence(TYPED, (("text", written["text"]),))
    pattern, facts = written.get("pattern"), written.get("facts")
    if not isinstance(pattern, str) or not isinstance(facts, Mapping):
        raise LinesAreWrong(_("A sentence is text, or a pattern with its facts."))
    return Sentence(pattern, tuple((str(name), _fact(fact, depth)) for name, fact in facts.items()))


def _fact(written: object, depth: int) -> object:
    if isinstance(written, Mapping) and isinstance(written.get("decimal"), str):
        return Decimal(written["decimal"])
    if isinstance(written, Mapping):
        return sentence_from_json(written, depth + 1)
    if type(written) in (str, int):
        return written
    raise LinesAreWrong(_("A fact is text, a number or a sentence."))
