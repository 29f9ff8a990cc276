"""What ``decide`` needs of articles: rows in, facts out. Two queries beyond what is loaded, however
many articles; a third where no text among them is the house's, a fourth where somebody may hold a
grant, a fifth where one is no longer carried.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Image, Publication
from articles.models.visibility import MAY_BE_LIVE
from licensing import withholding
from licensing.applying import Applying
from licensing.chain import Clearances, party, picture_rights, picture_terms, text_rights
from licensing.models import GrantedArticle, GrantStatus
from licensing.rights.conditions import parse
from licensing.rights.facts import Element, ElementKind, Grant, Party, Requester, Snapshot, Terms
from licensing.rights.vocabulary import Use


def snapshot(
    article: Article, *, at: datetime | None = None, requester: Requester | None = None
) -> Snapshot:
    """The facts about ``article`` (from ``articles.pages.loaded``) as of ``at``.

    The grants in it are those of ``requester``; of nobody's where nobody is named.
    """
    return snapshots([article], at=at, requester=requester)[article.pk]


def snapshots(
    articles: Iterable[Article], *, at: datetime | None = None, requester: Requester | None = None
) -> dict[int, Snapshot]:
    """As ``snapshot``, of each of ``articles`` by its key, in as many queries as for one."""
    articles, at = list(articles), at or timezone.now()
    shown = {article.pk: article.pictures() for article in articles}
    clearances = Clearances(articles, [image for images in shown.values() for image in images])
    applying = Applying(articles, at=at)
    house = desk(articles)
    grants = _grants(requester, articles)
    withheld = withholding.among(articles, at=at)
    found = {}
    for article in articles:
        terms = applying.of(article, at=at)
        images = shown[article.pk]
        found[article.pk] = Snapshot(
            text=text(article, clearances, terms),
            desk=house,
            is_released=article.status in MAY_BE_LIVE and article.pk not in withheld,
            published_at=article.published_at,
            embargo_until=article.embargo_until,
            others=tuple(_picture(image, clearances, terms) for image in images),
            grants=grants.get(article.pk, ()),
            url=article.get_absolute_url(),
        )
    return found


def text(article: Article, clearances: Clearances, terms: Terms | None) -> Element:
    """The words of ``article``."""
    rights = text_rights(article, clearances)
    return Element(ElementKind.TEXT, "text", _("the text"), rights, terms)


def _grants(
    requester: Requester | None, articles: Iterable[Article]
) -> dict[int, tuple[Grant, ...]]:
    """The licences that ``requester`` holds and that count within their days, by article."""
    if requester is None or not requester.key:
        return {}
    rows = GrantedArticle.objects.filter(
        article__in=[article.pk for article in articles],
        grant__licensee_key=requester.key,
        grant__status=GrantStatus.ACTIVE,
    )
    found = defaultdict(tuple)
    for row in rows.select_related("grant").order_by("pk"):
        found[row.article_id] += (grant_fact(row),)
    return found


def grant_fact(granted: GrantedArticle) -> Grant:
    """A grant of one article as ``decide`` reads it."""
    row = granted.grant
    return Grant(
        row.number,
        row.licensee_key,
        frozenset({Use(row.use)}),
        parse(row.conditions),
        since=row.begins_at,
        until=row.ends_at,
        elements=frozenset(granted.pictures),
    )


def picture_key(image: Image) -> str:
    """What an element calls this picture."""
    return f"image-{image.pk}"


def picture_number(key: str) -> int:
    """The key of the row of the picture that ``key`` names."""
    return int(key.removeprefix("image-"))


def _picture(image: Image, clearances: Clearances, terms: Terms | None) -> Element:
    ends = [end for end in (image.use_until, image.carry_until) if end]
    return Element(
        ElementKind.IMAGE,
        picture_key(image),
        _("the picture “{picture}”").format(picture=image),
        picture_rights(image, clearances),
        picture_terms(image) or terms,
        is_detachable=True,
        until=min(ends, default=None),
    )


def desk(articles: Iterable[Article]) -> Party:
    """Whom to ask about what is ours to permit: the house."""
    near = (article.publication for article in articles if article.publication.is_house)
    house = next(near, None) or Publication.objects.filter(is_house=True).first()
    return party(house) if house else Party(_("the rights desk"))
