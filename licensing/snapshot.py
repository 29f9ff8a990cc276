"""What ``decide`` needs of an article: rows in, facts out. Two queries beyond a loaded article,
and a third where somebody may hold a grant.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Image, Publication
from articles.models.visibility import MAY_BE_LIVE
from licensing.chain import Clearances, origin, party, picture_rights, picture_terms, text_rights
from licensing.models import GrantedArticle, GrantStatus, TermsVersion
from licensing.rights.conditions import merged, parse
from licensing.rights.facts import (
    Element,
    ElementKind,
    Grant,
    Party,
    Requester,
    Rule,
    Snapshot,
    Terms,
)
from licensing.rights.usage import rules_from_json
from licensing.rights.vocabulary import STRICTNESS, Use, Verdict


def snapshot(
    article: Article, *, at: datetime | None = None, requester: Requester | None = None
) -> Snapshot:
    """The facts about ``article`` (from ``articles.pages.loaded``) as of ``at``.

    The grants in it are those of ``requester``; of nobody's where nobody is named.
    """
    at = at or timezone.now()
    images = pictures(article)
    clearances = Clearances([article], images)
    terms = terms_of(article, at=at)
    return Snapshot(
        text=Element(
            ElementKind.TEXT, "text", _("the text"), text_rights(article, clearances), terms
        ),
        desk=desk(article),
        is_released=article.status in MAY_BE_LIVE,
        published_at=article.published_at,
        embargo_until=article.embargo_until,
        others=tuple(_picture(image, clearances, terms) for image in images),
        grants=grants_of(requester, article) if requester and requester.key else (),
        url=article.get_absolute_url(),
    )


def grants_of(requester: Requester, article: Article) -> tuple[Grant, ...]:
    """The licences that ``requester`` holds for ``article`` and that count within their days."""
    rows = GrantedArticle.objects.filter(
        article=article.pk,
        grant__licensee_key=requester.key,
        grant__status=GrantStatus.ACTIVE,
    )
    return tuple(grant_fact(row) for row in rows.select_related("grant").order_by("pk"))


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


def pictures(article: Article) -> list[Image]:
    """The pictures on the page, the featured one first, each once."""
    shown = [article.featured_image] if article.featured_image else []
    shown += [entry.image for entry in article.gallery.all()]
    return list({image.pk: image for image in shown}.values())


def picture_key(image: Image) -> str:
    """What an element calls this picture."""
    return f"image-{image.pk}"


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


def desk(article: Article) -> Party:
    """Whom to ask about what is ours to permit: the house."""
    if article.publication.is_house:
        return party(article.publication)
    house = Publication.objects.filter(is_house=True).first()
    return party(house) if house else Party(_("the rights desk"))


# --- Terms ------------------------------------------------------------------------------------


def terms_of(article: Article, *, at: datetime) -> Terms | None:
    """The terms in force for ``article``: its own, else its reports', else its publication's, else
    the site's. Where two reports disagree, the stricter answer counts.
    """
    publication = origin(article) or article.publication
    places = (
        Q(terms__assignments__article=article.pk),
        Q(terms__assignments__report__entries__article=article.pk),
        Q(terms__assignments__publication=publication.pk),
        Q(
            terms__assignments__isnull=False,
            terms__assignments__article=None,
            terms__assignments__report=None,
            terms__assignments__publication=None,
        ),
    )
    rank = Case(
        *(When(place, then=Value(number)) for number, place in enumerate(places)),
        output_field=IntegerField(),
    )
    rows = list(
        TermsVersion.objects.in_force(at)
        .annotate(rank=rank)
        .filter(rank__isnull=False)
        .select_related("terms")
        .order_by("rank", "terms__name")
    )
    nearest = {row.pk: row for row in rows if row.rank == rows[0].rank}
    return _strictest([facts(row) for row in nearest.values()])


def facts(version: TermsVersion) -> Terms:
    """A version as ``rights`` reads it."""
    return Terms(
        version.terms.name,
        version.number,
        version.terms.get_absolute_url(),
        rules_from_json(version.rules),
        version.licence_url,
    )


def _strictest(found: list[Terms]) -> Terms | None:
    if len(found) < 2:
        return found[0] if found else None
    rules = {use: _stricter([terms.rules.get(use) for terms in found]) for use in Use}
    names = _(" and ").join(terms.name for terms in found)
    return Terms(names, 1, found[0].url, rules)


def _stricter(rules: Iterable[Rule | None]) -> Rule:
    rules = [rule or Rule(Verdict.ASK) for rule in rules]
    verdict = max((rule.verdict for rule in rules), key=STRICTNESS.__getitem__)
    return Rule(verdict, merged(entry for rule in rules for entry in rule.conditions))
