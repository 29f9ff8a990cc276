"""What is done with copies: told, entered, looked at, put right, gone.

The same copy told a thousand times is one row, whoever tells. What was seen is recorded by
``licensing.compliance.checks``, which moves the row by the verbs of this module.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.addresses import site
from articles.models import Article
from cms.workflows.actions import perform
from licensing.actions import steps
from licensing.compliance.findings import from_json, keys
from licensing.copies import addresses
from licensing.crosspost_workflow import CHANGE, CROSSPOST
from licensing.models import Crosspost, CrosspostEvent, CrosspostStatus, FoundBy, Grant, Sighting

LOOK = "A look at the page"
# Columns that change with a move.
Known = Mapping[str, object] | None
# A copy that was gone and is told again is looked at once more, but not more often than this.
REST = timedelta(hours=1)


@transaction.atomic
def declare(
    article: Article,
    *,
    url: str,
    outlet: str = "",
    grant: Grant | None = None,
    found_by: str,
    by=None,
    at: datetime | None = None,
) -> tuple[Crosspost, bool]:
    """The copy of ``article`` at ``url``, and whether it was not known before.

    Of a copy that is known only what is missing is added: outlet and grant. Raises ValidationError
    where nothing can stand at this address, or where the grant is for other articles.
    """
    at = at or timezone.now()
    try:
        tidy, key, host = addresses.tidy(url), addresses.key(url), addresses.host(url)
    except addresses.NoAddress as fault:
        raise ValidationError({"url": _("This is not the address of a public page.")}) from fault
    if host == _our_host():
        raise ValidationError({"url": _("This is an address of ours.")})
    if grant is not None and not grant.granted.filter(article=article).exists():
        raise ValidationError({"grant": _("This grant does not cover the article.")})
    told = Crosspost(
        article=article,
        grant=grant,
        url=tidy,
        url_key=key,
        host=host,
        outlet=outlet.strip(),
        found_by=FoundBy(found_by),
        declared_at=at,
        declared_by=by,
        next_check_at=at,
    )
    told.full_clean(exclude=["article", "grant", "declared_by"], validate_constraints=False)
    # Whoever comes second waits here until the first has committed.
    crosspost, is_new = Crosspost.objects.get_or_create(
        article=article,
        url_key=key,
        defaults={
            name: getattr(told, name)
            for name in (
                *("grant", "url", "host", "outlet", "found_by"),
                *("declared_at", "declared_by", "next_check_at"),
            )
        },
    )
    if not is_new:
        _complete(crosspost, told, at=at)
    Sighting.objects.filter(pixel__article=article, host=host, dismissed_at=None).delete()
    return crosspost, is_new


def _our_host() -> str:
    try:
        return addresses.host(site())
    except addresses.NoAddress:
        # A site on somebody's own machine.
        return ""


def _complete(crosspost: Crosspost, told: Crosspost, *, at: datetime) -> None:
    """Adds to a copy that is known what it lacks."""
    rows = Crosspost.objects.filter(pk=crosspost.pk)
    if told.outlet and not crosspost.outlet:
        rows.filter(outlet="").update(outlet=told.outlet)
    if told.grant and crosspost.grant is None:
        rows.filter(grant=None).update(grant=told.grant)
    is_rested = crosspost.last_check_at is None or crosspost.last_check_at <= at - REST
    if crosspost.status == CrosspostStatus.GONE and crosspost.next_check_at is None and is_rested:
        rows.filter(status=CrosspostStatus.GONE, next_check_at=None).update(next_check_at=at)
    crosspost.refresh_from_db()


def enter(
    article: Article,
    *,
    url: str,
    by,
    outlet: str = "",
    grant: Grant | None = None,
    at: datetime | None = None,
) -> tuple[Crosspost, bool]:
    """A colleague has come across a copy. Raises NotYours, ValidationError."""
    steps.ask(by, "licensing.add_crosspost")
    return declare(
        article, url=url, outlet=outlet, grant=grant, found_by=FoundBy.STAFF, by=by, at=at
    )


def look_by(article: Article, *, at: datetime) -> None:
    """Every copy of ``article`` that stands is looked at by then, whatever was planned."""
    article.crossposts.standing().filter(next_check_at__gt=at).update(next_check_at=at)


# --- What the desk does -----------------------------------------------------------------------


@transaction.atomic
def look(crosspost: Crosspost, *, by, at: datetime | None = None) -> None:
    """Asks the clock for a look now. Raises NotYours."""
    steps.ask(by, CHANGE)
    at = at or timezone.now()
    waiting = Crosspost.objects.filter(pk=crosspost.pk).exclude(next_check_at__lte=at)
    waiting.update(next_check_at=at)
    crosspost.refresh_from_db()


def settled(crosspost: Crosspost) -> set[str]:
    """What the desk has settled with the outlet as it stands, by the keys of findings."""
    if crosspost.status != CrosspostStatus.RESOLVED:
        return set()
    latest = crosspost.events.order_by("-number").first()
    return set(latest.facts.get("accepted", [])) if latest else set()


# --- The moves: by the desk, or by a look, which has no account and knows more of the row ------


def verify(
    crosspost: Crosspost, *, by=None, at: datetime | None = None, known: Known = None
) -> CrosspostEvent:
    """A look found all in order."""
    return _move(crosspost, "verify", by=by, at=at, known=known)


def object_to(
    crosspost: Crosspost, *, by=None, at: datetime | None = None, amiss=(), known: Known = None
) -> CrosspostEvent:
    """A look found something to put right; ``amiss`` are the keys of findings."""
    facts = {"findings": list(amiss)}
    return _move(crosspost, "object", by=by, at=at, facts=facts, known=known)


def resolve(
    crosspost: Crosspost, *, reason: str, by=None, at: datetime | None = None, known: Known = None
) -> CrosspostEvent:
    """It was put right; or the desk settles it as it stands, and what was found so far is not
    objected to again.
    """
    latest = crosspost.checks.filter(failure="").first() if by else None
    facts = {"accepted": keys(from_json(latest.findings))} if latest else {}
    return _move(crosspost, "resolve", by=by, at=at, reason=reason, facts=facts, known=known)


def mark_gone(
    crosspost: Crosspost,
    *,
    by=None,
    reason: str = "",
    at: datetime | None = None,
    known: Known = None,
) -> CrosspostEvent:
    """The copy no longer stands there; nobody looks any more."""
    known = {**(known or {}), "next_check_at": None}
    return _move(crosspost, "mark_gone", by=by, at=at, reason=reason, known=known)


def _move(
    crosspost: Crosspost,
    name: str,
    *,
    by,
    at: datetime | None,
    known: Known = None,
    facts: Mapping | None = None,
    **told,
) -> CrosspostEvent:
    # Under which licence it stood then: who tells of a known copy may bring one along.
    licence = {"grant": crosspost.grant.number} if crosspost.grant else {}
    return perform(
        crosspost,
        CROSSPOST,
        name,
        by=by,
        at=at or timezone.now(),
        actor="" if by else LOOK,
        facts={**(facts or {}), **licence},
        **told,
        **(known or {}),
    )
