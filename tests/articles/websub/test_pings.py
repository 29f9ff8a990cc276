"""The hub is told at least once, whatever becomes of it, of us, or of both; and then left alone."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import HubPing
from articles.websub import pings
from cms import outgoing
from tests.factories import accounts
from tests.factories.articles import make_live_article
from tests.site import free_port

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NOW = timezone.now()
TOPIC = "https://house.example/feed.atom"


class Hub:
    """A hub on loopback: what it was told, and what it answers next."""

    def __init__(self):
        self.told = []
        self.status = 202
        self.meanwhile = lambda: None
        hub = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                hub.told.append(parse_qs(self.rfile.read(length).decode()))
                hub.meanwhile()
                self.send_response(hub.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def hub(settings):
    hub = Hub()
    settings.SITE_URL, settings.WEBSUB_HUB = "https://house.example", hub.url
    yield hub
    hub.close()


@pytest.fixture
def ping(db):
    return HubPing.objects.create(topic=TOPIC, promised_at=NOW, due_at=NOW)


def tell(at=NOW):
    return pings.tell(now=lambda: at)


def test_the_hub_takes_a_ping_and_is_told_no_more(hub, ping):
    assert str(tell()) == "1 taken"
    assert hub.told == [{"hub.mode": ["publish"], "hub.url": [TOPIC], "hub.topic": [TOPIC]}]
    ping.refresh_from_db()
    assert (ping.due_at, ping.taken_at, ping.answer) == (None, NOW, "HTTP 202")
    assert str(tell(NOW + DAY)) == ""
    assert len(hub.told) == 1


def test_a_ping_is_not_made_before_it_is_due(hub, ping):
    assert str(tell(NOW - MINUTE)) == ""
    assert hub.told == []


def test_a_hub_that_refuses_is_asked_again_later_each_time_and_given_up_after_a_day(hub, ping):
    hub.status = 503
    at, waits = NOW, []
    while ping.due_at:
        tell(at)
        ping.refresh_from_db()
        waits.append((ping.due_at or at) - at)
        at = ping.due_at or at
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert max(waits) == 120 * MINUTE
    assert ping.given_up_at - NOW >= DAY
    assert ping.answer == "HTTP 503"
    assert len(hub.told) < 25


def test_a_hub_that_is_away_is_left_alone_until_the_next_stroke(ping, settings):
    settings.SITE_URL = "https://house.example"
    settings.WEBSUB_HUB = f"http://127.0.0.1:{free_port()}/"
    HubPing.objects.create(topic=f"{TOPIC}2", promised_at=NOW, due_at=NOW)
    assert str(tell()) == "1 to be tried again"
    ping.refresh_from_db()
    assert (ping.tries, ping.answer) == (1, "ConnectionRefusedError")


def test_a_hub_that_takes_its_time_does_not_hold_up_the_clock(hub, ping):
    HubPing.objects.bulk_create(
        HubPing(topic=f"{TOPIC}{number}", promised_at=NOW, due_at=NOW) for number in range(9)
    )
    moments = (NOW + number * timedelta(seconds=5) for number in range(100))
    told = pings.tell(now=lambda: next(moments))
    assert 0 < told.taken < 10
    assert HubPing.objects.due(NOW).count() == 10 - told.taken


def test_who_is_killed_after_the_hub_has_taken_it_tells_it_once_more(hub, ping, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(pings, "_taken", die)
        with pytest.raises(Killed):
            tell()
    assert len(hub.told) == 1
    assert str(tell(NOW + timedelta(seconds=59))) == ""
    assert str(tell(NOW + timedelta(seconds=61))) == "1 taken"
    assert len(hub.told) == 2


def test_a_feed_that_changes_while_the_hub_is_told_is_told_again(hub, ping):
    later = NOW + timedelta(seconds=1)
    told_so_far = []

    def change():
        if not told_so_far:
            told_so_far.append(HubPing.objects.update(promised_at=later))

    # On PostgreSQL the thread of the hub would need a connection of its own.
    real_post = outgoing.post

    def post(*args, **kwargs):
        answer = real_post(*args, **kwargs)
        change()
        return answer

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(outgoing, "post", post)
        tell()
    ping.refresh_from_db()
    assert ping.due_at == NOW + MINUTE
    assert str(tell(NOW + MINUTE)) == "1 taken"
    ping.refresh_from_db()
    assert ping.due_at is None


def test_of_two_clocks_one_makes_the_ping(hub, ping):
    assert pings._claimed(ping.pk, at=NOW)
    assert pings._claimed(ping.pk, at=NOW) is None


def test_a_clock_that_is_to_stop_leaves_the_rest(hub, ping):
    assert str(pings.tell(now=lambda: NOW, is_stopping=lambda: True)) == ""
    assert hub.told == []


@pytest.mark.django_db(transaction=True)
def test_the_clock_does_it_all(hub, settings, capsys):
    people = accounts.one_of_each_role()
    make_live_article(people=people)
    call_command("clock")
    HubPing.objects.exclude(due_at=None).update(due_at=timezone.now() - MINUTE)
    call_command("clock")
    assert {said["hub.url"][0] for said in hub.told} >= {
        "https://house.example/feed.rss",
        "https://house.example/articles/feed.json",
    }


def test_every_ping_is_in_one_state(ping):
    taken = HubPing.objects.create(topic=f"{TOPIC}2", promised_at=NOW, taken_at=NOW)
    given_up = HubPing.objects.create(topic=f"{TOPIC}3", promised_at=NOW, given_up_at=NOW)
    assert list(HubPing.objects.waiting()) == [ping]
    assert list(HubPing.objects.taken()) == [taken]
    assert list(HubPing.objects.given_up()) == [given_up]


def test_the_administrator_sees_pings_and_changes_none(client, people, admin_user, ping):
    client.force_login(people["managing_editor"])
    assert client.get("/admin/articles/hubping/").status_code == 403
    client.force_login(admin_user)
    assert TOPIC in client.get("/admin/articles/hubping/?state=waiting").content.decode()
    page = client.get(f"/admin/articles/hubping/{ping.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(f"/admin/articles/hubping/{ping.pk}/delete/").status_code == 403
