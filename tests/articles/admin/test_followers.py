"""The desk of followers: figures, masked addresses, and an erasure that asks first."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Follower
from tests.factories.followers import make_asked, make_follower
from tests.factories.headings import make_region
from tests.pressing import press
from tests.reading import soup, words

LIST = reverse("admin:articles_follower_changelist")
INES = "ines@harbour.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, people):
    client.force_login(people["managing_editor"])
    return client


def test_the_list_counts_who_follows_what_and_shows_no_whole_address(desk):
    region = make_region("Harbour")
    make_follower(region, email=INES)
    make_follower(region, frequency="weekly")
    make_follower()
    make_asked()
    page = desk.get(LIST)
    text = words(page)
    assert "3 readers follow by mail. 2 of them every day. 1 has not confirmed yet." in text
    assert "Harbour Region 2" in text and "Everything we publish 1" in text
    assert INES not in page.content.decode() and "i…@harbour.example" in text


@pytest.mark.parametrize(("typed", "found"), [(INES, 1), ("ines", 0), ("harbour.example", 0)])
def test_only_a_whole_address_finds_somebody(desk, typed, found):
    make_follower(email=INES)
    assert len(soup(desk.get(LIST, {"q": typed})).select("#result_list tbody tr")) == found


@pytest.mark.parametrize(
    "column", ["email__startswith", "email", "seed__gte", "followings__region"]
)
def test_nobody_reads_an_address_or_a_seed_letter_by_letter(desk, column):
    make_follower(email=INES)
    assert desk.get(LIST, {column: "i"}).status_code == 400


@pytest.mark.parametrize(
    "filters",
    [{"frequency__exact": "daily"}, {"language__exact": "en", "confirmed_at__isempty": 0}],
)
def test_what_the_list_offers_narrows_it(desk, filters):
    make_follower(email=INES)
    make_asked(frequency="weekly")
    assert len(soup(desk.get(LIST, filters)).select("#result_list tbody tr")) == 1


def test_a_follower_is_erased_after_a_question(desk):
    follower = make_follower(email=INES)
    address = reverse("admin:articles_follower_erase", args=[follower.pk])
    page = desk.get(address)
    assert Follower.objects.confirmed().count() == 1
    assert "The address is erased." in words(press(desk, page, "Erase"))
    assert not Follower.objects.exclude(email="").exists()
    assert INES not in str(LogEntry.objects.values())
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("role", ["contributor", "editor", "rights_desk", "rights_manager"])
def test_nobody_else_erases(client, people, role):
    follower = make_follower()
    client.force_login(people[role])
    address = reverse("admin:articles_follower_erase", args=[follower.pk])
    assert client.get(address).status_code == client.post(address).status_code == 403
    assert Follower.objects.confirmed().count() == 1
