"""What else to read after an article: what shares its report, its tags, its theme, its region.

One query for all of it, names included; only what is live, and never another version of the text
itself. Looked at are the dossiers it stands in, the newest articles, and those published nearest to
it: so many and no more, however many stand under its theme.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from taggit.models import TaggedItem

from articles import languages
from articles.models import Article, Byline, ReportEntry

MOST_SHOWN = 4
# So many are weighed against each other: of its dossiers, of the newest, on either side of it.
MOST_OF_REPORTS = 60
NEWEST = 100
NEAREST = 100
# A row for each byline of what comes first, in the order of weight.
MOST_ROWS = 80
# Less than any heading weighs: it decides between two alike.
SAME_LANGUAGE = 1


@dataclass(frozen=True)
class Tie:
    """A kind of heading two articles may share: its links, their two ends, what sharing weighs."""

    links: type
    article: str
    heading: str
    weight: int

    def shared_with(self, article: Article):
        """The links of articles to any heading of ``article``."""
        return self.shared_with_any([article.pk])

    def shared_with_any(self, articles: list[int]):
        """The links of articles to any heading of ``articles`` (their keys)."""
        links = self.links.objects.order_by()
        if self.links is TaggedItem:
            links = links.filter(content_type=ContentType.objects.get_for_model(Article))
        own = links.filter(**{f"{self.article}__in": articles}).values(self.heading)
        return links.filter(**{f"{self.heading}__in": own})


TIES = (
    Tie(ReportEntry, "article", "report", 8),
    Tie(TaggedItem, "object_id", "tag", 4),
    Tie(Article.themes.through, "article", "theme", 3),
    Tie(Article.regions.through, "article", "region", 2),
)


@dataclass(frozen=True)
class Related:
    """An article beside another, as a line."""

    key: int
    headline: str
    slug: str
    language: str
    published_at: datetime
    retracted_at: datetime | None
    names: tuple[str, ...]

    @property
    def direction(self) -> str:
        """``"rtl"`` or ``"ltr"``."""
        return languages.direction(self.language)

    def get_absolute_url(self) -> str:
        return reverse("articles:article_detail", args=[self.slug])


def related(
    article: Article, *, at: datetime | None = None, most: int = MOST_SHOWN
) -> list[Related]:
    """The live articles nearest to ``article``, nearest first, the newer of two alike."""
    at = at or timezone.now()
    weight = _worth(Q(language=article.language), SAME_LANGUAGE)
    shared = {}
    for tie in TIES:
        links = tie.shared_with(article).filter(**{tie.article: OuterRef("pk")})
        # The first of them: of any at all, PostgreSQL would gather every link of a wide heading.
        shared[tie.heading] = Subquery(links.values("pk")[:1])
        weight += _worth(Q(**{f"shared_{tie.heading}__isnull": False}), tie.weight)
    looked_at = Article.objects.live(at).filter(pk__in=_near(article, at))
    rows = (
        looked_at.exclude(Q(pk=article.head) | Q(pk=article.pk))
        .exclude(translation_of__isnull=False, translation_of=article.head)
        .alias(**{f"shared_{heading}": first for heading, first in shared.items()})
        .annotate(weight=weight)
        .order_by("-weight", "-published_at", "-pk", "bylines__position", "bylines__pk")
        .values_list(
            "pk",
            "headline",
            "slug",
            "language",
            "published_at",
            "retracted_at",
            "translation_of",
            "weight",
            "bylines__role",
            "bylines__author__name",
        )
    )
    return _texts_once([row for row in rows[:MOST_ROWS] if row[7] > SAME_LANGUAGE], most)


def _near(article: Article, at: datetime):
    """The keys of the articles looked at: united, for the ends of an “or” are not looked up."""
    live = Article.objects.live(at).newest_first().values("pk")
    moment = article.published_at or at
    few = (
        TIES[0].shared_with(article).values("article")[:MOST_OF_REPORTS],
        live[:NEWEST],
        live.filter(published_at__lt=moment)[:NEAREST],
        live.filter(published_at__gte=moment).reverse()[:NEAREST],
    )
    first, *others = (Article.objects.filter(pk__in=keys).order_by().values("pk") for keys in few)
    return first.union(*others)


def _worth(condition, weight: int):
    return Case(When(condition, then=weight), default=0, output_field=IntegerField())


def _texts_once(rows, most: int) -> list[Related]:
    """The first ``most`` texts of ``rows``, of each the version that stands first."""
    found: dict[int, Related] = {}
    for (key, *facts, head, _weight), bylines in groupby(rows, key=lambda row: row[:8]):
        signed = [(role, name) for *_article, role, name in bylines if name]
        authors = [name for role, name in signed if role == Byline.Role.AUTHOR]
        names = authors or list(dict.fromkeys(name for _role, name in signed))
        found.setdefault(head or key, Related(key, *facts, tuple(names)))
    return list(found.values())[:most]
