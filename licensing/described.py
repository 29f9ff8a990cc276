"""What was asked, offered or given, in words: particulars as labels with values, for any page.

Plain text in the reader's language; whoever shows it escapes it.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from licensing.money import FALLBACK, locale_of, number_formatted
from licensing.places import country_name, language_name
from licensing.rights.particulars import Particulars, is_asked
from licensing.rights.questions import QUESTIONS, Question, Takes
from licensing.wording import listed


def described(particulars: Particulars) -> list[tuple[str, str]]:
    """“Title of the publication” – “Harbour Reader”, and so on, in the order of the questions.

    What was not answered is left out, except where silence has a meaning of its own.
    """
    found = []
    for question in QUESTIONS[particulars.use]:
        if not is_asked(question, particulars.answers):
            continue
        value = particulars.answers.get(question.name)
        words = in_words(question, value) if value else _silence(question)
        if words:
            found.append((gettext(question.label), words))
    return found


def in_words(question: Question, value: object) -> str:
    """One answer as a person reads it."""
    return _WORDS.get(question.takes, _as_it_stands)(question, value)


def differences(before: Particulars, after: Particulars) -> list[tuple[str, str, str]]:
    """Where two answer the same questions differently: (label, before, after)."""
    said, now = dict(described(before)), dict(described(after))
    labels = [*said, *(label for label in now if label not in said)]
    return [
        (label, said.get(label, ""), now.get(label, ""))
        for label in labels
        if said.get(label, "") != now.get(label, "")
    ]


def _silence(question: Question) -> str:
    if question.takes is Takes.COUNTRIES:
        return gettext("The whole world")
    if question.takes is Takes.LANGUAGES:
        return gettext("The language of the article")
    return ""


def _as_it_stands(_question: Question, value: object) -> str:
    return str(value)


def _number(_question: Question, value: int) -> str:
    return _figure(value)


def _choice(question: Question, value: str) -> str:
    return gettext(question.choices.get(value, value))


def _yes_no(_question: Question, value: str) -> str:
    return gettext("Yes") if value == "yes" else gettext("No")


def _date(_question: Question, value: str) -> str:
    return date_format(date.fromisoformat(value))


def _countries(_question: Question, value: list[str]) -> str:
    return listed(sorted(country_name(code) for code in value))


def _languages(_question: Question, value: list[str]) -> str:
    return listed(sorted(language_name(code) for code in value))


def _language(_question: Question, value: str) -> str:
    return language_name(value)


def _runs(question: Question, value: list[dict]) -> str:
    """“Paperback: 3,000 copies at 18.00 each; E-book”."""
    return "; ".join(_run(question, run) for run in value)


def _run(question: Question, run: dict) -> str:
    name = _choice(question, run["format"])
    facts = {"format": name, "price": run.get("price") and _price(run["price"])}
    copies = run.get("copies")
    if not copies:
        pattern = gettext("{format} at {price} each") if facts["price"] else "{format}"
        return pattern.format(**facts)
    if facts["price"]:
        pattern = ngettext(
            "{format}: {copies} copy at {price}",
            "{format}: {copies} copies at {price} each",
            copies,
        )
    else:
        pattern = ngettext("{format}: {copies} copy", "{format}: {copies} copies", copies)
    return pattern.format(copies=_figure(copies), **facts)


def _price(price: str) -> str:
    """Two places, as prices are written; which currency it is, the requester did not say."""
    whole = Decimal(price).quantize(Decimal("0.01"))
    return format_decimal(whole, format="#,##0.00", locale=locale_of(get_language() or FALLBACK))


def _figure(number: int) -> str:
    return number_formatted(number, get_language() or FALLBACK)


_WORDS: dict[Takes, Callable[[Question, object], str]] = {
    Takes.NUMBER: _number,
    Takes.CHOICE: _choice,
    Takes.COUNTRIES: _countries,
    Takes.LANGUAGE: _language,
    Takes.LANGUAGES: _languages,
    Takes.DATE: _date,
    Takes.YES_NO: _yes_no,
    Takes.RUNS: _runs,
}
