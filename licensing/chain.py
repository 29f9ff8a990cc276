"""The chain of title of articles and pictures, from rows to what ``rights`` reads.

Of a text: who published it first, who translated it on the way, and what each of them lets us do.
Clearances for many articles come in one query.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Author, Byline, Image, OriginHop, Publication
from licensing.models import Clearance as ClearanceRow
from licensing.models import ClearanceStatus, Scope
from licensing.rights.conditions import Condition, merged, parse
from licensing.rights.facts import Clearance, Party, Right, Rule, Terms, in_force
from licensing.rights.licences import Licence, licence_at
from licensing.rights.vocabulary import Basis, Carriage, Use, Verdict

# An ended one no longer counts, but the refusal says that and when it ended.
_TELLING = (ClearanceStatus.GRANTED, ClearanceStatus.EXPIRED)


class Clearances:
    """The clearances that bear on some articles, found by what they are for."""

    def __init__(self, articles: Iterable[Article] = (), images: Iterable[Image] = ()):
        articles = list(articles)
        publications = {
            key
            for article in articles
            for key in (
                article.originating_publication_id,
                article.publication_id,
                *(hop.publication_id for hop in hops(article)),
            )
        }
        authors = {author.pk for article in articles for author in signing(article)}
        wanted = (
            Q(scope=Scope.ARTICLE, article__in=[article.pk for article in articles])
            | Q(scope=Scope.AUTHOR, author__in=authors)
            | Q(scope=Scope.PUBLICATION, publication__in=publications - {None})
        )
        if images := [image.pk for image in images]:
            wanted |= Q(scope=Scope.IMAGE, image__in=images)
        self._found: dict[tuple[str, int], list[ClearanceRow]] = defaultdict(list)
        # Their status is looked at here: asked for it, SQLite reads every one that was granted.
        rows = ClearanceRow.objects.filter(wanted).select_related("publication", "author")
        known = {article.pk: article for article in articles}
        for row in rows.order_by("pk"):
            if row.status not in _TELLING:
                continue
            if row.article_id in known:
                # Whoever gave leave for one article is named after where it appeared.
                row.article = known[row.article_id]
            self._found[row.scope, getattr(row, f"{row.scope}_id")].append(row)

    def of(self, scope: str, key: int) -> list[ClearanceRow]:
        """Those for this article, author, publication or picture."""
        return self._found.get((scope, key), [])


def hops(article: Article) -> list[OriginHop]:
    """The steps on the way here; only a text that we carry has any."""
    return list(article.hops.all()) if article.is_carried else []


def signing(article: Article) -> list[Author]:
    """Those whose words they are."""
    roles = (Byline.Role.AUTHOR, Byline.Role.REPORTER)
    return [byline.author for byline in article.bylines.all() if byline.role in roles]


def origin(article: Article) -> Publication | None:
    """Where a text that is not ours first ran; ``None`` for one of our own."""
    for publication in (article.originating_publication, article.publication):
        if publication is not None:
            return None if publication.is_house else publication
    return None


# --- Texts ------------------------------------------------------------------------------------


def text_rights(article: Article, clearances: Clearances) -> tuple[Right, ...]:
    """The rights in the words of ``article``, the oldest first."""
    way = hops(article)
    translated_here = any(_is_ours(hop) for hop in way)
    first = origin(article)
    own = clearances.of(Scope.ARTICLE, article.pk)
    if first is None:
        mine = tuple(fact(row) for row in own)
        right = Right(
            Party(article.publication.name, article.publication.rights_contact),
            _("Our own work"),
            is_ours=True,
            routes=_routes(mine, article, clearances),
        )
    else:
        leave = [row for row in own if row.publication_id in (None, first.pk)]
        leave += clearances.of(Scope.PUBLICATION, first.pk)
        needs = {Carriage.WEB, Carriage.TRANSLATION} if translated_here else {Carriage.WEB}
        right = Right(
            party(first),
            _came(_("First published by {publication}"), first, article.original_date),
            needs=frozenset(needs),
            routes=_routes(tuple(fact(row) for row in leave), article, clearances),
        )
    return (right, *(_translation(hop, own, clearances) for hop in way if _makes_a_right(hop)))


def _is_ours(hop: OriginHop) -> bool:
    return hop.step == OriginHop.Step.TRANSLATED and hop.publication.is_house


def _makes_a_right(hop: OriginHop) -> bool:
    """A translation is a work of its own; who only cross-posts holds nothing."""
    return hop.step == OriginHop.Step.TRANSLATED


def _translation(hop: OriginHop, own: list[ClearanceRow], clearances: Clearances) -> Right:
    leave = [row for row in own if row.publication_id == hop.publication_id]
    leave += clearances.of(Scope.PUBLICATION, hop.publication_id)
    group = tuple(fact(row) for row in leave)
    return Right(
        party(hop.publication),
        _came(_("Translated by {publication}"), hop.publication, hop.date),
        is_ours=hop.publication.is_house,
        routes=((group,),) if group else (),
    )


def _routes(group: tuple[Clearance, ...], article: Article, clearances: Clearances):
    """Leave of the publication, or else of every author who signs."""
    routes = ((group,),) if group else ()
    by_author = tuple(
        tuple(fact(row) for row in clearances.of(Scope.AUTHOR, author.pk))
        for author in signing(article)
    )
    # One author's leave alone is no way, but what one author forbids is forbidden.
    return (*routes, by_author) if any(by_author) else routes


def _came(pattern: str, publication: Publication, day) -> str:
    came = pattern.format(publication=publication.name)
    return _("{came} on {day}").format(came=came, day=date_format(day)) if day else came


def party(publication: Publication) -> Party:
    """A publication as somebody to ask."""
    return Party(publication.name, publication.rights_contact, publication.url)


def fact(row: ClearanceRow) -> Clearance:
    """A row as ``rights`` reads it."""
    return Clearance(
        row.pk,
        named(row),
        Basis(row.basis),
        frozenset(Carriage(name) for name in row.covers),
        _passed_on(row),
        frozenset(Use(name) for name in row.forbids),
        _conditions(row),
        row.begins_at,
        row.ends_at,
        row.attribution,
        row.licence_url if row.basis == Basis.OPEN_LICENCE else "",
    )


def open_licence(rights: Iterable[Right], *, at: datetime) -> Licence | None:
    """The licence of others under which we carry a text at ``at``; ``None`` where it is none.

    Of several the first in the chain of title, which binds those after it.
    """
    leave = [one for right in rights for one in right.clearances if in_force(one, at)]
    found = (licence_at(one.licence_url) for one in leave if one.licence_url)
    return next((licence for licence in found if licence), None)


def _passed_on(row: ClearanceRow) -> frozenset[Use]:
    """What the row says, but never more than its basis can bear."""
    said = frozenset(Use(name) for name in row.passes_on)
    if row.basis == Basis.FAIR_USE:
        return frozenset()
    licence = _licence(row)
    return said & licence.grants if licence else said


def _conditions(row: ClearanceRow) -> tuple[Condition, ...]:
    """What the row says; the demands of a licence bind, whether somebody ticked them or not."""
    said, licence = parse(row.conditions), _licence(row)
    if licence is None:
        return said
    return merged((*said, *licence.rules[Use.COMMUNITY_WEB].conditions))


def _licence(row: ClearanceRow) -> Licence | None:
    return licence_at(row.licence_url) if row.basis == Basis.OPEN_LICENCE else None


def named(row: ClearanceRow) -> str:
    """How a sentence calls it: “our agreement with OneWorld of 3 March 2018”."""
    patterns = {
        Basis.OWN_WORK: _("our own work"),
        Basis.ASSIGNMENT: _("the assignment by {holder}"),
        Basis.PERMISSION: _("the permission of {holder}"),
        Basis.AGREEMENT: _("our agreement with {holder}"),
        Basis.OPEN_LICENCE: _("the open licence of {holder}"),
        Basis.PUBLIC_DOMAIN: _("the public domain"),
        Basis.FAIR_USE: _("fair use"),
    }
    said = patterns[Basis(row.basis)].format(holder=row.holder)
    if row.agreed_on:
        return _("{what} of {day}").format(what=said, day=date_format(row.agreed_on))
    return said


# --- Pictures ---------------------------------------------------------------------------------

_EVERYTHING = {use: Rule(Verdict.GRANTED) for use in Use}


def picture_rights(image: Image, clearances: Clearances) -> tuple[Right, ...]:
    """The right in a picture."""
    leave = tuple(fact(row) for row in clearances.of(Scope.IMAGE, image.pk))
    routes = ((leave,),) if leave else ()
    category = Image.RightsCategory(image.rights_category)
    holder = Party(image.source or image.credit_line or image.creator, url=image.credit_url)
    if category is Image.RightsCategory.OWN:
        return (Right(holder, _("Picture made by us"), is_ours=True, routes=routes),)
    if category is Image.RightsCategory.PUBLIC_DOMAIN:
        return (Right(holder, _("Picture in the public domain"), is_ours=True, routes=routes),)
    if category is Image.RightsCategory.CREATIVE_COMMONS and picture_terms(image):
        came = _("Picture under an open licence")
        return (Right(holder, came, is_ours=True, routes=routes),)
    came = _("Picture: {category}").format(category=category.label)
    return (Right(holder, came, routes=routes),)


def picture_terms(image: Image) -> Terms | None:
    """The terms that a picture brings along; ``None`` where those of the article count."""
    if image.rights_category == Image.RightsCategory.PUBLIC_DOMAIN:
        return Terms(str(_("Public domain")), 1, image.web_statement, _EVERYTHING)
    licence = licence_at(image.web_statement)
    if image.rights_category == Image.RightsCategory.CREATIVE_COMMONS and licence:
        return Terms(licence.name, 1, licence.url, licence.rules, licence.url)
    return None
