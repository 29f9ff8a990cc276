"""What a licence would say, and why it cannot be given: worked out before, and checked when it is.

A licence is tried on first: ``decide`` is asked what it would answer if the licence stood, today
and on every day on which an answer may change until it ends. So nothing is given that is not held.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article
from articles.pages import loaded
from cms.workflows.moves import Reasons
from licensing import conflicts
from licensing.models import (
    Grant,
    GrantStatus,
    Invoice,
    InvoiceKind,
    PermissionRequest,
    Quote,
    RequestedArticle,
)
from licensing.models.clearance import day_begins, day_is_over
from licensing.models.request import OPEN
from licensing.rights.conditions import TAKEN_BACK_BY, WINDOWS, Condition, Kind, merged, parse
from licensing.rights.decide import Decision, decide
from licensing.rights.facts import Grant as Licence
from licensing.rights.facts import Requester, Snapshot
from licensing.rights.handing_over import pictures_for_taker
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Rung, Use, Verdict
from licensing.snapshot import snapshot
from licensing.wording import said

# What the desk may permit, if it wants to.
OURS_TO_PERMIT = (Verdict.GRANTED, Verdict.ASK)
# However a text is used, it says whose it is; on the web it leads there.
CREDIT = (Kind.SOURCE, Kind.AUTHOR, Kind.COPYRIGHT)
CREDIT_ON_THE_WEB = (*CREDIT, Kind.LINK)
ON_THE_WEB = frozenset({Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.EXCERPT, Use.TRANSLATION})
# Nobody, by any name, for a licence that is only tried on.
NOBODY = Requester("")


@dataclass(frozen=True)
class Line:
    """One article of a licence: what is answered now, and which pictures go along.

    ``ending``: the pictures that we hold now, but not for as long as the licence is to last.
    """

    requested: RequestedArticle
    snapshot: Snapshot
    decision: Decision
    ending: frozenset[str] = frozenset()

    @property
    def article(self) -> Article:
        return self.requested.article

    @property
    def pictures(self) -> list[str]:
        """The pictures asked for that are ours to permit to the end, by key."""
        ours = {one.element.key for one in self.decision.elements if one.verdict in OURS_TO_PERMIT}
        return [key for key in self.requested.pictures if key in ours - self.ending]

    @property
    def left_out(self) -> list[str]:
        """The pictures asked for that are not."""
        return [key for key in self.requested.pictures if key not in self.pictures]


@dataclass(frozen=True)
class Proposal:
    """A licence as it would be given: these articles, rights, conditions and days.

    ``is_as_it_was``: it goes on with what another gave, so no picture may be left out of it.
    """

    permission_request: PermissionRequest
    given: Particulars
    conditions: tuple[Condition, ...]
    lines: tuple[Line, ...]
    is_exclusive: bool
    valid_from: date
    valid_until: date | None
    at: datetime
    is_as_it_was: bool = False


def proposal(
    permission_request: PermissionRequest, *, at: datetime, quote: Quote | None = None
) -> Proposal:
    """What would be given now: what ``quote`` (else the accepted one) offers, or what was asked."""
    if permission_request.is_taking:
        return _taking(permission_request, at=at)
    quote = quote or permission_request.accepted_quote
    given = permission_request.asked
    is_exclusive = permission_request.is_exclusive
    if quote is not None:
        given = Particulars(given.use, quote.particulars)
        is_exclusive = quote.is_exclusive
    rows = articles_of(permission_request, at=at, keys=quote.articles if quote else None)
    if quote is not None:
        # Whatever was agreed beside them, the bounds of what is given bind.
        conditions = merged((*parse(quote.conditions), *given.conditions()))
    else:
        conditions = usual_conditions(
            given,
            [line.decision for line in rows],
            is_commercial=permission_request.is_commercial,
        )
    first, last = term(given, conditions, at=at)
    return to_the_end(
        Proposal(permission_request, given, conditions, tuple(rows), is_exclusive, first, last, at)
    )


def _taking(permission_request: PermissionRequest, *, at: datetime) -> Proposal:
    """What the terms give everybody: on their conditions, for as long as it can be given."""
    given, lines = permission_request.asked, articles_of(permission_request, at=at)
    bound = [entry for line in lines for entry in line.decision.conditions]
    # Whoever takes it within a window has kept it.
    conditions = merged(entry for entry in bound if entry.kind not in WINDOWS)
    first, last = term(given, conditions, at=at)
    proposed = Proposal(
        permission_request,
        given,
        conditions,
        tuple(lines),
        is_exclusive=False,
        valid_from=first,
        valid_until=last,
        at=at,
    )
    lasts = [day for line in lines if (day := _last_day(line, proposed)) is not None]
    return to_the_end(replace(proposed, valid_until=min(lasts, default=last)))


def _last_day(line: Line, proposed: Proposal) -> date | None:
    """The day before the one on which we could no longer give it, if there is one."""
    for moment, decision in _moment_by_moment(line, proposed):
        if moment is not None and not decision.is_granted:
            return timezone.localdate(moment) - timedelta(days=1)
    return None


def to_the_end(proposed: Proposal) -> Proposal:
    """Without the pictures that we do not hold for as long as the licence is to last."""
    lines = tuple([replace(line, ending=_ending(line, proposed)) for line in proposed.lines])
    return replace(proposed, lines=lines)


def _ending(line: Line, proposed: Proposal) -> frozenset[str]:
    if not line.pictures:
        return frozenset()
    wanted, lost = set(line.pictures), set()
    for _moment, decision in _moment_by_moment(line, proposed):
        lost |= wanted - pictures_for_taker(decision)
    return frozenset(lost)


def articles_of(
    permission_request: PermissionRequest, *, at: datetime, keys: list[int] | None = None
) -> list[Line]:
    """The articles asked for with what is answered about each; those of ``keys`` where given."""
    requested = permission_request.requested.all()
    if keys is not None:
        requested = requested.filter(article__in=keys)
    return lines_of(list(requested), Use(permission_request.use), at=at)


def lines_of(rows: list[RequestedArticle], use: Use, *, at: datetime) -> list[Line]:
    """What is answered to anybody about each of these articles."""
    found = loaded(Article.objects.filter(pk__in=[row.article_id for row in rows]))
    articles = {article.pk: article for article in found}
    lines = []
    for row in rows:
        row.article = articles[row.article_id]
        facts = snapshot(row.article, at=at)
        lines.append(Line(row, facts, decide(facts, use, at)))
    return lines


def usual_conditions(
    given: Particulars, decisions: list[Decision], *, is_commercial: bool = False
) -> tuple[Condition, ...]:
    """What a licence is bound to where nobody agreed on anything else: the terms' own conditions
    without those that it is given to set aside, the bounds of what was asked, and, where it gives
    more than everybody may do anyhow, a credit.
    """
    set_aside = WINDOWS | TAKEN_BACK_BY.get(given.use, frozenset())
    if is_commercial:
        set_aside |= {Kind.NON_COMMERCIAL}
    usual = (entry for one in decisions for entry in one.conditions if entry.kind not in set_aside)
    credit = CREDIT_ON_THE_WEB if given.use in ON_THE_WEB else CREDIT
    if all(decision.is_granted for decision in decisions):
        credit = ()
    return merged((*map(Condition, credit), *usual, *given.conditions()))


def term(
    given: Particulars, conditions: tuple[Condition, ...], *, at: datetime
) -> tuple[date, date | None]:
    """The first and last day: from publication, or today, for as long as was asked and agreed."""
    first = timezone.localdate(at)
    if planned := given.answers.get("publication_date"):
        first = max(first, date.fromisoformat(planned))
    terms = [entry.value for entry in conditions if entry.kind is Kind.TERM]
    days = min(filter(None, [given.term_days, *terms]), default=None)
    return first, first + timedelta(days=days - 1) if days else None


def proposal_like(grant: Grant, *, valid_until: date | None, at: datetime) -> Proposal:
    """What ``grant`` gives, until another day."""
    granted = dict(grant.granted.values_list("article", "pictures"))
    rows = list(grant.permission_request.requested.filter(article__in=granted))
    for row in rows:
        row.pictures = granted[row.article_id]
    lines = lines_of(rows, Use(grant.use), at=at)
    return to_the_end(
        Proposal(
            grant.permission_request,
            grant.given,
            parse(grant.conditions),
            tuple(lines),
            grant.is_exclusive,
            grant.valid_from,
            valid_until,
            at,
            is_as_it_was=True,
        )
    )


# --- Why not ----------------------------------------------------------------------------------


def what_hinders(permission_request: PermissionRequest, *, at: datetime) -> Reasons:
    """Why no licence can be given now on what was agreed, in sentences."""
    return objections(proposal(permission_request, at=at))


def what_hinders_activating(permission_request: PermissionRequest, *, at: datetime) -> Reasons:
    """Why the licence that waits for payment cannot count for the days that were agreed."""
    waiting = permission_request.grants.filter(status=GrantStatus.PENDING_PAYMENT).first()
    if waiting is None:
        return [_("There is no licence that waits for payment.")]
    return objections(proposal_like(waiting, valid_until=waiting.valid_until, at=at))


def objections(proposed: Proposal) -> Reasons:
    """Why this licence cannot be given, in sentences; empty means it can."""
    if not proposed.lines:
        return [_("It is for no article.")]
    if proposed.valid_until is not None and proposed.valid_until < proposed.valid_from:
        return [_("We could give it for less than a day only.")]
    reasons = [reason for line in proposed.lines for reason in _untenable(line, proposed)]
    return reasons + [conflict.sentence for conflict in conflicts.of(proposed) if conflict.forbids]


def _untenable(line: Line, proposed: Proposal) -> Reasons:
    """Why ``decide`` would not let the licensee do it, on the first day or on a later one."""
    for moment, decision in _moment_by_moment(line, proposed):
        if not decision.is_granted:
            return [_said(line.article, decision, moment)]
    if proposed.is_as_it_was and line.left_out:
        pattern = _("“{headline}”: we could no longer give one of its pictures for so long.")
        return [pattern.format(headline=line.article.headline)]
    return []


def _moment_by_moment(line: Line, proposed: Proposal) -> Iterator[tuple[datetime | None, Decision]]:
    """What ``decide`` would tell the licensee: on the first day (``None``), and whenever an answer
    may change until the last.
    """
    facts, use = _tried_on(line, proposed), proposed.given.use
    begins = day_begins(proposed.valid_from)
    ends = day_is_over(proposed.valid_until)
    now = max(begins, proposed.at)
    yield None, decide(facts, use, now, NOBODY)
    for moment in _turns(facts, now, ends):
        yield moment, decide(facts, use, moment, NOBODY)


def _tried_on(line: Line, proposed: Proposal) -> Snapshot:
    licence = Licence(
        "",
        NOBODY.key,
        frozenset({proposed.given.use}),
        proposed.conditions,
        since=None,
        until=day_is_over(proposed.valid_until),
        elements=frozenset(line.pictures),
    )
    return replace(line.snapshot, grants=(licence,))


def _turns(facts: Snapshot, after: datetime, before: datetime | None) -> Iterator[datetime]:
    for moment in facts.boundaries:
        if after < moment and (before is None or moment < before):
            yield moment


def _said(article: Article, decision: Decision, from_day: datetime | None) -> str:
    """“The last lamplighter: from 1 May 2027 on: First published by …”."""
    telling = [reason for reason in decision.reasons if reason.rung is not Rung.GRANT]
    why = " ".join(said(reason) for reason in telling)
    if from_day is not None:
        day = date_format(timezone.localdate(from_day))
        pattern = _("“{headline}”: from {day} on we could no longer give it. {why}")
        return pattern.format(headline=article.headline, day=day, why=why)
    return _("“{headline}”: {why}").format(headline=article.headline, why=why)


def what_hinders_reopening(permission_request: PermissionRequest) -> Reasons:
    """Why it cannot be worked on again: the person is forgotten, or it goes on elsewhere."""
    if permission_request.erased_at:
        return [_("The requester's data were erased: there is nobody to answer.")]
    if permission_request.followed_by.filter(status__in=OPEN).exists():
        return [_("It goes on in another request.")]
    return []


# --- Money ------------------------------------------------------------------------------------


def open_invoice(permission_request: PermissionRequest) -> Invoice | None:
    """The bill that was sent and neither cancelled nor replaced."""
    bills = permission_request.invoices.filter(kind=InvoiceKind.INVOICE, cancelled_by=None)
    return bills.prefetch_related("payments").first()
