"""Foreign pages and files: read as a browser would, whatever they are made of."""

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from subprocess import CompletedProcess
from threading import Barrier

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.compliance import maintext, robots
from licensing.compliance.maintext import main_text
from licensing.compliance.reading import read
from licensing.compliance.unpacking import NotReadable, TooMuch, decoded, unpacked
from tests.licensing.compliance import the_pump


def test_of_a_page_all_that_counts_is_read():
    page = read(the_pump.complying())
    assert page.title == f"{the_pump.HEADLINE} – Ridge Courier"
    assert page.headings[0] == the_pump.HEADLINE
    assert page.canonical == (the_pump.URL,)
    assert page.robots == {"noindex", "follow"}
    assert [picture.alt for picture in page.pictures] == [the_pump.ALT, ""]
    assert page.published_at.isoformat() == "2026-11-20T07:30:00+01:00"
    assert not page.is_behind_a_paywall
    assert not any("not a word of the page" in block for block in page.blocks)
    assert any(block.endswith("from the milking.”") for block in page.blocks)


def test_lazy_pictures_are_seen_and_lists_of_headings_end():
    page = read('<img data-src="/a.jpg" srcset="/b.jpg 2x" alt=" A  b ">' + "<h1>x</h1>" * 2000)
    assert page.pictures[0] == ("/a.jpg /b.jpg 2x", "A b")
    assert len(page.headings) == 500


@given(st.text(max_size=400).map(str.encode) | st.binary(max_size=400))
def test_whatever_comes_is_read(body):
    text = decoded(body, "")
    page = read(f"<script type=application/ld+json>{text}</script><h1>{text}</h1>{text}")
    for line in [*page.headlines, *page.blocks]:
        line.encode()
        assert "\0" not in line


@pytest.mark.parametrize(
    "data",
    ["[" * 100_000, '{"@graph": [' * 9_000, '"\\ud800"', "[1, null]", '{"headline": ["\\u0000"]}'],
)
def test_data_that_make_no_sense_say_nothing(data):
    page = read(f'<script type="application/ld+json">{data}</script>')
    assert page.published_at is None
    assert all("\0" not in line for line in page.headlines)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 160_000,
        "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">",
        "<h1>a" * 60_000,
        "<sup>1" * 60_000 + "</sup>" * 60_000,
        "<!--" * 100_000,
        "<script>" * 100_000,
    ],
    ids=["deep", "attributes", "headings", "marks", "comments", "scripts"],
)
def test_pages_that_mean_harm_are_read_in_one_pass(html):
    page = read(html)
    assert len(page.headings) <= 500
    assert page.is_whole == (html.count("<") < 60_000 or html[:3] in ("<!-", "<sc"))


def test_the_main_text_leaves_out_what_stands_around_it():
    text = main_text(the_pump.complying())
    assert the_pump.paragraphs()[0] in text
    assert "Most read" not in text


def test_a_page_that_keeps_the_library_busy_is_left():
    page = "<p " + " ".join(f"a{number}=1" for number in range(300_000)) + ">"
    assert main_text(page, seconds=0.3) == ""


def test_many_pages_at_once_keep_few_processes_busy(monkeypatch):
    meet, running, peaks = Barrier(2), [], []

    def run(command, **told):
        running.append(command)
        peaks.append(len(running))
        meet.wait()
        running.remove(command)
        return CompletedProcess(command, 0, told["input"])

    monkeypatch.setattr(maintext.subprocess, "run", run)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(main_text, "abcdefgh")) == list("abcdefgh")
    assert max(peaks) <= 2


# --- What comes over the line -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(b"words", mtime=0), "gzip"),
        (zlib.compress(b"words"), "deflate"),
        (zlib.compress(b"words")[2:-4], "deflate"),
        (brotli.compress(b"words"), "br"),
        (brotli.compress(gzip.compress(b"words", mtime=0)), "gzip, br"),
        (b"words", "identity"),
        (b"words", ""),
    ],
)
def test_what_is_packed_is_unpacked(body, coding):
    assert unpacked(body, coding, most=100) == b"words"


def test_what_grows_is_left_and_what_is_broken_or_odd_is_said():
    for body, coding in (
        (gzip.compress(bytes(10**7)), "gzip"),
        (brotli.compress(bytes(10**7)), "br"),
    ):
        with pytest.raises(TooMuch):
            unpacked(body, coding, most=10**6)
    for body, coding in (
        (b"junk", "gzip"),
        (b"\xff\xff", "br"),
        (b"", "zstd"),
        (b"", "gzip,gzip,br"),
    ):
        with pytest.raises(NotReadable):
            unpacked(body, coding, most=100)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Müller".encode(), "text/html; charset=iso-8859-1"),
        ("Müller".encode("cp1252"), "text/html; charset=utf-8"),
        ("Müller".encode("cp1252"), ""),
        ("Müller".encode("utf-16"), "text/html"),
        (b"\xef\xbb\xbf" + "Müller".encode(), "text/html; charset=big5"),
        ("Müller".encode("cp1252"), "text/html; charset=rot13"),
        ("Müller".encode("cp1252"), "text/html; charset=idna"),
    ],
)
def test_a_charset_is_what_the_bytes_are(body, said):
    assert decoded(body, said) == "Müller"


def test_a_charset_that_only_the_page_names_is_taken():
    page = '<meta charset="koi8-r">Насос'
    assert decoded(page.encode("koi8-r"), "text/html") == page
    assert "\0" not in decoded(b"a\0b", "")


# --- robots.txt -------------------------------------------------------------------------------

FILE = """\ufeff# Ridge Courier
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*b*c

User-agent: Others
User-agent: Imprimatur/1.0
Disallow: /drafts/   # not yet
Disallow: /s%C3%A4ge
"""


@pytest.mark.parametrize(
    ("name", "path", "may"),
    [
        ("others-still", "/", True),
        ("others-still", "/private/x", False),
        ("others-still", "/private/open/x", True),
        ("others-still", "/x.pdf", False),
        ("others-still", "/x.pdf?y", True),
        ("others-still", "/axxbyyc/d", False),
        ("others-still", "/axxcyyb", True),
        ("imprimatur", "/private/x", True),
        ("imprimatur", "/drafts/x", False),
        ("imprimatur", "/säge", False),
        ("imprimatur", "/robots.txt", True),
    ],
)
def test_the_rule_that_is_longest_counts(name, path, may):
    assert robots.may_read(FILE, path, name=name) is may


@pytest.mark.parametrize("file", ["", "Disallow: /", "User-agent: *\nDisallow:", "<html>", "::::"])
def test_what_forbids_nothing_forbids_nothing(file):
    assert robots.may_read(file, "/x")


def test_files_that_mean_harm_are_read():
    stars = "User-agent: *\nDisallow: " + "*a" * 900 + "b\n"
    assert robots.may_read(stars * 200, "/" + "a" * 1900)
    assert robots.may_read("User-agent: x\n" * 30_000, "/")
