"""Sessions are for those who sign in; a page that asks nobody who they are sends no cookie."""

import time

from django.contrib.sessions.middleware import SessionMiddleware

RENEWED = "renewed"
RENEWED_EVERY = 5 * 60


class SessionsWhereTheyAreUsed(SessionMiddleware):
    """Renews the session of whoever works, every five minutes, where a page looked at it.

    Django's own setting would renew it on every page: a shared cache would keep an editor's cookie
    with a public page, every request would be a write, and a forged cookie would store a session.
    """

    def process_response(self, request, response):
        session = getattr(request, "session", None)
        if session is not None and not session.accessed:
            return response
        if session is not None and not session.is_empty():
            now = int(time.time())
            if now - session.get(RENEWED, 0) >= RENEWED_EVERY:
                session[RENEWED] = now
        return super().process_response(request, response)
