"""What can be followed: the whole site, or a heading under which there is something to read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import (
    Article,
    Author,
    Byline,
    Following,
    FormerSlug,
    InDepthReport,
    Publication,
    Region,
    Theme,
)
from articles.models.follower import HEADINGS

SITE = "site"
Key = tuple[str, int]
WHOLE_SITE: Key = (SITE, 0)
MODELS: dict[str, type[Model]] = {
    "report": InDepthReport,
    "author": Author,
    "theme": Theme,
    "region": Region,
    "publication": Publication,
}
LABELS = {
    "report": gettext_lazy("In-depth report"),
    "author": gettext_lazy("Author"),
    "theme": gettext_lazy("Theme"),
    "region": gettext_lazy("Region"),
    "publication": gettext_lazy("Publication"),
}
PLURALS = {
    "report": gettext_lazy("In-depth reports"),
    "author": gettext_lazy("Authors"),
    "theme": gettext_lazy("Themes"),
    "region": gettext_lazy("Regions"),
    "publication": gettext_lazy("Publications"),
}
# Of one follower; a digest of more headings is the whole site.
MOST = 60
LONGEST_SLUG = 200
_SLUG = re.compile(r"[-\w]+")
_KINDS = {model: kind for kind, model in MODELS.items()}


@dataclass(frozen=True)
class Heading:
    """One thing that can be followed, by the name that readers know."""

    kind: str
    pk: int = 0
    name: str = ""
    slug: str = ""

    @property
    def key(self) -> Key:
        return self.kind, self.pk

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.slug}" if self.pk else SITE

    @property
    def label(self) -> str:
        """What kind of heading it is, in words."""
        return str(LABELS[self.kind]) if self.pk else ""

    @property
    def path(self) -> str:
        """Where its articles are listed, in the language that is spoken."""
        if not self.pk:
            return reverse("site:article_list")
        return reverse(f"site:{self.kind}_detail", args=[self.slug])


def whole_site() -> Heading:
    """The site as one thing to follow."""
    return Heading(SITE, name=_("Everything we publish"))


def kind_of(row) -> str:
    """What following calls the kind of ``row``; ``""`` where it cannot be followed."""
    return _KINDS.get(type(row), "")


def readable(kind: str, *, at: datetime) -> QuerySet:
    """The headings of a kind with something public under them; no other is known to readers."""
    if kind == "author":
        live = Byline.objects.filter(
            author=OuterRef("pk"), article__in=Article.objects.live(at).values("pk")
        )
        return Author.objects.filter(Exists(live))
    return MODELS[kind].objects.with_live_articles(at)


def offered(kinds: Iterable[str], *, at: datetime, most: int) -> dict[str, list[Heading]]:
    """The first of each kind, by name, for a form to offer."""
    found = {}
    for kind in kinds:
        name = _name_field(kind)
        rows = readable(kind, at=at).order_by(name).values_list("pk", name, "slug")
        found[kind] = [Heading(kind, *row) for row in rows[:most]]
    return found


def named(values: Iterable[str], *, at: datetime) -> tuple[list[Heading], bool]:
    """What ``values`` (``author:jane-doe``, ``site``) name, and whether all of them are known.

    A heading that has moved is found by its former slug, too.
    """
    wanted, is_whole, are_known = _parsed(values)
    found = [whole_site()] if is_whole else []
    for kind, slugs in wanted.items():
        rows = _by_slug(kind, slugs, at=at)
        missing = slugs - {row.slug for row in rows}
        if missing:
            moved = _moved(kind, missing, at=at)
            are_known = are_known and len(moved) == len(missing)
            rows += [row for row in moved if row not in rows]
        found += sorted(rows, key=lambda row: row.name.casefold())
    return found, are_known


def known(keys: Iterable[Key], *, at: datetime | None = None) -> dict[Key, Heading]:
    """The headings of ``keys``; with ``at`` only those that readers may know of by then."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, []).append(pk)
    found = {WHOLE_SITE: whole_site()} if by_kind.pop(SITE, None) else {}
    for kind, pks in by_kind.items():
        rows = readable(kind, at=at) if at else MODELS[kind].objects.all()
        name = _name_field(kind)
        for pk, told, slug in rows.filter(pk__in=pks).values_list("pk", name, "slug"):
            found[kind, pk] = Heading(kind, pk, told, slug)
    return found


def following(follower, heading: Heading) -> Following:
    """A row, not saved, by which ``follower`` follows ``heading``."""
    pointed = {f"{heading.kind}_id": heading.pk} if heading.pk else {}
    return Following(follower=follower, **pointed)


def _name_field(kind: str) -> str:
    return "title" if kind == "report" else "name"


def _parsed(values: Iterable[str]) -> tuple[dict[str, set[str]], bool, bool]:
    wanted: dict[str, set[str]] = {}
    is_whole, are_known = False, True
    for value in list(values)[:MOST]:
        kind, _colon, slug = value[: LONGEST_SLUG + 20].partition(":")
        if value == SITE:
            is_whole = True
        elif kind in HEADINGS and len(slug) <= LONGEST_SLUG and _SLUG.fullmatch(slug):
            wanted.setdefault(kind, set()).add(slug)
        else:
            are_known = False
    return wanted, is_whole, are_known


def _by_slug(kind: str, slugs: set[str], *, at: datetime) -> list[Heading]:
    rows = readable(kind, at=at).filter(slug__in=slugs)
    return [Heading(kind, *row) for row in rows.values_list("pk", _name_field(kind), "slug")]


def _moved(kind: str, slugs: set[str], *, at: datetime) -> list[Heading]:
    former = FormerSlug.objects.filter(model=MODELS[kind]._meta.model_name, slug__in=slugs)
    rows = readable(kind, at=at).filter(pk__in=former.values_list("row_id", flat=True))
    return [Heading(kind, *row) for row in rows.values_list("pk", _name_field(kind), "slug")]
