"""Sentences of ``licensing.rights`` in the reader's language: pattern looked up, then filled."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from cms.text import comma
from licensing.money import FALLBACK, figure_formatted
from licensing.places import country_name, language_name
from licensing.rights.conditions import CONDITIONS, Condition, Kind
from licensing.rights.days import DAY, MOMENT
from licensing.rights.fee_drivers import DRIVERS
from licensing.rights.questions import FORMATS
from licensing.rights.vocabulary import CARRIAGES, Carriage, Reason, Sentence, Use, Verdict
from licensing.rights.vocabulary import USES as USES_IN_ENGLISH
from licensing.rights.vocabulary import VERDICTS as VERDICTS_IN_ENGLISH


def said(sentence: Sentence | Reason | Condition) -> str:
    """A sentence, reason or condition, translated."""
    if isinstance(sentence, Condition) and sentence.kind in _NAMED:
        sentence = _named(sentence)
    if not isinstance(sentence, Sentence):
        sentence = sentence.sentence
    facts = {name: fact(value) for name, value in sentence.facts}
    return gettext(sentence.pattern).format(**facts)


def _named(entry: Condition) -> Sentence:
    """Countries, languages and formats by their names, whatever code they are kept under."""
    names = comma().join(_NAMED[entry.kind](code) for code in entry.value or ())
    return Sentence(entry.sentence.pattern, (("value", names),))


_NAMED = {
    Kind.TERRITORY: country_name,
    Kind.LANGUAGE: language_name,
    Kind.FORMATS: lambda code: gettext(FORMATS.get(code, code)),
}


def fact(value: object) -> object:
    """What stands in a sentence, in the reader's language: a name, a figure, a day."""
    if isinstance(value, Sentence):
        figure = figure_formatted(value, get_language() or FALLBACK)
        return figure or _day_formatted(value) or said(value)
    return gettext(value) if isinstance(value, str) and value in _NAMES else value


def _day_formatted(day: Sentence) -> str | None:
    """A day or moment that stands in a sentence; ``None`` where ``day`` is none."""
    facts = dict(day.facts)
    if day.pattern == DAY:
        return date_format(facts["day"])
    if day.pattern == MOMENT:
        return f"{date_format(facts['moment'], 'DATETIME_FORMAT')} {facts['moment']:%Z}"
    return None


_NAMES = {name for name, _meaning in USES_IN_ENGLISH.values()}
_NAMES |= set(CARRIAGES.values())
_NAMES |= {facts.label for facts in CONDITIONS.values()}
_NAMES |= {word for word, _meaning in VERDICTS_IN_ENGLISH.values()}
_NAMES |= {driver.label for driver in DRIVERS.values()}
_NAMES |= {label for driver in DRIVERS.values() for label in driver.choices.values()}


def use_name(use: Use) -> str:
    """“Publish in print”."""
    return gettext(USES_IN_ENGLISH[use][0])


def use_meaning(use: Use) -> str:
    """What the use is, in a sentence."""
    return gettext(USES_IN_ENGLISH[use][1])


def carriage_name(carriage: Carriage) -> str:
    """“publication on our website”."""
    return gettext(CARRIAGES[carriage])


def verdict_word(verdict: Verdict) -> str:
    """“Allowed”."""
    return gettext(VERDICTS_IN_ENGLISH[verdict][0])


def listed(clauses: Iterable[str | Promise]) -> str:
    """“name the source, show the notice and link to the original”."""
    *most, last = [str(clause) for clause in clauses] or [""]
    if not most:
        return last
    return gettext("{some} and {last}").format(some=comma().join(most), last=last)


def condition_label(entry: Condition) -> str:
    """The short name of a condition."""
    return gettext(CONDITIONS[entry.kind].label)
