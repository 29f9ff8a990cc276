"""What templates ask about languages: where a page stands in another, for readers and machines."""

from django import template

from articles import language_switch
from articles.language_switch import Switch

register = template.Library()


@register.simple_tag(takes_context=True)
def language_ways(context) -> Switch | None:
    """Where a reader finds this page, or the front page, in other languages.

    ``page`` is the article’s where one is shown; what is not there has a ``request_path``.
    """
    request = context.get("request")
    if request is None:
        return None
    is_lost = "request_path" in context
    return language_switch.switch(request, page=context.get("page"), is_lost=is_lost)


@register.simple_tag(takes_context=True)
def alternates(context) -> list[tuple[str, str]]:
    """(language, address) of this page in every language, for machines."""
    request = context.get("request")
    return language_switch.alternates(request) if request else []
