"""What a page shows of an article: everything the reader's, print and PDF editions have in common.

One place loads it, in a number of queries that does not grow with bylines, pictures or notes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, F, Prefetch, Value, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import body, changes, credits, reading
from articles.darkroom import Picture, picture
from articles.models import (
    Article,
    Byline,
    Correction,
    GalleryImage,
    InDepthReport,
    OriginHop,
    Region,
    Theme,
)
from cms.sitepolicy.texts import HouseTexts, house_texts


@dataclass(frozen=True)
class SubjectLink:
    """A heading the article stands under."""

    name: str
    slug: str


@dataclass(frozen=True)
class Translation:
    """The same article in another language."""

    headline: str
    slug: str
    language: str

    def get_absolute_url(self) -> str:
        return reverse("articles:article_detail", args=[self.slug])


@dataclass(frozen=True)
class ArticlePage:
    """An article with all that stands around it as of ``at``, ready to be shown.

    ``worked_out`` is where other desks keep what they find out about it once for the whole page.
    """

    article: Article
    at: datetime
    texts: HouseTexts
    body: body.RenderedBody
    subjects: dict[str, list[SubjectLink]]
    byline_groups: list[tuple[str, list[Byline]]]
    authors: list
    stages: list[credits.Stage]
    copyright_line: str
    featured: Picture | None
    gallery: list[Picture]
    corrections: list[Correction]
    translations: list[Translation]
    reading_minutes: int
    hidden_pictures: list = field(default_factory=list)
    worked_out: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def corrections_at_top(self) -> list[Correction]:
        return [row for row in self.corrections if row.placement == Correction.Placement.TOP]

    @property
    def corrections_at_end(self) -> list[Correction]:
        return [row for row in self.corrections if row.placement == Correction.Placement.END]

    @property
    def changed_at(self) -> datetime:
        """When it last changed, as machines are told; never before it was published."""
        return changes.changed_at(self.article, at=self.at)

    @property
    def reader_note(self) -> str:
        return self.article.reader_note or self.texts["reader_note"]


_NONE = Value("", output_field=CharField())
_HOPS = Prefetch("hops", queryset=OriginHop.objects.select_related("publication"))


def _loaded(articles):
    return articles.select_related(
        "publication", "originating_publication", "featured_image"
    ).prefetch_related(
        Prefetch("bylines", queryset=Byline.objects.select_related("author__photo")),
        Prefetch("gallery", queryset=GalleryImage.objects.select_related("image")),
        "corrections",
    )


def loaded(articles):
    """``articles`` (a QuerySet) with the rows a page needs."""
    return _loaded(articles).prefetch_related(_HOPS)


def load(articles) -> Article | None:
    """The first of ``articles`` as ``loaded`` has it; of a text of our own no way here is asked."""
    article = _loaded(articles).first()
    if article and article.is_carried:
        prefetch_related_objects([article], _HOPS)
    return article


def surroundings(
    article: Article, *, at: datetime
) -> tuple[dict[str, list[SubjectLink]], list[Translation]]:
    """Regions, themes, in-depth reports and tags of ``article`` by name, and the live articles that
    say the same in other languages, by language: one query for the five.

    A tag of signs alone (“???”) has no letter to make an address of, and is left out.
    """

    def kind(queryset, name: str, label: str, language=_NONE):
        kept = Value(name, output_field=CharField())
        return queryset.order_by().values_list(kept, language, label, "slug")

    others = Article.objects.live(at).versions_of([article.head])
    rows = kind(Region.objects.filter(articles=article), "regions", "name").union(
        kind(Theme.objects.filter(articles=article), "themes", "name"),
        kind(InDepthReport.objects.filter(articles=article), "reports", "title"),
        kind(article.tags.exclude(slug=""), "tags", "name"),
        kind(others.exclude(pk=article.pk), "translations", "headline", F("language")),
        all=True,
    )
    subjects = {"regions": [], "themes": [], "reports": [], "tags": []}
    translations = []
    for name, language, label, slug in sorted(rows):
        if name == "translations":
            translations.append(Translation(label, slug, language))
        else:
            subjects[name].append(SubjectLink(label, slug))
    return subjects, translations


def notices(articles: Iterable[Article], *, at: datetime) -> dict[int, list[Correction]]:
    """Article key → its notices; a translation also says that its original is retracted, as long
    as it is not itself. At most one query beyond what is loaded.
    """
    articles = list(articles)
    originals = {
        article.translation_of_id
        for article in articles
        if article.translation_of_id and not article.retracted_at
    }
    found: dict[int, Correction] = {}
    if originals:
        told = Correction.objects.of_live_articles(at).select_related("article")
        for row in told.filter(article__in=originals, kind=Correction.Kind.RETRACTION):
            found.setdefault(row.article_id, row)
    return {
        article.pk: [
            *_of_the_original(article, found.get(article.translation_of_id)),
            *article.corrections.all(),
        ]
        for article in articles
    }


def _of_the_original(article: Article, row: Correction | None) -> list[Correction]:
    """What a translation says above its text."""
    if row is None or article.retracted_at:
        return []
    return [
        Correction(
            article=article,
            kind=row.kind,
            placement=row.placement,
            dated=row.dated,
            text=_("The text of which this is a translation is retracted: “%s”.") % row.article,
        )
    ]


def article_page(article: Article, *, at: datetime | None = None) -> ArticlePage:
    """Everything a page shows of ``article``, which comes from ``loaded``.

    A picture whose time has ended is not shown; its alt text is, among ``hidden_pictures``.
    """
    at = at or timezone.now()
    featured = article.featured_image
    subjects, translations = surroundings(article, at=at)
    return ArticlePage(
        article=article,
        at=at,
        texts=house_texts(language=article.language, at=at),
        body=body.render(article.body),
        subjects=subjects,
        byline_groups=credits.byline_groups(article),
        authors=credits.authors(article),
        stages=credits.stages(article),
        copyright_line=credits.copyright_line(article),
        featured=picture(featured) if featured and featured.is_usable(at) else None,
        gallery=[
            shown
            for entry in article.gallery.all()
            if entry.image.is_usable(at) and (shown := picture(entry.image, caption=entry.caption))
        ],
        corrections=notices([article], at=at)[article.pk],
        translations=translations,
        reading_minutes=reading.reading_minutes(article.word_count),
        hidden_pictures=[image for image in article.pictures() if not image.is_usable(at)],
    )
