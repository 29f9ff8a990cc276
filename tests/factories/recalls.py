"""Copies that are no longer as they should be: what is changed, who is told, and the letters."""

import re
from datetime import datetime

from django.utils import timezone

from articles import actions, correcting
from articles.models import Article, Correction, Revision
from licensing.actions import recalls
from licensing.models import Grant, Recall
from tests.factories.articles import make_live_article
from tests.factories.holders import letters_to
from tests.factories.takings import free_for_community_sites, make_taking

TEXT = "<p>The lamps went out in {year}, and nobody in the street was asked.</p>"
NOTICE = "The lamps went out in 1913, not in 1931."


def rewrite(article: Article, *, by, year: int, at: datetime | None = None) -> Revision:
    """Saves the article with another figure, of which readers have to be told."""
    row = Article.objects.get(pk=article.pk)
    row.body = TEXT.format(year=year)
    row.save(update_fields=["body"])
    return actions.revise(row, by=by, at=at)


def put_right(
    article: Article, *, by, kind: str = "correction", year: int | None = None, at=None
) -> Correction:
    """A notice to readers, after a change if ``year`` makes one; holders are not told yet."""
    at = at or timezone.now()
    if year is not None:
        rewrite(article, by=by, year=year, at=at)
    return correcting.correct(article, by=by, kind=kind, text=NOTICE, at=at)


def taken_by(name: str, article: Article, **fields) -> Grant:
    """A copy taken by somebody of that name."""
    who = {
        "name": name.title(),
        "email": f"{name}@outlet.example",
        "outlet": f"{name.title()} News",
    }
    return make_taking(article, **{**who, **fields})


def make_recall(*, people) -> Recall:
    """A text was put right that somebody holds, who is told."""
    free_for_community_sites()
    article = make_live_article(people=people, body=TEXT.format(year=1931))
    taken_by("ines", article)
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    return Recall.objects.get()


def tell_all(*, at: datetime | None = None, most: int = recalls.MOST_AT_A_STROKE) -> int:
    """Lets the clock strike until nobody is left to be told."""
    told = 0
    while Recall.objects.unfinished().exists():
        told += recalls.tell_some(at=at or timezone.now(), most=most)
    return told


def told(name: str) -> list:
    """The letters about recalls to somebody of that name."""
    return told_at(f"{name}@outlet.example")


def told_at(email: str) -> list:
    """The letters about recalls to that address."""
    return [mail for mail in letters_to(email) if "/changes/" in mail.message]


def page_in(mail) -> str:
    """The path of the page to which such a letter leads."""
    return re.findall(r"/(?:permissions|partners)/[-\w]+/changes/\d+/", mail.message)[-1]
