"""Tariffs and answers to price them by: a plain one, and those that Hypothesis makes up."""

from hypothesis import strategies as st

from licensing.rights.currencies import digits
from licensing.rights.fee_drivers import DRIVERS, Kind
from licensing.rights.tariff_reading import parse_tariff
from licensing.rights.tariffs import Tariff
from licensing.rights.vocabulary import Use

PRINT = {
    "base": "150",
    "per": "article",
    "minimum": "50",
    "drivers": [
        {
            "driver": "print_run",
            "bands": [
                {"up_to": 1000, "times": "1"},
                {"up_to": 10000, "times": "1.6"},
                {"times": "2.5"},
            ],
        },
        {"driver": "formats", "each_further": "40"},
        {"driver": "territory", "choices": {"one": "1", "some": "1.5", "world": "2"}},
        {"driver": "languages", "each_further": {"times": "1.25"}},
        {"driver": "requester", "choices": {"academic": "0.5", "publisher": "1"}},
        {"driver": "pictures", "each": "60"},
        {"driver": "rush", "choices": {"yes": {"add": "75"}}, "per": "request"},
    ],
}
# Answers of which none moves the fee.
STILL = {
    "print_run": 500,
    "formats": 1,
    "territory": "one",
    "languages": 1,
    "requester": "publisher",
    "pictures": 0,
    "rush": "no",
}


def written(currency: str = "EUR", **uses: dict) -> dict:
    """The JSON of a tariff: ``PRINT`` where nothing is named."""
    return {
        "currency": currency,
        "tax": {"label": "VAT", "percent": "7"},
        "uses": uses or {"print": PRINT},
    }


def one(*drivers: dict, currency: str = "EUR", base: str = "100", **fee) -> Tariff:
    """A tariff for print with these drivers."""
    return parse_tariff(written(currency, print={"base": base, "drivers": list(drivers), **fee}))


# --- made up ----------------------------------------------------------------------------------

# Of these nobody has thousands.
SMALL = ("formats", "languages", "pictures")
currencies = st.sampled_from(["EUR", "JPY", "KWD"])


def amounts(currency: str, most: int = 5000) -> st.SearchStrategy[str]:
    """What the currency can pay out."""
    places = digits(currency)
    coins = st.integers(0, most * 10**places)
    return coins.map(lambda one: f"{one // 10**places}.{one % 10**places:0{places}}".rstrip("."))


factors = st.integers(0, 40_000).map(lambda one: f"{one // 10_000}.{one % 10_000:04}")


@st.composite
def effects(draw, currency: str):
    """As one may be written."""
    if draw(st.booleans()):
        return {"times": draw(factors)}
    return {"add": draw(amounts(currency, 300))}


@st.composite
def drivers(draw, name: str, currency: str):
    """One driver that answers whatever is asked of it."""
    effect = effects(currency)
    entry: dict = {"driver": name}
    if DRIVERS[name].kind is Kind.CHOICE:
        entry["choices"] = {choice: draw(effect) for choice in DRIVERS[name].choices}
        return entry
    way = draw(st.sampled_from(["bands", "each", "each_further"]))
    if name == "term_days" or way == "bands":
        ends = sorted(draw(st.sets(st.integers(0, 5000), max_size=4)))
        entry["bands"] = [{"up_to": end} | draw(effect) for end in ends] + [draw(effect)]
    elif way == "each":
        entry["each"] = draw(amounts(currency, 3))
    else:
        is_small = DRIVERS[name].unit in SMALL
        entry["each_further"] = draw(effect if is_small else amounts(currency, 3))
    return entry


@st.composite
def tariffs(draw):
    """The JSON of a tariff with a fee for print, and answers to everything that moves it."""
    currency = draw(currencies)
    names = draw(st.lists(st.sampled_from(sorted(DRIVERS)), unique=True, max_size=6))
    fee = {
        "base": draw(amounts(currency)),
        "per": draw(st.sampled_from(["article", "request"])),
        "minimum": draw(amounts(currency)),
        "drivers": [draw(drivers(name, currency)) for name in names],
    }
    return written(currency, print=fee), draw(answers())


@st.composite
def answers(draw):
    """An answer to every driver, and how many articles."""
    found = {
        name: draw(
            st.sampled_from(sorted(driver.choices))
            if driver.kind is Kind.CHOICE
            else st.integers(0, 40)
            if driver.unit in SMALL
            else st.integers(0, 6000)
        )
        for name, driver in DRIVERS.items()
    }
    if draw(st.booleans()):
        found["term_days"] = None
    return found | {"articles": draw(st.integers(1, 9))}


USE = Use.PRINT
