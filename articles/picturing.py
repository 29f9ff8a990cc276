"""Where pictures stand, and the verb that puts another one into all of these places.

Each place is changed in a transaction of its own and answers for itself: an article that may not
show the new picture keeps the old one, whole, while the others go on.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions, readiness
from articles.models import Article, Author, Image, Publication
from articles.models.visibility import MAY_BE_LIVE
from cms.workflows.actions import MoveNotAllowed, NotYours

# Places that are named and changed in one go; beyond them it is done once more.
MOST_PLACES = 200


@dataclass(frozen=True)
class Place:
    """An article, author or publication that shows a picture; ``how`` says in which part."""

    row: Article | Author | Publication
    how: tuple[str, ...]

    @property
    def kind(self) -> str:
        """``article``, ``author`` or ``publication``."""
        return self.row._meta.model_name

    @property
    def key(self) -> str:
        """Stands for the place in a form: ``article-12``."""
        return f"{self.kind}-{self.row.pk}"

    @property
    def words(self) -> list[str]:
        return [str(HOW[how]) for how in self.how]

    @property
    def is_article(self) -> bool:
        return isinstance(self.row, Article)

    def may_be_seen_by(self, user) -> bool:
        if self.is_article:
            return self.row.may_be_seen_by(user) or self.row.is_live()
        return user.has_perm(f"articles.view_{self.kind}")

    def hindrances(self, by) -> list[str]:
        """Why ``by`` may not put another picture here; empty means yes."""
        if self.is_article:
            allowed, refusal = self.row.may_be_edited_by(by), _("You may not edit this article.")
        else:
            allowed = by.has_perm(f"articles.change_{self.kind}")
            refusal = _("You may not change “%(row)s”.") % {"row": self.row}
        return [] if allowed else [refusal]


HOW = {
    "featured_image": gettext_lazy("featured picture"),
    "gallery": gettext_lazy("gallery"),
    "photo": gettext_lazy("photo"),
    "logo": gettext_lazy("logo"),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one place; without ``reasons`` it shows the new picture."""

    place: Place
    reasons: list[str] = field(default_factory=list)

    @property
    def is_replaced(self) -> bool:
        return not self.reasons


def places(image: Image) -> list[Place]:
    """Where ``image`` stands: articles, last saved first, then authors and publications."""
    featured = Article.objects.filter(featured_image=image)
    shown = Article.objects.filter(gallery__image=image)
    articles = Article.objects.filter(
        pk__in=featured.order_by().values("pk").union(shown.order_by().values("pk"))
    ).defer("body")
    in_gallery = set(shown.values_list("pk", flat=True)[: 2 * MOST_PLACES])
    found = [
        Place(
            article,
            ("featured_image",) * (article.featured_image_id == image.pk)
            + ("gallery",) * (article.pk in in_gallery),
        )
        for article in articles[:MOST_PLACES]
    ]
    for model, column in ((Author, "photo"), (Publication, "logo")):
        rows = model.objects.filter(**{column: image}).order_by("name", "pk")
        found += [Place(row, (column,)) for row in rows[:MOST_PLACES]]
    return found[:MOST_PLACES]


def replace_picture(
    old: Image,
    *,
    by_picture: Image,
    by,
    at: datetime | None = None,
    only: Collection[str] | None = None,
) -> list[Outcome]:
    """Puts ``by_picture`` where ``old`` stands, or only in the places with the keys ``only``.

    Raises MoveNotAllowed or NotYours where nothing can be replaced at all. The old picture stays
    in the library and says what replaced it, as soon as it was replaced anywhere.
    """
    at = at or timezone.now()
    if not by.has_perm("articles.change_image"):
        raise NotYours([_("You may not replace pictures.")])
    if old.pk == by_picture.pk:
        raise MoveNotAllowed([_("Choose another picture than this one.")])
    wanted = [place for place in places(old) if only is None or place.key in only]
    outcomes = [_replaced(place, old, by_picture, by=by, at=at) for place in wanted]
    if any(outcome.is_replaced for outcome in outcomes):
        _remember(old, by_picture, by=by)
    return outcomes


def _replaced(place: Place, old: Image, new: Image, *, by, at: datetime) -> Outcome:
    try:
        with transaction.atomic():
            # Whoever is saving it just now comes before or after, never in between.
            rows = type(place.row).objects.select_for_update()
            row = rows.filter(pk=place.row.pk).first()
            if row is None:
                raise MoveNotAllowed([_("It is not there any more.")])
            place = Place(row, place.how)
            if reasons := place.hindrances(by):
                raise NotYours(reasons)
            if place.is_article:
                _replace_in_article(row, old, new, by=by, at=at)
            else:
                _replace_on_row(row, place.how[0], old, new, by=by)
    except MoveNotAllowed as refusal:
        return Outcome(place, refusal.reasons)
    return Outcome(place)


def _replace_in_article(article: Article, old: Image, new: Image, *, by, at: datetime) -> None:
    before = _blockers(article, at)
    changed = Article.objects.filter(pk=article.pk, featured_image=old).update(featured_image=new)
    entries = article.gallery.filter(image=old)
    if article.gallery.filter(image=new).exists():
        # A picture stands once in a gallery.
        changed += entries.delete()[0]
    else:
        changed += entries.update(image=new)
    if not changed:
        raise MoveNotAllowed([_("It shows the old picture no longer.")])
    article = Article.objects.get(pk=article.pk)
    if worse := [reason for reason in _blockers(article, at) if reason not in before]:
        raise MoveNotAllowed(worse)
    note = _("Picture %(old)d replaced by picture %(new)d") % {"old": old.pk, "new": new.pk}
    actions.revise(article, by=by, at=at, note=note)


def _blockers(article: Article, at: datetime) -> list[str]:
    """What would keep it from readers; of a text that they do not see yet, nothing is asked."""
    if article.status not in MAY_BE_LIVE:
        return []
    return readiness.blockers(article, at=max(filter(None, (at, article.published_at))))


def _replace_on_row(row: Author | Publication, column: str, old: Image, new: Image, *, by) -> None:
    if getattr(row, f"{column}_id") != old.pk:
        raise MoveNotAllowed([_("It shows the old picture no longer.")])
    setattr(row, column, new)
    row._history_user = by
    row.save(update_fields=[column])


def _remember(old: Image, new: Image, *, by) -> None:
    """The new one stands for itself, even where it was once replaced by the old."""
    for image, replaced_by in ((new, None), (old, new)):
        if image.replaced_by_id != (replaced_by and replaced_by.pk):
            image.replaced_by = replaced_by
            image._history_user = by
            image.save(update_fields=["replaced_by"])
