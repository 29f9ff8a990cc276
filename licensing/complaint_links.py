"""Secret addresses of complaints: made for every letter, found. Only a hash is kept."""

from datetime import datetime, timedelta

from django.urls import reverse

from articles import addresses
from cms import secret_links
from licensing.models import Complaint, ComplaintLink
from licensing.models.complaint import Side

PURPOSE = "licensing.complaint-link"
# As long as a dispute in court may come back to it.
LASTS = timedelta(days=3 * 365)


def make(complaint: Complaint, *, to: str, side: Side, at: datetime) -> tuple[ComplaintLink, str]:
    """A new link for ``side``, and its token, told only once. Earlier ones go on working."""
    token = secret_links.random_token()
    link = complaint.links.create(
        side=side,
        token_hash=secret_links.digest(token, purpose=PURPOSE),
        sent_to=to,
        created_at=at,
        expires_at=at + LASTS,
    )
    return link, token


def find(token: str) -> ComplaintLink | None:
    """The link of ``token``, whether it still works or not; ``None``: made up."""
    if not secret_links.may_be_token(token):
        return None
    found = ComplaintLink.objects.select_related("complaint")
    return found.filter(token_hash=secret_links.digest(token, purpose=PURPOSE)).first()


def revoke(complaint: Complaint, *, side: Side, at: datetime) -> int:
    """Ends every link of ``side`` that still works (sent to the wrong address, say)."""
    return complaint.links.filter(side=side, revoked_at=None).update(revoked_at=at)


def address(token: str) -> str:
    """The whole address of a link, for a mail."""
    return f"{addresses.site()}{reverse('licensing:complaint', args=[token])}"
