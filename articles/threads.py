"""The talk about an article as its pages show it: each comment beside its passage, in order."""

from dataclasses import dataclass
from datetime import datetime

from articles import reviewing
from articles.anchoring import FIELDS, Words
from articles.models import Article, Comment

# A page shows so many; nobody reads more.
MOST = 500


@dataclass(frozen=True)
class Thread:
    """A comment with its answers. ``is_gone``: its passage no longer stands in the text."""

    comment: Comment
    answers: list[Comment]
    is_gone: bool
    may_be_withdrawn: bool
    order: tuple[int, int]


def threads(article: Article, *, by, at: datetime) -> list[Thread]:
    """All comments on ``article``: on the whole of it, on passages as they stand, on lost ones."""
    words = Words.of(article)
    comments = (
        article.comments.beginning()
        .select_related("by", "resolved_by", "reopened_by")
        .prefetch_related("answers__by")
    )
    found = [_thread(comment, words, by=by, at=at) for comment in comments[:MOST]]
    return sorted(found, key=lambda thread: thread.order)


def _thread(comment: Comment, words: Words, *, by, at: datetime) -> Thread:
    place = words.find(comment)
    is_gone = bool(comment.exact) and place is None
    if not comment.exact:
        order = (-1, 0)
    elif place is None:
        order = (len(FIELDS), 0)
    else:
        order = (FIELDS.index(comment.field), place[0])
    return Thread(
        comment,
        list(comment.answers.all()),
        is_gone,
        reviewing.may_be_withdrawn(comment, by=by, at=at),
        order,
    )
