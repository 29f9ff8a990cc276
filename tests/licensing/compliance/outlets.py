"""A server on this machine that plays outlets: one host each, by what it does to our text."""

import gzip
import socket
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import brotli

from cms.fetching import Guard
from tests.licensing.compliance import the_pump
from tests.licensing.compliance.the_pump import put

PATH = "/village/pump/"
HTML = "text/html; charset=utf-8"
NOUGHTS = bytes(40 * 1024 * 1024)


class Town(ThreadingHTTPServer):
    """All outlets; ``asked`` is what they were asked for, ``is_over`` ends those that drip."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, outlets: dict):
        super().__init__(("127.0.0.1", 0), Door)
        self.outlets = outlets
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.is_over = Event()

    @property
    def guard(self) -> Guard:
        """Lets a test reach this server by names that are known to nobody else."""

        def look_up(host, port, **options):
            if host.startswith("unknown."):
                raise socket.gaierror(socket.EAI_NONAME, "…")
            number = host if host[0].isdigit() else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

        return Guard(frozenset([self.server_port]), lambda address: address == "127.0.0.1", look_up)

    def url(self, name: str) -> str:
        return f"http://{name}.outlet.example:{self.server_port}{PATH}"

    def handle_error(self, request, client_address):
        """Whoever asked has hung up."""


class Door(BaseHTTPRequestHandler):
    """One visit."""

    def do_GET(self):
        name = self.headers["Host"].partition(".")[0]
        self.server.asked.append((name, self.path))
        self.server.agents.add(self.headers["User-Agent"])
        with suppress(OSError):
            if self.path == "/robots.txt":
                self.says(
                    ROBOTS.get(name, b""), "text/plain", status=200 if name in ROBOTS else 404
                )
            else:
                self.server.outlets[name](self)

    def says(self, body: bytes | str, kind: str = HTML, *, status: int = 200, **headers):
        body = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **told}.items():
            for each in [value] if isinstance(value, str) else value:
                self.send_header(name, each)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def open_town(outlets: dict):
    town = Town(outlets)
    Thread(target=town.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield town
    finally:
        town.is_over.set()
        town.shutdown()
        town.server_close()


def page(html: str | bytes, kind: str = HTML, *, status: int = 200, **headers):
    """An outlet that always says the same."""
    return lambda door: door.says(html, kind, status=status, **headers)


def leads_to(target):
    """An outlet that sends on to ``target(door)``."""
    return lambda door: door.says(b"", status=302, Location=target(door))


def next_step(door) -> str:
    """One more of a thousand redirects."""
    step = int(door.path.rpartition("=")[2] or 0) if "=" in door.path else 0
    return f"{PATH}?step={step + 1}"


def on(door, host: str, path: str = "/") -> str:
    return f"http://{host}:{door.server.server_port}{path}"


def drips(door):
    door.send_response(200)
    door.send_header("Content-Type", HTML)
    door.end_headers()
    while not door.server.is_over.wait(0.02):
        door.wfile.write(b"<p>")
        door.wfile.flush()


def is_silent(door):
    door.server.is_over.wait()


def is_without_end(door):
    """A gigabyte; nobody stays to the end."""
    door.send_response(200)
    door.send_header("Content-Type", HTML)
    door.send_header("Content-Length", str(1024**3))
    door.end_headers()
    part = b"<p>" + b"pump " * 20_000
    for _part in range(1024**3 // len(part)):
        door.wfile.write(part)


ROBOTS = {
    "keeps-robots-out": b"User-agent: *\nDisallow: /village/\n",
    "lets-us-in": b"User-agent: *\nDisallow: /\n\nUser-agent: Imprimatur\nDisallow: /private/\n",
    "leads-where-robots-are-not-wanted": b"User-agent: *\nAllow: /\n",
}
COMPLYING = the_pump.complying()
LINKED = f'href="{the_pump.URL}">The pump'
CANONICAL = f'canonical" href="{the_pump.URL}"'
FREE = '"isAccessibleForFree": true'
# What an outlet does → (how it answers, why nothing is seen, what is found).
OUTLETS = {
    "complies": (page(COMPLYING), "", []),
    "made-by-hand": (
        page(the_pump.saved("by_hand").encode("cp1252"), "text/html"),
        "",
        ["canonical_missing", "noindex_missing", "pixel_stripped"],
    ),
    "forgets-the-link": (page(the_pump.without_link()), "", ["link"]),
    "cuts-two-paragraphs": (page(the_pump.without_two_paragraphs()), "", ["paragraphs_missing"]),
    "changes-the-headline": (page(the_pump.with_another_headline()), "", ["headline_changed"]),
    "changes-words": (page(the_pump.with_words_changed()), "", ["text_altered"]),
    "adds-ads": (page(the_pump.with_ads()), "", ["advertising"]),
    "strips-the-pixel": (page(put(COMPLYING, the_pump.PIXEL, "x")), "", ["pixel_stripped"]),
    "marks-the-link": (
        page(put(COMPLYING, LINKED, f'rel="nofollow" {LINKED}')),
        "",
        ["link_not_followed"],
    ),
    "names-no-source": (page(put(COMPLYING, "The House Review", "others")), "", ["source"]),
    "names-no-author": (page(the_pump.without_author()), "", ["author"]),
    "drops-the-notice": (page(put(COMPLYING, the_pump.NOTICE, "")), "", ["copyright"]),
    "cuts-and-changes": (
        page(put(the_pump.without_two_paragraphs(), "then 450,000", "then 900,000")),
        "",
        ["paragraphs_missing", "text_altered"],
    ),
    "shows-a-picture-of-ours": (
        page(put(COMPLYING, 'src="/uploads', f'src="{the_pump.PICTURE}" data-x="/uploads')),
        "",
        ["picture_not_cleared"],
    ),
    "names-itself-canonical": (
        page(put(COMPLYING, CANONICAL, 'canonical" href="/pump/"')),
        "",
        ["canonical_missing"],
    ),
    "is-indexed": (page(put(COMPLYING, "noindex, follow", "follow")), "", ["noindex_missing"]),
    "keeps-out-by-headers": (
        page(
            put(COMPLYING, "noindex, follow", "follow"),
            X_Robots_Tag=["noarchive", "noindex"],
        ),
        "",
        [],
    ),
    "wants-money": (
        page(put(COMPLYING, FREE, '"isAccessibleForFree": false')),
        "",
        ["paywall"],
    ),
    "moves-within": (
        lambda door: (
            door.says(b"", status=301, Location="/new/")
            if door.path == PATH
            else door.says(COMPLYING)
        ),
        "",
        [],
    ),
    "packs-it": (page(gzip.compress(COMPLYING.encode()), Content_Encoding="gzip"), "", []),
    "packs-it-well": (page(brotli.compress(COMPLYING.encode()), Content_Encoding="br"), "", []),
    "calls-utf-8-latin": (page(COMPLYING, "text/html; charset=ISO-8859-1"), "", []),
    "calls-latin-utf-8": (
        page(COMPLYING.replace("↩", "^").encode("cp1252"), "text/html; charset=utf-8"),
        "",
        [],
    ),
    "calls-it-nonsense": (page(COMPLYING, "text/html; charset=zlib_codec"), "", []),
    "lets-us-in": (page(COMPLYING), "", []),
    "keeps-robots-out": (page(COMPLYING), "not_welcome", []),
    "leads-where-robots-are-not-wanted": (
        leads_to(lambda door: on(door, "keeps-robots-out.outlet.example", PATH)),
        "not_welcome",
        [],
    ),
    "redirects-inward": (
        leads_to(lambda door: on(door, "169.254.169.254", "/latest/meta-data/")),
        "not_public",
        [],
    ),
    "redirects-to-this-machine": (
        leads_to(lambda door: on(door, "localhost")),
        "not_public",
        [],
    ),
    "redirects-to-a-file": (leads_to(lambda door: "file:///etc/passwd"), "no_address", []),
    "redirects-without-end": (leads_to(next_step), "too_many_redirects", []),
    "unknown": (page(COMPLYING), "unknown_host", []),
    "drips": (drips, "time_is_up", []),
    "is-silent": (is_silent, "time_is_up", []),
    "sends-a-gigabyte": (is_without_end, "too_large", []),
    "sends-a-library": (page(COMPLYING * 900), "too_large", []),
    "hangs-up": (
        page(COMPLYING[:2000], Content_Length=str(len(COMPLYING.encode()))),
        "no_answer",
        [],
    ),
    "sends-a-bomb": (page(gzip.compress(NOUGHTS), Content_Encoding="gzip"), "too_large", []),
    "sends-a-better-bomb": (
        page(brotli.compress(NOUGHTS, quality=1), Content_Encoding="br"),
        "too_large",
        [],
    ),
    "packs-it-badly": (page(b"\x00rubbish", Content_Encoding="gzip"), "unreadable", []),
    "packs-it-oddly": (page(COMPLYING, Content_Encoding="zstd"), "unreadable", []),
    "sends-a-paper": (page(b"%PDF-1.7", "application/pdf"), "not_html", []),
    "has-lost-it": (page("<h1>Not found</h1>", status=404), "not_found", []),
    "has-deleted-it": (page("<h1>Gone</h1>", status=410), "gone", []),
    "wants-a-password": (page("Who is it?", status=401), "not_admitted", []),
    "is-broken": (page("Oops", status=500), "server_error", []),
    "says-lost-politely": (page(the_pump.saved("soft_404")), "soft_404", []),
    "wants-cookies": (page(the_pump.saved("cookie_wall")), "cookie_wall", []),
    "shows-scripts-alone": (page(the_pump.saved("script_only")), "empty", []),
    "shows-another-text": (page(the_pump.saved("another_text")), "other_text", []),
}
