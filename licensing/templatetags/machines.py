"""What the head of an article's page says about rights to machines."""

from functools import partial

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import addresses
from cms.richtext.templatetags.richtext import data_block
from licensing.announcements import statement_for
from licensing.rights import head
from licensing.rights.schema_org import news_article
from licensing.rights.wire import script_text

register = template.Library()


@register.simple_tag(takes_context=True)
def rights_head(context, page) -> SafeString:
    """Links, meta elements and JSON-LD about the rights in the article on ``page``."""
    absolute = partial(addresses.absolute, context["request"])
    statement = statement_for(page, absolute=absolute)
    # An edition for paper keeps out of search by a rule of its own.
    ruled = ("robots", "googlebot", "googlebot-news") if context.get("print_edition") else ()
    tags = [tag for tag in head.head(statement) if tag.attributes.get("name") not in ruled]
    if not ruled:
        where = {"rel": "webmention", "href": reverse("licensing:webmention")}
        tags.append(head.Tag("link", where))
    elements = format_html_join("\n", "<{}{}>", ((tag.name, _attributes(tag)) for tag in tags))
    data = data_block(script_text(news_article(statement)), "application/ld+json")
    return format_html("{}\n{}", elements, data)


def _attributes(tag: head.Tag) -> SafeString:
    return format_html_join("", ' {}="{}"', tag.attributes.items())
