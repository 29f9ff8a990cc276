"""``/.well-known/security.txt`` (RFC 9116): whom to tell about a weakness of the site."""

from collections.abc import Iterable
from datetime import UTC, datetime

from licensing.rights.wire import address, line, mail_address

MEDIA_TYPE = "text/plain; charset=utf-8"


def security_txt(
    contacts: Iterable[str],
    expires: datetime,
    canonical: str,
    languages: Iterable[str] = ("en",),
    policy: str = "",
) -> str:
    """The whole file; ``contacts`` are e-mail or web addresses, the best one first.

    The RFC requires a contact and exactly one instant of expiry. Raises ValueError without them.
    """
    found = [uri for contact in contacts if (uri := mail_address(contact) or address(contact))]
    if not found or expires.tzinfo is None:
        raise ValueError("security.txt needs a contact, and an expiry with a time zone.")
    lines = [f"Contact: {uri}" for uri in found]
    lines.append(f"Expires: {expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    if spoken := ", ".join(line(language) for language in languages):
        lines.append(f"Preferred-Languages: {spoken}")
    if url := address(canonical):
        lines.append(f"Canonical: {url}")
    if url := address(policy):
        lines.append(f"Policy: {url}")
    return "\n".join(lines) + "\n"
