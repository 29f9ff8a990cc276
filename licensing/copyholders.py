"""Who holds a copy that a cause concerns: licences at a revision that was put right since, partners
who were given one by their feeds, and copies elsewhere that nobody took a licence for.

Two moments count. What was granted later is right already; what does not count any more concerns
nobody, unless a copy is known to stand.
"""

from datetime import datetime

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from articles.models import Article, Image, Revision
from cms import secret_links
from licensing.models import (
    Crosspost,
    CrosspostCheck,
    Delivery,
    Grant,
    GrantedArticle,
    GrantEvent,
    GrantStatus,
    Partner,
    RecalledCopy,
)
from licensing.snapshot import picture_key

PURPOSE = "licensing.copyholder"
# What a feed gives of a text of which it gives no more.
EXCERPT = ("headline", "standfirst")


def key_of_licensee(grant: Grant) -> str:
    """Stands for whoever holds ``grant``, in all their licences."""
    # Those without an address are not all one person.
    return secret_links.digest(grant.licensee_key or grant.number, purpose=PURPOSE)


def key_of_partner(partner: Partner) -> str:
    """Stands for ``partner``; whoever holds licences under its address is the same person."""
    return secret_links.digest(partner.licensee_key, purpose=PURPOSE)


def licences_of(grant: Grant) -> QuerySet[Grant]:
    """All that the licensee of ``grant`` holds."""
    rows = Grant.objects.filter(licensee_key=grant.licensee_key)
    return rows if grant.licensee_key else rows.filter(pk=grant.pk)


def key_of_copy(crosspost: Crosspost) -> str:
    """Stands for a copy that belongs to no licence."""
    return secret_links.digest(str(crosspost.pk), purpose=f"{PURPOSE}:copy")


def granted(
    article: Article,
    *,
    right: Revision | None,
    image: Image | None = None,
    since: datetime,
    at: datetime,
) -> QuerySet[GrantedArticle]:
    """The copies under licences that are not as ``right`` says, of what counted at ``since``.

    Without ``right`` none is as it should be; with ``image`` those that it went along with.
    """
    standing = Crosspost.objects.standing().filter(
        grant=OuterRef("grant"), article=OuterRef("article")
    )
    # What waited for payment came to count later than it was given.
    counted = GrantEvent.objects.filter(grant=OuterRef("grant"), move="activate").filter(
        Q(at__lte=since) | Q(at=F("grant__issued_at"))
    )
    # The one in its place may be for other articles.
    goes_on = GrantedArticle.objects.filter(
        grant__supersedes=OuterRef("grant"),
        grant__status=GrantStatus.ACTIVE,
        article=OuterRef("article"),
    )
    today = timezone.localdate(at)
    endless = Q(grant__valid_until=None) | Q(grant__valid_until__gte=today)
    counts = Q(endless, grant__status=GrantStatus.ACTIVE)
    counts |= Q(Exists(goes_on), grant__status=GrantStatus.SUPERSEDED)
    rows = GrantedArticle.objects.filter(article=article, grant__erased_at=None)
    rows = rows.filter(counts | Exists(standing)).filter(Exists(counted))
    return _affected(rows, right, image)


def delivered(
    article: Article, *, right: Revision | None, image: Image | None = None
) -> QuerySet[Delivery]:
    """The copies that partners were given by their feeds, and were not told there to take down,
    which are not as ``right`` says.
    """
    rows = _affected(Delivery.objects.standing().filter(article=article), right, image)
    if right is None:
        return rows
    same = {f"revision__content__{name}": right.content.get(name, "") for name in EXCERPT}
    return rows.filter(Q(is_whole=True) | ~Q(**same))


def is_in_feed(copy: RecalledCopy) -> bool:
    """Whether the feed of its partner gives the whole text, as far as was found out."""
    rows = Delivery.objects.standing().filter(partner=copy.partner, is_whole=True)
    return copy.partner.is_active and rows.filter(article=copy.recall.article_id).exists()


def with_picture(rows: QuerySet, image: Image) -> QuerySet:
    """Those of ``rows``, granted or delivered, that ``image`` went along with."""
    # Neither database keeps an index of this; it is asked when a complaint is decided.
    rows = rows.annotate(names=Cast("pictures", TextField()))
    return rows.filter(names__contains=f'"{picture_key(image)}"')


def holding_picture(image: Image) -> set[int]:
    """The keys of the articles whose copies somebody may hold with ``image`` in them."""
    lists = (GrantedArticle.objects.all(), Delivery.objects.standing())
    return {
        key
        for rows in lists
        for key in with_picture(rows, image).order_by().values_list("article", flat=True).distinct()
    }


def _affected(rows: QuerySet, right: Revision | None, image: Image | None) -> QuerySet:
    if right is not None:
        rows = rows.filter(revision__number__lt=right.number)
    return rows if image is None else with_picture(rows, image)


def known_copies(copy: RecalledCopy) -> QuerySet[Crosspost]:
    """Where copies of that holder stand, as far as is known."""
    rows = Crosspost.objects.standing().filter(article=copy.recall.article_id)
    if copy.grant:
        return rows.filter(grant__in=licences_of(copy.grant))
    if copy.partner:
        return rows.filter(grant__licensee_key=copy.partner.licensee_key)
    return rows.filter(pk=copy.crosspost_id)


def without_a_licence(
    article: Article, *, right: Revision | None, since: datetime
) -> QuerySet[Crosspost]:
    """The copies that stand somewhere, known at ``since``, which nobody can be written to about.

    A copy that was seen to be as ``right`` says is none of them.
    """
    rows = Crosspost.objects.standing().filter(article=article, grant=None, declared_at__lte=since)
    if right is None:
        return rows
    seen = CrosspostCheck.objects.filter(crosspost=OuterRef("pk"), revision__isnull=False)
    latest = seen.order_by("-at", "-pk").values("revision__number")[:1]
    number = Coalesce(Subquery(latest, output_field=IntegerField()), 0)
    return rows.annotate(seen_as=number).filter(seen_as__lt=right.number)
