"""What a use costs: tariff and answers in, priced lines out, each explained. No row is read.

What is counted per article is multiplied, then added to, then taken times the articles; what is
added once comes after, the minimum last. Fractions carry what is exact; each line is rounded once,
as the difference between two rounded sums, so that the lines add up to the net total to the cent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from moneyed import Money

from licensing.rights.currencies import (
    digits,
    from_coins,
    in_coins,
    in_figures,
    in_words,
    whole_coins,
)
from licensing.rights.fee_drivers import DRIVERS, Kind
from licensing.rights.marking import marked as _
from licensing.rights.tariffs import (
    MOST_FURTHER,
    MOST_NUMBER,
    Band,
    Effect,
    How,
    Moved,
    Per,
    Tariff,
    UseFee,
    costs,
)
from licensing.rights.vocabulary import USES, Sentence, Use

# Beyond this a person looks, whatever the tariff says.
MOST_FEE = 1_000_000_000


class Line(NamedTuple):
    """One line of a quote: what it is for, why it is what it is, and how much."""

    label: Sentence
    explanation: Sentence
    amount: Money


@dataclass(frozen=True)
class Price:
    """A use with its price. ``needs_person``: why this goes to nobody before a person has looked.

    ``unmoved`` are the answers that made no difference.
    """

    use: Use
    lines: tuple[Line, ...]
    net: Money
    tax: Money
    tax_label: str
    tax_percent: Decimal
    total: Money
    needs_person: tuple[Sentence, ...] = ()
    unmoved: tuple[Sentence, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the tariff answers the whole question."""
        return not self.needs_person


class _Step(NamedTuple):
    """What one driver does, worked out: the effect, and how often it is made."""

    label: str
    explanation: Sentence
    effect: Effect
    times: int
    per: Per

    @property
    def is_neutral(self) -> bool:
        return self.effect.is_neutral or not self.times


class _Open(Exception):
    """The tariff leaves this open; its argument is the sentence."""


def price(tariff: Tariff, use: Use, facts: Mapping[str, object]) -> Price:
    """The price of ``use`` on these answers, by the names of ``DRIVERS``, and ``articles``.

    What is missing or cannot be reckoned with is left out of the lines and named in
    ``needs_person``.
    """
    fee = tariff.uses.get(use)
    if fee is None:
        said = Sentence("This tariff names no fee for this use ({use}).", _use(use))
        return _totals(tariff, use, (), needs=[said])
    steps, needs = [], []
    for moved in fee.moved:
        try:
            steps.append(_step(moved, facts, tariff.currency))
        except _Open as left_open:
            needs.append(left_open.args[0])
    try:
        articles = _articles(facts)
    except _Open as left_open:
        articles = 1
        needs.append(left_open.args[0])
    moving = [step for step in steps if not step.is_neutral]
    unmoved = [step.explanation for step in steps if step.is_neutral]
    lines = _lines(tariff, use, fee, moving, articles)
    found = _totals(tariff, use, lines, needs=needs, unmoved=unmoved)
    if max(found.total.amount, *(abs(line.amount.amount) for line in lines)) > MOST_FEE:
        most = in_words(from_coins(MOST_FEE * 10 ** digits(tariff.currency), tariff.currency))
        said = Sentence("The fee comes to more than {most}.", (("most", most),))
        return _totals(tariff, use, (), needs=[*needs, said])
    return found


def _totals(
    tariff: Tariff,
    use: Use,
    lines: tuple[Line, ...],
    *,
    needs: list[Sentence],
    unmoved: list[Sentence] | None = None,
) -> Price:
    net = sum((line.amount for line in lines), from_coins(0, tariff.currency))
    percent = tariff.tax.percent if tariff.tax else Decimal(0)
    tax = tax_on(net, percent)
    if not net and not needs and costs(tariff, use):
        needs = [Sentence("The fee comes to nothing, although this use normally costs.")]
    label = f"{tariff.tax.label} ({percent.normalize():f}%)" if tariff.tax else ""
    return Price(
        use, lines, net, tax, label, percent, net + tax, tuple(needs), tuple(unmoved or ())
    )


def tax_on(net: Money, percent: Decimal) -> Money:
    """The tax on a net total, which is never negative; rounded once."""
    currency = net.currency.code
    return from_coins(
        whole_coins(in_coins(net.amount, currency) * Fraction(percent) / 100), currency
    )


# --- The lines ----------------------------------------------------------------------------------


class _Sheet:
    """Lines as they are written, in the smallest coin; ``coins`` is the sum of those that stand."""

    def __init__(self, currency: str):
        self.currency = currency
        self.coins = 0
        self.lines: list[Line] = []

    def bring_to(self, exact: Fraction | int, label: str, explanation: Sentence) -> None:
        """A line that makes the sum what ``exact`` rounds to."""
        coins = whole_coins(exact)
        amount = from_coins(coins - self.coins, self.currency)
        self.lines.append(Line(Sentence(label), explanation, amount))
        self.coins = coins


