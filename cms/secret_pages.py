"""What every page behind a secret address tells browsers, machines and our own log."""

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers


def keep_secret(response: HttpResponse) -> None:
    """Nobody on the way keeps the page, lists it, or hands its address on."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Django's log of refusals would keep the secret address.
    response._has_been_logged = True
