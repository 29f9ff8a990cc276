"""What has a limit is counted in rows, under hashes, and by where it really comes from."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from cms.limits import duties, limits
from cms.limits.limits import Limit, TooMany
from cms.limits.models import Attempt

pytestmark = pytest.mark.django_db
LIMITS = {
    "address": Limit(3, limits.HOUR),
    "email": Limit(2, limits.DAY),
    limits.EVERYBODY: Limit(5, limits.HOUR),
}


def take(*, address="192.0.2.1", email="ines@press.example", at=None):
    limits.take("try", LIMITS, at=at or timezone.now(), address=address, email=email)


def test_it_is_counted_for_each_address_each_mail_and_everybody():
    for number in range(3):
        take(email=f"{number}@press.example")
    with pytest.raises(TooMany):
        take(email="another@press.example")
    take(address="192.0.2.2", email="0@press.example")
    with pytest.raises(TooMany) as refused:
        take(address="192.0.2.2", email=" 0@PRESS.example")
    assert refused.value.wait == limits.DAY
    take(address="192.0.2.3")
    with pytest.raises(TooMany):
        take(address="192.0.2.4", email="new@press.example")


def test_what_was_refused_does_not_count_and_time_frees():
    now = timezone.now()
    for _time in range(2):
        take(at=now)
    for _time in range(4):
        with pytest.raises(TooMany):
            take(at=now)
    assert Attempt.objects.count() == 6
    take(at=now + timedelta(days=1, seconds=1))


def test_nobody_can_be_read_out_of_what_is_kept(settings):
    take()
    kept = str(list(Attempt.objects.values()))
    assert "ines" not in kept and "192.0.2.1" not in kept
    hashes = set(Attempt.objects.values_list("who", flat=True))
    settings.SECRET_KEY = "another"
    take()
    assert len(hashes | set(Attempt.objects.values_list("who", flat=True))) == 6


@pytest.mark.parametrize(
    ("is_behind", "forwarded", "address"),
    [
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (True, "somebody", ""),
        (True, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        # So a server that listens on both writes the old addresses; all would be one network.
        (True, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_what_a_proxy_says_counts_only_behind_one_of_ours(settings, is_behind, forwarded, address):
    settings.BEHIND_PROXY = is_behind
    request = RequestFactory(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded).get("/")
    assert limits.address_of(request) == address


def test_who_tried_what_is_forgotten_after_a_day():
    now = timezone.now()
    for hours in (23, 25):
        Attempt.objects.create(what="try", who="x", at=now - timedelta(hours=hours))
    assert duties.throw_away_attempts(at=now) == ""
    assert Attempt.objects.count() == 1
