"""Licences: what is sealed of them, how long they last, and what takes their place."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.utils import timezone as here

from cms.workflows.actions import MoveNotAllowed
from licensing.actions import desk, endings, grants, requests, settling
from licensing.fingerprints import of_grant as fingerprint
from licensing.models import Grant
from licensing.rights.conditions import Kind, parse
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article, make_publication
from tests.factories.clearances import clear
from tests.factories.requests import (
    TOLD,
    make_billed_request,
    make_granted_request,
    make_taken_request,
    send_quote,
)

pytestmark = pytest.mark.django_db
BERLIN = timezone(timedelta(hours=1))


def sealed(grant):
    return grant.events.get(move="issue").facts["sha256"]


def test_a_licence_reads_as_it_was_sealed(people):
    """Free or paid, at whatever moment it was written, also when it was extended."""
    at = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=BERLIN)
    free = make_taken_request(people=people, use=Use.COMMERCIAL_WEB)
    settling.issue(free, by=people["rights_desk"], at=at)
    make_billed_request(people=people)
    until = free.grants.get().valid_until + timedelta(days=9)
    grants.extend(free.grants.get(), by=people["rights_desk"], valid_until=until, reason="More.")
    assert Grant.objects.count() == 3
    for grant in Grant.objects.all():
        assert fingerprint(grant) == sealed(grant)


@pytest.mark.parametrize(
    "change",
    [
        {"fee": Decimal(1)},
        {"valid_until": None},
        {"is_exclusive": True},
        {"conditions": []},
        {"particulars": {}},
        {"issued_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
    ids=str,
)
def test_a_licence_that_was_changed_no_longer_reads_as_it_was_sealed(people, change):
    grant = make_granted_request(people=people, use=Use.COMMERCIAL_WEB).grants.get()
    Grant.objects.filter(pk=grant.pk).update(**change)
    assert fingerprint(Grant.objects.get()) != sealed(grant)


def test_a_licence_that_was_erased_still_reads_as_it_was_sealed(people):
    grant = make_granted_request(people=people).grants.get()
    Grant.objects.update(licensee_name="", licensee_key="", licensee_outlet="")
    assert fingerprint(Grant.objects.get()) == sealed(grant)


def test_who_extends_sets_the_agreed_number_of_days_aside(people):
    first = make_granted_request(people=people, use=Use.COMMERCIAL_WEB).grants.get()
    assert Kind.TERM in {entry.kind for entry in parse(first.conditions)}
    longer = grants.extend(first, by=people["rights_desk"], valid_until=None, reason="For good.")
    assert Kind.TERM not in {entry.kind for entry in parse(longer.conditions)}
    assert len(parse(longer.conditions)) == len(parse(first.conditions)) - 1


def test_money_that_comes_late_is_for_the_days_that_were_agreed(people):
    """What we hold ends with the licence, not a term after the payment."""
    gazette, now = make_publication("The Gazette"), here.now()
    article = make_live_article(people=people, originating_publication=gazette)
    last = here.localdate(now) + timedelta(days=365)
    clear(gazette, by=people["rights_desk"], passes_on=["commercial_web"], valid_until=last)
    asked = make_billed_request(people=people, articles=[article], use=Use.COMMERCIAL_WEB)
    grant = asked.grants.get()
    assert grant.valid_until < last
    later = now + timedelta(days=40)
    settling.record_payment(
        asked,
        by=people["rights_desk"],
        amount=Decimal(150),
        received_on=here.localdate(later),
        at=later,
    )
    assert asked.grants.get().status == "active"


def test_a_renewed_licence_takes_the_place_of_the_one_before(people):
    asked = make_granted_request(people=people, use=Use.COMMERCIAL_WEB, is_exclusive=True)
    first = asked.grants.get()
    again = endings.renew(first, by=people["rights_desk"])
    assert (again.status, again.is_exclusive) == ("in_review", True)
    assert again.promised_by is not None
    settling.issue(again, by=people["rights_desk"])
    first.refresh_from_db()
    assert (first.status, again.grants.get().status) == ("superseded", "active")


def test_a_licence_counts_until_the_one_that_renews_it_begins(people):
    first = make_granted_request(people=people).grants.get()
    again, later = endings.renew(first, by=people["rights_desk"]), "2040-01-01"
    desk.ask_back(again, by=people["rights_desk"], text="When?")
    requests.answer(again, changes={"particulars": {**TOLD[Use.PRINT], "publication_date": later}})
    settling.issue(again, by=people["rights_desk"])
    first.refresh_from_db()
    assert (first.status, again.grants.get().status) == ("active", "active")


def test_what_is_renewed_is_what_was_given(people):
    one, other = (make_live_article(people=people) for _ in range(2))
    asked = make_taken_request(people=people, articles=[one, other])
    send_quote(asked, by=people["rights_desk"], net="0", articles=[one.pk])
    requests.accept(asked)
    again = endings.renew(asked.grants.get(), by=people["rights_desk"])
    assert [row.article for row in again.requested.all()] == [one]


def test_nobody_makes_a_licence_count_before_it_is_paid_for(people):
    grant = make_billed_request(people=people).grants.get()
    for by in (people["rights_desk"], people["rights_manager"]):
        with pytest.raises(MoveNotAllowed, match="is not paid yet"):
            grants.activate(grant, by=by)
    grant.refresh_from_db()
    assert grant.status == "pending_payment"
