"""What time does to articles and their readers; the clock looks for duties in this module."""

from articles import looking, unsaved
from articles.following import duties as following_duties
from articles.search import duties as search_duties
from articles.websub import duties as websub_duties

__all__ = ["following_duties", "looking", "search_duties", "unsaved", "websub_duties"]
