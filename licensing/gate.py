"""The gate: nothing of foreign origin goes out, or stays out, without a clearance in force.

Registers with ``articles`` what keeps a text from the public and until when one is carried, and
writes that down anew for everything that a clearance bears on.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles import carriage, readiness
from articles.models import Article, GalleryImage, Image
from articles.models.visibility import MAY_BE_LIVE
from licensing import allowed_uses
from licensing.actions import deliveries
from licensing.chain import Clearances, picture_rights, text_rights
from licensing.models import Clearance, ClearanceStatus, Delivery, Scope
from licensing.rights.carriage import carried
from licensing.withholding import picture_withheld
from licensing.wording import said

OPEN = (ClearanceStatus.NEEDED, ClearanceStatus.REQUESTED)
# So many at once that memory stays small, so few queries that a large archive is done in minutes.
BATCH = 500


@readiness.register
def what_we_may_not_carry(article: Article, *, at: datetime) -> list[str]:
    """Why we may not publish ``article`` at ``at``, as far as rights go."""
    images = article.pictures()
    clearances = Clearances([article], images)
    reasons = [said(reason) for reason in carried(text_rights(article, clearances), at).reasons]
    for image in images:
        if image.rights_category == Image.RightsCategory.UNKNOWN and not clearances.of(
            Scope.IMAGE, image.pk
        ):
            reasons.append(
                _("Nobody has said why we may show the picture “%(image)s”.") % {"image": image}
            )
    return reasons


@carriage.register
def until_when_texts_are_cleared(
    articles: Iterable[Article], *, at: datetime
) -> dict[int, datetime | None]:
    """Article key → the instant at which what we hold ends; one that has passed: nothing held."""
    articles = list(articles)
    clearances = Clearances(articles)
    ends = {}
    for article in articles:
        seen_from = max(filter(None, (at, article.published_at, article.embargo_until)))
        ends[article.pk] = carried(text_rights(article, clearances), seen_from).until
    return ends


def bears_on(clearance: Clearance) -> QuerySet[Article]:
    """The articles that ``clearance`` may have a say in."""
    if clearance.scope == Scope.ARTICLE:
        return Article.objects.filter(pk=clearance.article_id)
    if clearance.scope == Scope.AUTHOR:
        return Article.objects.by(clearance.author)
    if clearance.scope == Scope.PUBLICATION:
        return Article.objects.passing_through(clearance.publication_id)
    return Article.objects.none()


@transaction.atomic
def refresh(clearance: Clearance, *, at: datetime) -> int:
    """Writes down anew until when everything that ``clearance`` bears on is carried.

    Returns how many articles changed: those that leave the public pages, and those that come back.
    """
    if clearance.scope == Scope.IMAGE:
        refresh_picture(clearance.image, at=at)
        return 0
    return refresh_articles(bears_on(clearance), at=at)


def refresh_articles(articles: QuerySet[Article], *, at: datetime) -> int:
    """As ``refresh``, for these articles; drafts have nothing to write down."""
    rows = (
        articles.filter(status__in=MAY_BE_LIVE)
        .order_by("pk")
        .select_related("publication", "originating_publication")
        # Held in the order of their keys: of two who change what an article rests on at once, the
        # second waits and then sees what the first did. A publication that is under way, too.
        .select_for_update(of=("self",))
        .prefetch_related("bylines__author", "hops__publication")
    )
    changed = sum(carriage.keep(batch, at=at) for batch in _batches(rows))
    allowed_uses.touched(articles)
    return changed


def _batches(rows: QuerySet) -> Iterator[list]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def refresh_picture(image: Image, *, at: datetime) -> None:
    """Writes down until when a picture may be shown, as far as clearances and complaints go.

    A picture for which no clearance was ever settled rests on its rights category alone: asking
    for leave takes nothing away, a refusal does.
    """
    settled = Clearance.objects.filter(scope=Scope.IMAGE, image=image).exclude(status__in=OPEN)
    ends = [picture_withheld(image)]
    if settled.exists():
        ends.append(carried(picture_rights(image, Clearances(images=[image])), at).until)
    carriage.keep_picture(image, min(filter(None, ends), default=None))
    deliveries.ask_again(Delivery.objects.filter(article__in=showing(image).values("pk")))


def showing(image: Image) -> QuerySet[Article]:
    """The articles that ``image`` stands in, whether readers see it or not."""
    in_a_gallery = GalleryImage.objects.filter(image=image).order_by().values("article")
    featured = Article.objects.filter(featured_image=image).order_by().values("pk")
    return Article.objects.filter(pk__in=featured.union(in_a_gallery))
