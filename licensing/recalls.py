"""What the newsroom hears of copies elsewhere: a notice or a withdrawal becomes a recall, and
whoever is about to cause one is told whom it would reach.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import recalling
from articles.models import Article, Revision
from cms.panels import MOST_COUNTED, capped
from licensing import copyholders
from licensing.actions import recalls
from licensing.models import RecallCause


@recalling.register
def write_down(cause: recalling.Cause) -> None:
    """Its holders are found and told by the clock."""
    recalls.recall(
        cause.article,
        cause=RecallCause(cause.kind),
        key=f"{cause.kind}-{cause.row.pk}",
        notice=cause.notice,
        revision=cause.revision,
        by=cause.by,
        at=cause.at,
    )


@recalling.register_foreteller
def whom_it_reaches(article: Article, *, revision: Revision | None = None) -> list[str]:
    """“3 holders of copies are told.”"""
    at = timezone.now()
    return [*_holders(article, revision, at), *_addresses(article, revision, at)]


def _holders(article: Article, revision: Revision | None, at: datetime) -> list[str]:
    rows = copyholders.granted(article, right=revision, since=at, at=at)
    partners = copyholders.delivered(article, right=revision)
    # Who is both is one person.
    holders = rows.order_by().values_list("grant__licensee_key")
    holders = holders.union(partners.order_by().values_list("partner__licensee_key"))
    number = holders[: MOST_COUNTED + 1].count()
    if number > MOST_COUNTED:
        return [_("More than %d holders of copies are told.") % MOST_COUNTED]
    said = ngettext("%d holder of a copy is told.", "%d holders of copies are told.", number)
    return [said % number] if number else []


def _addresses(article: Article, revision: Revision | None, at: datetime) -> list[str]:
    number, _is_more = capped(copyholders.without_a_licence(article, right=revision, since=at))
    said = ngettext(
        "%d copy elsewhere is known of which nobody can be written to.",
        "%d copies elsewhere are known of which nobody can be written to.",
        number,
    )
    return [said % number] if number else []
