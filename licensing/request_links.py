"""Secret addresses of requesters: made for every letter, found, ended. Only a hash is kept."""

from datetime import datetime, timedelta

from django.urls import reverse

from articles import addresses
from cms import secret_links
from licensing.models import PermissionRequest, RequestLink

PURPOSE = "licensing.request-link"
# Long after a licence was given somebody wants the certificate again.
LASTS = timedelta(days=400)


def make(permission_request: PermissionRequest, *, at: datetime) -> tuple[RequestLink, str]:
    """A new link for the requester, and its token, told only once. Earlier ones go on working."""
    token = secret_links.random_token()
    link = permission_request.links.create(
        token_hash=secret_links.digest(token, purpose=PURPOSE),
        sent_to=permission_request.requester_email,
        created_at=at,
        expires_at=at + LASTS,
    )
    return link, token


def find(token: str) -> RequestLink | None:
    """The link of ``token``, whether it still works or not; ``None``: made up."""
    if not secret_links.may_be_token(token):
        return None
    found = RequestLink.objects.select_related("permission_request")
    return found.filter(token_hash=secret_links.digest(token, purpose=PURPOSE)).first()


def revoke(permission_request: PermissionRequest, *, at: datetime) -> int:
    """Ends every link of ``permission_request`` that still works."""
    return permission_request.links.filter(revoked_at=None).update(revoked_at=at)


def address(token: str) -> str:
    """The whole address of a link, for a mail."""
    return f"{addresses.site()}{reverse('licensing:permission', args=[token])}"
