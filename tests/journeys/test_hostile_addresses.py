"""Nothing typed into an address breaks a page, is repeated as it is, or shows what is hidden.

The routes are those of tests/newsroom.py; test_visibility.py fails where one has no case.
"""

import json
import re
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import resolve

from tests.newsroom import Newsroom
from tests.reading import body_of

MAY_BE = {200, 301, 302, 303, 400, 404, 405, 410, 501, 503}
# Of a copy: its conditions were not accepted, or are others by now.
OF_A_COPY = {409, 422}
# Their forms are sent, and bring a cookie of their own back.
SENDING = ("/republish/", "/complaints/new/")
MARKUP = "\"'><x-typed onload=alert(1)>{{7*7}}"
# What no text has, whoever wrote it.
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# By what they are; each as it stands in an address.
VALUES = {
    "markup": quote(MARKUP),
    "nothing": "",
    "white space": "%20%09%0A%0D%C2%A0",
    "a zero byte": "a%00b",
    "control characters": "%01%08%0B%1B%7F%C2%85%E2%80%A8",
    "signs that turn and hide": quote("\u202egnp.exe\u2066\u200b\u200f\ufeff\u061c"),
    "half a pair, as bytes": "%ED%A0%80%FF%FE%C0%AF",
    "a broken escape": "%zz%",
    "ten thousand letters": "a" * 10_000,
    "ten thousand signs": quote("'") * 2_000 + "%28" * 2_000,
    "a number beyond reason": "1" + "0" * 23,
    "a negative number": "-1",
    "other digits": quote("٣²Ⅳ"),
    "no number": "NaN",
    "SQL": quote("x' OR 1=1; DROP TABLE articles_article;--"),
    "operators of a search": quote('NEAR("a" b*, 5) AND NOT {title}: ^x OR - "" * & | ! <-> :* \\'),
    "open quotation": quote('"“«-"secret'),
    "a list's end": "2199-01-01T00:00:00%2B00:00~9223372036854775808",
    "a moment of no calendar": "9999-12-31T23:59:59.999999%2B00:00~1",
    "a moment before all": "0001-01-01T00:00:00-23:59~1",
    "a day that is none": "2026-02-30",
    "a day beyond the calendar": "9999-12-31",
    "a first day": "0001-01-01",
    "an address elsewhere": quote("https://elsewhere.example\\@testserver/articles/x/"),
    "a script's address": quote("javascript:alert(1)//"),
    "a way up": quote("../../etc/passwd"),
    "a place in a template": quote("%s%(x)s{0.__class__}"),
}
# All that some page reads from its address, and what none does.
NAMES = (
    *("q", "exact", "order", "page", "before", "after", "role", "version", "site", "done"),
    *("region", "theme", "report", "author", "publication", "tag", "language", "origin", "use"),
    *("from", "until", "format", "url", "maxwidth", "maxheight", "quote", "paragraph", "find"),
    *("article", "step", "sent", "accepted", "licence", "unknown", "region%00", "q[]", "__proto__"),
)
# With these a page shows something else than it would have made of the others.
PREEMPTING = {"format", "sent", "step", "url", "find", "accepted", "licence"}
# Where one of them alone leads furthest.
READ_ALONE = [
    ("/search/", "q"),
    ("/search/?exact=1", "q"),
    ("/fr/search/?language=en", "q"),
    ("/search/?q=tide", "page"),
    ("/articles/", "before"),
    ("/articles/", "author"),
    ("/articles/", "from"),
    ("/articles/", "until"),
    ("/articles/feed.atom", "before"),
    ("/articles/feed.rss", "tag"),
    ("/authors/", "after"),
    ("/authors/ada-brook/", "role"),
    ("/follow/", "author"),
    ("/oembed/", "url"),
    ("/oembed/?url=http://testserver/articles/{slug}/", "format"),
    ("/oembed/?url=http://testserver/articles/{slug}/", "maxwidth"),
    ("/articles/{slug}/cite/", "quote"),
    ("/articles/{slug}/cite/", "paragraph"),
    ("/articles/{slug}/cite/bibtex", "quote"),
    ("/permissions/new/", "find"),
    ("/permissions/new/", "article"),
    ("/permissions/new/", "sent"),
    ("/permissions/new/?article={slug}&step=details", "use"),
    ("/permissions/new/?article={slug}&use=print", "step"),
    ("/rights/terms/community-terms/", "version"),
    ("/articles/{slug}/republish/", "use"),
    ("/articles/{slug}/republish/?use=community_web", "accepted"),
    ("/articles/{slug}/republish/?use=community_web", "licence"),
    ("/articles/{slug}/republish/preview/?use=community_web", "accepted"),
    ("/articles/{slug}/republish/copy.md?use=community_web", "accepted"),
    ("/complaints/new/", "article"),
    ("/complaints/new/", "sent"),
]
# Routes that test_visibility.py leaves out: shown to whoever holds a link or a number, or moving
# with the clock.
BY_LINK = [
    "/follow/token-of-nobody/",
    "/follow/token-of-nobody/stop/",
    "/clearances/token-of-nobody/",
    "/permissions/token-of-nobody/",
    "/permissions/token-of-nobody/files/00000000-0000-0000-0000-000000000000/",
    "/permissions/token-of-nobody/certificate/G-2026-0001.pdf",
    "/permissions/token-of-nobody/invoices/I-2026-0001.pdf",
    "/grants/G-2026-0001/",
    "/permissions/token-of-nobody/copy/",
    "/permissions/token-of-nobody/copy/preview/",
    "/permissions/token-of-nobody/copy/copy.html",
    "/permissions/token-of-nobody/changes/1/",
    "/partners/token-of-nobody/changes/1/",
    "/partners/feed.atom",
    "/complaints/new/",
    "/complaints/token-of-nobody/",
    "/webmention/",
    "/grants/G-2026-0001/certificate.pdf",
    "/sitemap.xml",
]
PIECES = {
    "markup": quote(MARKUP, safe=""),
    "a zero byte": "a%00b",
    "control characters": "a%0D%0ASet-Cookie:%20a=b%1B",
    "signs that turn and hide": quote("\u202ea\u200b"),
    "half a pair, as bytes": "%ED%A0%80",
    "three thousand letters": "a" * 3_000,
    "dots": "..",
    "dots in disguise": "%2e%2e%2fetc",
    "a slash in disguise": "a%2Fb",
    "a backslash": "a%5Cb",
    "a number beyond reason": "9" * 40,
    "other digits": quote("٣²"),
    "nothing": "",
    "SQL": quote("x' OR 1=1;--"),
}
RAW = ["q=\xed\xa0\x80\x00<x-typed>", "region=\xff\xfe", "before=\xd9\xa3", "=", "&&;;", "?"]
ASTRAY = [
    *("//", "///", "//elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example/"),
    *("/%2F%2Felsewhere.example/", "/%5C%5Celsewhere.example", "/https://elsewhere.example/"),
    *("/.", "/..", "/./articles/", "/../articles/", "/articles/../admin", "/%2e%2e/%2e%2e/etc"),
    *("/FR/articles/", "/Fr/", "/xx/articles/", "/fr/fr/articles/", "/ar/ar/", "/en/articles/"),
    *("/fr", "/ar/articles", "/fr-CA/articles/", "/zh-hans/", "/articles", "/ARTICLES/"),
    *("/%00", "/articles/%00/", "/\x7f/", "/%FF%FE/", "/%0d%0aX-Typed:1/", "/articles/%0a/"),
    *("/" + "a" * 10_000 + "/", "/" + "a/" * 3_000, "/" + "%E2%80%AE" * 500 + "/"),
    *("/archive/0000/", "/archive/9999/", "/archive/2026/00/", "/archive/2026/13/"),
    *("/archive/9999/12/", "/archive/0001/01/", "/archive/99999/", "/archive/-2026/"),
    *("/feed.xml", "/articles/feed.rss/", "/sitemap-articles-9999-12.xml", "/feed.rss%00"),
    *("/sitemap-articles-2026-11-99999999999999999999999.xml", "/sitemap-articles-0000-01.xml"),
    *("/pictures/00000000-0000-0000-0000-000000000000/a/99999999999999999999999.jpg",),
    *("/.git/config", "/wp-login.php", "/.env", "/articles/;drop/", "/favicon.ico/", "/tags//"),
]


