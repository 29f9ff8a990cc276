"""Whether a text or a picture may be handed over, to a feed or to whoever takes a copy.

A feed is a copy that goes to nobody in particular and is never asked back: it gets what is allowed
to everybody, on conditions that it keeps by itself. Whoever takes a copy accepts the conditions.
"""

from collections.abc import Iterable

from licensing.rights.conditions import Condition, Kind
from licensing.rights.decide import Decision, ElementDecision
from licensing.rights.facts import ElementKind
from licensing.rights.vocabulary import Use, Verdict

# What each entry of a feed does, whoever reads it. A kind that is not named here stands in the way.
KEPT_BY_A_FEED: dict[Kind, bool] = {
    # An entry names them all, and links to the article and to the licence.
    Kind.SOURCE: True,
    Kind.AUTHOR: True,
    Kind.COPYRIGHT: True,
    Kind.LINK: True,
    Kind.LICENCE: True,
    # Its address is our page.
    Kind.CANONICAL: True,
    # It gives the text as it stands with us, whole, and makes nothing of it.
    Kind.CHANGES: True,
    Kind.SHARE_ALIKE: True,
    Kind.WHOLE: True,
    Kind.NO_EDITS: True,
    Kind.HEADLINE_FREE: True,
    # It costs nothing and earns nothing; what binds those who take the text stands in its notice.
    Kind.NON_COMMERCIAL: True,
    Kind.NO_SEPARATE_SALE: True,
    Kind.NO_PAYWALL: True,
    Kind.PRINT_RUN: True,
    # The pictures stay behind, and nobody is counted.
    Kind.NO_IMAGES: True,
    Kind.NO_PIXEL: True,
    # While these hold it back, the decision says “ask”; once it says “granted”, they are kept.
    Kind.NOT_BEFORE: True,
    Kind.ONLY_WITHIN: True,
    # Who fetches a feed shows it where search engines look, the credit wherever they like,
    Kind.NOINDEX: False,
    Kind.CREDIT_FIRST: False,
    # keeps it as long as they like,
    Kind.REMOVE_AFTER: False,
    Kind.TERM: False,
    # tells nobody of the copy and counts no readers,
    Kind.TELL_US: False,
    Kind.KEEP_PIXEL: False,
    # sits anywhere, reads it in translation, and turns it into what they need.
    Kind.TERRITORY: False,
    Kind.LANGUAGE: False,
    Kind.FORMATS: False,
    # The whole text is more than an excerpt of it.
    Kind.EXCERPT_WORDS: False,
}

# What can only be kept by somebody whom we know.
KEPT_BY_NAME = frozenset({Kind.TELL_US, Kind.KEEP_PIXEL})


def hands_over_to_taker(decision: Decision) -> bool:
    """Whether whoever accepts the conditions may be given the whole text; a part is not the whole.

    ``decision`` is for this use, and for whoever takes it.
    """
    is_whole = decision.use is not Use.EXCERPT and all(
        entry.kind is not Kind.EXCERPT_WORDS for entry in decision.conditions
    )
    return decision.is_granted and is_whole


def pictures_for_taker(decision: Decision) -> frozenset[str]:
    """The keys of the pictures that go along with a copy under ``decision``."""
    left_out = {one.element.key for one in decision.left_out}
    return frozenset(
        one.element.key
        for one in decision.elements
        if one.element.kind is ElementKind.IMAGE
        and one.verdict is Verdict.GRANTED
        and one.element.key not in left_out
    )


def needs_a_name(decision: Decision) -> bool:
    """Whether a condition asks for somebody whom we can reach."""
    return any(entry.kind in KEPT_BY_NAME for entry in decision.conditions)


def hands_over_text(decision: Decision) -> bool:
    """Whether a feed may give the whole text. ``decision`` is for everybody, on community sites."""
    text = decision.elements[:1]
    return decision.is_granted and all(is_kept(one.conditions) for one in text)


def pictures_handed_over(decision: Decision) -> frozenset[str]:
    """The keys of the pictures that a feed may give, with or without the text."""
    text, *others = decision.elements or (None,)
    if text is None or any(entry.kind is Kind.NO_IMAGES for entry in text.conditions):
        return frozenset()
    return frozenset(one.element.key for one in others if _is_free(one))


def is_kept(conditions: Iterable[Condition]) -> bool:
    """Whether a feed keeps all of ``conditions`` by itself."""
    return all(KEPT_BY_A_FEED.get(entry.kind, False) for entry in conditions)


def _is_free(answer: ElementDecision) -> bool:
    is_picture = answer.element.kind is ElementKind.IMAGE
    alone = all(entry.kind is not Kind.NO_IMAGES for entry in answer.conditions)
    return is_picture and alone and answer.verdict is Verdict.GRANTED and is_kept(answer.conditions)
