"""What the typesetter gets: a page of the site as a document for paper, every word chosen."""

import re
from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.changes import marked_headline
from articles.colophon import colophon
from articles.credits import byline_words, copyright_line
from articles.darkroom import Picture as ShownPicture
from articles.models import Image
from articles.pages import ArticlePage
from articles.printing.blocks import blocks
from articles.printing.document import (
    Document,
    Fact,
    Foot,
    Metadata,
    Notice,
    Picture,
    Run,
    Section,
)
from cms.text import comma, last_comma

Read = Callable[[Image], bytes]


def document(page: ArticlePage, *, url: str, read: Read) -> Document:
    """``page`` as the typesetter takes it, every label in the article's language."""
    with translation.override(page.article.language):
        return _document(page, url=url, read=read)


def _document(page: ArticlePage, *, url: str, read: Read) -> Document:
    article = page.article
    day = article.published_at or timezone.now()
    dateline = f"{article.publication.name}, {date_format(timezone.localtime(day), 'DATE_FORMAT')}"
    return Document(
        title=marked_headline(article),
        language=article.language,
        direction=article.direction,
        url=url,
        masthead=page.texts["masthead"],
        standfirst=article.standfirst,
        byline=_byline(page),
        dateline=dateline,
        facts=_facts(page),
        corrections=[_notice(row) for row in page.corrections_at_top],
        image=_picture(page.featured, read) if page.featured else None,
        gallery=[_picture(shown, read) for shown in page.gallery],
        body=blocks(article.body),
        notes_heading=_("Note") if len(page.body.notes) == 1 else _("Notes"),
        closing=[*_later_corrections(page), *_closing(page)],
        foot=Foot(
            source=copyright_line(article),
            url=url,
            page=_page_of_pages(),
        ),
        metadata=Metadata(
            authors=[author.name for author in page.authors] or [article.publication.name],
            copyright=copyright_line(article),
            date=day,
            keywords=[link.name for links in page.subjects.values() for link in links],
        ),
    )


def _page_of_pages() -> tuple[str, str, str]:
    """The words around the two numbers: ``("Page ", " of ", "")``."""
    before, between, after = re.split(r"\{pages?\}", _("Page {page} of {pages}"))
    return before, between, after


def _byline(page: ArticlePage) -> list[Run]:
    runs = []
    for role, bylines in page.byline_groups:
        runs.append(Run((" · " if runs else "") + byline_words(role) + " "))
        for place, byline in enumerate(bylines):
            if place:
                runs.append(Run(last_comma() if place == len(bylines) - 1 else comma()))
            address = reverse("site:author_detail", args=[byline.author.slug])
            runs.append(Run(byline.author.name, address))
            if byline.credit_suffix:
                runs.append(Run(f" {byline.credit_suffix}"))
    return runs


def _facts(page: ArticlePage) -> list[Fact]:
    kinds = [
        ("regions", "site:region_detail", _("Region")),
        ("themes", "site:theme_detail", _("Theme")),
        ("reports", "site:report_detail", _("In-depth report")),
    ]
    facts = []
    for kind, view, label in kinds:
        runs = []
        for link in page.subjects[kind]:
            runs += [Run(comma())] if runs else []
            runs.append(Run(link.name, reverse(view, args=[link.slug])))
        if runs:
            facts.append(Fact(label, runs))
    return facts


def _notice(correction) -> Notice:
    return Notice(
        label=correction.get_kind_display(),
        date=date_format(timezone.localtime(correction.dated), "DATE_FORMAT"),
        text=correction.text,
    )


def _picture(shown: ShownPicture, read: Read) -> Picture:
    return Picture(
        data=read(shown.image),
        alt=shown.alt,
        caption=shown.caption,
        credit=shown.image.credit_line,
    )


def _later_corrections(page: ArticlePage) -> list[Section]:
    sections = []
    for row in page.corrections_at_end:
        notice = _notice(row)
        text = [{"type": "paragraph", "content": [{"type": "text", "text": str(notice.text)}]}]
        sections.append(Section(label=f"{notice.label}, {notice.date}", blocks=text))
    return sections


def _closing(page: ArticlePage) -> list[Section]:
    return [
        Section(label=str(part.label), blocks=blocks(str(part.html)), style=part.style)
        for part in colophon(page)
    ]
