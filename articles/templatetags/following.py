"""Where a page leads those who want to follow what it is about."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from articles.following.headings import kind_of

register = template.Library()

# An article's headings that are offered below it, by the kind that following calls them.
SUBJECTS = {"reports": "report", "themes": "theme", "regions": "region"}
MOST = 6


@register.simple_tag
def follow_links(page=None, heading=None) -> list[tuple[str, str]]:
    """(Name, address) of what the page of a heading, or of an article, offers to follow."""
    if heading:
        kind = kind_of(heading)
        return [_link(kind, heading.slug, str(heading))] if kind else []
    if not page or not hasattr(page, "subjects"):
        return []
    found = [_link("author", author.slug, author.name) for author in page.authors]
    for name, kind in SUBJECTS.items():
        found += [_link(kind, row.slug, row.name) for row in page.subjects[name]]
    return found[:MOST]


def _link(kind: str, slug: str, name: str) -> tuple[str, str]:
    return name, f"{reverse('site:follow')}?{urlencode({kind: slug})}"