@pytest.fixture
def newsroom(people):
    made = Newsroom(people)
    made.fill()
    return made


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


def faults(reader, address: str, **more) -> list[str]:
    """What is wrong with the answer to ``address``."""
    response = reader.get(address, **more)
    body = body_of(response)
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    is_markup = media_type == "text/html" or media_type.endswith("xml")
    is_text = is_markup or media_type.startswith("text/") or media_type.endswith("json")
    path = urlsplit(address).path
    may_be = MAY_BE | OF_A_COPY if path.endswith("/republish/") else MAY_BE
    asked_for = {"csrftoken"} if path.endswith(SENDING) else set()
    goes_to = urlsplit(response.headers.get("Location", "")).netloc
    said = {
        f"answers {response.status_code}": response.status_code not in may_be,
        "has a header of two lines": any(
            sign in value for value in response.headers.values() for sign in "\r\n"
        ),
        f"leads to {goes_to}": goes_to not in ("", "testserver"),
        "sets a cookie": bool(response.cookies.keys() - asked_for),
        "repeats what was typed as it is": is_markup and b"<x-typed" in body,
        "shows what is hidden": is_text and b"quux" in body.lower(),
        "has control characters": is_text and bool(CONTROLS.search(body)),
        "is broken": response.status_code == 200 and not _is_whole(body, media_type),
    }
    return [f"{address[:160]} {more or ''} {fault}" for fault, is_so in said.items() if is_so]


