"""Why an article cannot go out, in sentences an editor can act on; an empty list means it can.

Other desks register checks of their own (the rights desk does): this module does not know them.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checklist, provenance, reading
from articles.models import Article, Byline

Check = Callable[..., list[str]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """Adds ``check(article, at=datetime) -> list of sentences``; usable as a decorator."""
    if check not in _checks:
        _checks.append(check)
    return check


def blockers(article: Article, *, at: datetime | None = None) -> list[str]:
    """Everything that keeps ``article`` from the public at ``at``."""
    at = at or timezone.now()
    return [reason for check in _checks for reason in check(article, at=at)]


def gaps(article: Article) -> list[str]:
    """What the text itself still lacks, before anybody need review it."""
    reasons = []
    if not reading.word_count(article.body):
        reasons.append(_("The body is empty."))
    return reasons


@register
def _the_text_is_whole(article: Article, *, at: datetime) -> list[str]:
    return gaps(article)


@register
def _somebody_signs_it(article: Article, *, at: datetime) -> list[str]:
    signing = {Byline.Role.AUTHOR, Byline.Role.REPORTER}
    if any(byline.role in signing for byline in article.bylines.all()):
        return []
    return [_("Nobody signs it. Add a byline with the role “Author”.")]


@register
def _its_pictures_may_be_shown(article: Article, *, at: datetime) -> list[str]:
    reasons = []
    for image in article.pictures():
        if not image.credit_line:
            reasons.append(_("The picture “%(image)s” has no credit line.") % {"image": image})
        if not image.is_usable(at):
            reasons.append(
                _("The right to show the picture “%(image)s” has ended.") % {"image": image}
            )
    return reasons


@register
def _its_origin_is_complete(article: Article, *, at: datetime) -> list[str]:
    steps = [(hop.publication, hop.date) for hop in article.hops.all()]
    reasons = provenance.faults(
        article.publication, article.originating_publication, steps, article.original_date
    )
    if article.original_date and article.original_date > timezone.localdate(at):
        reasons.append(_("The date of first publication lies in the future."))
    return reasons


@register
def _somebody_has_checked_it(article: Article, *, at: datetime) -> list[str]:
    return checklist.reasons(article)
