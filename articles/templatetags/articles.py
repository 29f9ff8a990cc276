"""What the readers' templates ask for: pictures, languages, addresses and the texts of the house.

Nothing here declares HTML safe, and nothing asks the database once a row.
"""

from datetime import datetime

from django import template
from django.conf import settings
from django.utils import timezone, translation

from articles import addresses, changes, languages
from articles.colophon import colophon as colophon_of
from articles.credits import authors
from articles.credits import byline_words as words_of
from articles.darkroom import Picture, picture
from articles.notices import Section
from cms.sitepolicy.texts import HouseTexts, house_texts

register = template.Library()


@register.simple_tag
def colophon(page) -> list[Section]:
    """What stands under the article, in its order."""
    return colophon_of(page)


@register.simple_tag(takes_context=True)
def house(context) -> HouseTexts:
    """The texts of the house: those the page brings, else those in the language it speaks."""
    texts = context.get("texts")
    return house_texts() if texts is None else texts


@register.filter
def marked_headline(article) -> str:
    """Its headline, with a word before it where the text is retracted."""
    return changes.marked_headline(article)


@register.filter
def text_language(texts: HouseTexts, kind: str) -> str:
    """The language in which ``texts`` say this."""
    return texts.languages.get(kind, settings.LANGUAGE_CODE)


@register.simple_tag
def site_language() -> str:
    """The language in which the page speaks around what it shows."""
    return translation.get_language()


@register.filter
def direction(language: str) -> str:
    """``"rtl"`` or ``"ltr"``."""
    return languages.direction(language)


@register.filter
def language_in_itself(language: str) -> str:
    """``Français`` for ``fr``."""
    return languages.in_itself(language)


@register.filter
def iso(moment: datetime) -> str:
    """A moment as HTML and other machines read it, to the second (ISO 8601); ``""`` for none."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


@register.filter
def locale(language: str) -> str:
    """``pt_BR`` for ``pt-br``, as Open Graph writes it."""
    return translation.to_locale(language)


@register.filter
def as_picture(image) -> Picture | None:
    """What ``articles/_picture.html`` shows, or nothing: no picture, no copies yet, right ended."""
    return picture(image) if image and image.is_usable() else None


@register.filter
def byline_words(role: str) -> str:
    """The words before the names in this role."""
    return words_of(role)


@register.filter
def signed_by(article) -> list:
    """Those whose names stand over the article in a listing."""
    return authors(article)


@register.simple_tag(takes_context=True)
def absolute(context, path: str) -> str:
    """``path`` with the site's scheme and host, for those who read the page elsewhere."""
    request = context.get("request")
    return addresses.absolute(request, path) if request else path