def _is_whole(body: bytes, media_type: str) -> bool:
    try:
        if media_type.endswith("xml"):
            ElementTree.fromstring(body)  # noqa: S314 - our own pages, not somebody's files
        elif media_type.endswith("json"):
            json.loads(body)
    except (ElementTree.ParseError, ValueError):
        return False
    return True


def one_of_each(newsroom) -> list[str]:
    """An address of every route."""
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.picture)
    left_out = {name for name, addresses in cases.items() if not addresses}
    assert {resolve(address).view_name for address in BY_LINK} == left_out
    return [addresses[0] for addresses in cases.values() if addresses] + BY_LINK


def with_query(address: str, query: str) -> str:
    return address + ("&" if "?" in address else "?") + query


def test_no_page_minds_what_its_address_is_asked(reader, newsroom):
    read_last = [name for name in NAMES if name not in PREEMPTING]
    queries = [
        "&".join(f"{name}={VALUES[what]}" for name in names)
        for what in ("markup", "a zero byte", "half a pair, as bytes", "a list's end")
        for names in (NAMES, read_last)
    ]
    found = []
    for address in one_of_each(newsroom):
        is_in_every_language = resolve(urlsplit(address).path).namespace in ("site", "rights")
        asked = [with_query(address, query) for query in queries]
        if is_in_every_language:
            asked += [with_query(f"/ar{address}", query) for query in queries]
        for one in asked:
            found += faults(reader, one)
    assert found == [], "\n".join(found)


def test_no_page_minds_what_it_reads_from_its_address(reader, newsroom):
    found = []
    for address, name in READ_ALONE:
        plain = address.format(slug=newsroom.live.slug)
        for value in VALUES.values():
            found += faults(reader, with_query(plain, f"{name}={value}"))
        found += faults(reader, with_query(plain, f"{name}={VALUES['SQL']}&{name}=tide&{name}"))
    assert found == [], "\n".join(found)


def test_bytes_that_nobody_encoded_are_minded_by_no_page(reader, newsroom):
    found = []
    for raw in RAW:
        for address in ("/search/", "/articles/", "/articles/feed.json", "/permissions/new/"):
            found += faults(reader, address, QUERY_STRING=raw)
    assert found == [], "\n".join(found)


def test_no_page_minds_what_stands_in_the_place_of_a_name(reader, newsroom):
    found = []
    for address in one_of_each(newsroom):
        plain = urlsplit(address).path
        for value in map(str, resolve(plain).kwargs.values()):
            for piece in PIECES.values():
                found += faults(reader, plain.replace(value, piece, 1))
    assert found == [], "\n".join(found)


def test_no_address_leads_astray(reader, newsroom):
    found = [fault for address in ASTRAY for fault in faults(reader, address)]
    assert found == [], "\n".join(found)
