"""Sums and figures as a reader's language writes them: “€1,234.50”, “1.234,50 €”."""

from decimal import Decimal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import format_decimal
from moneyed import Money
from moneyed.l10n import format_money

from licensing.rights import currencies
from licensing.rights.vocabulary import Sentence

FALLBACK = "en"


def formatted(money: Money, language: str) -> str:
    """A sum with the digits of its currency; with more only where it is not made of whole coins."""
    code = money.currency.code
    is_whole = currencies.money(money.amount, code) == money
    return format_money(
        money,
        locale=locale_of(language),
        currency_digits=is_whole,
        decimal_quantization=is_whole,
    )


def number_formatted(number: int | Decimal, language: str) -> str:
    """“5,000”, “1.6”."""
    return format_decimal(number, locale=locale_of(language), decimal_quantization=False)


def figure_formatted(figure: Sentence, language: str) -> str | None:
    """A figure that stands in a sentence; ``None`` where ``figure`` is none."""
    facts = dict(figure.facts)
    if figure.pattern == currencies.NUMBER:
        return number_formatted(facts["number"], language)
    if figure.pattern == currencies.AMOUNT:
        return formatted(Money(facts["amount"], facts["currency"]), language)
    return None


def locale_of(language: str) -> Locale:
    """How ``language`` writes numbers; English where nobody knows."""
    for name in (language, language.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(FALLBACK)
