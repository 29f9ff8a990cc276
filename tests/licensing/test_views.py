"""The policy of rights: every notice about use, since when it counts, and the wordings before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.sitepolicy.actions import write_version
from tests.factories.whole import write_house_texts
from tests.reading import links, soup, words

pytestmark = pytest.mark.django_db


def test_the_page_says_what_may_be_done_and_whom_to_ask(client):
    write_house_texts()
    response = client.get("/rights/")
    text = words(response)
    assert response.status_code == 200
    for notice in (
        "Community sites may carry it.",
        "For print ask us.",
        "Some material is used fairly.",
        "The author answers for every word.",
        "Call the press desk.",
    ):
        assert notice in text
    assert {"mailto:print@house.example", "tel:+41220000000"} <= links(response)


def test_an_earlier_wording_stays_readable_below_the_one_in_force(client):
    now = timezone.now()
    for days, text in ((20, "First wording."), (10, "Second wording."), (1, "Third wording.")):
        valid_from = now - timedelta(days=days)
        write_version(kind="crosspost", language="en", text=f"<p>{text}</p>", valid_from=valid_from)
    page = soup(client.get("/rights/"))
    assert "Third wording." not in words(page.find("details"))
    text = words(page)
    places = [text.index(f"{name} wording.") for name in ("Third", "Second", "First")]
    assert places == sorted(places)


def test_a_wording_for_later_is_not_shown_before_its_day(client, time_machine):
    now = timezone.now()
    write_version(kind="fair_use", language="en", text="<p>Of today.</p>", valid_from=now)
    write_version(
        kind="fair_use",
        language="en",
        text="<p>Of tomorrow.</p>",
        valid_from=now + timedelta(days=1),
    )
    text = words(client.get("/rights/"))
    assert "Of today." in text
    assert "Of tomorrow." not in text
    time_machine.move_to(now + timedelta(days=1))
    assert "Of tomorrow." in words(client.get("/rights/"))


def test_a_wording_in_another_language_is_for_other_pages(client):
    write_version(kind="fair_use", language="fr", text="<p>Usage loyal.</p>")
    assert "Usage loyal." not in words(client.get("/rights/"))


def test_a_house_without_notices_has_the_page_all_the_same(client):
    response = client.get("/rights/")
    assert response.status_code == 200
    assert soup(response).h1


def test_a_notice_with_markup_nobody_allowed_is_shown_without_it(client):
    row = write_version(kind="fair_use", language="en", text="<p>Fine.</p>")
    type(row).objects.filter(pk=row.pk).update(text="<p>Fine.<img src=x onerror=x()></p>")
    assert b"onerror" not in client.get("/rights/").content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_the_policy_is_read_and_nothing_else(client, method):
    assert getattr(client, method)("/rights/").status_code == 405


def test_the_policy_sets_no_cookie(client, people):
    client.force_login(people["editor"])
    response = client.get("/rights/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
