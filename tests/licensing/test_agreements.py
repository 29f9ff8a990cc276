"""A publication's page says under which agreement we carry it: what, since when, and what on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from licensing.agreements import agreements
from tests.factories.articles import house, make_author, make_live_article, make_publication
from tests.factories.clearances import clear, make_clearance
from tests.factories.rights import hold_an_agreement_with

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECRETS = {
    "reference": "Minutes of 4 May, folder 7",
    "holder_contact": "ana@private.example",
    "note": "They insisted on cash.",
}


@pytest.fixture
def gazette(people):
    outlet = make_publication("The Gazette")
    make_live_article(people=people, originating_publication=outlet)
    return outlet


def said_of(publication) -> list[str]:
    return [
        " ".join([one.name, *one.sentences]) for one in agreements(publication, at=timezone.now())
    ]


def test_it_says_what_is_covered_since_when_and_what_may_be_passed_on(people):
    outlet, today = make_publication("The Gazette"), timezone.localdate()
    clear(
        outlet,
        by=people["rights_desk"],
        covers=["web", "translation"],
        passes_on=["community_web", "education"],
        forbids=["broadcast"],
        conditions=["acknowledge_source", "link_original"],
        valid_from="2018-03-03",
        valid_until=today + 30 * DAY,
        agreed_on="2018-03-01",
    )
    (said,) = said_of(outlet)
    assert said.startswith("Our agreement with The Gazette of 1 March 2018")
    assert "It covers publication on our website and translating it." in said
    assert "It counts from 3 March 2018 until " in said
    assert "leave for: Cross-post on a community site and Use in teaching." in said
    assert "nobody gets leave for: Broadcast." in said
    assert "has to: name the source and link to the original article." in said


def test_only_what_is_in_force_and_for_all_of_the_publication_is_said(people):
    desk, today = people["rights_desk"], timezone.localdate()
    outlet = make_publication("The Gazette")
    hold_an_agreement_with(outlet, valid_until=today - DAY)
    clear(outlet, by=desk, valid_from=today + DAY)
    make_clearance(by=desk, publication=outlet, grant=False)
    make_clearance(by=desk, publication=outlet, author=make_author())
    assert said_of(outlet) == []
    clear(outlet, by=desk)
    (said,) = said_of(outlet)
    assert "pass nothing on" in said and "It counts" not in said


def test_of_ourselves_there_is_none_and_nothing_is_asked(people):
    ours = house()
    with CaptureQueriesContext(connection) as captured:
        assert agreements(ours, at=timezone.now()) == []
    assert len(captured) == 0


def test_the_page_shows_it_in_its_language_and_nothing_that_is_not_public(client, people, gazette):
    row = gazette.clearances.get()
    for name, value in SECRETS.items():
        setattr(row, name, value)
    row.save()
    page = client.get(f"/publications/{gazette.slug}/").content.decode()
    assert "Under which agreement we carry it" in page and "Our agreement with The Gazette" in page
    assert not any(secret in page for secret in SECRETS.values())
    assert client.get(f"/fr/publications/{gazette.slug}/").status_code == 200
    make_live_article(people=people)
    assert "agreements-title" not in client.get(f"/publications/{house().slug}/").content.decode()
