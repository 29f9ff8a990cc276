"""What is done with grants: issued, paid for, revoked, superseded, extended, ended.

A grant is written down whole, with the words of that day, and never changed; only its status is.
"""

import hashlib
import json
from datetime import date, datetime
from html import unescape

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from articles.addresses import site
from articles.models import Article, Revision
from cms.workflows.actions import MoveNotAllowed, perform
from licensing import fingerprints, grant_letters, invoicing, issuing, numbers
from licensing.actions import counting, deliveries, steps
from licensing.crediting import credit_of, template_of
from licensing.grant_workflow import GRANT
from licensing.issuing import Line, Proposal
from licensing.models import (
    Delivery,
    Grant,
    GrantedArticle,
    GrantEvent,
    GrantRuleVersion,
    GrantStatus,
    PermissionRequest,
    TermsVersion,
)
from licensing.rights.attribution import Form
from licensing.rights.conditions import Kind, as_json, parse
from licensing.rights.facts import Terms
from licensing.rights.vocabulary import Use
from licensing.snapshot import picture_key

# In which form a use carries its credit.
FORMS = {Use.PRINT: Form.PRINT, Use.EDUCATION: Form.PRINT, Use.BROADCAST: Form.BROADCAST}


def hold_articles(permission_request: PermissionRequest) -> None:
    """Of two who license the same article at once the second waits, and sees what the first did.

    So does whoever licenses what somebody takes back. What the time is has to be asked afterwards,
    or the licence would be older than what came before it.
    """
    hold(permission_request.requested.values("article"))


def hold(keys) -> None:
    """Holds the articles with these keys."""
    rows = Article.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk"))


@transaction.atomic
def issue(
    permission_request: PermissionRequest,
    *,
    by,
    at: datetime | None = None,
    rule_version: GrantRuleVersion | None = None,
    is_paid_for: bool = True,
) -> Grant:
    """Writes the licence down as it was agreed. It counts at once unless it waits for payment.

    Called by the verbs of requests, which have asked what hinders it and hold its articles.
    """
    at = at or timezone.now()
    proposed = issuing.proposal(permission_request, at=at)
    quote = permission_request.accepted_quote
    versions = _terms_of([line.snapshot.text.terms for line in proposed.lines])
    grant = Grant.objects.create(
        number=numbers.next_number(numbers.GRANT, at=at),
        status=GrantStatus.PENDING_PAYMENT,
        permission_request=permission_request,
        use=permission_request.use,
        particulars=proposed.given.as_json(),
        conditions=as_json(proposed.conditions),
        is_exclusive=proposed.is_exclusive,
        licensee_key=permission_request.licensee_key,
        licensee_name=permission_request.requester_name,
        licensee_outlet=permission_request.outlet,
        licensee_country=permission_request.outlet_country,
        valid_from=proposed.valid_from,
        valid_until=proposed.valid_until,
        currency=quote.currency if quote else "",
        fee=quote.total if quote else 0,
        terms_version=versions[0] if versions else None,
        terms_name=" · ".join(str(version) for version in versions)[:140],
        terms_text="\n\n".join(_plain(version.text) for version in versions),
        quote=quote,
        rule_version=rule_version,
        supersedes=permission_request.renews,
        issued_at=at,
        issued_by=by,
    )
    for position, line in enumerate(proposed.lines):
        _write_down(grant, line, proposed, position)
    actor = "" if by else f"{steps.RULE}: {rule_version}" if rule_version else steps.HOUSE
    _move(grant, "issue", by=by, at=at, actor=actor, facts={"sha256": fingerprints.of_grant(grant)})
    if is_paid_for:
        _activate(grant, by=by, at=at, actor=actor)
    return grant


def _write_down(grant: Grant, line: Line, proposed: Proposal, position: int) -> None:
    article = line.article
    revision = article.revisions.first()
    GrantedArticle.objects.create(
        grant=grant,
        article=article,
        revision=revision,
        position=position,
        headline=article.headline,
        fingerprint=revision_fingerprint(revision),
        attribution=credit_line(line, proposed, number=grant.number),
        pictures=line.pictures,
        left_out=line.left_out,
    )


