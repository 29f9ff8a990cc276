"""Which feed a page has, for its head and for whoever reads it."""

from dataclasses import dataclass

from django import template

from articles.feeds.channels import HEADINGS, feed_path
from articles.feeds.formats import FORMATS

register = template.Library()

LISTS = ("article_list", "correction_list")
PAGES = {"site:home": "site"} | {f"site:{name}": name for name in LISTS}
PAGES |= {f"site:{kind}_detail": kind for kind in HEADINGS}


@dataclass(frozen=True)
class FeedLink:
    """A feed of a page in one format."""

    format: str
    media_type: str
    path: str


@register.simple_tag(takes_context=True)
def feeds_of_page(context) -> list[FeedLink]:
    """The feeds of the listing that is shown, narrowed as it is; none where it is no listing."""
    request = context.get("request")
    match = _match(request)
    kind = PAGES.get(match.view_name) if match else None
    if kind is None:
        return []
    asked = _asked(context.get("narrowed")) if kind == "article_list" else ""
    slug = match.kwargs.get("slug", "")
    return [
        FeedLink(one.name, one.media_type, feed_path(kind, ending, slug) + asked)
        for ending, one in FORMATS.items()
    ]


def _match(request):
    if request is None or request.resolver_match is None:
        return None
    return request.resolver_match


def _asked(narrowed) -> str:
    """What narrows the list, as its feed is asked for it."""
    if narrowed is None or not narrowed.is_narrowed or narrowed.errors:
        return ""
    query = narrowed.request.GET.copy()
    for name in [name for name in query if name not in narrowed.asked]:
        del query[name]
    return f"?{query.urlencode()}"
