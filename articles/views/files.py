"""Files for machines that ask again and again: who has the newest already is told so (304)."""

import hashlib
from datetime import datetime

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

REMEMBERED_SECONDS = 7 * 24 * 60 * 60


def answer(
    request, content: bytes, media_type: str, *, at: datetime, kept_seconds: int
) -> HttpResponse:
    """``content`` with a strong ETag and the moment since which it reads like this, or a 304.

    Shared caches may keep it for ``kept_seconds``.
    """
    version = hashlib.sha256(content).hexdigest()[:32]
    since = _since(request.get_full_path(), version, at=at)
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
