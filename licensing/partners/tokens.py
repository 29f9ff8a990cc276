"""Tokens of partners: made, found. Only a hash is kept."""

from articles import addresses
from cms import secret_links
from licensing.models import Partner

PURPOSE = "licensing.partner-feed"


def make() -> str:
    """A new token, to be told once."""
    return secret_links.random_token()


def hash_of(token: str) -> str:
    """What is kept of it."""
    return secret_links.digest(token, purpose=PURPOSE)


def find(token: str) -> Partner | None:
    """The partner whose token it is now; ``None``: made up, replaced or switched off."""
    if not secret_links.may_be_token(token):
        return None
    return Partner.objects.active().filter(token_hash=hash_of(token)).first()


def address(path: str) -> str:
    """``path`` as the partner is told it."""
    return addresses.site() + path
