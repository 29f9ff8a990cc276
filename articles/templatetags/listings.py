"""What templates of lists ask for: what stands near an article, and how a list is begun."""

from django import template

from articles.related import Related, related

register = template.Library()


@register.simple_tag
def related_articles(article) -> list[Related]:
    """The live articles nearest to this one: one query."""
    return related(article)
