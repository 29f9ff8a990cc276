"""When an article last changed, as far as readers can tell."""

from datetime import datetime

from articles.models import Article


def changed_at(article: Article, *, at: datetime) -> datetime:
    """Its last saving, correction or publication up to ``at``; corrections come loaded."""
    moments = [article.published_at, article.updated_at]
    moments += [correction.dated for correction in article.corrections.all()]
    return max(moment for moment in moments if moment and moment <= at)
