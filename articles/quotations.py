"""A passage taken out of an article to be quoted: the very words, who wrote them, and where."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import credits
from articles.changes import marked_headline
from articles.citing import passages
from articles.lines import line
from articles.pages import ArticlePage
from articles.printing.blocks import blocks

# Where no rule says how much may be quoted.
MOST_WORDS = 300
_LONGEST_TYPED = 10_000
_FIRST_WORDS = 80


class NotQuotable(ValueError):
    """It is not in the article, or it is too long; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Quotation:
    """A passage with the address of exactly that place, ready to be pasted."""

    words: str
    url: str
    text: str
    html: SafeString


@dataclass(frozen=True)
class Choice:
    """A paragraph that can be picked."""

    number: int
    beginning: str
    is_too_long: bool


def choices(page: ArticlePage, *, most: int) -> list[Choice]:
    """The paragraphs of the article, by their first words."""
    text = _text(page)
    found = (passages.paragraph(text, number + 1) for number in range(len(text.paragraphs)))
    return [
        Choice(number, _cut(passage.words), passage.word_count > most)
        for number, passage in enumerate(found, start=1)
    ]


def quoted(
    page: ArticlePage, *, typed: str, paragraph: str, url: str, most: int
) -> Quotation | None:
    """What somebody ``typed`` or else the ``paragraph`` (a number) they picked, as a quotation;
    ``None`` when they did neither. ``url`` is the article's canonical address.

    Raises NotQuotable.
    """
    typed = typed[:_LONGEST_TYPED]
    text = _text(page)
    if line(typed):
        passage = passages.find(text, typed)
        if passage is None:
            raise NotQuotable(_("These words do not stand in the article, one after the other."))
    elif paragraph:
        number = int(paragraph) if paragraph.isdecimal() and len(paragraph) < 6 else 0
        passage = passages.paragraph(text, number)
        if passage is None:
            raise NotQuotable(_("The article has no such paragraph."))
    else:
        return None
    if passage.word_count > most:
        raise NotQuotable(
            ngettext(
                "This passage has %(words)d words; %(most)d word may be quoted.",
                "This passage has %(words)d words; %(most)d words may be quoted.",
                most,
            )
            % {"words": passage.word_count, "most": most}
        )
    return _quotation(page, text, passage, url)


def _quotation(page: ArticlePage, text: passages.Text, passage, url: str) -> Quotation:
    article = page.article
    # What a browser passes on its way to the text.
    before = " ".join([article.headline, article.standfirst, article.publication.name])
    place = url + passages.fragment(text, passage, before=before)
    day = date_format(localtime(article.published_at), "DATE_FORMAT")
    title = marked_headline(article)
    names = (credits.signature(page.authors), title, article.publication.name, day)
    credit = ", ".join(part for part in names if part)
    words = _("“%(passage)s”") % {"passage": passage.words}
    html = format_html(
        '<blockquote cite="{}" lang="{}" dir="{}"><p>{}</p></blockquote>\n'
        '<p>— <a href="{}">{}</a></p>',
        url,
        article.language,
        article.direction,
        passage.words,
        place,
        credit,
    )
    return Quotation(passage.words, place, f"{words}\n— {credit}\n{place}", html)


def _text(page: ArticlePage) -> passages.Text:
    if "words" not in page.worked_out:
        page.worked_out["words"] = passages.text_of(blocks(page.article.body))
    return page.worked_out["words"]


def _cut(words: str) -> str:
    if len(words) <= _FIRST_WORDS:
        return words
    return words[:_FIRST_WORDS].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
