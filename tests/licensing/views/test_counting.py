"""The counting pixel: one dot for everybody, people counted once a day, nobody remembered."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from licensing.copies import readers
from licensing.copy_duties import forget_readers
from licensing.models import Pixel, ReaderOfTheDay, Readings, SaltOfTheDay, Sighting
from licensing.views import counting as door
from tests.factories.articles import make_live_article
from tests.factories.copies import FIREFOX, make_pixel
from tests.factories.crossposts import make_crosspost

pytestmark = pytest.mark.django_db
PAGE = "https://www.harbour-watch.example/secret/page?name=ines"
HOST = "harbour-watch.example"


@pytest.fixture
def pixel(people) -> Pixel:
    return make_pixel(make_live_article(people=people), people=people)


@pytest.fixture
def fetch(client):
    """Somebody at an address with a browser, on a page."""

    def fetched(pixel, *, address="203.0.113.7", referer=PAGE, method="get", **headers):
        url = reverse("licensing:pixel", args=[getattr(pixel, "key", pixel)])
        told = {"user-agent": FIREFOX, "referer": referer, **headers}
        return getattr(client, method)(url, headers=told, REMOTE_ADDR=address)

    return fetched


def numbers() -> dict[str, int]:
    return dict(Readings.objects.values_list("host", "number"))


def test_a_reader_is_counted_under_the_host_and_no_more_is_kept(pixel, fetch):
    answer = fetch(pixel)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/gif")
    assert len(answer.content) == 43 and answer.content.startswith(b"GIF89a")
    assert answer["Content-Length"] == "43"
    assert not answer.cookies and "Vary" not in answer
    assert numbers() == {HOST: 1}
    kept = str(list(Readings.objects.values())) + str(list(ReaderOfTheDay.objects.values()))
    for told in ("203.0.113", "Firefox", "secret", "ines"):
        assert told not in kept


def test_it_is_good_for_the_rest_of_the_day_and_no_longer(pixel, fetch, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 4, 22, 0, tzinfo=UTC))
    answer = fetch(pixel)
    assert answer["Cache-Control"] == "private, max-age=7200"
    again = fetch(pixel, **{"if-none-match": answer["ETag"]}, address="203.0.113.99")
    assert (again.status_code, again.content) == (304, b"")
    assert numbers() == {HOST: 1}
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 5, 1, 0, tzinfo=UTC))
    tomorrow = fetch(pixel, **{"if-none-match": answer["ETag"]})
    assert tomorrow.status_code == 200 and tomorrow["ETag"] != answer["ETag"]
    assert sum(Readings.objects.values_list("number", flat=True)) == 2


def test_the_mark_for_the_browser_is_the_same_for_all(pixel, fetch):
    marks = {fetch(pixel, address=f"203.0.113.{one}")["ETag"] for one in range(3)}
    assert len(marks) == 1


def test_who_is_another_browser_each_time_makes_no_end_of_rows(pixel, fetch, monkeypatch):
    monkeypatch.setattr(readers, "MOST_BEHIND_AN_ADDRESS", 3)
    for number in range(12):
        fetch(pixel, **{"user-agent": f"{FIREFOX} {number}"}, referer=f"https://h{number}.example/")
    assert ReaderOfTheDay.objects.count() == 3
    assert sum(numbers().values()) == 3


def test_the_same_reader_is_counted_once_a_day(pixel, fetch):
    for _time in range(3):
        fetch(pixel)
    fetch(pixel, address="203.0.113.8")
    fetch(pixel, **{"user-agent": FIREFOX.replace("128", "129")})
    assert numbers() == {HOST: 3}


def test_machines_and_what_is_fetched_ahead_are_answered_and_not_counted(pixel, fetch):
    for more in (
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": ""},
        {"sec-purpose": "prefetch;prerender"},
        {"sec-fetch-dest": "document"},
    ):
        assert fetch(pixel, **more).content == door.GIF
    assert not Readings.objects.exists() and not ReaderOfTheDay.objects.exists()


@pytest.mark.parametrize("key", ["unknown", "x" * 64, "x" * 500, "a\0b", "%F0%9F%90%88"])
def test_of_an_unknown_key_nothing_is_told(pixel, fetch, key):
    known, unknown = fetch(pixel), fetch(key)
    assert (unknown.status_code, unknown.content) == (200, known.content)
    told = {name: value for name, value in known.items() if name != "Content-Security-Policy"}
    assert {name: unknown[name] for name in told} == told
    assert numbers() == {HOST: 1}


def test_asking_for_the_head_counts_nobody_and_nothing_else_is_understood(pixel, fetch):
    head = fetch(pixel, method="head")
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", "43")
    assert not Readings.objects.exists()
    assert fetch(pixel, method="post").status_code == 405


def test_who_is_signed_in_here_is_not_looked_at(pixel, fetch, client, people):
    client.force_login(people["editor"])
    before = client.session.items()
    answer = fetch(pixel)
    assert not answer.cookies and list(client.session.items()) == list(before)
    assert not answer.wsgi_request.session.accessed


def test_a_browser_that_names_no_page_and_one_on_a_page_of_ours(pixel, fetch, settings):
    settings.SITE_URL = "https://house.example"
    fetch(pixel, referer="")
    fetch(pixel, referer="https://house.example/articles/x/", address="203.0.113.8")
    fetch(pixel, referer="\x00\ud800".encode("utf-8", "replace").decode(), address="203.0.113.9")
    assert numbers() == {"": 2}


def test_a_fault_of_ours_does_not_break_their_page(pixel, fetch, monkeypatch, caplog):
    def fails(*args, **told):
        raise DatabaseError

    monkeypatch.setattr(door, "count", fails)
    assert fetch(pixel).content == door.GIF
    assert "was not counted" in caplog.text


def test_a_host_that_nobody_told_us_of_is_seen_once_and_a_known_one_not(pixel, fetch):
    make_crosspost(pixel.article, grant=pixel.grant, url="https://known.example/copy/")
    fetch(pixel, referer="https://known.example/")
    for place in range(3):
        fetch(pixel, address=f"203.0.113.{place}")
    assert [row.host for row in Sighting.objects.open()] == [HOST]
    make_crosspost(pixel.article, url=f"https://{HOST}/here/")
    assert not Sighting.objects.open().exists()


def test_salt_and_marks_are_gone_tomorrow(pixel, fetch, people):
    fetch(pixel)
    assert SaltOfTheDay.objects.count() == ReaderOfTheDay.objects.count() == 1
    forget_readers(at=timezone.now())
    assert ReaderOfTheDay.objects.count() == 1
    forget_readers(at=timezone.now() + timedelta(days=1))
    assert not SaltOfTheDay.objects.exists() and not ReaderOfTheDay.objects.exists()
    assert numbers() == {HOST: 1}