def _lines(
    tariff: Tariff, use: Use, fee: UseFee, steps: list[_Step], articles: int
) -> tuple[Line, ...]:
    sheet = _Sheet(tariff.currency)
    exact = in_coins(fee.base, tariff.currency)
    is_each = fee.per is Per.ARTICLE
    base = _("{use}, for each article") if is_each else _("{use}")
    sheet.bring_to(exact, _("Base fee"), Sentence(base, _use(use)))
    by_how = {how: [step for step in steps if step.effect.how is how] for how in How}
    for step in by_how[How.TIMES]:
        exact *= Fraction(step.effect.value) ** step.times
        sheet.bring_to(exact, step.label, step.explanation)
    once = [step for step in by_how[How.ADD] if is_each and step.per is Per.REQUEST]
    for step in by_how[How.ADD]:
        if step not in once:
            exact += _added(step, tariff.currency)
            sheet.bring_to(exact, step.label, step.explanation)
    if is_each and articles > 1:
        # What stands on paper for one article is what is taken times the articles.
        exact = Fraction(sheet.coins * articles)
        times = Sentence("{count} articles: × {count}", (("count", in_figures(articles)),))
        sheet.bring_to(exact, _("Articles"), times)
    for step in once:
        exact += _added(step, tariff.currency)
        sheet.bring_to(exact, step.label, step.explanation)
    minimum = in_coins(fee.minimum, tariff.currency)
    if sheet.coins < minimum:
        least = in_words(from_coins(int(minimum), tariff.currency))
        sheet.bring_to(
            minimum, _("Minimum fee"), Sentence("Never below {least}", (("least", least),))
        )
    return tuple(sheet.lines)


def _added(step: _Step, currency: str) -> Fraction:
    return in_coins(step.effect.value, currency) * step.times


# --- What one answer does -----------------------------------------------------------------------


def _step(moved: Moved, facts: Mapping[str, object], currency: str) -> _Step:
    """Raises _Open with the sentence that says what the tariff leaves open."""
    driver = DRIVERS[moved.driver]
    if moved.driver not in facts:
        raise _Open(_sentence(_("{driver}: not known yet, and the fee depends on it."), moved))
    answer = facts[moved.driver]
    if driver.kind is Kind.CHOICE:
        return _by_choice(moved, answer, currency)
    is_endless = answer is None and bool(driver.without)
    if not is_endless and not _is_count(answer):
        raise _Open(_sentence(_("{driver}: this answer cannot be reckoned with."), moved))
    value = Sentence(driver.without) if is_endless else in_figures(answer)
    if moved.bands:
        return _by_band(moved, None if is_endless else answer, value, currency)
    if is_endless:
        raise _Open(_sentence(_("{driver} {value}: the tariff has no fee for this."), moved, value))
    return _by_count(moved, answer, value, currency)


def _is_count(answer: object) -> bool:
    return type(answer) is int and 0 <= answer <= MOST_NUMBER


def _articles(facts: Mapping[str, object]) -> int:
    articles = facts.get("articles", 1)
    if not _is_count(articles) or not articles:
        raise _Open(Sentence("Articles: this answer cannot be reckoned with."))
    return articles


def _by_choice(moved: Moved, answer: object, currency: str) -> _Step:
    labels = DRIVERS[moved.driver].choices
    if not isinstance(answer, str) or answer not in labels:
        raise _Open(_sentence(_("{driver}: this answer cannot be reckoned with."), moved))
    effect = moved.choices.get(answer)
    if effect is None and answer == DRIVERS[moved.driver].idle:
        effect = Effect(How.TIMES, Decimal(1))
    if effect is None:
        said = _("{driver} ({value}): the tariff has no fee for this.")
        raise _Open(_sentence(said, moved, labels[answer]))
    pattern = "{driver} ({value}): " + _DOES[effect.how]
    return _made(moved, pattern, effect, labels[answer], currency)


def _by_band(moved: Moved, number: int | None, value: Sentence, currency: str) -> _Step:
    for band in moved.bands:
        if band.up_to is None or (number is not None and number <= band.up_to):
            pattern = "{driver} {value} ({band}): " + _DOES[band.effect.how]
            return _made(moved, pattern, band.effect, value, currency, band=band_in_words(band))
    last = in_figures(moved.bands[-1].up_to)
    said = _("{driver} {value}: the tariff ends at {last}.")
    raise _Open(_sentence(said, moved, value, last=last))


def band_in_words(band: Band) -> Sentence:
    """“1,001 to 10,000”."""
    if band.up_to is None:
        if not band.first:
            return Sentence("any number")
        return Sentence("more than {last}", (("last", in_figures(band.first - 1)),))
    if not band.first:
        return Sentence("up to {last}", (("last", in_figures(band.up_to)),))
    ends = (("first", in_figures(band.first)), ("last", in_figures(band.up_to)))
    return Sentence("{first} to {last}", ends)


def _by_count(moved: Moved, number: int, value: Sentence, currency: str) -> _Step:
    if moved.each:
        pattern, effect, times = _("{driver} {value}: {amount} for each"), moved.each, number
    else:
        effect, times = moved.each_further, max(0, number - 1)
        pattern = f"{{driver}} {{value}}: {_DOES_EACH[effect.how]} for each after the first"
    if effect.how is How.TIMES and times > MOST_FURTHER:
        said = _("{driver} {value}: more than the tariff reckons with.")
        raise _Open(_sentence(said, moved, value))
    return _made(moved, pattern, effect, value, currency, times=times)


_DOES = {How.TIMES: "× {times}", How.ADD: "{amount} more"}
_DOES_EACH = {How.TIMES: "× {times}", How.ADD: "{amount}"}


def _made(
    moved: Moved,
    pattern: str,
    effect: Effect,
    value: Sentence | str,
    currency: str,
    *,
    times: int = 1,
    **facts,
) -> _Step:
    if effect.how is How.TIMES:
        facts["times"] = in_figures(effect.value)
    else:
        facts["amount"] = in_words(Money(effect.value, currency))
    explanation = _sentence(pattern, moved, value, **facts)
    return _Step(DRIVERS[moved.driver].label, explanation, effect, times, moved.per)


def _sentence(pattern: str, moved: Moved, value: Sentence | str | None = None, **facts) -> Sentence:
    said = {"driver": DRIVERS[moved.driver].label}
    if value is not None:
        said["value"] = value
    return Sentence(pattern, tuple((said | facts).items()))


def _use(use: Use) -> tuple[tuple[str, str], ...]:
    return (("use", USES[use][0]),)
