"""Which terms the whole site stands under, and what each version of terms was followed by."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import Article
from licensing.models import TermsAssignment, TermsVersion, UsageTerms


class Edition(NamedTuple):
    """A version, and the moment from which a later one counted; ``None``: it counts still."""

    version: TermsVersion
    replaced_at: datetime | None


def site_default(*, at: datetime) -> TermsVersion | None:
    """The terms for everything that has none of its own."""
    return (
        TermsVersion.objects.in_force(at)
        .filter(
            terms__assignments__isnull=False,
            terms__assignments__article=None,
            terms__assignments__report=None,
            terms__assignments__publication=None,
        )
        .select_related("terms")
        .first()
    )


def in_use(*, at: datetime) -> QuerySet[TermsVersion]:
    """The versions in force that count somewhere: for an article, only where readers see it."""
    live = Article.objects.live(at).values("pk")
    places = TermsAssignment.objects.filter(Q(article=None) | Q(article__in=live))
    return (
        TermsVersion.objects.in_force(at)
        .filter(Exists(places.filter(terms=OuterRef("terms"))))
        .select_related("terms")
        .order_by("terms__name")
    )


def history(terms: UsageTerms, *, at: datetime) -> list[Edition]:
    """The versions that count or have counted by ``at``, the newest first."""
    editions, replaced_at = [], None
    for version in terms.versions.filter(valid_from__lte=at).order_by("-number"):
        # One that a later version had overtaken before its day never counted.
        if replaced_at is None or version.valid_from < replaced_at:
            editions.append(Edition(version, replaced_at))
            replaced_at = version.valid_from
    return editions
