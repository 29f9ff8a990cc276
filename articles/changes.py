"""What readers can tell of an article's changes: when it last changed, whether it stands."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from articles import languages
from articles.models import Article


def marked_headline(article: Article) -> str:
    """Its headline; of a retracted text with that word before it, in the text's own language."""
    if not article.retracted_at:
        return article.headline
    with translation.override(languages.spoken(article.language)):
        return _("Retracted: {headline}").format(headline=article.headline)


def changed_at(article: Article, *, at: datetime) -> datetime:
    """Its last saving, correction or publication up to ``at``; corrections come loaded."""
    moments = [article.published_at, article.updated_at]
    moments += [correction.dated for correction in article.corrections.all()]
    return max(moment for moment in moments if moment and moment <= at)
