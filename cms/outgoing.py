"""The one way in which the site sends anything to another one: a POST, bounded in every respect.

http and https only; no redirect is followed, no proxy of the environment is used, no cookie and no
credential is sent; of the answer the status alone is read, and the whole takes no longer than it is
given. What stands on other sites is read through ``cms.fetching``.
"""

import http.client
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Event, Timer
from urllib.parse import urlencode, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 10
FORM = "application/x-www-form-urlencoded"
CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


class NoAnswer(Exception):
    """Nobody answered, or not as HTTP answers; says the kind of failure and no more."""


def post(url: str, fields: Iterable[tuple[str, str]], *, timeout: float = TIMEOUT_SECONDS) -> int:
    """Sends ``fields`` as a form to ``url`` and returns the status of the answer, whatever it is.

    Raises NoAnswer where there is none, or where ``url`` is none that we send to.
    """
    connection, path = _connection(url, timeout)
    headers = {"Content-Type": FORM, "User-Agent": user_agent(), "Accept": "*/*"}
    with closing(connection):
        try:
            connection.connect()
            with hung_up_after(timeout, connection.sock):
                connection.request("POST", path, body=urlencode(list(fields)), headers=headers)
                with connection.getresponse() as response:
                    return response.status
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise NoAnswer(type(failure).__name__) from failure


def user_agent() -> str:
    """Who we are, and where we can be found."""
    return f"Imprimatur (+{settings.SITE_URL})" if settings.SITE_URL else "Imprimatur"


def _connection(url: str, timeout: float) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise NoAnswer("NoAddress") from fault
    is_plain = parts.scheme in CONNECTIONS and parts.hostname and not parts.username
    if not is_plain or not url.isascii() or not url.isprintable() or " " in url:
        raise NoAnswer("NoAddress")
    more = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
    connection = CONNECTIONS[parts.scheme](parts.hostname, port, timeout=timeout, **more)
    return connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@contextmanager
def hung_up_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """Ends the call for good: a server that says a byte now and then outlasts every single wait.

    Raises TimeoutError where that happened.
    """
    is_over = Event()

    def hang_up():
        is_over.set()
        with suppress(OSError):
            # Below the encryption, which would be in use by the one who waits.
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    end = Timer(seconds, hang_up)
    end.daemon = True
    end.start()
    try:
        yield
    finally:
        end.cancel()
        if is_over.is_set():
            raise TimeoutError
