"""Finding articles: one ``search()`` for both databases, and the index it asks."""

from articles.search.finding import search

__all__ = ["search"]
