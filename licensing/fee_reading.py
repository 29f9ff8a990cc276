"""A tariff in words: what each use costs and what moves it, and how two versions differ."""

from typing import NamedTuple

from django.utils.translation import get_language, gettext
from moneyed import Money

from licensing.money import FALLBACK, formatted, number_formatted
from licensing.rights.fee_drivers import DRIVERS
from licensing.rights.fees import band_in_words
from licensing.rights.tariffs import Effect, How, Moved, Per, Tariff, UseFee
from licensing.rights.vocabulary import Use
from licensing.wording import said, use_name


class MovedInWords(NamedTuple):
    """A driver, and what each answer does: (“1,001 to 10,000”, “× 1.6”)."""

    label: str
    effects: list[tuple[str, str]]
    note: str = ""


class FeeInWords(NamedTuple):
    """“€150.00 for each article, never below €50.00.”"""

    use: Use
    name: str
    sentence: str
    moved: list[MovedInWords]


class Changed(NamedTuple):
    """What two versions say differently about one thing."""

    what: str
    before: str
    after: str


def reading(tariff: Tariff) -> list[FeeInWords]:
    """Every use that has a fee."""
    return [
        FeeInWords(
            use,
            use_name(use),
            _fee(fee, tariff.currency),
            [_moved(moved, tariff.currency) for moved in fee.moved],
        )
        for use, fee in tariff.uses.items()
    ]


def tax_in_words(tariff: Tariff) -> str:
    """“Prices are in EUR; 7% VAT is added.”"""
    if tariff.tax is None:
        return gettext("Prices are in {currency}; no tax is added.").format(
            currency=tariff.currency
        )
    return gettext("Prices are in {currency}; {percent}% {label} is added.").format(
        currency=tariff.currency,
        percent=number_formatted(tariff.tax.percent, _language()),
        label=tariff.tax.label,
    )


def changes(old: Tariff, new: Tariff) -> list[Changed]:
    """What ``new`` says differently, thing by thing."""
    before, after = _facts(old), _facts(new)
    places = [*after, *(place for place in before if place not in after)]
    none = gettext("nothing")
    return [
        Changed(place, before.get(place, none), after.get(place, none))
        for place in places
        if before.get(place) != after.get(place)
    ]


def _facts(tariff: Tariff) -> dict[str, str]:
    facts = {gettext("Currency and tax"): tax_in_words(tariff)}
    for fee in reading(tariff):
        facts[fee.name] = fee.sentence
        for moved in fee.moved:
            said_so = "; ".join(f"{answer}: {effect}" for answer, effect in moved.effects)
            facts[f"{fee.name}, {moved.label}"] = " ".join(filter(None, [said_so, moved.note]))
    return facts


def _fee(fee: UseFee, currency: str) -> str:
    if fee.minimum:
        pattern = {
            Per.ARTICLE: gettext("{base} for each article, never below {least} in all."),
            Per.REQUEST: gettext("{base} in all, never below {least}."),
        }[fee.per]
    else:
        pattern = {
            Per.ARTICLE: gettext("{base} for each article."),
            Per.REQUEST: gettext("{base} in all."),
        }[fee.per]
    return pattern.format(base=_sum(fee.base, currency), least=_sum(fee.minimum, currency))


def _moved(moved: Moved, currency: str) -> MovedInWords:
    driver = DRIVERS[moved.driver]
    if moved.bands:
        effects = [
            (said(band_in_words(band)), _effect(band.effect, currency)) for band in moved.bands
        ]
    elif moved.choices:
        effects = [
            (gettext(driver.choices[choice]), _effect(effect, currency))
            for choice, effect in moved.choices.items()
        ]
    elif moved.each:
        effects = [(gettext("for each"), _effect(moved.each, currency))]
    else:
        effects = [(gettext("for each after the first"), _effect(moved.each_further, currency))]
    note = gettext("Added once, for all articles.") if moved.per is Per.REQUEST else ""
    return MovedInWords(gettext(driver.label), effects, note)


def _effect(effect: Effect, currency: str) -> str:
    if effect.how is How.TIMES:
        return f"×\u00a0{number_formatted(effect.value, _language())}"
    return f"+\u00a0{_sum(effect.value, currency)}"


def _sum(amount, currency: str) -> str:
    return formatted(Money(amount, currency), _language())


def _language() -> str:
    return get_language() or FALLBACK
