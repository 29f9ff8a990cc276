"""Which articles stand under which terms, by the nearest place that has any.

Twin of ``applying``, which starts from the articles; a test holds the two together.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from articles.models import Article, ReportEntry
from licensing.models import TermsAssignment, TermsVersion, UsageTerms


def articles_under(terms: UsageTerms, *, at: datetime | None = None) -> QuerySet[Article]:
    """The articles for which ``terms`` count at ``at``, in whatever state the articles are."""
    at = at or timezone.now()
    counting = TermsVersion.objects.filter(terms=OuterRef("terms"), valid_from__lte=at)
    assigned = TermsAssignment.objects.filter(Exists(counting))
    places = [
        assigned.filter(article=OuterRef("pk")),
        assigned.filter(report__entries__article=OuterRef("pk")),
        assigned.filter(publication=OuterRef("answering")),
        assigned.filter(article=None, report=None, publication=None),
    ]
    articles = Article.objects.annotate(answering=_ANSWERING)
    found, nearer = Q(), Q()
    for place in places:
        found |= Q(Exists(place.filter(terms=terms))) & ~nearer
        nearer |= Q(Exists(place))
    return articles.filter(found)


def articles_at(places: Iterable[TermsAssignment]) -> QuerySet[Article]:
    """The articles at ``places``, whether nearer terms count there or not."""
    found = Q(pk__in=[])
    for place in places:
        if place.article_id:
            found |= Q(pk=place.article_id)
        elif place.report_id:
            entries = ReportEntry.objects.filter(report=place.report_id)
            found |= Q(pk__in=entries.values("article"))
        elif place.publication_id:
            key = place.publication_id
            found |= Q(publication=key) | Q(originating_publication=key)
        else:
            return Article.objects.all()
    return Article.objects.filter(found)


# Of a text that we carry the originating publication, else the one it appears in.
_ANSWERING = Case(
    When(originating_publication__is_house=False, then=F("originating_publication")),
    default=F("publication"),
)
