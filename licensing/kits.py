"""From rows to the copy that a republisher takes: what ``decide`` hands over, and nothing else.

How a copy is written in each format is known in ``licensing.republishing``.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import languages
from articles.addresses import Absolute
from articles.changes import marked_headline
from articles.credits import byline_words
from articles.darkroom import Picture as Shown
from articles.darkroom import rendition_url
from articles.models import Article, Correction
from articles.pages import ArticlePage
from articles.printing.blocks import blocks
from cms.richtext import cleaning
from cms.richtext.vocabulary import BODY
from cms.text import comma, last_comma
from licensing.answers import rights_for
from licensing.attribution import picture_credit
from licensing.copies import pixels
from licensing.crediting import credit_of, template_of, terms_of
from licensing.models import AttributionTemplate, Grant
from licensing.republishing.copy import Copy, Lent, Notice, Picture, Words
from licensing.rights.attribution import Form
from licensing.rights.attribution_words import one_line
from licensing.rights.conditions import Kind
from licensing.rights.decide import Decision
from licensing.rights.handing_over import hands_over_to_taker, pictures_for_taker
from licensing.snapshot import picture_key
from licensing.statements import statement_of

LONGEST_KEY = 10


def kit_of(
    page: ArticlePage, decision: Decision, *, grant: Grant | None = None, absolute: Absolute
) -> Copy | None:
    """The copy of the article on ``page`` under ``decision``; None where it is not handed over.

    ``decision`` is about this article, at the time of the page: for everybody, or for the licensee
    of ``grant``, whose number and counting pixel the copy carries.
    """
    if not (page.article.is_live(page.at) and hands_over_to_taker(decision)):
        return None
    with translation.override(languages.spoken(page.article.language)):
        return _kit(page, decision, grant, absolute)


def _kit(page: ArticlePage, decision: Decision, grant: Grant | None, absolute: Absolute) -> Copy:
    article = page.article
    url = absolute(article.get_absolute_url())
    number = grant.number if grant else ""
    shown = [shot for shot in (page.featured, *page.gallery) if shot]
    cleared = pictures_for_taker(decision)
    given = [shot for shot in shown if picture_key(shot.image) in cleared]
    rights = rights_for(page)
    credit = credit_of(
        article,
        _template(page),
        decision.conditions,
        url=url,
        terms=terms_of(grant, decision.terms),
        rights=rights.snapshot.text.rights,
        at=page.at,
        grant=number,
        images=[shot.image for shot in given],
    )
    required = rights.required_attribution
    if number and number not in credit.written(Form.TEXT):
        required = [*required, _("Permission no. {number}.").format(number=number)]
    left_out = list(dict.fromkeys(one_line(str(s.image)) for s in shown if s not in given))
    lent = list(dict.fromkeys(_lent(given, decision)))
    kinds = {entry.kind for entry in decision.conditions}
    return Copy(
        key=_key(url, number),
        url=url,
        headline=one_line(marked_headline(article)),
        language=article.language,
        direction=article.direction,
        work=credit.work,
        rule=credit.rule,
        statement=statement_of(page, absolute=absolute, rights=rights),
        body=tuple(blocks(cleaning.sanitise(article.body, BODY))),
        standfirst=one_line(article.standfirst),
        byline=_byline(page),
        featured=_picture(page.featured, absolute) if page.featured in given else None,
        gallery=tuple(_picture(shot, absolute) for shot in page.gallery if shot in given),
        left_out=tuple(left_out),
        lent=tuple(lent),
        notices=tuple(map(notice_of, [*page.corrections_at_top, *page.corrections_at_end])),
        required=tuple(map(one_line, required)),
        asides=tuple(_asides(left_out, lent, kinds, url)),
        grant=number,
        pixel_url="" if Kind.NO_PIXEL in kinds else _pixel_url(grant, page, absolute),
        credit_stands_first=Kind.CREDIT_FIRST in kinds,
        outlet=grant.licensee_outlet if grant else "",
        words=Words(
            note=_("Note %(number)s").replace("%(number)s", "{number}"),
            notes=_("Notes"),
            back=_("Back to mark %(number)s in the text").replace("%(number)s", "{number}"),
            not_for_readers=_("For your desk, not for publication:"),
        ),
    )


def _key(url: str, number: str) -> str:
    """What no other copy is called, of whichever house."""
    found = hashlib.sha256(f"{url} {number}".encode()).hexdigest()
    return f"copy-{found[:LONGEST_KEY]}"


def pictures_given(article: Article, decision: Decision, *, at: datetime) -> frozenset[int]:
    """The keys of the rows of the pictures that go along, as far as readers see them at ``at``."""
    given = pictures_for_taker(decision)
    return frozenset(
        image.pk
        for image in article.pictures()
        if picture_key(image) in given and image.is_usable(at)
    )


def _byline(page: ArticlePage) -> str:
    return " · ".join(
        f"{byline_words(role)} {_names([_signed(row) for row in rows])}"
        for role, rows in page.byline_groups
    )


def _signed(row) -> str:
    return one_line(f"{row.author.name} {row.credit_suffix}")


def _names(names: list[str]) -> str:
    *most, last = names
    return last_comma().join(filter(None, [comma().join(most), last]))


def _picture(shown: Shown, absolute: Absolute) -> Picture:
    """The largest copy that readers get, as it may go on paper."""
    image = shown.image
    width = max(image.renditions["widths"])
    return Picture(
        url=absolute(rendition_url(image, width, "jpg")),
        credit=picture_credit(image),
        alt=one_line(shown.alt),
        caption=one_line(shown.caption),
        width=width,
        height=round(image.height * width / image.width),
    )


def notice_of(row: Correction) -> Notice:
    """A notice to readers as a copy carries it, in the language that is active."""
    day = date_format(timezone.localtime(row.dated), "DATE_FORMAT")
    first = row.placement == row.Placement.TOP
    return Notice(row.get_kind_display(), day, one_line(row.text), stands_first=first)


def _lent(given: list[Shown], decision: Decision) -> Iterator[Lent]:
    ends = {one.element.key: one.element.until for one in decision.elements}
    for shot in given:
        if end := ends[picture_key(shot.image)]:
            # The end is the first instant at which it is no longer held.
            last_day = timezone.localdate(end - timedelta(microseconds=1))
            yield Lent(one_line(str(shot.image)), last_day)


def _asides(left_out: list[str], lent: list[Lent], kinds: set[Kind], url: str) -> list[str]:
    """What whoever pastes the copy has to know, and readers have not."""
    left = [_("the picture “{picture}”").format(picture=name) for name in left_out]
    told = [_("The copy goes without {element}.").format(element=element) for element in left]
    pattern = _("The picture “{picture}” may stand there until {day}. Take it out then.")
    told += [
        pattern.format(picture=one.name, day=date_format(one.last_day, "DATE_FORMAT"))
        for one in lent
    ]
    if Kind.CANONICAL in kinds:
        tag = f'<link rel="canonical" href="{url}">'
        told.append(_("Put this into the head of your page: {tag}").format(tag=tag))
    if Kind.NOINDEX in kinds:
        tag = '<meta name="robots" content="noindex">'
        told.append(_("Put this into the head of your page: {tag}").format(tag=tag))
    return told


def _template(page: ArticlePage) -> AttributionTemplate | None:
    """The words of the credit; of many pages at once they were looked up before."""
    if "credit" not in page.worked_out:
        page.worked_out["credit"] = template_of(page.article)
    return page.worked_out["credit"]


def _pixel_url(grant: Grant | None, page: ArticlePage, absolute: Absolute) -> str:
    """Where the copy is counted; of many pages at once it was looked up before."""
    known = page.worked_out
    if grant is None:
        return ""
    pixel = known["pixel"] if "pixel" in known else pixels.pixel_of(grant, page.article)
    return absolute(pixels.path_of(pixel)) if pixel else ""
