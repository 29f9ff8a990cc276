"""The letter to an outlet about its copy: what is missing, and the lines to paste. Once for each
set of findings, and not more than once a week.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from articles.models import Article
from licensing import request_letters
from licensing.compliance.findings import FOR_A_PERSON, Finding, due, keys
from licensing.compliance.owing import standing
from licensing.models import Crosspost

LETTER = "copy_amiss"
REST = timedelta(days=7)


def tell_outlet(crosspost: Crosspost, findings: list[Finding], *, at: datetime) -> bool:
    """Writes to whoever holds the licence. Returns whether it did: not twice about the same, and
    not about an article that is no longer public, of which others tell them.
    """
    grant = standing(crosspost)
    amiss = due(findings)
    if grant is None or not amiss or FOR_A_PERSON & {finding.code for finding in amiss}:
        return False
    if crosspost.told_at and crosspost.told_at > at - REST:
        return False
    if not Article.objects.live(at).filter(pk=crosspost.article_id).exists():
        return False
    about = sha256("\n".join(keys(amiss)).encode()).hexdigest()[:32]
    was_written = request_letters.tell(
        grant.permission_request,
        LETTER,
        at=at,
        key=f"crosspost-{crosspost.pk}-{about}",
        grant=grant,
        copy=crosspost,
        amiss=amiss,
    )
    if was_written:
        Crosspost.objects.filter(pk=crosspost.pk).update(told_at=at)
        crosspost.told_at = at
    return was_written
