"""Where secret addresses are, and what every page there tells browsers, machines, our own log."""

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

# The first step of every address that is guarded by nothing but a secret behind it: no log keeps
# what follows, and no crawler is led there.
SECRET_BELOW = ("clearances", "complaints", "follow", "partners", "permissions")


def keep_secret(response: HttpResponse) -> None:
    """Nobody on the way keeps the page, lists it, or hands its address on."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Django's log of refusals would keep the secret address.
    response._has_been_logged = True
