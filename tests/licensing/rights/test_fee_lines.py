"""The lines that a quote keeps say for ever what they said when it was made."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.rights.fee_lines import LinesAreWrong, lines_as_json, lines_from_json
from licensing.rights.fees import price
from licensing.rights.tariff_reading import parse_tariff
from tests.licensing.rights.tariffs_to_price import USE, tariffs
from tests.licensing.rights.test_conditions import anything


@given(tariffs())
def test_what_is_kept_is_read_back(made):
    table, answers = made
    lines = price(parse_tariff(table), USE, answers).lines
    kept = json.loads(json.dumps(lines_as_json(lines)))
    assert lines_from_json(kept, table["currency"]) == lines
    assert all(isinstance(line["amount"], str) for line in kept)


def test_what_somebody_typed_is_text_whatever_it_holds():
    written = [{"label": "A {strange} %s", "why": {"text": "{0.__class__}"}, "amount": "-12.5"}]
    (line,) = lines_from_json(written, "EUR")
    assert (str(line.label), str(line.explanation)) == ("A {strange} %s", "{0.__class__}")
    assert str(line.amount.amount) == "-12.50"
    assert lines_from_json(lines_as_json([line]), "EUR") == (line,)


entries = st.lists(
    anything
    | st.fixed_dictionaries(
        {},
        optional={
            "label": anything,
            "why": anything,
            "amount": anything | st.sampled_from(["1", "NaN", "1e999", "Infinity", "x"]),
        },
    )
)


@given(anything | entries)
def test_what_are_no_lines_is_refused(written):
    try:
        lines = lines_from_json(written, "EUR")
    except LinesAreWrong:
        return
    assert lines_from_json(lines_as_json(lines), "EUR") == lines


@pytest.mark.parametrize("amount", [1, 1.5, None, "NaN", "Infinity", "x", ""])
def test_an_amount_is_a_number_as_text(amount):
    with pytest.raises(LinesAreWrong):
        lines_from_json([{"label": "a", "why": "b", "amount": amount}], "EUR")
