"""From loaded articles and the rights in them to the entries of a feed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles import body, credits, languages, syndication
from articles.addresses import Absolute
from articles.changes import changed_at, marked_headline
from articles.darkroom import picture
from articles.feeds.entries import Entry, Gone, Person, Photo, said
from articles.feeds.identity import named, permanent_id
from articles.models import Article, Byline, Correction
from articles.syndication import ItemRights


@dataclass(frozen=True)
class _Telling:
    """What all entries of one answer have in common."""

    at: datetime
    absolute: Absolute


def entries(
    articles: Iterable[Article],
    *,
    at: datetime,
    absolute: Absolute,
    rights: Mapping[int, ItemRights] | None = None,
) -> list[Entry]:
    """An entry for each of ``articles``, which come from ``pages.loaded`` with their headings.

    ``rights`` by key, where they are others than everybody's.
    """
    articles = list(articles)
    rights = rights or syndication.rights_of(articles, at=at, absolute=absolute)
    telling = _Telling(at, absolute)
    return [_entry(article, rights[article.pk], telling) for article in articles]


def told(corrections: Iterable[Correction], *, at: datetime, absolute: Absolute) -> list[Entry]:
    """An entry for each of ``corrections``; their articles come from ``pages.loaded``."""
    corrections = list(corrections)
    articles = {row.article_id: row.article for row in corrections}
    known = dict(zip(articles, entries(articles.values(), at=at, absolute=absolute), strict=True))
    found = []
    for row in corrections:
        entry = known[row.article_id]
        with translation.override(languages.spoken(entry.language)):
            # A retraction says it once; every other notice of a retracted text says it, too.
            article = row.article
            headline = _("{kind}: {headline}").format(
                kind=row.get_kind_display(),
                headline=article.headline if row.is_retraction else marked_headline(article),
            )
        found.append(
            replace(
                entry,
                id=named(f"correction/{row.pk}", absolute),
                # One from before notices were numbered has no place of its own.
                url=f"{entry.url}#correction-{row.number}" if row.number else entry.url,
                headline=headline,
                published=row.dated,
                updated=row.dated,
                summary=row.text,
                html="",
                photo=None,
            )
        )
    return found


def gone(articles: Iterable[Article], *, absolute: Absolute) -> list[Gone]:
    """A tombstone for each of ``articles``, which were public and are withdrawn."""
    return [
        Gone(
            permanent_id(article, absolute),
            article.withdrawn_at,
            article.withdrawal_notice,
            article.language,
        )
        for article in articles
    ]


def kept_back(articles: Iterable[Article], *, absolute: Absolute) -> list[Gone]:
    """A tombstone for each of ``articles``, from ``channels.kept_back``; it says nothing of it."""
    found = []
    for article in articles:
        with translation.override(languages.spoken(article.language)):
            notice = _("Not available after a notice by a rights holder")
        name = permanent_id(article, absolute)
        found.append(Gone(name, article.withheld_at, notice, article.language))
    return found


def _entry(article: Article, rights: ItemRights, telling: _Telling) -> Entry:
    free = _free_photos(article, rights, telling)
    featured = article.featured_image_id
    with translation.override(languages.spoken(article.language)):
        return Entry(
            id=permanent_id(article, telling.absolute),
            url=telling.absolute(article.get_absolute_url()),
            headline=marked_headline(article),
            published=article.published_at,
            updated=changed_at(article, at=telling.at),
            language=article.language,
            direction=article.direction,
            people=tuple(_people(article, telling)),
            summary=_summary(article),
            html=_html(article, rights, free, telling) if rights.gives_full_text else "",
            categories=tuple(_categories(article)),
            rights=rights,
            photo=free.get(featured),
        )


def _people(article: Article, telling: _Telling) -> list[Person]:
    """Those who sign first; each of the others in the part they had."""

    def person(author, role: str) -> Person:
        address = telling.absolute(reverse("site:author_detail", args=[author.slug]))
        return Person(author.name, address, role)

    signing = credits.authors(article)
    others = [row for row in article.bylines.all() if row.author not in signing]
    return [person(author, Byline.Role.AUTHOR.value) for author in signing] + [
        person(row.author, row.role) for row in others
    ]


def _categories(article: Article) -> list[str]:
    """Regions, themes and tags by name, each once."""
    rows = [*article.regions.all(), *article.themes.all(), *article.tags.all()]
    return list(dict.fromkeys(row.name for row in rows))


def _summary(article: Article) -> str:
    """The standfirst, and what was put right."""
    lines = [article.standfirst, *(_in_words(row) for row in article.corrections.all())]
    return "\n\n".join(line for line in lines if line)


def _in_words(correction: Correction) -> str:
    return _("{kind}, {day}: {text}").format(
        kind=correction.get_kind_display(),
        day=date_format(localtime(correction.dated), "DATE_FORMAT"),
        text=correction.text,
    )


def _free_photos(article: Article, rights: ItemRights, telling: _Telling) -> dict[int, Photo]:
    """The pictures of ``article`` that may leave the house, by key, the featured one first."""
    shown = [(article.featured_image, "")] if article.featured_image else []
    shown += [(row.image, row.caption) for row in article.gallery.all()]
    found = {}
    for image, caption in shown:
        if image.pk not in rights.free_pictures or not image.is_usable(telling.at):
            continue
        if copy := picture(image, caption=caption):
            found[image.pk] = Photo(
                url=telling.absolute(copy.src),
                width=copy.width,
                height=copy.height,
                alt=copy.alt,
                caption=copy.caption,
                credit=image.credit_line,
                copyright_notice=image.copyright_notice,
                licence_url=image.web_statement,
            )
    return found


def _html(article: Article, rights: ItemRights, free: dict[int, Photo], telling: _Telling) -> str:
    """The whole text for a feed reader: notes lead to our page, and what must be said is said."""
    url = telling.absolute(article.get_absolute_url())
    photos = list(free.values())
    context = {
        "article": article,
        "url": url,
        "body": body.render(article.body, page=url),
        "lead": photos[:1] if article.featured_image_id in free else [],
        "further": photos[1:] if article.featured_image_id in free else photos,
        "corrections": article.corrections.all(),
        "rights": rights,
        "rights_in_words": said(rights),
    }
    return render_to_string("articles/_feed_entry.html", context).strip()
