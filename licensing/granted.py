"""What a grant says in words, for its certificate and its check page: frozen facts, read aloud."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from articles.models import Image
from licensing.described import described
from licensing.models import Grant, GrantedArticle
from licensing.places import country_name, language_name
from licensing.rights.conditions import Condition, Kind, parse
from licensing.rights.particulars import Particulars
from licensing.rights.questions import FORMATS, QUESTIONS, Takes
from licensing.snapshot import picture_key
from licensing.wording import listed, said

# Answers about places and languages are said once, as the scope of the licence.
_SCOPE = {Takes.COUNTRIES, Takes.LANGUAGES, Takes.LANGUAGE}


def particulars_in_words(given: Particulars) -> list[tuple[str, str]]:
    """The answers as labels with values, without where and in which languages."""
    scope = {question.name for question in QUESTIONS[given.use] if question.takes in _SCOPE}
    told = {name: value for name, value in given.answers.items() if name not in scope}
    silent = {_(question.label) for question in QUESTIONS[given.use] if question.name in scope}
    pairs = described(Particulars(given.use, told))
    return [(label, value) for label, value in pairs if label not in silent]


def conditions_in_words(grant: Grant) -> list[str]:
    """Each condition as a sentence; those that are said as the scope are not said again."""
    told = (Kind.TERRITORY, Kind.LANGUAGE)
    return [_sentence(entry) for entry in parse(grant.conditions) if entry.kind not in told]


def territory(grant: Grant) -> str:
    """“Germany and Austria”, or the whole world."""
    codes = _words_of(grant, Kind.TERRITORY)
    return listed(sorted(map(country_name, codes))) if codes else _("The whole world")


def languages(grant: Grant) -> str:
    """“French”, or the language of the article."""
    codes = _words_of(grant, Kind.LANGUAGE)
    return listed(sorted(map(language_name, codes))) if codes else _("The language of the article")


def formats(grant: Grant) -> str:
    """“Paperback and E-book”; empty where formats were not spoken of."""
    names = [_(FORMATS.get(name, name)) for name in _words_of(grant, Kind.FORMATS)]
    return listed(names) if names else ""


def pictures_in_words(keys: Iterable[str], images: dict[str, Image]) -> list[str]:
    """Each picture by what it shows and whose it is; one that is gone by its key."""
    found = []
    for key in keys:
        image = images.get(key)
        parts = [str(image), image.credit_line] if image else [key]
        found.append(". ".join(part for part in parts if part))
    return found


def images_of(granted: Iterable[GrantedArticle]) -> dict[str, Image]:
    """The pictures that these lines name, by key."""
    names = {key for row in granted for key in (*row.pictures, *row.left_out)}
    numbers = [key.removeprefix("image-") for key in names]
    rows = Image.objects.filter(pk__in=[number for number in numbers if number.isdecimal()])
    return {picture_key(image): image for image in rows}


def _words_of(grant: Grant, kind: Kind) -> tuple[str, ...]:
    return next((entry.value for entry in parse(grant.conditions) if entry.kind is kind), ())


def _sentence(entry: Condition) -> str:
    if entry.kind is Kind.FORMATS:
        names = listed(_(FORMATS.get(name, name)) for name in entry.value)
        return _("Only in these formats: {names}.").format(names=names)
    clause = said(entry)
    return f"{clause[:1].upper()}{clause[1:]}."
