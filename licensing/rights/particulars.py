"""The answers to a use's questions: checked, typed, and read for what they mean.

JSON in, JSON out: a request, a quote and a grant each keep their own copy, so that what was asked,
offered and given can differ and stays on record.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from licensing.rights.conditions import Condition, Kind, merged
from licensing.rights.currencies import in_figures
from licensing.rights.marking import marked as _
from licensing.rights.questions import QUESTIONS, Question, Takes
from licensing.rights.vocabulary import Sentence, Use

_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
MOST_NAMED = 60
MOST_PRICE = Decimal(1_000_000)


class ParticularsAreWrong(ValueError):
    """Answers that make no sense; ``faults`` maps the name of a question to a sentence."""

    def __init__(self, faults: Mapping[str, Sentence]):
        self.faults = dict(faults)
        super().__init__(" ".join(map(str, self.faults.values())))


class _Fault(ValueError):
    """What is wrong with one answer."""

    def __init__(self, pattern: str, **facts: object):
        self.sentence = Sentence(pattern, tuple(facts.items()))
        super().__init__(str(self.sentence))


@dataclass(frozen=True)
class Particulars:
    """What one use was told. ``answers``: name of a question → its value, as JSON holds it."""

    use: Use
    answers: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict:
        """What ``particulars`` reads again."""
        return dict(self.answers)

    @property
    def print_run(self) -> int:
        """Copies in all formats together."""
        if "runs" in self.answers:
            return sum(run["copies"] or 0 for run in self.answers["runs"])
        return self.answers.get("copies") or 0

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(run["format"] for run in self.answers.get("runs", ()))

    @property
    def term_days(self) -> int | None:
        """For how many days; ``None``: without an end, or not asked."""
        term = self.answers.get("posted_for")
        return int(term) if term and term != "unlimited" else None

    @property
    def territory(self) -> str:
        """``one`` country, ``some``, or the ``world``."""
        named = self.answers.get("territories", ())
        return {0: "world", 1: "one"}.get(len(named), "some")

    def conditions(self) -> tuple[Condition, ...]:
        """What a licence given on these answers is bound to."""
        found = []
        if countries := self.answers.get("territories"):
            found.append(Condition(Kind.TERRITORY, tuple(countries)))
        languages = self.answers.get("languages") or (
            [self.answers["language"]] if self.answers.get("language") else []
        )
        if languages:
            found.append(Condition(Kind.LANGUAGE, tuple(languages)))
        if self.formats:
            found.append(Condition(Kind.FORMATS, self.formats))
        if self.print_run:
            found.append(Condition(Kind.PRINT_RUN, self.print_run))
        if self.answers.get("portion") == "excerpt" and self.answers.get("words"):
            found.append(Condition(Kind.EXCERPT_WORDS, self.answers["words"]))
        if self.term_days:
            found.append(Condition(Kind.TERM, self.term_days))
        return merged(found)

    def facts(self) -> dict[str, object]:
        """What moves the price, by the names that fees know; what was not asked is absent."""
        answers = self.answers
        names = {question.name for question in QUESTIONS[self.use]}
        found: dict[str, object] = {}
        if {"runs", "copies"} & names and self.print_run:
            found["print_run" if "runs" in names else "copies"] = self.print_run
        if self.formats:
            found["formats"] = len(self.formats)
        if "territories" in names:
            found["territory"] = self.territory
        if {"languages", "language"} & names:
            found["languages"] = max(1, len(answers.get("languages") or ()))
        if "posted_for" in names:
            found["term_days"] = self.term_days
        for name in ("portion", "words", "medium"):
            if answers.get(name):
                found[name] = answers[name]
        return found


def particulars(use: Use, written: Mapping) -> Particulars:
    """The answers of ``use`` from JSON. Raises ParticularsAreWrong with every fault in words."""
    if not isinstance(written, Mapping):
        raise ParticularsAreWrong({"": Sentence("The answers are a list of names with values.")})
    faults, answers = {}, {}
    known = {question.name: question for question in QUESTIONS.get(use, ())}
    for name in written:
        if name not in known:
            faults[str(name)[:60]] = Sentence("Nobody asked this.")
    for question in known.values():
        if not is_asked(question, written):
            continue
        try:
            value = _read(question, written.get(question.name))
        except _Fault as fault:
            faults[question.name] = fault.sentence
            continue
        if value not in (None, "", [], ()):
            answers[question.name] = value
        elif question.is_required:
            faults[question.name] = Sentence("Please answer this.")
    if faults:
        raise ParticularsAreWrong(faults)
    return Particulars(use, answers)


def is_asked(question: Question, answers: Mapping) -> bool:
    """Whether ``question`` is put at all, as the others were answered."""
    if question.only_where is None:
        return True
    name, value = question.only_where
    return answers.get(name) == value


def _read(question: Question, value: object) -> object:
    if value in (None, "", [], ()):
        return None
    return _READERS[question.takes](question, value)


def _line(question: Question, value: object) -> str:
    if not isinstance(value, str):
        raise _Fault(_("This must be text."))
    value = value.strip()
    if len(value) > question.most:
        raise _Fault(_("At most {most} characters, please."), most=in_figures(question.most))
    if "\x00" in value:
        raise _Fault(_("This holds a character that cannot be kept."))
    if question.takes is Takes.LINE and len(value.splitlines()) > 1:
        raise _Fault(_("This must be a single line."))
    return value


def _number(question: Question, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= question.most:
        raise _Fault(_("A whole number from 1 to {most}, please."), most=in_figures(question.most))
    return value


def _choice(question: Question, value: object) -> str:
    if not isinstance(value, str) or value not in question.choices:
        raise _Fault(_("Please choose one of these."))
    return value


def _several(pattern: re.Pattern) -> Callable[[Question, object], list[str]]:
    def read(question: Question, value: object) -> list[str]:
        is_list = isinstance(value, list | tuple) and len(value) <= MOST_NAMED
        if not is_list or not all(isinstance(one, str) and pattern.fullmatch(one) for one in value):
            raise _Fault(_("Please choose from the list, at most {most}."), most=MOST_NAMED)
        return sorted(set(value))

    return read


def _language(question: Question, value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise _Fault(_("Please choose a language."))
    return value


def _date(question: Question, value: object) -> str:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Fault(_("A date, please, such as 2027-05-31.")) from None
    if not 1900 <= day.year <= 2200:
        raise _Fault(_("Please name a year from 1900 to 2200."))
    return day.isoformat()


def _yes_no(question: Question, value: object) -> str:
    if value not in ("yes", "no"):
        raise _Fault(_("Yes or no, please."))
    return value


def _url(question: Question, value: object) -> str:
    value = _line(question, value)
    try:
        parts = urlsplit(value)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or not value.isprintable() or " " in value:
        raise _Fault(_("A web address, please, beginning with https://."))
    return value


def _isbn(question: Question, value: object) -> str:
    digits = re.sub(r"[\s\u2010-\u2015-]", "", _line(question, value)).upper()
    if re.fullmatch(r"\d{13}", digits, re.ASCII):
        total = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(digits))
        if total % 10 == 0:
            return digits
    elif re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII) and _mod_11(digits, 10):
        return digits
    raise _Fault(_("This is no ISBN: a digit is wrong or missing."))


def _issn(question: Question, value: object) -> str:
    digits = re.sub(r"[\s\u2010-\u2015-]", "", _line(question, value)).upper()
    if re.fullmatch(r"\d{7}[\dX]", digits, re.ASCII) and _mod_11(digits, 8):
        return f"{digits[:4]}-{digits[4:]}"
    raise _Fault(_("This is no ISSN: a digit is wrong or missing."))


def _mod_11(digits: str, weight: int) -> bool:
    """The check of ISO 2108 (ten digits) and ISO 3297: weights fall by one, the sum ends at 11."""
    values = [10 if sign == "X" else int(sign) for sign in digits]
    return sum(value * (weight - place) for place, value in enumerate(values)) % 11 == 0


def _runs(question: Question, value: object) -> list[dict]:
    if not isinstance(value, list | tuple) or len(value) > len(question.choices):
        raise _Fault(_("Each format once, please."))
    runs: dict[str, dict] = {}
    for run in value:
        if not isinstance(run, Mapping) or not run.keys() <= {"format", "copies", "price"}:
            raise _Fault(_("A format, its copies and its price, please."))
        name = _choice(question, run.get("format"))
        if name in runs:
            raise _Fault(_("Each format once, please."))
        runs[name] = {
            "format": name,
            "copies": _number(question, run.get("copies")),
            "price": _price(run.get("price")),
        }
    return [runs[name] for name in question.choices if name in runs]


def _price(value: object) -> str:
    """What a copy is sold for, as typed; the currency is the requester's."""
    if value in (None, ""):
        return ""
    try:
        amount = Decimal(value) if isinstance(value, str) and len(value) <= 20 else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or not 0 <= amount <= MOST_PRICE:
        raise _Fault(_("A price such as 12.50, please."))
    return f"{amount:.2f}"


_READERS: dict[Takes, Callable[[Question, object], object]] = {
    Takes.LINE: _line,
    Takes.TEXT: _line,
    Takes.NUMBER: _number,
    Takes.CHOICE: _choice,
    Takes.COUNTRIES: _several(_COUNTRY),
    Takes.LANGUAGE: _language,
    Takes.LANGUAGES: _several(_LANGUAGE),
    Takes.DATE: _date,
    Takes.YES_NO: _yes_no,
    Takes.URL: _url,
    Takes.ISBN: _isbn,
    Takes.ISSN: _issn,
    Takes.RUNS: _runs,
}
