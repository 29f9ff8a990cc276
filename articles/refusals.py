"""Why a picture file is not let in, in the reader's language; the file is judged elsewhere."""

from django.utils.formats import number_format
from django.utils.translation import gettext

from articles.imaging.intake import PictureRefused
from articles.imaging.marking import Sentence


def said(refusal: PictureRefused) -> list[str]:
    """Each reason as a sentence, translated."""
    return [_said(reason) for reason in refusal.reasons]


def _said(reason: Sentence) -> str:
    facts = {name: _fact(fact) for name, fact in reason.facts.items()}
    return gettext(reason.pattern).format(**facts)


def _fact(fact: object) -> object:
    if isinstance(fact, int | float):
        return number_format(fact, use_l10n=True, force_grouping=True)
    return gettext(fact) if isinstance(fact, str) and fact else fact
