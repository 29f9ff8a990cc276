"""A tariff from JSON: what is not understood is refused in words that name the place."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.fee_drivers import DRIVERS
from licensing.rights.tariff_reading import TariffIsWrong, parse_tariff
from licensing.rights.tariffs import How, Per, tariff_as_json
from licensing.rights.vocabulary import Use
from tests.licensing.rights.tariffs_to_price import PRINT, tariffs, written
from tests.licensing.rights.test_conditions import anything


def refused(table) -> list[str]:
    with pytest.raises(TariffIsWrong) as fault:
        parse_tariff(table)
    return fault.value.reasons


def refused_driver(entry) -> list[str]:
    return refused(written(print={"base": "1", "drivers": [entry]}))


def test_a_tariff_is_read():
    fee = parse_tariff(written()).uses[Use.PRINT]
    assert (str(fee.base), str(fee.minimum), fee.per) == ("150", "50", Per.ARTICLE)
    assert [moved.driver for moved in fee.moved][:2] == ["print_run", "formats"]
    assert [(band.first, band.up_to) for band in fee.moved[0].bands] == [
        (0, 1000),
        (1001, 10000),
        (10001, None),
    ]
    assert fee.moved[1].each_further.how is How.ADD
    assert fee.moved[-1].per is Per.REQUEST


@given(tariffs())
def test_what_is_written_down_is_read_back(made):
    tariff = parse_tariff(made[0])
    assert parse_tariff(json.loads(json.dumps(tariff_as_json(tariff)))) == tariff


@pytest.mark.parametrize("table", [None, [], "EUR", 7, True])
def test_what_is_no_table_is_refused(table):
    assert refused(table) == ["This must be a table of names with values."]


NUMBERS = [
    150,
    1.5,
    None,
    True,
    "",
    " 1",
    "-1",
    "+1",
    "1e3",
    "1e999",
    "NaN",
    "Infinity",
    "sNaN",
    "1_000",
    "1,000",
    "١٢",
    "1.",
    ".5",
    "0.1234567",
    "1234567890",
    "9" * 5000,
    ["1"],
    {"amount": "1"},
    float("nan"),
    float("inf"),
]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: str(number)[:20])
def test_only_a_plain_number_written_as_text_is_one(number):
    complaint = "A number such as 12.50, please."
    assert f"Publish in print, Base fee: {complaint}" in refused(written(print={"base": number}))
    bands = [{"times": number}]
    assert refused_driver({"driver": "print_run", "bands": bands}) == [
        f"Publish in print, Print run, band 1: {complaint}"
    ]
    tax = {"label": "VAT", "percent": number}
    assert f"Tax: {complaint}" in refused(written() | {"tax": tax})


@pytest.mark.parametrize(
    "up_to",
    [-1, 1.0, "1000", True, 10**10, 10**4000, [], float("inf")],
    ids=lambda end: str(end)[:20],
)
def test_a_band_ends_at_a_whole_number(up_to):
    bands = [{"up_to": up_to, "times": "1"}]
    assert refused_driver({"driver": "print_run", "bands": bands}) == [
        "Publish in print, Print run, band 1: A band ends at a whole number up to 1,000,000,000."
    ]


@pytest.mark.parametrize(
    ("entry", "reasons"),
    [
        ({"driver": "weather", "each": "1"}, ["driver 1: “weather” is no driver that we know."]),
        ({"driver": ["print_run"]}, ["driver 1: “this” is no driver that we know."]),
        ("print_run", ["driver 1: “this” is no driver that we know."]),
        (
            {"driver": "print_run"},
            ["Print run: This driver takes one of: bands / each / each_further."],
        ),
        (
            {"driver": "print_run", "choices": {"yes": "1"}},
            ["Print run: This driver takes one of: bands / each / each_further."],
        ),
        (
            {"driver": "rush", "each": "1"},
            ["In a hurry: This driver takes one of: choices."],
        ),
        (
            {"driver": "pictures", "each": "1", "each_further": "1"},
            ["Pictures: This driver takes one of: bands / each / each_further."],
        ),
        (
            {"driver": "pictures", "each": {"times": "2"}},
            ["Pictures: For each one an amount is added; nothing is multiplied."],
        ),
        ({"driver": "print_run", "bands": []}, ["Print run: Bands are a list of 1 to 20."]),
        ({"driver": "print_run", "bands": {}}, ["Print run: Bands are a list of 1 to 20."]),
        (
            {"driver": "print_run", "bands": [{"times": "1"}] * 21},
            ["Print run: Bands are a list of 1 to 20."],
        ),
        (
            {"driver": "print_run", "bands": [{"times": "1"}, {"up_to": 5, "times": "1"}]},
            ["Print run, band 1: Only the last band may be open above."],
        ),
        (
            {
                "driver": "print_run",
                "bands": [{"up_to": 9, "times": "1"}, {"up_to": 9, "times": "1"}],
            },
            ["Print run, band 2: Each band ends higher than the one before it."],
        ),
        (
            {"driver": "print_run", "bands": [{"up_to": 9, "times": "1", "add": "1"}]},
            ["Print run, band 1: Either “times” or “add”, please."],
        ),
        (
            {"driver": "print_run", "bands": [{"up_to": 9, "tmes": "1"}]},
            [
                "Print run, band 1: “tmes” is not understood here.",
                "Print run, band 1: Either “times” or “add”, please.",
            ],
        ),
        (
            {"driver": "territory", "choices": {"mars": "1"}},
            ["Territory: “mars” is no answer to this."],
        ),
        (
            {"driver": "territory", "choices": {"one": "1000.5"}},
            ["Territory, one country: At most 1,000 times, please."],
        ),
        (
            {"driver": "territory", "choices": {"one": {"add": "1.005"}}},
            ["Territory, one country: This currency has 2 digits after the point."],
        ),
        (
            {"driver": "territory", "choices": {"one": "2"}, "per": "request"},
            ["Territory: This driver adds no amount, for an article or else."],
        ),
    ],
)
def test_a_driver_that_makes_no_sense_is_refused_at_its_place(entry, reasons):
    assert refused_driver(entry) == [f"Publish in print, {reason}" for reason in reasons]


def test_everything_that_is_wrong_is_said_at_once():
    table = {
        "currency": "DEM",
        "tax": {"label": "", "percent": "101"},
        "note": "x",
        "uses": {
            "poster": {},
            "print": {"base": "1", "per": "page", "minimum": "-1", "drivers": {}},
            "broadcast": {"drivers": [PRINT["drivers"][0], PRINT["drivers"][0]]},
            "education": "free",
        },
    }
    assert refused(table) == [
        "“note” is not understood here.",
        "Currency: “DEM” is no currency in use.",
        "Tax: A tax needs a name of at most 30 characters, such as VAT.",
        "Tax: At most 100 percent, please.",
        "“poster” is no use that we know.",
        "Publish in print, Minimum fee: A number such as 12.50, please.",
        "Publish in print: Either per article or per request, please.",
        "Publish in print: The drivers are a list.",
        "Broadcast: “base” is missing.",
        "Broadcast, Print run: This driver stands here twice.",
        "Use in teaching: This must be a table of names with values.",
    ]
    assert refused({"currency": "EUR", "uses": {}}) == [
        "A tariff names the fee of one use at least."
    ]


@pytest.mark.parametrize("currency", ["XAU", "XXX", "XTS", "DEM", "eur", "EURO", "", None, 978, []])
def test_a_currency_is_one_that_is_taken_in_payment(currency):
    assert "is no currency in use." in refused(written() | {"currency": currency})[0]


def test_an_amount_has_as_many_digits_as_its_currency():
    assert refused(written("JPY", print={"base": "1.5"})) == [
        "Publish in print, Base fee: This currency has 0 digits after the point."
    ]
    parse_tariff(written("KWD", print={"base": "1.505"}))
    # What is counted for each may be a part of a coin: the sum is rounded.
    parse_tariff(written(print={"base": "1", "drivers": [{"driver": "copies", "each": "0.005"}]}))


def _somewhere(table, chance, thing):
    """The table with one of its places overwritten."""
    places = []

    def walk(node):
        for name in node if isinstance(node, dict) else range(len(node)):
            places.append((node, name))
            if isinstance(node[name], dict | list):
                walk(node[name])

    table = deepcopy(table)
    walk(table)
    node, name = chance.choice(places)
    node[name] = thing
    return table


@given(tariffs(), st.randoms(use_true_random=False), anything | st.sampled_from(NUMBERS))
def test_whatever_is_written_is_read_or_refused_in_sentences(made, chance, thing):
    try:
        tariff = parse_tariff(_somewhere(made[0], chance, thing))
    except TariffIsWrong as fault:
        assert fault.reasons
        assert all(reason.endswith(".") and reason.encode() for reason in fault.reasons)
    else:
        assert parse_tariff(tariff_as_json(tariff)) == tariff


def test_every_driver_is_a_number_or_a_choice_with_answers():
    for driver in DRIVERS.values():
        assert bool(driver.choices) != bool(driver.unit)
        assert not driver.idle or driver.idle in driver.choices
