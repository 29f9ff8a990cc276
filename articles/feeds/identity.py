"""What an article and a feed are called for ever, whatever their addresses become (RFC 4151)."""

from urllib.parse import urlsplit

from articles.addresses import Absolute
from articles.models import Article

# The year in which these names began to be given; it never changes.
SINCE = "2026"


def permanent_id(article: Article, absolute: Absolute) -> str:
    """``tag:newsroom.example,2026:article/12``: not its address, which moves with its slug."""
    return named(f"article/{article.pk}", absolute)


def named(what: str, absolute: Absolute) -> str:
    """The permanent name of ``what`` on this site."""
    return f"tag:{urlsplit(absolute('/')).hostname},{SINCE}:{what}"
