"""Secret addresses for people without an account: made, found, ended. Only a hash is kept."""

from datetime import datetime, timedelta

from django.urls import reverse

from articles import addresses
from cms import secret_links
from licensing.models import Clearance, ClearanceLink

PURPOSE = "licensing.clearance-link"
LASTS = timedelta(days=60)


def make(clearance: Clearance, *, at: datetime) -> tuple[ClearanceLink, str]:
    """A new link for whoever may answer about ``clearance``, and its token, told only once."""
    token = secret_links.random_token()
    link = clearance.links.create(
        token_hash=secret_links.digest(token, purpose=PURPOSE),
        sent_to=clearance.contact,
        created_at=at,
        expires_at=at + LASTS,
    )
    return link, token


def find(token: str) -> ClearanceLink | None:
    """The link of ``token``, whether it still takes an answer or not; ``None``: made up."""
    if not secret_links.may_be_token(token):
        return None
    links = ClearanceLink.objects.select_related("clearance__publication", "clearance__article")
    return links.filter(token_hash=secret_links.digest(token, purpose=PURPOSE)).first()


def claim(link: ClearanceLink, *, at: datetime) -> bool:
    """Takes the one answer that a link has; of two who answer at once, one does."""
    taken = ClearanceLink.objects.filter(
        pk=link.pk, answered_at=None, revoked_at=None, expires_at__gt=at
    ).update(answered_at=at)
    if taken:
        link.answered_at = at
    return bool(taken)


def revoke(clearance: Clearance, *, at: datetime) -> int:
    """Ends every link of ``clearance`` that still takes an answer."""
    return clearance.links.filter(answered_at=None, revoked_at=None).update(revoked_at=at)


def address(token: str) -> str:
    """The whole address of a link, for a mail."""
    path = reverse("licensing:clearance_answer", args=[token])
    return addresses.site() + path
