"""What may have been meant by an address at which there is nothing: live things with its words.

The words of the address are all that is known: for a hidden article they lead where they would
lead if it had never been written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles.changes import marked_headline
from articles.models import Article, Author, InDepthReport, Publication, Region, Theme
from articles.offers import with_live_articles
from articles.text import slug_from

MOST_WORDS = 8
LONGEST_PART = 200
MOST_GUESSES = 6
# A beginning shorter than this says nothing.
LEAST_LETTERS = 6
KINDS = {
    "region": (Region, "name"),
    "theme": (Theme, "name"),
    "report": (InDepthReport, "title"),
    "author": (Author, "name"),
    "publication": (Publication, "name"),
    "tag": (Tag, "name"),
}
TREES = (Region, Theme)
NO_PAGE = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True)
class Guess:
    """Something live that bears words of the address."""

    kind: str
    label: str
    slug: str
    language: str

    @property
    def kind_in_words(self) -> str:
        """What kind of thing it is."""
        return {
            "article": _("Article"),
            "region": _("Region"),
            "theme": _("Theme"),
            "report": _("In-depth report"),
            "author": _("Author"),
            "publication": _("Publication"),
            "tag": _("Tag"),
        }[self.kind]

    def get_absolute_url(self) -> str:
        space = "articles" if self.kind == "article" else "site"
        return reverse(f"{space}:{self.kind}_detail", args=[self.slug])


def asks_for_a_page(path: str) -> bool:
    """Whether somebody may be reading the answer: files are asked for by machines."""
    return not NO_PAGE.search(path.rstrip("/"))


def slugs_in(path: str) -> list[str]:
    """Every run of words of the last part of ``path`` that has any, longest first."""
    for part in reversed(unquote(path).split("/")):
        if len(part) <= LONGEST_PART and part.isprintable() and (slug := slug_from(part)):
            words = slug.split("-")[:MOST_WORDS]
            runs = {
                "-".join(words[start:end])
                for start in range(len(words))
                for end in range(start + 1, len(words) + 1)
            }
            return sorted(runs, key=lambda run: (-len(run), run))
    return []


def guesses(path: str, *, at: datetime) -> list[Guess]:
    """Live articles and headings that the words of ``path`` may mean: three queries, and some for
    each kind of heading that has such a name.
    """
    slugs = slugs_in(path)
    if not slugs:
        return []
    articles = (
        Article.objects.live(at)
        .order_by("slug")
        .only("headline", "slug", "language", "retracted_at")
    )
    rows = list(articles.filter(slug__in=[slug for slug in slugs if "-" in slug]))
    if len(slugs[0]) >= LEAST_LETTERS:
        # Those that follow it in the index of slugs, where a pattern would read the whole index.
        following = articles.filter(slug__gte=slugs[0])[:MOST_GUESSES]
        rows += [row for row in following if row.slug.startswith(slugs[0])]
    found = [
        Guess("article", marked_headline(row), row.slug, row.language)
        for row in list(dict.fromkeys(rows))[:MOST_GUESSES]
    ]
    headings = sorted(_headings(slugs, at), key=lambda guess: (slugs.index(guess.slug), guess.kind))
    return (found + headings)[:MOST_GUESSES]


def _headings(slugs: list[str], at: datetime) -> Iterator[Guess]:
    """Most addresses name none: only where a table has the words is it asked what is live."""
    named = [
        model.objects.filter(slug__in=slugs).order_by().values_list(Value(kind, CharField()))
        for kind, (model, _label) in KINDS.items()
    ]
    for (kind,) in named[0].union(*named[1:]):
        model, label = KINDS[kind]
        shown = (
            model.objects.with_live_articles(at)
            if model in TREES
            else with_live_articles(model, at)
        )
        for name, slug in shown.filter(slug__in=slugs).values_list(label, "slug"):
            yield Guess(kind, name, slug, "")
