"""Sums of money: the currencies there are, their smallest coin, and sums as sentences say them.

Rounding and showing both go by the digits of CLDR, so that what adds up also looks as if it did.
"""

from decimal import Decimal
from fractions import Fraction

from babel.core import get_global
from babel.numbers import get_currency_precision
from moneyed import CURRENCIES as KNOWN
from moneyed import Money

from licensing.rights.vocabulary import Sentence

# What somewhere has to be taken in payment today: no gold, no test codes, no Deutschmark.
CURRENCIES = tuple(
    sorted(
        {
            code
            for tenders in get_global("territory_currencies").values()
            for code, _since, until, is_tender in tenders
            if is_tender and until is None and code in KNOWN
        }
    )
)
HALF = Fraction(1, 2)
# Patterns of the two figures that a sentence holds; whoever translates it writes them its own way.
NUMBER = "{number:,}"
AMOUNT = "{currency} {amount:,}"


def digits(currency: str) -> int:
    """How many digits follow the point: 2 for EUR, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


def in_coins(amount: Decimal, currency: str) -> Fraction:
    """``amount`` in the smallest coin, which it need not fill: EUR 1.505 is 150½ cents."""
    return Fraction(amount) * 10 ** digits(currency)


def whole_coins(coins: Fraction) -> int:
    """Rounded half up, as a till does it. ``coins`` is never negative."""
    return int(coins + HALF)


def from_coins(coins: int, currency: str) -> Money:
    """The sum of that many of the smallest coin."""
    sign, figures = (1, -coins) if coins < 0 else (0, coins)
    # Built of its figures: no context of decimals rounds what is exact.
    return Money(Decimal((sign, tuple(map(int, str(figures))), -digits(currency))), currency)


def money(amount: Decimal, currency: str) -> Money:
    """``amount`` as a sum, rounded to the smallest coin."""
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise TypeError("A sum of money is a finite Decimal.")
    coins = whole_coins(in_coins(abs(amount), currency))
    return from_coins(-coins if amount < 0 else coins, currency)


def in_figures(number: int | Decimal) -> Sentence:
    """“5,000”, as a part of another sentence."""
    return Sentence(NUMBER, (("number", number),))


def in_words(sum_of_money: Money) -> Sentence:
    """“EUR 60.00”, as a part of another sentence."""
    currency = sum_of_money.currency.code
    rounded = money(sum_of_money.amount, currency)
    shown = rounded if rounded == sum_of_money else sum_of_money
    facts = (("currency", currency), ("amount", shown.amount))
    return Sentence(AMOUNT, facts)
