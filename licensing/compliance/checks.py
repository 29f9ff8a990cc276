"""A look at a copy: fetched outside of any transaction, then judged, then written down in one.

Two who look at once each leave their evidence; the status is what the later of the two saw.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cms.fetching import GUARD, Guard
from licensing.actions import crossposts
from licensing.compliance import fetch, letters
from licensing.compliance.failures import AS_IF_GONE, Failure, sentence
from licensing.compliance.findings import Finding, as_json, keys
from licensing.compliance.maintext import main_text
from licensing.compliance.owing import owed
from licensing.compliance.reading import Page, read
from licensing.compliance.rules import Judgement, judge
from licensing.compliance.schedule import next_look
from licensing.models import Crosspost, CrosspostCheck, CrosspostStatus
from licensing.wording import said

LONGEST_TEXT = 200_000
# Looks in a row that say so make a copy count as gone.
GONE_AFTER = 3


@dataclass(frozen=True)
class Seen:
    """What there was to see: what came, what it says, and its main text."""

    fetched: fetch.Fetched
    page: Page = field(default_factory=Page)
    text: str = ""


def check(
    crosspost: Crosspost,
    *,
    at: datetime,
    by=None,
    guard: Guard = GUARD,
    seconds: float = fetch.SECONDS,
) -> CrosspostCheck:
    """Looks at the page and writes down what it came to. Not to be called in a transaction."""
    seen = look(crosspost.url, guard=guard, seconds=seconds)
    return record(crosspost, seen, at=at, by=by)


def look(
    url: str, *, guard: Guard = GUARD, seconds: float = fetch.SECONDS, keeps_text: bool = True
) -> Seen:
    """What stands at ``url`` now; the main text where it is kept, which takes a process of its own.

    Touches no row, and never raises for what others do.
    """
    fetched = fetch.page(url, guard=guard, seconds=seconds)
    if fetched.failure:
        return Seen(fetched)
    page = read(fetched.html)
    if not page.is_whole:
        return Seen(replace(fetched, failure=Failure.TOO_LARGE, html=""))
    text = (main_text(fetched.html) or "\n\n".join(page.blocks)) if keeps_text else ""
    return Seen(fetched, page, text[:LONGEST_TEXT].replace("\0", ""))


def record(crosspost: Crosspost, seen: Seen, *, at: datetime, by=None) -> CrosspostCheck:
    """Holds what was seen against what is owed, and writes it down with all that follows."""
    revision, judged = _judged(crosspost, seen, at)
    fetched = seen.fetched
    with transaction.atomic():
        crosspost = Crosspost.objects.select_for_update(of=("self",)).get(pk=crosspost.pk)
        done = CrosspostCheck.objects.create(
            crosspost=crosspost,
            at=at,
            http_status=fetched.status,
            failure=judged.failure,
            address=fetched.address,
            media_type=fetched.media_type,
            title=seen.page.title[:500],
            text=_new_text(crosspost, seen, judged),
            sha256=fetched.sha256,
            revision=revision,
            findings=as_json(judged.findings),
            by=by,
        )
        if judged.failure:
            _unseen(crosspost, judged.failure, at=at)
        else:
            _seen(crosspost, list(judged.findings), at=at)
        return done


def _new_text(crosspost: Crosspost, seen: Seen, judged: Judgement) -> str:
    """The text to keep: none where it is the one that was kept last."""
    is_known = not judged.failure and seen.text == crosspost.checks.last_text()
    return "" if is_known else seen.text


def _judged(crosspost: Crosspost, seen: Seen, at: datetime):
    """The judgement, by the revision of which the copy is the best."""
    if seen.fetched.failure:
        return None, Judgement(seen.fetched.failure)
    fetched = seen.fetched
    found = [
        (
            revision,
            judge(
                seen.page,
                fetched.html,
                dues,
                address=fetched.address,
                headers=fetched.headers,
                at=at,
            ),
        )
        for revision, dues in owed(crosspost, at=at)
    ]
    revision, judged = min(found, key=lambda pair: _badness(pair[1]))
    return (None if judged.failure else revision), judged


def _badness(judged: Judgement) -> tuple:
    due = sum(finding.is_due for finding in judged.findings)
    return bool(judged.failure), due, len(judged.findings), -judged.share


def _unseen(crosspost: Crosspost, failure: str, *, at: datetime) -> None:
    failures = crosspost.failures + 1
    if crosspost.status != CrosspostStatus.GONE and _is_gone(crosspost, failure):
        reason = said(sentence(failure))
        known = {"last_check_at": at, "failures": failures}
        crossposts.mark_gone(crosspost, at=at, reason=reason, known=known)
    else:
        _keep(crosspost, at=at, failures=failures)


def _is_gone(crosspost: Crosspost, failure: str) -> bool:
    if failure == Failure.GONE:
        return True
    latest = list(crosspost.checks.values_list("failure", flat=True)[:GONE_AFTER])
    return len(latest) == GONE_AFTER and all(found in AS_IF_GONE for found in latest)


def _seen(crosspost: Crosspost, findings: list[Finding], *, at: datetime) -> None:
    amiss, status = keys(findings), crosspost.status
    if set(amiss) <= crossposts.settled(crosspost):
        if status == CrosspostStatus.NON_COMPLIANT:
            known = _known(crosspost, CrosspostStatus.RESOLVED, at=at)
            reason = _("A look found all in order.")
            crossposts.resolve(crosspost, at=at, reason=reason, known=known)
        elif status in (CrosspostStatus.DECLARED, CrosspostStatus.GONE):
            known = _known(crosspost, CrosspostStatus.VERIFIED, at=at)
            crossposts.verify(crosspost, at=at, known=known)
        else:
            _keep(crosspost, at=at)
        return
    if status == CrosspostStatus.NON_COMPLIANT:
        _keep(crosspost, at=at)
    else:
        known = _known(crosspost, CrosspostStatus.NON_COMPLIANT, at=at)
        crossposts.object_to(crosspost, at=at, amiss=amiss, known=known)
    letters.tell_outlet(crosspost, findings, at=at)


def _keep(crosspost: Crosspost, *, at: datetime, failures: int = 0) -> None:
    """Nothing moves; it was looked at, and will be again."""
    known = _known(crosspost, crosspost.status, at=at, failures=failures)
    Crosspost.objects.filter(pk=crosspost.pk).update(**known)


def _known(crosspost: Crosspost, status: str, *, at: datetime, failures: int = 0) -> dict:
    """What is known of the row after a look that leaves it in ``status``."""
    when = next_look(status=status, declared_at=crosspost.declared_at, failures=failures, at=at)
    return {"last_check_at": at, "failures": failures, "next_check_at": when}
