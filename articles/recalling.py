"""Word to those who hold copies elsewhere: desks register how they tell them, and whom they would.

It is written in the transaction of what causes it, a notice to readers or a withdrawal, so that no
copy is forgotten; how long the telling takes is the desk's affair.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from articles import materiality
from articles.models import Article, ArticleEvent, Correction, Revision

WITHDRAWAL = "withdrawal"
# So many revisions are read back for the one that put it right.
MOST_READ_BACK = 20


@dataclass(frozen=True)
class Cause:
    """Why copies are no longer as they should be. ``kind``: a kind of notice, or a withdrawal.

    ``revision`` put it right: copies of it, and of later ones, are as they should be. Without one
    every copy so far is concerned.
    """

    article: Article
    kind: str
    row: Correction | ArticleEvent
    notice: str
    revision: Revision | None
    by: object
    at: datetime


Teller = Callable[[Cause], None]
# ``foreteller(article, revision=)`` → whom a notice or a withdrawal would reach, in sentences.
Foreteller = Callable[..., list[str]]
_tellers: list[Teller] = []
_foretellers: list[Foreteller] = []


def register(teller: Teller) -> Teller:
    """A decorator: from now on the function is told of every cause."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def register_foreteller(foreteller: Foreteller) -> Foreteller:
    """A decorator: from now on the function is asked whom a cause would reach."""
    if foreteller not in _foretellers:
        _foretellers.append(foreteller)
    return foreteller


def tell(cause: Cause) -> None:
    """Says that copies are to be put right or taken down. In the transaction of the cause."""
    for teller in _tellers:
        teller(cause)


def foretold(article: Article, *, revision: Revision | None = None) -> list[str]:
    """Whom it would reach, for whoever is about to cause it."""
    return [one for foreteller in _foretellers for one in foreteller(article, revision=revision)]


def put_right_by(article: Article) -> Revision | None:
    """The oldest revision that says what has to be said now; None where no change waits for word.

    What was saved since without a change that matters to readers is as right as it is.
    """
    if article.correction_due_since is None:
        return None
    since = article.revisions.filter(created_at__gte=article.correction_due_since)
    right = None
    for revision in since.order_by("-number")[:MOST_READ_BACK]:
        if right and materiality.reasons(revision.content, right.content):
            break
        right = revision
    return right
