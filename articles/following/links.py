"""Secret addresses of followers: the same in every mail to one of them, and only a hash is kept.

A token is made of a random seed, kept in the row, and the key of the site, kept elsewhere: with
each mail it is made again, and from the rows alone nobody makes one.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.urls import reverse

from articles.models import Follower

PURPOSE = "articles.follow-link"
SEED_BYTES = 32
LONGEST_TOKEN = 64
# Where a site that was told no address of its own is found: on this machine.
LAPTOP = "http://127.0.0.1:8000"


def new() -> dict[str, str]:
    """What the row of a new follower keeps."""
    seed = secrets.token_urlsafe(SEED_BYTES)
    return {"seed": seed, "token_hash": digest(_made(seed, settings.SECRET_KEY))}


def token_of(follower: Follower) -> str:
    """The token of ``follower``. After a change of the site's key it is a new one."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _made(follower.seed, key)
        if digest(token) == follower.token_hash:
            return token
    token = _made(follower.seed, settings.SECRET_KEY)
    follower.token_hash = digest(token)
    Follower.objects.filter(pk=follower.pk).update(token_hash=follower.token_hash)
    return token


def find(token: str) -> Follower | None:
    """Whose ``token`` it is, or was until they stopped; ``None``: made up."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    return Follower.objects.filter(token_hash=digest(token)).first()


def digest(token: str) -> str:
    """What is kept of a token. One that was made for another purpose has another digest."""
    return hashlib.sha256(f"{PURPOSE}:{token}".encode()).hexdigest()


def manage_address(token: str) -> str:
    """The whole address of the page on which everything is changed."""
    return site() + reverse("articles:follow_manage", args=[token])


def stop_address(token: str) -> str:
    """The whole address that ends it with one click."""
    return site() + reverse("articles:follow_stop", args=[token])


def site() -> str:
    """Scheme and host of the site, as a mail writes them."""
    return settings.SITE_URL or LAPTOP


def _made(seed: str, key: str) -> str:
    made = hmac.new(key.encode(), f"{PURPOSE}:{seed}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
