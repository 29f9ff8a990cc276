"""Who made a text and who owns it, as lines: bylines by role, holders, year, chain of origin.

Reads what is loaded; asks the database nothing that a page has prefetched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Byline, Publication
from cms.text import comma, last_comma

COPYRIGHT_LINE = gettext_lazy("Copyright © {holders}, {year}")


def authors(article: Article) -> list:
    """Those who sign as authors, in order; where nobody does, everybody with a byline, once."""
    bylines = list(article.bylines.all())
    signing = [byline.author for byline in bylines if byline.role == Byline.Role.AUTHOR]
    return signing or list(dict.fromkeys(byline.author for byline in bylines))


def signature(people: Iterable) -> str:
    """Their names on one line: “Ada Brook, Ben Cole and Cora Dunn”."""
    *most, last = [person.name for person in people] or [""]
    return last_comma().join(filter(None, [comma().join(most), last]))


def byline_groups(article: Article) -> list[tuple[str, list[Byline]]]:
    """Bylines by role, roles in the order of the table: ``[("author", [byline, …]), …]``."""
    order = [role.value for role in Byline.Role]
    bylines = sorted(article.bylines.all(), key=lambda byline: order.index(byline.role))
    return [(role, list(group)) for role, group in groupby(bylines, key=lambda row: row.role)]


def byline_words(role: str) -> str:
    """The words before the names in this role."""
    return {
        Byline.Role.AUTHOR: _("By"),
        Byline.Role.REPORTER: _("Additional reporting by"),
        Byline.Role.TRANSLATOR: _("Translated by"),
        Byline.Role.PHOTOGRAPHER: _("Photographs by"),
        Byline.Role.EDITOR: _("Edited by"),
    }[Byline.Role(role)]


def copyright_year(article: Article) -> int:
    """The year the editor says, else that of first publication, else that of publication here."""
    if article.copyright_year:
        return article.copyright_year
    if article.original_date:
        return article.original_date.year
    return timezone.localtime(article.published_at or timezone.now()).year


def copyright_line(article: Article) -> str:
    """For example ``Copyright © Jane Doe, The Meridian Review, 2019``."""
    holders = ", ".join(copyright_holders(article))
    return str(COPYRIGHT_LINE).format(holders=holders, year=copyright_year(article))


def copyright_holders(article: Article) -> list[str]:
    """Whom the editor names, else the authors in order and the publication."""
    if article.copyright_holders:
        return [article.copyright_holders]
    return [author.name for author in authors(article)] + [article.publication.name]


@dataclass(frozen=True)
class Stage:
    """One place on a text's way: what happened there, where, when, and its address there."""

    step: str
    publication: Publication
    date: date | None
    url: str


def stages(article: Article) -> list[Stage]:
    """From first publication to our page, in order; empty for a text of our own."""
    if not article.is_carried:
        return []
    first = Stage(
        "first_published",
        article.originating_publication,
        article.original_date,
        article.original_url,
    )
    between = [Stage(hop.step, hop.publication, hop.date, hop.url) for hop in article.hops.all()]
    return [first, *between]
