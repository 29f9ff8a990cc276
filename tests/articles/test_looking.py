"""What is found where links lead is kept, and nobody may look without end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import looking
from articles.links import Link
from articles.models import LinkCheck
from cms.fetching import Answer, NotFetched, Why
from cms.limits.limits import HOUR, Limit, TooMany

pytestmark = pytest.mark.django_db
ADDRESS = "https://elsewhere.example/a"


@pytest.fixture
def editor(people):
    return people["editor"]


def finds(status, moved_to=""):
    return lambda address, seconds: Answer(status, address, moved_to)


def fails(why):
    def seek(address, seconds):
        raise NotFetched(why)

    return seek


@pytest.mark.parametrize(
    ("seek", "outcome", "code"),
    [
        (finds(200), "alive", 200),
        (finds(200, "https://new.example/"), "moved", 200),
        (finds(404), "dead", 404),
        (finds(410), "dead", 410),
        (finds(403), "refused", 403),
        (finds(429), "refused", 429),
        (finds(503), "failed", 503),
        (fails(Why.UNKNOWN_HOST), "dead", None),
        (fails(Why.NOT_PUBLIC), "closed", None),
        (fails(Why.UNTRUSTED), "failed", None),
        (fails(Why.TIME_IS_UP), "failed", None),
    ],
)
def test_what_is_found_is_told_in_a_word(editor, seek, outcome, code):
    check = looking.look_at(ADDRESS, by=editor, seek=seek)
    assert (check.outcome, check.code) == (outcome, code)
    assert check.moved_to == ("https://new.example/" if outcome == "moved" else "")


def test_the_last_look_is_kept_and_no_other(editor):
    looking.look_at(ADDRESS, by=editor, seek=finds(200, "https://new.example/"))
    looking.look_at(ADDRESS, by=editor, seek=finds(404))
    check = LinkCheck.objects.of([ADDRESS, "https://other.example/"]).get()
    assert (check.outcome, check.moved_to) == ("dead", "")


def test_each_address_is_asked_once_and_those_never_asked_first(editor):
    asked = []

    def seek(address, seconds):
        asked.append(address)
        return Answer(200, address)

    looking.look_at(ADDRESS, by=editor, seek=finds(200))
    links = [Link("", ADDRESS), Link("", "https://b.example/"), Link("", "https://b.example/")]
    left = looking.look_at_all([*links, Link("", "mailto:a@b.example")], by=editor, seek=seek)
    assert (left, asked) == (0, ["https://b.example/", ADDRESS])


def test_what_there_is_no_time_for_is_told(editor, monkeypatch):
    monkeypatch.setattr(looking, "SECONDS", 0)
    assert looking.look_at_all([Link("", ADDRESS)], by=editor, seek=fails(Why.NO_ANSWER)) == 1


def test_whoever_looks_too_often_has_to_wait(editor, monkeypatch):
    monkeypatch.setattr(looking, "LIMITS", {"user": Limit(1, HOUR)})
    looking.look_at(ADDRESS, by=editor, seek=finds(200))
    with pytest.raises(TooMany):
        looking.look_at(ADDRESS, by=editor, seek=finds(404))
    assert LinkCheck.objects.get().outcome == "alive"


def test_what_nobody_has_asked_for_half_a_year_is_thrown_away(editor):
    looking.look_at(ADDRESS, by=editor, seek=finds(200))
    looking.throw_away_checks(at=timezone.now() + looking.KEPT - timedelta(minutes=1))
    assert LinkCheck.objects.exists()
    looking.throw_away_checks(at=timezone.now() + looking.KEPT + timedelta(minutes=1))
    assert not LinkCheck.objects.exists()
