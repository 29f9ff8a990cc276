"""What templates ask for about handing an article on: links, a text for lists, the card."""

from functools import partial

from django import template
from django.urls import reverse

from articles import addresses, cards
from articles.addresses import Absolute
from articles.sharing import Sharing
from articles.sharing import sharing as sharing_of
from cms.sitepolicy.texts import HouseTexts

register = template.Library()


def _absolute(context) -> Absolute:
    return partial(addresses.absolute, context["request"])


@register.simple_tag(takes_context=True)
def sharing(context, page) -> Sharing:
    """How the article on ``page`` is handed on."""
    return sharing_of(page, absolute=_absolute(context))


@register.simple_tag(takes_context=True)
def article_card(context, page) -> str:
    """The address of the picture that stands for the article."""
    return cards.article_address(page, absolute=_absolute(context))


@register.simple_tag
def card_alt(page) -> str:
    """What stands on that picture."""
    return cards.alt_text(page)


@register.simple_tag(takes_context=True)
def site_card(context, texts: HouseTexts) -> str:
    """The address of the picture that stands for the site."""
    return cards.site_address(texts, absolute=_absolute(context))


@register.simple_tag(takes_context=True)
def author_addresses(context, page) -> list[str]:
    """The pages of those who sign the article on ``page``, as machines are told them."""
    absolute = _absolute(context)
    return [
        absolute(addresses.neutral(reverse("site:author_detail", args=[author.slug])))
        for author in page.authors
    ]
