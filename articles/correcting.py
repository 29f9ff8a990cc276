"""What readers are told after a text was changed under their eyes: the verbs of corrections.

What they were told stays told; a wrong notice is followed by another. A retraction says that the
house no longer stands by a text that stays at its address; a withdrawal takes the text away.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import hearing, materiality, recalling
from articles.models import Article, Correction, Dismissal, Revision
from cms.text import validate_text
from cms.workflows.actions import MoveNotAllowed, NotYours

MAY_WRITE = "articles.add_correction"
LONGEST = Correction._meta.get_field("text").max_length
Kind, Placement = Correction.Kind, Correction.Placement


def may_correct(article: Article, user) -> bool:
    """Whether ``user`` tells readers what was wrong with ``article``."""
    return user.is_active and user.has_perm(MAY_WRITE) and article.may_be_edited_by(user)


@transaction.atomic
def correct(
    article: Article,
    *,
    by,
    kind: str,
    text: str,
    placement: str = Placement.END,
    dated: datetime | None = None,
    at: datetime | None = None,
    revision: Revision | None = None,
) -> Correction:
    """Tells readers of ``article`` what was put right; whatever was due is done with it.

    ``revision`` is the one that put it right: that of the change that is due, where none is named.
    Whoever holds a copy of an older one hears of it. Raises NotYours, or MoveNotAllowed with the
    reasons.
    """
    article = _held(article, by=by, at=at or timezone.now())
    # Whoever took a copy while this waited for the row holds it, too.
    at = at or timezone.now()
    dated = dated or at
    if dated > at:
        raise MoveNotAllowed([_("This day lies in the future.")])
    if len(text.strip()) > LONGEST:
        raise MoveNotAllowed([_("A notice has at most {limit} characters.").format(limit=LONGEST)])
    notice = Correction(
        article=article,
        kind=kind,
        text=text.strip(),
        # Whoever reads a retracted text is told before reading it.
        placement=Placement.TOP if kind == Kind.RETRACTION else placement,
        dated=dated,
        created_by=by,
        revision=revision or article.revisions.first(),
    )
    try:
        notice.clean_fields(exclude=["article", "number", "revision", "created_by", "dated"])
    except ValidationError as refusal:
        raise MoveNotAllowed(refusal.messages) from refusal
    fields = ("article", "kind", "text", "placement", "dated", "created_by", "revision")
    told = Correction.objects.create(**{name: getattr(notice, name) for name in fields})
    # A retracted text stays as it was: every copy of it is one too many.
    right = None if told.is_retraction else revision or recalling.put_right_by(article)
    retracted = {"retracted_at": dated} if told.is_retraction and not article.retracted_at else {}
    # Pages, feeds and sitemaps carry the day of their last change.
    _settle(article, updated_at=at, **retracted)
    if retracted:
        _fall_due_in_translations(article, at=at)
    hearing.tell(Article.objects.filter(pk=article.pk))
    recalling.tell(recalling.Cause(article, told.kind, told, told.text, right, by, at))
    return told


def needs_correction(old: dict, new: dict) -> list[str]:
    """Why readers must be told of what lies between two snapshots, in sentences."""
    return materiality.reasons(old, new)


def is_due_after(article: Article, *, old: dict, new: dict, at: datetime) -> bool:
    """Whether with this change a notice falls due that was not due before."""
    return (
        article.correction_due_since is None
        and article.has_been_public(at)
        and bool(needs_correction(old, new))
    )


@transaction.atomic
def put_off(article: Article, *, by, at: datetime | None = None) -> None:
    """Puts down that readers are still to be told. Raises NotYours, or MoveNotAllowed."""
    at = at or timezone.now()
    article = _held(article, by=by, at=at)
    if article.correction_due_since is None:
        Article.objects.filter(pk=article.pk).update(correction_due_since=at)


@transaction.atomic
def dismiss(article: Article, *, by, reason: str, at: datetime | None = None) -> Dismissal:
    """Puts down that no notice is needed after all, and why. Raises NotYours, MoveNotAllowed."""
    at = at or timezone.now()
    article = _held(article, by=by, at=at)
    if article.correction_due_since is None:
        raise MoveNotAllowed([_("No notice is due for this article.")])
    if not reason.strip():
        raise MoveNotAllowed([_("Say why readers need not be told.")])
    return _dismissed(article, by=by, at=at, reason=reason.strip())


@transaction.atomic
def call_small(article: Article, *, by, at: datetime | None = None) -> Dismissal:
    """Puts down that whoever just saved a change holds it for a matter of spelling or style."""
    at = at or timezone.now()
    return _dismissed(_held(article, by=by, at=at), by=by, at=at, reason="")


def _dismissed(article: Article, *, by, at: datetime, reason: str) -> Dismissal:
    dismissal = Dismissal(
        article=article, revision=article.revisions.first(), by=by, at=at, reason=reason
    )
    try:
        dismissal.clean_fields(exclude=["article", "revision", "by"])
        validate_text(reason)
    except ValidationError as refusal:
        raise MoveNotAllowed(refusal.messages) from refusal
    dismissal.save()
    _settle(article)
    return dismissal


def _held(article: Article, *, by, at: datetime) -> Article:
    """The row, locked, so that notices get one number after the other."""
    held = Article.objects.select_for_update().get(pk=article.pk)
    if not may_correct(held, by):
        raise NotYours([_("You may not write notices to the readers of this article.")])
    if not held.has_been_public(at):
        raise MoveNotAllowed([_("Readers have not seen this text yet; there is nothing to tell.")])
    return held


def _fall_due_in_translations(article: Article, *, at: datetime) -> None:
    """Their readers have read the same; what they are told is for an editor to say."""
    seen = [version.pk for version in article.translations.all() if version.has_been_public(at)]
    due = Article.objects.filter(pk__in=seen, correction_due_since=None, retracted_at=None)
    due.update(correction_due_since=at)


def _settle(article: Article, **changes) -> None:
    Article.objects.filter(pk=article.pk).update(correction_due_since=None, **changes)
