"""From rows to attribution: what there is to say of an article, in which publication's words.

Reads what is loaded; how lines are built and pages verified is known in ``licensing.rights``.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info

from articles import addresses, credits
from articles.models import Article, Byline, Image
from licensing.rights.attribution import (
    EVERY_PART,
    FIELDS,
    AttributionRule,
    Author,
    Part,
    PictureCredit,
    Work,
    faults,
)


def work_of(
    article: Article,
    *,
    url: str,
    grant: str = "",
    licence: str = "",
    licence_url: str = "",
    terms: str = "",
    images: Iterable[Image] | None = None,
) -> Work:
    """What must be said of ``article``, whose public address is ``url``, where a copy stands.

    ``images`` are the pictures that go along with the copy; all that are shown where not said.
    """
    origin = article.originating_publication if article.is_carried else None
    return Work(
        headline=article.headline,
        url=url,
        house=article.publication.name,
        authors=tuple(
            Author(
                author.name,
                urljoin(url, addresses.neutral(reverse("site:author_detail", args=[author.slug]))),
            )
            for author in credits.authors(article)
        ),
        source=origin.name if origin else "",
        source_url=origin.url if origin else "",
        original_url=article.original_url,
        holders=tuple(credits.copyright_holders(article)),
        year=credits.copyright_year(article),
        licence=licence,
        licence_url=licence_url,
        published=_first_published(article),
        language=_language(article.language),
        translators=tuple(
            byline.author.name
            for byline in article.bylines.all()
            if byline.role == Byline.Role.TRANSLATOR
        ),
        pictures=tuple(map(picture_credit, _shown(article) if images is None else images)),
        terms=terms,
        grant=grant,
    )


def picture_credit(image: Image) -> PictureCredit:
    """What must stand beside ``image``."""
    return PictureCredit(
        label=str(image),
        credit_line=image.credit_line or image.creator,
        credit_url=image.credit_url,
        copyright_notice=image.copyright_notice,
    )


def rule_for(template, parts: frozenset[Part] = EVERY_PART) -> AttributionRule:
    """The rule in the words of ``template``: a row with the fields of a rule, or None.

    A line that cannot be used says nothing; the house's own stands in for it, so that a row which
    slipped past its form breaks no page.
    """
    lines = [(field, getattr(template, field, "") or "") for field in FIELDS]
    return _rule(tuple(lines), frozenset(parts))


@lru_cache(maxsize=128)
def _rule(lines: tuple[tuple[str, str], ...], parts: frozenset[Part]) -> AttributionRule:
    sound = {field: line for field, line in lines if not faults(field, line, parts)}
    return AttributionRule(parts, **sound)


def _first_published(article: Article) -> date | None:
    """The day it first ran; of a text from elsewhere our own day would be the wrong one."""
    if article.is_carried or article.original_date:
        return article.original_date
    return timezone.localdate(article.published_at) if article.published_at else None


def _language(code: str) -> str:
    """“Arabic” for ``ar``; empty where the code is not one of Django's."""
    try:
        return get_language_info(code)["name"]
    except KeyError:
        return ""


def _shown(article: Article) -> list[Image]:
    """The pictures on the page, each once, within their time."""
    return [image for image in article.pictures() if image.is_usable()]
