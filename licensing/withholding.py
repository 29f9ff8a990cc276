"""What upheld complaints keep from readers: registered with the newsroom, asked by ``snapshot``.

An upheld complaint says until when an article is carried: the moment at which it was withheld. So
``live()`` hides it everywhere; lifting the complaint brings it back.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from articles import carriage, readiness, withheld
from articles.models import Article, Image
from licensing.models import Complaint, ComplaintSubject


def _subjects():
    return ComplaintSubject.objects.filter(complaint__in=Complaint.objects.withholding())


@withheld.register
def articles_withheld(
    *, keys: Collection[int] | None = None, since: datetime | None = None
) -> dict[int, datetime]:
    """Article key → since when a complaint keeps it from readers."""
    if keys is not None and not keys:
        return {}
    rows = _subjects().filter(article__isnull=False).order_by()
    if keys is not None:
        rows = rows.filter(article__in=keys)
    found = rows.values_list("article").annotate(first=Min("complaint__withheld_at"))
    return dict(found if since is None else found.filter(first__gt=since))


def picture_withheld(image: Image) -> datetime | None:
    """Since when a complaint keeps this picture from readers."""
    rows = _subjects().filter(image=image)
    return rows.aggregate(first=Min("complaint__withheld_at"))["first"]


def among(articles: Iterable[Article], *, at: datetime) -> set[int]:
    """The keys of those that are withheld at ``at``. No query where all of them are carried: the
    row of an article says in ``carry_until`` that one is not, this only asks why.
    """
    ended = [one.pk for one in articles if one.carry_until and one.carry_until <= at]
    return {key for key, since in articles_withheld(keys=ended).items() if since <= at}


@carriage.register
def until_when_texts_are_not_withheld(
    articles: Iterable[Article], *, at: datetime
) -> dict[int, datetime | None]:
    """Article key → the moment from which it is withheld."""
    return articles_withheld(keys=[article.pk for article in articles])


@readiness.register
def what_was_complained_of(article: Article, *, at: datetime) -> list[str]:
    """Why ``article`` cannot go out, as far as complaints go."""
    rows = Complaint.objects.withholding().filter(subjects__article=article.pk)
    return [
        _("It is withheld after the notice {number} of a rights holder.").format(number=number)
        for number in rows.order_by("number").values_list("number", flat=True)
    ]
