"""What templates of lists ask for: what stands near an article, and what a rich text says."""

from functools import lru_cache

from django import template

from articles.reading import plain_text
from articles.related import Related, related

register = template.Library()


@register.simple_tag
def related_articles(article) -> list[Related]:
    """The live articles nearest to this one: one query."""
    return related(article)


@register.filter
@lru_cache(maxsize=1024)
def in_words(html: str) -> str:
    """What a short rich text (an author's bio) says, in one line and without its marks."""
    return " ".join(plain_text(html).split())
