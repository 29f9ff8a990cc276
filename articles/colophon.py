"""What stands under an article: who published it first, who wrote it, who owns it, and what the
house says, as far as it holds here. The reader's page, the print edition and the PDF all read this
one list.
"""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.credits import COPYRIGHT_LINE, Stage, copyright_holders, copyright_year
from articles.notices import Section, said
from articles.pages import ArticlePage
from cms.richtext.templatetags.richtext import rich
from cms.text import comma


def colophon(page: ArticlePage) -> list[Section]:
    """The sections that have something to say, in the order in which they are printed."""

    def house(key: str, kind: str, label: str = "", style: str = "plain") -> Section:
        spoken = page.texts.languages.get(kind, "")
        return said(page, Section(key, rich(page.texts[kind]), label, style, spoken))

    sections = [
        _reader_note(page),
        Section("origin", _origin(page), style="italic"),
        Section("picture_credits", _picture_credits(page), style="italic"),
        Section("source", _source(page)),
        Section("copyright", _copyright(page)),
        house("comment", "comment_link"),
        house("membership", "membership_link"),
        Section("archive", _linked_authors(page), _("Articles by")),
        Section("about", _about(page), _about_label(page)),
        house("disclaimer", "disclaimer", _("Disclaimer"), "small"),
        house("crosspost", "crosspost", _("Cross-posting"), "small"),
        house("print_commercial", "print_commercial", _("Print and commercial use"), "small"),
        house("fair_use", "fair_use", _("Fair use"), "small"),
        house("media_contact", "media_contact", _("Media inquiries"), "small"),
    ]
    return [section for section in sections if section.html]


def _reader_note(page: ArticlePage) -> Section:
    """The article's own note, else the house's."""
    own = page.article.reader_note
    spoken = page.article.language if own else page.texts.languages.get("reader_note", "")
    html = rich(own or page.texts["reader_note"])
    return Section("reader_note", html, style="italic", language=spoken)


def _linked(url: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text) if url else format_html("{}", text)


def _origin(page: ArticlePage) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((_stage(stage),) for stage in page.stages))


def _stage(stage: Stage) -> SafeString:
    publication = _linked(stage.url or stage.publication.url, stage.publication.name)
    day = date_format(stage.date, "DATE_FORMAT") if stage.date else ""
    sentences = {
        "first_published": (
            _("This article was originally published on {publication}, {date}."),
            _("This article was originally published on {publication}."),
        ),
        "translated": (
            _("It was translated by {publication}, {date}."),
            _("It was translated by {publication}."),
        ),
        "crossposted": (
            _("It was cross-posted by {publication}, {date}."),
            _("It was cross-posted by {publication}."),
        ),
    }
    dated, undated = sentences[stage.step]
    return format_html(dated if day else undated, publication=publication, date=day)


def _picture_credits(page: ArticlePage) -> SafeString:
    shown = ([page.featured] if page.featured else []) + page.gallery
    lines = []
    for picture in shown:
        image = picture.image
        if not image.credit_line:
            continue
        credit = _linked(image.credit_url, image.credit_line)
        if picture is page.featured:
            lines.append(format_html(_("Featured image: {credit}"), credit=credit))
        else:
            lines.append(
                format_html(_("Picture “{picture}”: {credit}"), picture=str(image), credit=credit)
            )
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def _source(page: ArticlePage) -> SafeString:
    article = page.article
    return format_html(
        "<p>{}</p>",
        format_html(
            _("The original source of this article is {source}."),
            source=_linked(article.get_absolute_url(), article.publication.name),
        ),
    )


def _copyright(page: ArticlePage) -> SafeString:
    article = page.article
    names = [format_html("{}", name) for name in copyright_holders(article)]
    if not article.copyright_holders:
        links = [_linked(_author_url(author), author.name) for author in page.authors]
        names[: len(links)] = links
    holders = format_html_join(comma(), "{}", ((name,) for name in names))
    line = format_html(COPYRIGHT_LINE, holders=holders, year=copyright_year(article))
    return format_html("<p>{}</p>", line)


def _author_url(author) -> str:
    return reverse("site:author_detail", args=[author.slug])


def _linked_authors(page: ArticlePage) -> SafeString:
    links = format_html_join(
        comma(), "{}", ((_linked(_author_url(author), author.name),) for author in page.authors)
    )
    return format_html("<p>{}</p>", links) if links else links


def _about(page: ArticlePage) -> SafeString:
    return format_html_join("", "{}", ((rich(author.bio),) for author in page.authors))


def _about_label(page: ArticlePage) -> str:
    return ngettext("About the author", "About the authors", len(page.authors))
