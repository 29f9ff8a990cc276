"""Sums as a language writes them, in a line of a table and in the middle of a sentence."""

from decimal import Decimal

import pytest
from django.utils import translation
from moneyed import Money

from licensing.money import formatted, number_formatted
from licensing.rights import currencies
from licensing.rights.fees import price
from licensing.wording import said
from tests.licensing.rights.tariffs_to_price import PRINT, STILL, USE, one


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        ("1234.5", "EUR", "en", "€1,234.50"),
        ("1234.500", "EUR", "de", "1.234,50€"),
        ("-1234.5", "EUR", "en-gb", "-€1,234.50"),
        ("1234.000", "JPY", "en", "¥1,234"),
        ("1234.5", "KWD", "en", "KWD1,234.500"),
        ("0.005", "EUR", "en", "€0.005"),
        ("1", "EUR", "xx-nobody", "€1.00"),
        ("1", "EUR", "../..", "€1.00"),
        ("1", "EUR", "", "€1.00"),
    ],
)
def test_a_sum_is_written_with_the_digits_of_its_currency(amount, currency, language, written):
    assert formatted(Money(Decimal(amount), currency), language).replace("\xa0", "") == written


def test_a_number_is_written_as_the_language_does():
    assert number_formatted(12345, "de") == "12.345"
    assert number_formatted(Decimal("1.6"), "de") == "1,6"


def test_figures_in_a_sentence_are_written_as_the_reader_does():
    found = price(one(*PRINT["drivers"]), USE, STILL | {"print_run": 5000, "pictures": 2})
    with translation.override("de"):
        told = [said(line.explanation) for line in found.lines]
    assert "(1.001 " in told[1] and told[1].endswith("× 1,6")
    assert "60,00\xa0€" in told[2]
    with translation.override(None):
        assert said(found.lines[2].explanation) == "Pictures 2: €60.00 for each"


@pytest.mark.parametrize("amount", [1.5, 1, "1", Decimal("NaN"), Decimal("Infinity"), None])
def test_a_sum_is_made_of_a_finite_decimal_only(amount):
    with pytest.raises(TypeError):
        currencies.money(amount, "EUR")


def test_half_a_coin_is_rounded_away_from_nothing():
    assert [str(currencies.money(Decimal(one), "EUR").amount) for one in ("0.005", "-0.005")] == [
        "0.01",
        "-0.01",
    ]
    assert str(currencies.money(Decimal("12345678901234567890.125"), "EUR").amount) == (
        "12345678901234567890.13"
    )
