"""What a use costs: every line is explained, and the lines add up to the last coin."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licensing.rights.currencies import digits
from licensing.rights.fees import MOST_FEE, price, tax_on
from licensing.rights.tariff_reading import parse_tariff
from licensing.rights.tariffs import costs
from licensing.rights.vocabulary import Use
from tests.licensing.rights.tariffs_to_price import (
    STILL,
    USE,
    amounts,
    currencies,
    factors,
    one,
    tariffs,
    written,
)

PLAIN = parse_tariff(written())


def priced(tariff=PLAIN, **answers):
    return price(tariff, USE, STILL | answers)


def said(sentences) -> list[str]:
    return [str(sentence) for sentence in sentences]


def reckoned(fee: dict, answers: dict, places: int) -> Decimal:
    """The net total by other means: one product, two sums, rounded at the end."""
    coin = Decimal(1).scaleb(-places)
    product, added, once = Decimal(fee["base"]), Decimal(0), Decimal(0)
    for driver in fee["drivers"]:
        answer, repeats = answers[driver["driver"]], 1
        if "choices" in driver:
            effect = driver["choices"][answer]
        elif "bands" in driver:
            ends = [Decimal(band.get("up_to", "Infinity")) for band in driver["bands"]]
            number = Decimal("Infinity") if answer is None else Decimal(answer)
            effect = driver["bands"][sum(end < number for end in ends)]
        elif "each" in driver:
            effect, repeats = {"add": driver["each"]}, answer
        else:
            effect, repeats = driver["each_further"], max(answer, 1) - 1
            effect = {"add": effect} if isinstance(effect, str) else effect
        if "times" in effect:
            for _turn in range(repeats):
                product *= Decimal(effect["times"])
        elif driver.get("per") == "request":
            once += Decimal(effect["add"]) * repeats
        else:
            added += Decimal(effect["add"]) * repeats
    articles = answers["articles"] if fee["per"] == "article" else 1
    for_one = (product + added).quantize(coin, ROUND_HALF_UP)
    return max(for_one * articles + once, Decimal(fee["minimum"]))


# --- one by one -------------------------------------------------------------------------------


def test_a_price_says_line_by_line_what_moved_it():
    found = priced(
        print_run=5000,
        formats=3,
        territory="world",
        languages=3,
        requester="academic",
        pictures=2,
        rush="yes",
        articles=3,
    )
    lines = [(str(line.explanation), str(line.amount.amount)) for line in found.lines]
    assert lines == [
        ("Publish in print, for each article", "150.00"),
        ("Print run 5,000 (1,001 to 10,000): × 1.6", "90.00"),
        ("Territory (the whole world): × 2", "240.00"),
        ("Languages 3: × 1.25 for each after the first", "270.00"),
        ("Who asks (A school, university or researcher): × 0.5", "-375.00"),
        ("Formats 3: EUR 40.00 for each after the first", "80.00"),
        ("Pictures 2: EUR 60.00 for each", "120.00"),
        ("3 articles: × 3", "1150.00"),
        ("In a hurry (yes): EUR 75.00 more", "75.00"),
    ]
    assert [str(line.label) for line in found.lines][:2] == ["Base fee", "Print run"]
    assert (found.net.amount, found.tax.amount) == (Decimal("1800.00"), Decimal("126.00"))
    assert (found.total.amount, found.tax_label) == (Decimal("1926.00"), "VAT (7%)")
    assert found.is_complete


def test_an_answer_that_moves_nothing_makes_no_line_and_is_named():
    found = priced()
    assert [str(line.amount.amount) for line in found.lines] == ["150.00"]
    assert "Print run 500 (up to 1,000): × 1" in said(found.unmoved)
    assert len(found.unmoved) == len(STILL)
    assert found.is_complete


@pytest.mark.parametrize(
    ("run", "amount"), [(0, 150), (1000, 150), (1001, 240), (10000, 240), (10001, 375)]
)
def test_a_band_holds_the_number_at_which_it_ends(run, amount):
    assert priced(print_run=run).net.amount == amount


def test_a_fee_is_never_below_the_minimum_and_says_so():
    tariff = one({"driver": "portion", "choices": {"excerpt": "0.1"}}, minimum="50")
    found = price(tariff, USE, {"portion": "excerpt"})
    assert (str(found.lines[-1].explanation), found.net.amount) == ("Never below EUR 50.00", 50)
    assert found.lines[-1].amount.amount == 40


def test_what_is_added_for_each_article_is_taken_times_the_articles():
    rush = {"driver": "rush", "choices": {"yes": {"add": "10"}}}
    answers = {"rush": "yes", "articles": 4}
    assert price(one(rush, per="article"), USE, answers).net.amount == 440
    assert price(one(rush | {"per": "request"}, per="article"), USE, answers).net.amount == 410
    assert price(one(rush, per="request"), USE, answers).net.amount == 110


def test_a_term_without_an_end_lies_in_the_open_band():
    bands = [{"up_to": 365, "times": "1"}, {"times": "3"}]
    found = price(one({"driver": "term_days", "bands": bands}), USE, {"term_days": None})
    assert found.net.amount == 300
    assert str(found.lines[1].explanation) == "Term in days without an end (more than 365): × 3"


def test_without_a_tax_the_total_is_the_net():
    found = price(parse_tariff(written() | {"tax": None}), USE, STILL)
    assert (found.tax.amount, found.tax_label, found.total) == (0, "", found.net)


# --- what a person has to look at -------------------------------------------------------------

BANDS = {"driver": "print_run", "bands": [{"up_to": 99, "times": "2"}]}
CLOSED = {"driver": "term_days", "bands": [{"up_to": 365, "times": "1"}]}
HALVES = {"driver": "territory", "choices": {"one": "0.5"}}
STEEP = {"driver": "languages", "each_further": {"times": "1000"}}


@pytest.mark.parametrize(
    ("driver", "answers", "sentence"),
    [
        (BANDS, {}, "Print run: not known yet, and the fee depends on it."),
        (BANDS, {"print_run": 100}, "Print run 100: the tariff ends at 99."),
        (BANDS, {"print_run": None}, "Print run: this answer cannot be reckoned with."),
        (BANDS, {"print_run": -1}, "Print run: this answer cannot be reckoned with."),
        (BANDS, {"print_run": 7.5}, "Print run: this answer cannot be reckoned with."),
        (BANDS, {"print_run": True}, "Print run: this answer cannot be reckoned with."),
        (BANDS, {"print_run": "7"}, "Print run: this answer cannot be reckoned with."),
        (BANDS, {"print_run": 10**5000}, "Print run: this answer cannot be reckoned with."),
        (CLOSED, {"term_days": None}, "Term in days without an end: the tariff ends at 365."),
        (HALVES, {"territory": "world"}, "Territory (the whole world): the tariff has no fee"),
        (HALVES, {"territory": "mars"}, "Territory: this answer cannot be reckoned with."),
        (HALVES, {"territory": ["one"]}, "Territory: this answer cannot be reckoned with."),
        (STEEP, {"languages": 102}, "Languages 102: more than the tariff reckons with."),
        (STEEP, {"languages": 101}, "The fee comes to more than EUR 1,000,000,000.00."),
    ],
)
def test_what_the_tariff_leaves_open_goes_to_a_person(driver, answers, sentence):
    found = price(one(driver), USE, answers)
    assert not found.is_complete
    assert sentence in said(found.needs_person)[0]
    assert found.net == sum((line.amount for line in found.lines), found.net * 0)


@pytest.mark.parametrize("articles", [0, -1, 1.0, None, True, "2"])
def test_a_number_of_articles_that_is_none_goes_to_a_person(articles):
    assert said(priced(articles=articles).needs_person) == [
        "Articles: this answer cannot be reckoned with."
    ]


def test_a_use_without_a_fee_goes_to_a_person():
    found = price(PLAIN, Use.BROADCAST, {})
    assert said(found.needs_person) == ["This tariff names no fee for this use (Broadcast)."]
    assert (found.lines, found.total.amount) == ((), 0)
    assert not costs(PLAIN, Use.BROADCAST)


def test_nothing_for_a_use_that_normally_costs_goes_to_a_person():
    free = {"driver": "requester", "choices": {"non_commercial": "0"}}
    found = price(one(free), USE, {"requester": "non_commercial"})
    assert said(found.needs_person) == [
        "The fee comes to nothing, although this use normally costs."
    ]
    for_nothing = one(base="0")
    assert not costs(for_nothing, USE)
    assert price(for_nothing, USE, {}).is_complete


@pytest.mark.parametrize(
    "fee",
    [
        {"base": "0", "minimum": "1"},
        {"base": "0.01"},
        {"base": "0", "drivers": [{"driver": "pictures", "each": "2"}]},
        {"base": "0", "drivers": [{"driver": "rush", "choices": {"yes": {"add": "2"}}}]},
    ],
)
def test_a_use_normally_costs_where_any_answer_can_bring_it_above_nothing(fee):
    assert costs(parse_tariff(written(print=fee)), USE)


# --- whatever the tariff ----------------------------------------------------------------------


@given(tariffs())
def test_the_lines_add_up_and_the_total_is_what_the_tariff_says(made):
    table, answers = made
    tariff = parse_tariff(table)
    found = price(tariff, USE, answers)
    fee, places = table["uses"]["print"], digits(table["currency"])
    with localcontext(Context(prec=900)):
        due = reckoned(fee, answers, places)
        taxed = (due * 7 / 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assume(found.lines)
    assert sum(line.amount.amount for line in found.lines) == found.net.amount == due
    assert found.tax.amount == taxed
    assert found.total == found.net + found.tax
    assert found.net.amount >= Decimal(fee["minimum"])
    for amount in (found.net, found.tax, found.total, *(line.amount for line in found.lines)):
        assert amount.currency.code == table["currency"]
        assert amount.amount.as_tuple().exponent == -places
    assert found.is_complete == (due > 0 or not costs(tariff, USE))


@given(tariffs())
def test_a_price_without_lines_is_one_that_is_too_much_for_a_tariff(made):
    table, answers = made
    found = price(parse_tariff(table), USE, answers)
    assert bool(found.lines) != (
        f"more than {table['currency']}" in "".join(said(found.needs_person))
    )
    assert all(abs(line.amount.amount) <= MOST_FEE for line in found.lines)


@given(tariffs(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_written_or_answered_makes_no_difference(made, chance):
    table, answers = made

    def shuffled(thing):
        if isinstance(thing, dict):
            names = list(thing)
            chance.shuffle(names)
            return {name: shuffled(thing[name]) for name in names}
        return [shuffled(one) for one in thing] if isinstance(thing, list) else thing

    assert price(parse_tariff(shuffled(table)), USE, shuffled(answers)) == price(
        parse_tariff(table), USE, answers
    )
    turned = shuffled(table)
    chance.shuffle(turned["uses"]["print"]["drivers"])
    assert (
        price(parse_tariff(turned), USE, answers).net
        == price(parse_tariff(table), USE, answers).net
    )


@given(st.data(), currencies)
def test_more_copies_never_cost_less_where_the_bands_rise(data, currency):
    ends = sorted(data.draw(st.sets(st.integers(0, 900), max_size=5)))
    rising = sorted(data.draw(st.lists(factors, min_size=len(ends) + 1, max_size=len(ends) + 1)))
    bands = [{"up_to": end} for end in ends] + [{}]
    bands = [band | {"times": times} for band, times in zip(bands, rising, strict=True)]
    base = data.draw(amounts(currency))
    tariff = one({"driver": "print_run", "bands": bands}, currency=currency, base=base)
    fewer, more = sorted(data.draw(st.tuples(st.integers(0, 999), st.integers(0, 999))))
    nets = [price(tariff, USE, {"print_run": run}).net for run in (fewer, more)]
    assert nets == sorted(nets)


@pytest.mark.parametrize(
    ("currency", "base", "times", "net"),
    [
        ("EUR", "0.01", "0.5", "0.01"),
        ("EUR", "0.01", "0.4999", "0.00"),
        ("EUR", "10.05", "0.1", "1.01"),
        ("JPY", "1", "0.5", "1"),
        ("JPY", "3", "0.5", "2"),
        ("KWD", "0.001", "0.5", "0.001"),
        ("KWD", "1.005", "0.1", "0.101"),
    ],
)
def test_half_a_coin_is_rounded_up(currency, base, times, net):
    half = {"driver": "portion", "choices": {"excerpt": times}}
    found = price(one(half, currency=currency, base=base), USE, {"portion": "excerpt"})
    assert str(found.net.amount) == net


def test_a_fee_is_rounded_once_however_many_answers_move_it():
    thirds = [
        {"driver": "portion", "choices": {"excerpt": "0.3333"}},
        {"driver": "exclusive", "choices": {"yes": "3.0003"}},
    ]
    found = price(one(*thirds, base="1"), USE, {"portion": "excerpt", "exclusive": "yes"})
    assert [str(line.amount.amount) for line in found.lines] == ["1.00", "-0.67", "0.67"]


@given(amounts("EUR", 100_000), st.integers(0, 100_000))
def test_tax_is_rounded_half_up(net, thousandths):
    percent = Decimal(thousandths) / 1000
    found = tax_on(price(one(base=net), USE, {}).net, percent)
    due = (Decimal(net) * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert found.amount == due
