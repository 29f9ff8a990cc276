"""What a tag may be, and how an address is made of it."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cms.text import validate_single_line

MAX_SLUG = 180
MAX_TAG = 100


def validate_tag(value: str) -> None:
    """Refuses what is no word: nothing to read, or nothing to make an address of."""
    validate_single_line(value)
    if len(value) > MAX_TAG:
        raise ValidationError(
            _("“%(start)s…” is too long for a tag (at most %(limit)d characters)."),
            params={"start": value[:30], "limit": MAX_TAG},
            code="too_long",
        )
    if not slug_from(value):
        raise ValidationError(
            _("“%(tag)s” is no tag: it has neither a letter nor a digit."),
            params={"tag": value},
            code="no_word",
        )


def slug_from(text: str) -> str:
    """An address made of ``text`` in its own script, cut at a word; ``""`` if nothing is left."""
    slug = slugify(unicodedata.normalize("NFKC", text), allow_unicode=True)
    if len(slug) <= MAX_SLUG:
        return slug
    return slug[:MAX_SLUG].rsplit("-", 1)[0]
