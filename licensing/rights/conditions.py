"""Conditions as types: each knows its sentence, its ODRL form, and whether a copy can be checked
for it. Prose belongs on the terms page; what binds is here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from licensing.rights.currencies import in_figures
from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Sentence, Use


class Kind(StrEnum):
    """What a condition demands."""

    SOURCE = "acknowledge_source"
    AUTHOR = "name_author"
    COPYRIGHT = "show_copyright"
    LINK = "link_original"
    LICENCE = "name_licence"
    CREDIT_FIRST = "credit_first"
    CHANGES = "indicate_changes"
    SHARE_ALIKE = "share_alike"
    CANONICAL = "canonical"
    NOINDEX = "noindex"
    WHOLE = "whole_article"
    NO_EDITS = "no_edits"
    HEADLINE_FREE = "headline_may_change"
    EXCERPT_WORDS = "excerpt_words"
    NON_COMMERCIAL = "non_commercial"
    NO_SEPARATE_SALE = "no_separate_sale"
    NO_PAYWALL = "no_paywall"
    NO_IMAGES = "images_excluded"
    NOT_BEFORE = "not_before_hours"
    ONLY_WITHIN = "only_within_days"
    REMOVE_AFTER = "remove_after_days"
    TELL_US = "tell_us"
    KEEP_PIXEL = "keep_pixel"
    NO_PIXEL = "no_pixel"
    TERRITORY = "territory"
    LANGUAGE = "language"
    TERM = "term"
    PRINT_RUN = "print_run"
    FORMATS = "formats"


class Takes(StrEnum):
    """What a condition has to be told."""

    NOTHING = "nothing"
    NUMBER = "number"
    LIST = "list"


class Odrl(NamedTuple):
    """How ODRL 2.2 says it. ``form`` is ``duty``, ``constraint`` or ``prohibition``; ``term`` the
    action or left operand; ``operator`` only for constraints. An empty term: ODRL has no word.
    """

    form: str
    term: str
    operator: str = ""


_NO_WORD = Odrl("duty", "")
MOST = 100_000_000
# A window that is counted from publication ends within a hundred years.
MOST_DAYS = 36_500
MOST_WORDS = 60


@dataclass(frozen=True)
class Facts:
    """What there is to know of a kind of condition."""

    label: str
    sentence: str
    takes: Takes = Takes.NOTHING
    odrl: Odrl = _NO_WORD
    # Whether a look at the copy can tell that it is kept.
    is_verifiable: bool = False
    # The largest number that it takes.
    most: int = MOST


_N, _L = Takes.NUMBER, Takes.LIST
ATTRIBUTE = Odrl("duty", "attribute")

CONDITIONS: dict[Kind, Facts] = {
    Kind.SOURCE: Facts(
        _("Name the source"), _("name the source"), odrl=ATTRIBUTE, is_verifiable=True
    ),
    Kind.AUTHOR: Facts(
        _("Name the author"), _("name the author"), odrl=ATTRIBUTE, is_verifiable=True
    ),
    Kind.COPYRIGHT: Facts(
        _("Show the copyright notice"),
        _("show the copyright notice"),
        odrl=Odrl("duty", "cc:Notice"),
        is_verifiable=True,
    ),
    Kind.LINK: Facts(
        _("Link to the original article"),
        _("link to the original article"),
        odrl=ATTRIBUTE,
        is_verifiable=True,
    ),
    Kind.LICENCE: Facts(
        _("Name the licence and link to it"),
        _("name the licence and link to it"),
        odrl=Odrl("duty", "cc:Notice"),
        is_verifiable=True,
    ),
    Kind.CREDIT_FIRST: Facts(
        _("The credit above the text"),
        _("credit it above the text"),
        odrl=ATTRIBUTE,
        is_verifiable=True,
    ),
    Kind.CHANGES: Facts(
        _("Say what was changed"), _("say what you changed"), odrl=Odrl("duty", "inform")
    ),
    Kind.SHARE_ALIKE: Facts(
        _("Share alike"),
        _("publish what you make of it under the same licence"),
        odrl=Odrl("duty", "cc:ShareAlike"),
    ),
    Kind.CANONICAL: Facts(
        _("Canonical link to our page"),
        _("name our page as the canonical one"),
        is_verifiable=True,
    ),
    Kind.NOINDEX: Facts(
        _("Keep the copy out of search engines"),
        _("keep your copy out of search engines (noindex)"),
        odrl=Odrl("prohibition", "index"),
        is_verifiable=True,
    ),
    Kind.WHOLE: Facts(
        _("The whole article only"),
        _("take the whole article, not a part"),
        odrl=Odrl("prohibition", "extract"),
        is_verifiable=True,
    ),
    Kind.NO_EDITS: Facts(
        _("No edits"),
        _("change nothing in the text"),
        odrl=Odrl("prohibition", "modify"),
        is_verifiable=True,
    ),
    Kind.HEADLINE_FREE: Facts(_("The headline may change"), _("the headline may be your own")),
    Kind.EXCERPT_WORDS: Facts(
        _("Excerpt of at most … words"),
        _("quote at most {value} words"),
        _N,
        Odrl("constraint", "count", "lteq"),
        is_verifiable=True,
    ),
    Kind.NON_COMMERCIAL: Facts(
        _("Non-commercial use only"),
        _("make no commercial use of it"),
        odrl=Odrl("prohibition", "cc:CommercialUse"),
    ),
    Kind.NO_SEPARATE_SALE: Facts(
        _("Not sold separately"), _("do not sell it separately"), odrl=Odrl("prohibition", "sell")
    ),
    Kind.NO_PAYWALL: Facts(
        _("No paywall"), _("do not put it behind a paywall"), is_verifiable=True
    ),
    Kind.NO_IMAGES: Facts(_("Pictures excluded"), _("leave the pictures out"), is_verifiable=True),
    Kind.NOT_BEFORE: Facts(
        _("Not before … hours after publication"),
        _("publish it no sooner than {value} hours after us"),
        _N,
        Odrl("constraint", "dateTime", "gteq"),
        is_verifiable=True,
        most=24 * MOST_DAYS,
    ),
    Kind.ONLY_WITHIN: Facts(
        _("Only within … days of publication"),
        _("take it within {value} days of publication"),
        _N,
        Odrl("constraint", "dateTime", "lteq"),
        is_verifiable=True,
        most=MOST_DAYS,
    ),
    Kind.REMOVE_AFTER: Facts(
        _("Remove after … days"),
        _("take your copy down after {value} days"),
        _N,
        Odrl("duty", "delete"),
        is_verifiable=True,
        most=MOST_DAYS,
    ),
    Kind.TELL_US: Facts(
        _("Tell us the address of the copy"),
        _("tell us the address of your copy"),
        odrl=Odrl("duty", "inform"),
    ),
    Kind.KEEP_PIXEL: Facts(
        _("Keep the counting pixel"), _("keep the counting pixel"), is_verifiable=True
    ),
    Kind.NO_PIXEL: Facts(_("No counting pixel"), _("put no counting pixel into it")),
    Kind.TERRITORY: Facts(
        _("Territory"), _("only in {value}"), _L, Odrl("constraint", "spatial", "isAnyOf")
    ),
    Kind.LANGUAGE: Facts(
        _("Languages"),
        _("only in these languages: {value}"),
        _L,
        Odrl("constraint", "language", "isAnyOf"),
    ),
    Kind.TERM: Facts(
        _("Term in days"),
        _("for {value} days"),
        _N,
        Odrl("constraint", "elapsedTime", "lteq"),
        most=MOST_DAYS,
    ),
    Kind.PRINT_RUN: Facts(
        _("Print run of at most …"),
        _("print at most {value} copies"),
        _N,
        Odrl("constraint", "count", "lteq"),
    ),
    Kind.FORMATS: Facts(
        _("Named formats only"),
        _("only in these formats: {value}"),
        _L,
        Odrl("constraint", "fileFormat", "isAnyOf"),
    ),
}
# These open and close a window that is counted from publication.
WINDOWS = frozenset({Kind.NOT_BEFORE, Kind.ONLY_WITHIN})
# A use is not free under a condition that it cannot keep.
TAKEN_BACK_BY: dict[Use, frozenset[Kind]] = {
    Use.EXCERPT: frozenset({Kind.WHOLE}),
    Use.COMMERCIAL_WEB: frozenset({Kind.NON_COMMERCIAL}),
    Use.ADAPTATION: frozenset({Kind.NO_EDITS}),
}
# These ease; every other one binds.
EASINGS = frozenset({Kind.HEADLINE_FREE})
_ORDER = {kind: place for place, kind in enumerate(Kind)}


class ConditionIsWrong(ValueError):
    """A condition was told too little, too much or nonsense; ``sentence`` says what."""

    def __init__(self, pattern: str, **facts: object):
        self.sentence = Sentence(pattern, tuple(facts.items()))
        super().__init__(str(self.sentence))


class Condition(NamedTuple):
    """One demand. ``value`` is ``None``, a number, or a tuple of words, as its kind takes."""

    kind: Kind
    value: int | tuple[str, ...] | None = None

    @property
    def facts(self) -> Facts:
        return CONDITIONS[self.kind]

    @property
    def sentence(self) -> Sentence:
        """As a clause that follows “Please” or “provided you”: “name the source”."""
        facts = CONDITIONS[self.kind]
        if facts.takes == Takes.NOTHING:
            return Sentence(facts.sentence)
        said = ", ".join(self.value) if facts.takes == Takes.LIST else f"{self.value:,}"
        return Sentence(facts.sentence, (("value", said),))

    def __str__(self) -> str:
        return str(self.sentence)


def condition(kind: str, value=None) -> Condition:
    """A condition that makes sense. Raises ConditionIsWrong with a sentence."""
    if not isinstance(kind, str):
        raise ConditionIsWrong(_("A condition is a name, or a name with its value."))
    try:
        kind = Kind(kind)
    except ValueError:
        raise ConditionIsWrong(_("{name} is no condition we know."), name=quoted(kind)) from None
    facts = CONDITIONS[kind]
    if facts.takes == Takes.NOTHING:
        if value not in (None, "", [], ()):
            raise ConditionIsWrong(_("“{condition}” takes no value."), condition=facts.label)
        return Condition(kind)
    if facts.takes == Takes.NUMBER:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= facts.most:
            raise ConditionIsWrong(
                _("“{condition}” needs a number from 1 to {most}."),
                condition=facts.label,
                most=in_figures(facts.most),
            )
        return Condition(kind, value)
    words = value if isinstance(value, list | tuple) else ()
    if all(isinstance(word, str) for word in words):
        words = tuple(dict.fromkeys(stripped for word in words if (stripped := word.strip())))
        if 1 <= len(words) <= MOST_WORDS and all(map(_is_word, words)):
            return Condition(kind, words)
    raise ConditionIsWrong(
        _("“{condition}” needs a list of one to {most} short words."),
        condition=facts.label,
        most=MOST_WORDS,
    )


def _is_word(word: str) -> bool:
    return len(word) <= MOST_WORDS and word.isprintable()


def quoted(name: object) -> str:
    """``name`` as a sentence may repeat it, whatever it holds: “translation”, else “this”."""
    return f"“{name}”" if isinstance(name, str) and _is_word(name) else "“this”"


def parse(written: Iterable) -> tuple[Condition, ...]:
    """Conditions from JSON: ``["name_author", {"kind": "excerpt_words", "value": 150}]``.

    Raises ConditionIsWrong.
    """
    found = []
    if not isinstance(written, list | tuple):
        raise ConditionIsWrong(_("Conditions are a list."))
    for entry in written:
        if isinstance(entry, str):
            found.append(condition(entry))
        elif isinstance(entry, dict) and {"kind"} <= entry.keys() <= {"kind", "value"}:
            found.append(condition(entry["kind"], entry.get("value")))
        else:
            raise ConditionIsWrong(_("A condition is a name, or a name with its value."))
    return merged(found)


def as_json(conditions: Iterable[Condition]) -> list:
    """The JSON that ``parse`` reads."""
    return [
        entry.kind.value
        if entry.value is None
        else {
            "kind": entry.kind.value,
            "value": list(entry.value) if isinstance(entry.value, tuple) else entry.value,
        }
        for entry in conditions
    ]


# Where two conditions of a kind meet, the stricter number; a later start is stricter, too.
_STRICTER_IS_MORE = frozenset({Kind.NOT_BEFORE})


def merged(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Each kind once, as strict as the strictest, in the order of the table.

    Two lists that share no word leave an empty list: nothing is permitted, and ``clash`` says so.
    An easing holds only where nothing else contradicts it.
    """
    strictest: dict[Kind, Condition] = {}
    for new in conditions:
        old = strictest.get(new.kind)
        if old is None or old.value is None:
            strictest[new.kind] = new
        elif isinstance(new.value, tuple):
            shared = tuple(word for word in old.value if word in new.value)
            strictest[new.kind] = Condition(new.kind, shared)
        else:
            pick = max if new.kind in _STRICTER_IS_MORE else min
            strictest[new.kind] = Condition(new.kind, pick(old.value, new.value))
    if len(strictest) < 2:
        return tuple(strictest.values())
    return tuple(sorted(strictest.values(), key=_place))


def _place(entry: Condition) -> int:
    return _ORDER[entry.kind]


def clash(conditions: Iterable[Condition]) -> bool:
    """Whether two lists that share no word leave nothing that would be permitted."""
    return any(entry.value == () for entry in conditions)


def must_be_counted(conditions: Iterable[Condition]) -> bool:
    """Whether the counting pixel has to stand in a copy: who refuses it is heard first."""
    kinds = {entry.kind for entry in conditions}
    return Kind.KEEP_PIXEL in kinds and Kind.NO_PIXEL not in kinds
