"""The one place where anything is declared safe: stored HTML, sanitised once more on its way out,
and data for machines inside a page.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.richtext.cleaning import clean
from cms.richtext.vocabulary import NOTE

register = template.Library()


@register.filter
@lru_cache(maxsize=1024)
def rich(html: str) -> SafeString:
    """A short rich text (a house text, an author's bio), safe to print."""
    return mark_safe(clean(html, NOTE))  # noqa: S308 sanitised in this very call


@register.filter
def rendered(html: str) -> SafeString:
    """What ``render`` made of a sanitised body: its footnotes are links by now."""
    return mark_safe(html)  # noqa: S308 render() adds marks to what the sanitiser let through


def data_block(text: str, media_type: str) -> SafeString:
    """A script element that holds data. Raises ValueError where ``text`` could end it or begin a
    comment in it: whoever writes the data escapes ``<``, ``>`` and ``&`` as JSON allows.
    """
    if any(sign in text for sign in "<>&"):
        raise ValueError("Data in a page holds no markup.")
    return format_html('<script type="{}">{}</script>', media_type, mark_safe(text))  # noqa: S308
