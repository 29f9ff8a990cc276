"""What anybody may be told who checks a licence: whether it is in force, for what, and for whom.

Whoever asked for it as a person stays unnamed, and so do fee, messages and address.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import withheld
from articles.models import Article, Correction, Revision
from licensing import granted
from licensing.models import Grant, GrantedArticle, GrantStatus
from licensing.rights.conditions import Kind, parse
from licensing.rights.vocabulary import Use
from licensing.wording import use_name


class Standing(StrEnum):
    """Where a licence stands on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    UNPAID = "unpaid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


# Standing → the word beside the sign.
WORDS = {
    Standing.VALID: gettext_lazy("Valid"),
    Standing.NOT_YET: gettext_lazy("Not valid yet"),
    Standing.UNPAID: gettext_lazy("Not valid: not paid for"),
    Standing.EXPIRED: gettext_lazy("Not valid: expired"),
    Standing.REVOKED: gettext_lazy("Not valid: revoked"),
    Standing.SUPERSEDED: gettext_lazy("Not valid: replaced"),
}
_ENDED = {
    GrantStatus.PENDING_PAYMENT: Standing.UNPAID,
    GrantStatus.EXPIRED: Standing.EXPIRED,
    GrantStatus.REVOKED: Standing.REVOKED,
    GrantStatus.SUPERSEDED: Standing.SUPERSEDED,
}


def standing(grant: Grant, *, at: datetime) -> Standing:
    """Where ``grant`` stands at ``at``; valid exactly where it is in force."""
    if grant.status in _ENDED:
        return _ENDED[grant.status]
    if grant.is_in_force(at):
        return Standing.VALID
    return Standing.NOT_YET if timezone.localdate(at) < grant.valid_from else Standing.EXPIRED


@dataclass(frozen=True)
class CheckedArticle:
    """One article of a licence. ``url`` is empty where it is not public (any more)."""

    headline: str
    url: str
    revision: Revision
    fingerprint: str
    pictures: int
    corrected_on: datetime | None


@dataclass(frozen=True)
class Checked:
    """A licence as the check page shows it."""

    grant: Grant
    standing: Standing
    word: str
    sentence: str
    successor: Grant | None
    use: str
    outlet: str
    scope: list[tuple[str, str]]
    articles: list[CheckedArticle]

    @property
    def is_valid(self) -> bool:
        return self.standing is Standing.VALID


def checked(grant: Grant, *, at: datetime) -> Checked:
    """Everything that the page says of ``grant``."""
    found = standing(grant, at=at)
    successor = grant.superseded_by.exclude(status=GrantStatus.PENDING_PAYMENT).first()
    return Checked(
        grant,
        found,
        str(WORDS[found]),
        _sentence(grant, found, at=at),
        successor if found is Standing.SUPERSEDED else None,
        use_name(Use(grant.use)),
        public_licensee(grant),
        _scope(grant),
        _articles(grant, at=at),
    )


def public_licensee(grant: Grant) -> str:
    """The organisation; a person is not named, nor an outlet that goes by the person's name."""
    outlet = grant.licensee_outlet.strip()
    is_person = outlet.casefold() == grant.licensee_name.strip().casefold()
    return "" if is_person or "@" in outlet else outlet


def _sentence(grant: Grant, found: Standing, *, at: datetime) -> str:
    """Since when, or until when, in one sentence."""
    first, last = date_format(grant.valid_from), ""
    if grant.valid_until:
        last = date_format(grant.valid_until)
    if found is Standing.VALID:
        if last:
            return _("This licence is in force, until {last}.").format(last=last)
        return _("This licence is in force, without an end.")
    if found is Standing.NOT_YET:
        return _("This licence begins on {first}.").format(first=first)
    if found is Standing.EXPIRED:
        return _("This licence ended on {last}.").format(last=last)
    if found is Standing.UNPAID:
        return _("This licence counts only once it has been paid for.")
    ended = grant.events.filter(to_status=grant.status).first()
    day = date_format(timezone.localdate(ended.at if ended else at))
    if found is Standing.REVOKED:
        return _("This licence was revoked on {day}. Nothing may be published under it.").format(
            day=day
        )
    return _("Another licence took the place of this one on {day}.").format(day=day)


def _scope(grant: Grant) -> list[tuple[str, str]]:
    first = date_format(grant.valid_from)
    days = _("From {first}, without an end").format(first=first)
    if grant.valid_until:
        days = _("{first} to {last}").format(first=first, last=date_format(grant.valid_until))
    exclusive = _("Exclusive") if grant.is_exclusive else _("Non-exclusive")
    pairs = [
        (_("Territory"), granted.territory(grant)),
        (_("Languages"), granted.languages(grant)),
        (_("Formats"), granted.formats(grant)),
        (_("Copies"), _copies(grant)),
        (_("Term"), days),
        (_("Exclusivity"), exclusive),
    ]
    return [(label, value) for label, value in pairs if value]


def _copies(grant: Grant) -> str:
    most = next(
        (entry.value for entry in parse(grant.conditions) if entry.kind is Kind.PRINT_RUN), None
    )
    if most is None:
        return ""
    return ngettext("at most {most} copy", "at most {most} copies", most).format(most=f"{most:,}")


def _articles(grant: Grant, *, at: datetime) -> list[CheckedArticle]:
    rows = list(grant.granted.select_related("article", "revision"))
    keys = [row.article_id for row in rows]
    live = set(Article.objects.live(at).filter(pk__in=keys).values_list("pk", flat=True))
    corrections: dict[int, datetime] = {}
    for key, dated in Correction.objects.filter(article__in=live, dated__lte=at).values_list(
        "article", "dated"
    ):
        corrections[key] = max(dated, corrections.get(key, dated))
    kept_back = withheld.moments(keys=set(keys) - live)
    return [_article(row, live, corrections, kept_back) for row in rows]


def _article(row: GrantedArticle, live: set[int], corrections: dict, kept_back) -> CheckedArticle:
    corrected = corrections.get(row.article_id)
    is_kept_back = row.article_id in kept_back
    return CheckedArticle(
        _("Not available after a notice by a rights holder") if is_kept_back else row.headline,
        row.article.get_absolute_url() if row.article_id in live else "",
        row.revision,
        row.fingerprint,
        len(row.pictures),
        corrected if corrected and corrected > row.grant.issued_at else None,
    )
