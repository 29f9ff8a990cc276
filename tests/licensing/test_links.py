"""Secret addresses: unguessable, kept as a hash, open until they end, are used or revoked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from licensing import links
from licensing.models import ClearanceLink
from tests.factories.clearances import make_clearance


@pytest.fixture
def clearance(people):
    return make_clearance(by=people["rights_desk"], grant=False)


def test_a_token_has_256_bits_and_is_found_by_itself_alone(clearance):
    now = timezone.now()
    link, token = links.make(clearance, at=now)
    assert re.fullmatch(r"[-\w]{43}", token)
    assert links.find(token) == link
    for other in ("", token[:-1], token + "=", token.lower(), link.token_hash, "\x00", "é" * 40):
        assert links.find(other) is None


def test_only_a_hash_of_it_is_kept_and_no_two_are_alike(clearance):
    tokens = {links.make(clearance, at=timezone.now())[1] for _number in range(50)}
    assert len(tokens) == 50
    assert not tokens & set(ClearanceLink.objects.values_list("token_hash", flat=True))


def test_it_ends_by_itself(clearance):
    now = timezone.now()
    link, _token = links.make(clearance, at=now)
    assert link.is_open(now + links.LASTS - timedelta(seconds=1))
    assert not link.is_open(now + links.LASTS)
    assert not links.claim(link, at=now + links.LASTS)


def test_it_is_claimed_once(clearance):
    now = timezone.now()
    link, token = links.make(clearance, at=now)
    assert links.claim(link, at=now)
    assert not links.claim(links.find(token), at=now)


def test_what_is_revoked_is_not_claimed_and_what_was_answered_is_not_revoked(clearance):
    now = timezone.now()
    answered, _token = links.make(clearance, at=now)
    links.claim(answered, at=now)
    other, _token = links.make(clearance, at=now)
    assert links.revoke(clearance, at=now) == 1
    assert not links.claim(other, at=now)
    answered.refresh_from_db()
    assert answered.revoked_at is None


def test_its_address_is_the_sites_own(clearance, settings):
    settings.SITE_URL = "https://news.example"
    assert links.address("abc") == "https://news.example/clearances/abc/"
