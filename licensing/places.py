"""Countries and languages by name, in the reader's language, as CLDR has them."""

import unicodedata
from functools import cache

from babel import Locale
from django.utils.translation import get_language

from licensing.money import FALLBACK, locale_of

# CLDR's codes of two letters that are no country: unions, outlying islands, made-up ones.
NO_COUNTRY = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
# Languages that are written in several ways, each of which is asked for by name.
VARIANTS = ("pt-BR", "zh-Hans", "zh-Hant")


def country_name(code: str) -> str:
    """“United Kingdom”; a code that nobody knows as it stands."""
    return _locale().territories.get(code, code)


def language_name(code: str) -> str:
    """“French”, “Brazilian Portuguese”; a code that nobody knows as it stands."""
    locale = _locale()
    found = locale.languages.get(code.replace("-", "_"))
    if found is None:
        language, _dash, rest = code.partition("-")
        where = locale.territories.get(rest) or locale.scripts.get(rest) or rest
        found = locale.languages.get(language, language) + (f" ({where})" if where else "")
    return found[:1].upper() + found[1:]


def countries() -> list[tuple[str, str]]:
    """Every country as (code, name), by name."""
    return _countries(str(_locale()))


def languages() -> list[tuple[str, str]]:
    """Every language with a code of two letters, and some variants, as (code, name), by name."""
    codes = [code for code in _locale().languages if len(code) == 2]
    return _by_name((code, language_name(code)) for code in (*codes, *VARIANTS))


@cache
def _countries(locale: str) -> list[tuple[str, str]]:
    names = Locale.parse(locale).territories
    return _by_name(
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
    )


def _by_name(pairs) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: _folded(pair[1]))


def _folded(name: str) -> str:
    """So that “Åland Islands” stands among the A."""
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", name) if sign.isalnum()
    ).casefold()


def _locale() -> Locale:
    return locale_of(get_language() or FALLBACK)
