"""The certificate of a licence: what a grant says, as a PDF. The same grant gives the same page."""

from django.utils.translation import gettext as _

from articles.addresses import site
from articles.credits import byline_words
from articles.models import Byline
from licensing import granted, papers
from licensing.models import Grant, GrantedArticle, GrantStatus
from licensing.places import country_name
from licensing.printing.document import (
    Certificate,
    IssuedByPerson,
    IssuedByRule,
    LicensedArticle,
    Party,
    Terms,
)
from licensing.printing.labels import CERTIFICATE
from licensing.printing.typeset import typeset
from licensing.rights.vocabulary import Use
from licensing.wording import listed, use_name


class NotCertified(Exception):
    """The licence waits for payment: there is nothing to certify yet."""


def pdf(grant: Grant) -> bytes:
    """The certificate as a PDF. Raises NotCertified, and TypesettingError."""
    if grant.status == GrantStatus.PENDING_PAYMENT or not _ever_counted(grant):
        raise NotCertified(grant.number)
    with papers.in_language_of(grant.permission_request) as language:
        return typeset(certificate(grant, language)).pdf


def _ever_counted(grant: Grant) -> bool:
    """One that was revoked before it was paid for never counted."""
    return grant.events.filter(move="activate").exists()


def certificate(grant: Grant, language: str) -> Certificate:
    """What is printed."""
    lines = list(
        grant.granted.select_related(
            "article__publication", "article__originating_publication", "revision"
        )
    )
    images = granted.images_of(lines)
    address = papers.check_url(grant)
    return Certificate(
        **papers.head(language, dated=grant.issued_at),
        number=grant.number,
        url=address,
        terms_url=_terms_url(grant),
        issued_on=papers.day(grant.issued_at),
        licensor=papers.house_party(),
        licensee=_licensee(grant),
        issued_by=_issued_by(grant),
        check_url=address,
        articles=[_article(line, images) for line in lines],
        uses=[use_name(Use(grant.use))],
        particulars=granted.particulars_in_words(grant.given),
        conditions=granted.conditions_in_words(grant),
        territory=granted.territory(grant),
        languages=granted.languages(grant),
        valid_from=papers.day(grant.valid_from),
        valid_until=papers.day(grant.valid_until),
        exclusive=grant.is_exclusive,
        fee=papers.amount(grant.fee, grant.currency) if grant.fee else _("Free of charge"),
        terms=_terms(grant),
        request_number=grant.permission_request.number,
        labels=papers.labels(CERTIFICATE),
    )


def _licensee(grant: Grant) -> Party:
    country = country_name(grant.licensee_country) if grant.licensee_country else ""
    names = [name for name in (grant.licensee_name, grant.licensee_outlet) if name]
    name, *more = names or [_("Erased")]
    return Party(name=name, lines=[line for line in (*more, country) if line])


def _issued_by(grant: Grant) -> IssuedByPerson | IssuedByRule:
    version = grant.rule_version
    if version is not None:
        return IssuedByRule(version.rule.name, str(version.number))
    by = grant.issued_by
    return IssuedByPerson(by.get_full_name() or by.username if by else _("The rights desk"))


def _article(line: GrantedArticle, images: dict) -> LicensedArticle:
    article, first = line.article, line.article.originating_publication
    house = [article.publication.name, papers.day(article.published_at)]
    original = [first.name if first else "", papers.day(article.original_date)]
    revision = _("Revision {number} of {day}").format(
        number=line.revision.number, day=papers.day(line.revision.created_at)
    )
    return LicensedArticle(
        headline=line.headline,
        byline=_byline(line.revision.content),
        publication=", ".join(filter(None, house)),
        original_publication=", ".join(filter(None, original)) if first else "",
        url=f"{site()}{article.get_absolute_url()}",
        revision=revision,
        fingerprint=line.fingerprint,
        attribution=line.attribution,
        pictures_covered=granted.pictures_in_words(line.pictures, images),
        pictures_left_out=granted.pictures_in_words(line.left_out, images),
    )


def _byline(content: dict) -> str:
    """“By Ada Brook and Ben Cole”, as the revision has it."""
    rows = content.get("bylines") or []
    names = [row["author"]["name"] for row in rows if row["role"] == Byline.Role.AUTHOR]
    return f"{byline_words(Byline.Role.AUTHOR)} {listed(names)}" if names else ""


def _terms(grant: Grant) -> Terms | None:
    if not grant.terms_name:
        return None
    paragraphs = [text for text in grant.terms_text.split("\n\n") if text.strip()]
    return Terms(name=grant.terms_name, url=_terms_url(grant), text=paragraphs)


def _terms_url(grant: Grant) -> str:
    version = grant.terms_version
    if version is None:
        return ""
    return f"{site()}{version.terms.get_absolute_url()}?version={version.number}"
