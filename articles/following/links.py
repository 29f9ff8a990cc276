"""Secret addresses of followers: the same in every mail to one of them, and only a hash is kept.

A token is made of a random seed, kept in the row, and the key of the site, kept elsewhere: with
each mail it is made again, and from the rows alone nobody makes one.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from articles import addresses
from articles.models import Follower
from cms import secret_links

PURPOSE = "articles.follow-link"


def new() -> dict[str, str]:
    """What the row of a new follower keeps."""
    seed = secret_links.random_token()
    return {"seed": seed, "token_hash": _digest(_made(seed, settings.SECRET_KEY))}


def token_of(follower: Follower) -> str:
    """The token of ``follower``. After a change of the site's key it is a new one."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _made(follower.seed, key)
        if _digest(token) == follower.token_hash:
            return token
    token = _made(follower.seed, settings.SECRET_KEY)
    follower.token_hash = _digest(token)
    Follower.objects.filter(pk=follower.pk).update(token_hash=follower.token_hash)
    return token


def find(token: str) -> Follower | None:
    """Whose ``token`` it is, or was until they stopped; ``None``: made up."""
    if not secret_links.may_be_token(token):
        return None
    return Follower.objects.filter(token_hash=_digest(token)).first()


def manage_address(token: str) -> str:
    """The whole address of the page on which everything is changed."""
    return site() + reverse("articles:follow_manage", args=[token])


def stop_address(token: str) -> str:
    """The whole address that ends it with one click."""
    return site() + reverse("articles:follow_stop", args=[token])


def site() -> str:
    """Scheme and host of the site, as a mail writes them: its headers know no other letters."""
    address = urlsplit(addresses.site())
    return address._replace(netloc=address.netloc.encode("idna").decode()).geturl()


def _made(seed: str, key: str) -> str:
    return secret_links.token_from(seed, key=key, purpose=PURPOSE)


def _digest(token: str) -> str:
    return secret_links.digest(token, purpose=PURPOSE)
