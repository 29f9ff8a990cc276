"""The desk of partners: an address is shown once, ends at once, and only managers make one."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from licensing.models import Partner
from tests.factories.articles import make_live_article
from tests.factories.partners import given, make_partner
from tests.factories.takings import free_for_community_sites
from tests.reading import words

pytestmark = pytest.mark.django_db
LIST = "/admin/licensing/partner/"
TYPED = {
    "outlet": "Harbour Post",
    "name": "Ines Roca",
    "email": "Ines@Harbour-Post.example",
    "use": "community_web",
    "language": "",
}


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return people["rights_manager"]


def token_on(page) -> str:
    return re.search(r"/partners/([-\w]{20,})/feed.rss", page.content.decode())[1]


def test_a_partner_is_entered_and_told_its_address_once(manager, client):
    answer = client.post(f"{LIST}add/", {**TYPED, "_continue": "1"})
    assert answer.status_code == 302
    partner = Partner.objects.get()
    assert (partner.licensee_key, partner.created_by) == ("ines@harbour-post.example", manager)
    assert not partner.is_active and partner.created_at
    own = f"{LIST}{partner.pk}/"
    assert "Without an address" in words(client.get(f"{own}change/"))
    asked = client.get(f"{own}new-address/")
    assert asked.status_code == 200 and not Partner.objects.active().exists()
    shown = client.post(f"{own}new-address/")
    token = token_on(shown)
    assert "no-store" in shown["Cache-Control"] and f"Bearer {token}" in shown.content.decode()
    assert client.get(f"/partners/{token}/feed.json").status_code == 200
    for page in (f"{own}change/", f"{own}new-address/", f"{own}history/", LIST):
        assert token not in client.get(page).content.decode()
    assert token not in str(list(LogEntry.objects.values()))
    new = token_on(client.post(f"{own}new-address/"))
    assert client.get(f"/partners/{token}/feed.json").status_code == 404
    assert client.get(f"/partners/{new}/feed.json").status_code == 200
    assert client.post(f"{own}switch-off/").status_code == 302
    assert client.get(f"/partners/{new}/feed.json").status_code == 404
    assert "Switched off" in words(client.get(f"{own}change/"))


def test_the_page_says_what_was_given_last(people, manager, client):
    free_for_community_sites()
    make_live_article(people=people, headline="Tide tables <b>")
    partner = make_partner()
    given(partner)
    page = words(client.get(f"{LIST}{partner.pk}/change/"))
    assert "Tide tables <b>" in page and "Whole text" in page


def test_one_licensee_is_one_partner_however_it_is_written(manager, client):
    make_partner(email="ines@harbour-post.example")
    page = client.post(f"{LIST}add/", TYPED)
    assert page.status_code == 200 and "has this address already" in words(page)
    odd = client.post(f"{LIST}add/", {**TYPED, "outlet": "\u202e\x00", "use": "x", "email": "y"})
    assert odd.status_code == 200 and Partner.objects.count() == 1


@pytest.mark.parametrize("page", ["new-address", "switch-off"])
def test_only_managers_make_and_end_addresses(people, client, page):
    partner = make_partner()
    before = Partner.objects.values().get()
    for role, status in {"editor": 403, "rights_desk": 403, "rights_manager": 200}.items():
        client.force_login(people[role])
        for key, expected in ((partner.pk, status), ("0x", 404 if status == 200 else 403)):
            assert client.get(f"{LIST}{key}/{page}/").status_code == expected, role
            if status == 403:
                assert client.post(f"{LIST}{key}/{page}/").status_code == 403
    assert Partner.objects.values().get() == before