def revision_fingerprint(revision: Revision) -> str:
    """SHA-256 of what a revision says."""
    said = json.dumps(revision.content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def credit_line(line: Line, proposed: Proposal, *, number: str) -> str:
    """The line that must stand in a copy made under the grant of that number."""
    article = line.article
    credit = credit_of(
        article,
        template_of(article),
        line.decision.conditions + proposed.conditions,
        url=f"{site()}{article.get_absolute_url()}",
        terms=line.snapshot.text.terms,
        rights=line.snapshot.text.rights,
        at=proposed.at,
        grant=number,
        images=[image for image in article.pictures() if picture_key(image) in line.pictures],
    )
    return credit.written(FORMS.get(proposed.given.use, Form.TEXT))


def _terms_of(found: list[Terms | None]) -> list[TermsVersion]:
    """The versions that apply, each once; where two reports disagree, none by itself does."""
    names = dict.fromkeys((terms.name, terms.version) for terms in found if terms)
    versions = []
    for name, number in names:
        versions += TermsVersion.objects.select_related("terms").filter(
            terms__name__in=[name, *name.split(_(" and "))], number=number
        )
    return versions


def _plain(html: str) -> str:
    for tag, words in (("</p>", "\n\n"), ("<li>", "– "), ("</li>", "\n"), ("</ul>", "\n")):
        html = html.replace(tag, words)
    return unescape(strip_tags(html)).strip()


# --- What becomes of it -----------------------------------------------------------------------


@transaction.atomic
def activate(grant: Grant, *, by=None, at: datetime | None = None, actor: str = "") -> GrantEvent:
    """Makes it count: its invoice is paid. The one that it replaces no longer counts."""
    return _activate(grant, by=by, at=at or timezone.now(), actor=actor)


def _activate(grant: Grant, *, by, at: datetime, actor: str) -> GrantEvent:
    before = grant.supersedes
    # One that was revoked since stays revoked; one counts until the next begins.
    has_begun = grant.valid_from <= timezone.localdate(at)
    if before is not None and has_begun and before.status in GRANT["supersede"].sources:
        facts = {"superseded_by": grant.number}
        _move(before, "supersede", by=by, at=at, actor=actor, facts=facts)
    event = _move(grant, "activate", by=by, at=at, actor=actor)
    counting.give_pixels_owed(grant, at=at)
    return event


@transaction.atomic
def revoke(
    grant: Grant, *, by, reason: str, at: datetime | None = None, actor: str = ""
) -> GrantEvent:
    """Ends it now, with the reason that the licensee is told; an unpaid bill is cancelled."""
    at = at or timezone.now()
    event = _move(grant, "revoke", by=by, at=at, reason=reason, actor=actor)
    invoicing.cancel(grant.permission_request, at=at)
    grant_letters.revoked(grant, event)
    return event


@transaction.atomic
def expire(grant: Grant, *, at: datetime | None = None, by=None) -> GrantEvent:
    """Records that its last day has passed. Raises MoveNotAllowed where it has not."""
    at = at or timezone.now()
    event = _move(grant, "expire", by=by, at=at, actor=steps.CLOCK)
    grant_letters.expired(grant, event)
    return event


@transaction.atomic
def extend(
    grant: Grant, *, by, valid_until: date | None, reason: str, at: datetime | None = None
) -> Grant:
    """A new grant with another last day in place of ``grant``, all else as it was, free of charge.

    Raises MoveNotAllowed where it would not last longer, or where we could not give it so long,
    and ValidationError where the day makes no sense.
    """
    steps.ask(by, GRANT["supersede"].permission)
    permission_request = PermissionRequest.objects.select_for_update(of=("self",)).get(
        pk=grant.permission_request_id
    )
    hold_articles(permission_request)
    at = at or timezone.now()
    if permission_request.erased_at:
        raise MoveNotAllowed([_("The licensee's data were erased.")])
    valid_until = Grant._meta.get_field("valid_until").clean(valid_until, None)
    if grant.valid_until is None or (valid_until and valid_until <= grant.valid_until):
        raise MoveNotAllowed([_("Name a later last day than the one it has.")])
    proposed = issuing.proposal_like(grant, valid_until=valid_until, at=at)
    if reasons := issuing.objections(proposed):
        raise MoveNotAllowed(reasons)
    facts = {"extended": str(valid_until or "")}
    _move(grant, "supersede", by=by, at=at, reason=reason, facts=facts)
    longer = _copy(grant, by=by, at=at, valid_until=valid_until)
    facts = {"sha256": fingerprints.of_grant(longer)}
    _move(longer, "issue", by=by, at=at, reason=reason, facts=facts)
    _move(longer, "activate", by=by, at=at)
    grant_letters.extended(longer, at=at)
    return longer


def _copy(grant: Grant, *, by, at: datetime, valid_until: date | None) -> Grant:
    said = {
        field.attname: getattr(grant, field.attname)
        for field in grant._meta.concrete_fields
        if field.name not in ("id", "number", "status", "supersedes", "issued_at", "issued_by")
    }
    said["valid_until"] = valid_until
    # The number of days that was agreed no longer is; the last day says it.
    kept = (entry for entry in parse(grant.conditions) if entry.kind is not Kind.TERM)
    said["conditions"] = as_json(kept)
    copy = Grant.objects.create(
        **said,
        number=numbers.next_number(numbers.GRANT, at=at),
        status=GrantStatus.PENDING_PAYMENT,
        supersedes=grant,
        issued_at=at,
        issued_by=by,
    )
    for row in grant.granted.all():
        words = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.name not in ("id", "grant")
        }
        GrantedArticle.objects.create(grant=copy, **words)
    return copy


def _move(grant: Grant, name: str, *, by, at, reason: str = "", actor: str = "", facts=None):
    # A partner who was given an article under it is told at their next visit what that changes.
    deliveries.ask_again(Delivery.objects.filter(grant=grant))
    return perform(
        grant, GRANT, name, by=by, at=at, reason=reason, actor="" if by else actor, facts=facts
    )
