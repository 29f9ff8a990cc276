"""Licences that meet: held against every day, country and language; and of two rivals one wins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.workflows.actions import MoveNotAllowed
from licensing import conflicts, issuing
from licensing.actions import settling
from licensing.models import Grant
from licensing.rights.conditions import as_json
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_live_article
from tests.factories.requests import make_granted_request, make_taken_request
from tests.racing import race

RIVAL = "rival@press.example"
START = date(2027, 1, 1)
PLACES, TONGUES = ["DE", "FR", "GB"], ["en", "fr"]


@st.composite
def licences(draw):
    """The days, countries and languages of a licence; none named means all."""
    first = START + timedelta(days=draw(st.integers(0, 9)))
    length = draw(st.one_of(st.none(), st.integers(0, 9)))
    answers = {}
    if places := draw(st.lists(st.sampled_from(PLACES), unique=True)):
        answers["territories"] = places
    if draw(st.booleans()):
        answers["language"] = draw(st.sampled_from(TONGUES))
    elif tongues := draw(st.lists(st.sampled_from(TONGUES), unique=True)):
        answers["languages"] = tongues
    last = None if length is None else first + timedelta(days=length)
    return first, last, Particulars(Use.PRINT, answers)


def cells(licence) -> set:
    """Every day, country and language in which it counts; one more of each stands for the rest."""
    first, last, given_ = licence
    days = [START + timedelta(days=place) for place in range(20)] + [date(2099, 1, 1)]
    tongues = given_.answers.get("languages") or [given_.answers.get("language")]
    return {
        (day, place, tongue)
        for day in days
        if first <= day and (last is None or day <= last)
        for place in given_.answers.get("territories") or [*PLACES, "BR"]
        for tongue in (tongues if tongues[0] else [*TONGUES, "eo"])
    }


def as_grant(licence) -> Grant:
    first, last, told = licence
    said = as_json(told.conditions())
    return Grant(use="print", conditions=said, valid_from=first, valid_until=last)


def as_proposal(licence) -> issuing.Proposal:
    first, last, told = licence
    return issuing.Proposal(None, told, told.conditions(), (), False, first, last, None)


@given(licences(), licences())
def test_two_licences_meet_where_some_day_country_and_language_is_in_both(one, other):
    is_met = bool(cells(one) & cells(other))
    assert conflicts.meet(as_grant(one), as_proposal(other)) == is_met
    assert conflicts.meet(as_grant(other), as_proposal(one)) == is_met


# --- With rows --------------------------------------------------------------------------------


def why_not(permission_request) -> str:
    at = permission_request.moved_at
    return " ".join(issuing.what_hinders(permission_request, at=at))


@pytest.mark.django_db
def test_what_others_hold_cannot_become_exclusive(people):
    article = make_live_article(people=people)
    make_granted_request(people=people, articles=[article])
    rival = make_taken_request(
        people=people, articles=[article], requester_email=RIVAL, is_exclusive=True
    )
    assert "It cannot be exclusive: Harbour Press holds" in why_not(rival)


@pytest.mark.django_db
def test_the_same_given_twice_to_one_is_said_and_not_forbidden(people):
    article = make_live_article(people=people)
    make_granted_request(people=people, articles=[article])
    again = make_taken_request(people=people, articles=[article])
    proposed = issuing.proposal(again, at=again.moved_at)
    assert [one.forbids for one in conflicts.of(proposed)] == [False]
    settling.issue(again, by=people["rights_desk"])
    assert Grant.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_it_exclusively_at_once_one_gets_it(people):
    article = make_live_article(people=people)
    rivals = [
        make_taken_request(
            people=people, articles=[article], requester_email=email, is_exclusive=True
        )
        for email in (RIVAL, "other@press.example")
    ]
    outcomes = race(
        [lambda asked=asked: settling.issue(asked, by=people["rights_desk"]) for asked in rivals]
    )
    assert sum(isinstance(outcome, MoveNotAllowed) for outcome in outcomes) == 1
    assert Grant.objects.filter(is_exclusive=True).count() == 1
    assert sorted(asked.grants.count() for asked in rivals) == [0, 1]
