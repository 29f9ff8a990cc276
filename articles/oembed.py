"""oEmbed 1.0: what another site shows when somebody pastes the address of an article there.

The text of a card with its notice where the whole text may leave the house; else a link alone.
"""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse

from articles import addresses, cards, credits, syndication
from articles.addresses import Absolute
from articles.changes import marked_headline
from articles.lines import line
from articles.pages import ArticlePage
from articles.printing.card import HEIGHT, WIDTH
from cms.xml import XmlWriter

# How wide a card of text is where nobody says; how wide and high it must be to be read.
_USUAL_WIDTH = 600
_NARROWEST = 240
_HEIGHT = 260
CACHE_AGE = 3600
_EDITIONS = frozenset({
    "articles:article_detail",
    "articles:article_print",
    "articles:article_pdf",
    "articles:article_cite",
})  # fmt: skip


def slug_in(url: str, *, hosts: frozenset[str]) -> str:
    """The slug of the article that one of our addresses leads to, ``""`` for any other.

    Any spelling: with or without scheme, port of the scheme, last slash, query, place in the page,
    language before it, percent-encoding; and of every edition.
    """
    url = url.strip()
    if "://" not in url:
        url = f"https://{url.lstrip('/')}"
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.username is not None:
        return ""
    usual = {"http": 80, "https": 443}[parts.scheme]
    if (host if port in (None, usual) else f"{host}:{port}") not in hosts:
        return ""
    path = unquote(parts.path, errors="replace")
    return _slug_at(path) or _slug_at(f"{path}/")


def _slug_at(path: str) -> str:
    codes = dict(settings.LANGUAGES)
    first, _slash, rest = path.lstrip("/").partition("/")
    path = f"/{rest}" if first.lower() in codes else path
    try:
        found = resolve(path)
    except (Resolver404, SuspiciousOperation, UnicodeError, ValueError):
        return ""
    return found.kwargs["slug"] if found.view_name in _EDITIONS else ""


def hosts(request) -> frozenset[str]:
    """The names under which we answer: the site's own, and that of the request."""
    own = urlsplit(settings.SITE_URL)
    names = {request.get_host().lower()}
    if own.hostname:
        usual = own.port in (None, 80, 443)
        names.add(own.hostname if usual else f"{own.hostname}:{own.port}")
    for name in tuple(names):
        names.add(name.removesuffix(":80").removesuffix(":443"))
    return frozenset(names)


def response(page: ArticlePage, *, absolute: Absolute, most: tuple[int, int]) -> dict:
    """What is answered of the article on ``page``; ``most`` are the width and height asked for."""
    article = page.article
    rights = syndication.rights_on(page, absolute=absolute)
    author = page.authors[0] if len(page.authors) == 1 else None

    def told_at(view: str, *parts: str) -> str:
        return absolute(addresses.neutral(reverse(view, args=parts)))

    told = {
        "version": "1.0",
        "type": "link",
        "title": line(marked_headline(article)),
        "author_name": line(credits.signature(page.authors)),
        "author_url": told_at("site:author_detail", author.slug) if author else "",
        "provider_name": line(page.texts.written("masthead") or article.publication.name),
        "provider_url": told_at("site:home"),
        "cache_age": CACHE_AGE,
        # More than the format knows of, as it allows.
        "canonical_url": absolute(article.get_absolute_url()),
        "license_url": rights.licence_url,
        "license": line(rights.notice),
        "copyright_notice": line(rights.copyright_notice),
        "usage_terms_url": rights.rights_url,
        "published_at": article.published_at.isoformat(timespec="seconds"),
        "language": article.language,
    }
    width, height = most
    if width >= WIDTH and height >= HEIGHT:
        told |= {
            "thumbnail_url": cards.article_address(page, absolute=absolute),
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
    if rights.gives_full_text and width >= _NARROWEST and height >= _HEIGHT:
        context = {"page": page, "article": article, "rights": rights, "url": told["canonical_url"]}
        told |= {
            "type": "rich",
            "html": render_to_string("articles/article_embed.html", context).strip(),
            "width": min(width, _USUAL_WIDTH),
            "height": _HEIGHT,
        }
    return {name: value for name, value in told.items() if value not in ("", None)}


def xml(told: dict) -> bytes:
    """The same as XML, in the order in which it was told."""
    document = XmlWriter()
    with document.within("oembed"):
        for name, value in told.items():
            document.element(name, str(value))
    return document.taken()
