"""Files of every kind: how long they keep, and what is said when there is no need to send one, or
none to send yet.
"""

import hashlib
from datetime import datetime

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

A_SHORT_WHILE = "public, max-age=300"
REMEMBERED_SECONDS = 7 * 24 * 60 * 60


def answer(
    request, content: bytes, media_type: str, *, at: datetime, kept_seconds: int, name: str = ""
) -> HttpResponse:
    """``content`` with a strong ETag and the moment since which it reads like this, or a 304.

    Shared caches may keep it for ``kept_seconds``. ``name`` is what is remembered instead of the
    address, where that is secret or says less than what is asked for.
    """
    version = hashlib.sha256(content).hexdigest()[:32]
    since = _since(name or request.get_full_path(), version, at=at)
    fresh = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    headers = {
        "ETag": f'"{version}"',
        "Last-Modified": http_date(since),
        "Cache-Control": f"public, max-age={kept_seconds}",
    }
    for name, value in headers.items():
        fresh[name] = value
    return get_conditional_response(
        request, etag=headers["ETag"], last_modified=since, response=fresh
    )


def not_yet() -> HttpResponse:
    """503: another process has not finished it yet."""
    return HttpResponse(
        _("This edition is still being typeset. Please try again in a moment."),
        content_type="text/plain; charset=utf-8",
        status=503,
        headers={"Retry-After": "10", "Cache-Control": "no-store"},
    )


def _since(address: str, version: str, *, at: datetime) -> int:
    """Since when ``address`` reads like this, as far as this site remembers.

    No date in the articles says it: one whose time has ended leaves no trace behind, and who asks
    by date alone must not be told that it still stands.
    """
    key = "since:" + hashlib.sha256(address.encode()).hexdigest()
    remembered = cache.get(key)
    if remembered and remembered[0] == version:
        return remembered[1]
    since = int(at.timestamp())
    cache.set(key, (version, since), REMEMBERED_SECONDS)
    return since
