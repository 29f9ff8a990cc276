"""What colleagues do when they read a text: comment, answer, resolve, reopen, withdraw.

Whoever writes for the newsroom and may see the article takes part; those who only read (the rights
desk) do not, and nothing of this is ever public.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import anchoring
from articles.citing.anchors import Quote
from articles.models import Article, Comment
from articles.models.comment import LONGEST_QUOTE
from cms.text import legible, validate_text
from cms.workflows.actions import MoveNotAllowed, NotYours

LONGEST_TEXT = Comment._meta.get_field("text").max_length
# So long may a slip be taken back, as long as nobody has answered it.
SECOND_THOUGHTS = timedelta(minutes=15)


def takes_part(user, article: Article) -> bool:
    """Whether ``user`` is among those who talk about ``article``."""
    return (
        user.is_active and user.has_perm("articles.change_article") and article.may_be_seen_by(user)
    )


@transaction.atomic
def comment(
    article: Article,
    *,
    by,
    text: str,
    field: str = "",
    passage: str = "",
    prefix: str = "",
    suffix: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> Comment:
    """Says something about a passage of ``article``, or about the whole text.

    ``passage`` is what was selected or typed, and what is kept are the words of the text; ``seen``
    is the number of the revision that was read. Raises NotYours, or MoveNotAllowed where the words
    stand neither in the text nor in what was read of it.
    """
    _may_take_part(by, article)
    text = _checked(text)
    newest = article.revisions.values_list("number", flat=True).first() or 0
    where, quote, number = "", Quote(""), newest
    if passage.strip():
        where, quote, number = _place(article, field, passage, prefix, suffix, seen, newest)
    return article.comments.create(
        field=where,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        revision=number,
        text=text,
        by=by,
        at=at or timezone.now(),
    )


def _place(article, field, passage, prefix, suffix, seen, newest) -> tuple[str, Quote, int]:
    passage, prefix, suffix = (legible(said) for said in (passage, prefix, suffix))
    wanted = [field] if field in anchoring.FIELDS else list(anchoring.FIELDS)
    read = [(newest, anchoring.Words.of(article))]
    if seen is not None and seen != newest:
        # A colleague saved meanwhile: what was read may stand no more, and was read all the same.
        older = article.revisions.filter(number=seen).first()
        read += [(seen, anchoring.Words(older.content))] if older else []
    for number, words in read:
        for name in wanted:
            quote = words.quote(name, passage, prefix=prefix, suffix=suffix)
            if quote and len(quote.exact) > LONGEST_QUOTE:
                raise MoveNotAllowed([_("A passage has at most %d characters.") % LONGEST_QUOTE])
            if quote and quote.exact:
                return str(name), quote, number
    raise MoveNotAllowed(
        [_("These words do not stand in the text as it was saved. Save first, then comment.")]
    )


@transaction.atomic
def answer(remark: Comment, *, by, text: str, at: datetime | None = None) -> Comment:
    """Answers a comment; an answer to an answer stands below the same comment."""
    _may_take_part(by, remark.article)
    return Comment.objects.create(
        article=remark.article,
        in_answer_to_id=remark.in_answer_to_id or remark.pk,
        revision=remark.article.revisions.values_list("number", flat=True).first() or 0,
        text=_checked(text),
        by=by,
        at=at or timezone.now(),
    )


def resolve(remark: Comment, *, by, at: datetime | None = None) -> None:
    """Says that what the comment asks for is done. Of two who say so the first is on record."""
    _may_take_part(by, remark.article)
    _changed(remark, {"resolved_at": None}, resolved_by=by, resolved_at=at or timezone.now())


def reopen(remark: Comment, *, by, at: datetime | None = None) -> None:
    """Says that it is not done after all."""
    _may_take_part(by, remark.article)
    _changed(
        remark,
        {"resolved_at__isnull": False},
        resolved_by=None,
        resolved_at=None,
        reopened_by=by,
        reopened_at=at or timezone.now(),
    )


def _changed(remark: Comment, seen: dict, **changes) -> None:
    Comment.objects.beginning().filter(pk=remark.pk, **seen).update(**changes)
    remark.refresh_from_db()


def may_be_withdrawn(remark: Comment, *, by, at: datetime) -> bool:
    """Whether ``by`` may take it back: one's own, soon, and while nobody has answered."""
    return (
        remark.by_id == by.pk
        and at - remark.at <= SECOND_THOUGHTS
        and remark.is_open
        and not remark.answers.all()
    )


@transaction.atomic
def withdraw(remark: Comment, *, by, at: datetime | None = None) -> None:
    """Takes back one's own comment as if it had not been written.

    Raises MoveNotAllowed when somebody may have read it already: it is resolved instead.
    """
    _may_take_part(by, remark.article)
    if remark.by_id != by.pk:
        raise NotYours([_("Only who wrote a comment takes it back.")])
    # Whoever answers holds the row first, or finds it gone.
    held = Comment.objects.select_for_update().filter(pk=remark.pk).first()
    if held is None:
        return
    if not may_be_withdrawn(held, by=by, at=at or timezone.now()):
        raise MoveNotAllowed(
            [_("It has stood too long, or was answered. Mark it as resolved instead.")]
        )
    held.delete()


def _may_take_part(user, article: Article) -> None:
    if not takes_part(user, article):
        raise NotYours([_("You may not comment on this article.")])


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise MoveNotAllowed([_("Write what you want to say.")])
    if len(text) > LONGEST_TEXT:
        raise MoveNotAllowed([_("A comment has at most %d characters.") % LONGEST_TEXT])
    try:
        validate_text(text)
    except ValidationError as fault:
        raise MoveNotAllowed(fault.messages) from fault
    return text
