"""Instant answers from rows: what is free goes out in the same call, the rest waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing import instant
from licensing.actions.rules import activate, deactivate, write_version
from licensing.models import Grant, GrantRuleVersion
from licensing.rights.instant import Rule
from licensing.rights.vocabulary import Use
from tests.factories.articles import make_image, make_live_article, make_publication
from tests.factories.fees import TARIFF, make_schedule
from tests.factories.requests import TOLD as FACTORY_TOLD
from tests.factories.requests import make_request
from tests.factories.rules import COMMUNITY, make_rule
from tests.factories.terms import granted, make_rules, make_terms, make_terms_for_the_site
from tests.racing import race

pytestmark = pytest.mark.django_db
TOLD = {"url": "https://harbour-post.example/", "posted_for": "unlimited", "ads": "no"}


@pytest.fixture
def free(db):
    """Terms under which community sites may have everything, and a rule that says so."""
    rules = make_rules(
        community_web=granted("name_author", "non_commercial"), education=granted("name_author")
    )
    make_terms_for_the_site(make_terms(rules=rules))
    return make_rule()


def ask(*articles, **fields):
    values = {"use": Use.COMMUNITY_WEB, "particulars": TOLD, "requester_kind": "non_commercial"}
    return make_request(*articles, **{**values, **fields})


def why(permission_request) -> str:
    (tried,) = instant.answer(permission_request, at=timezone.now()).tried
    return " ".join(tried.reasons)


def test_what_is_free_within_the_terms_is_granted_as_soon_as_the_address_is_confirmed(people, free):
    asked = ask(make_live_article(people=people))
    grant = Grant.objects.get()
    assert (asked.status, grant.status, grant.fee) == ("granted", "active", 0)
    assert grant.rule_version == asked.rule_version == GrantRuleVersion.objects.get()
    assert (grant.issued_by, grant.events.filter(by=None).count()) == (None, 2)
    said = [entry if isinstance(entry, str) else entry["kind"] for entry in grant.conditions]
    assert said == ["name_author", "non_commercial"]


def test_a_use_that_has_a_price_waits_for_a_person_even_where_it_would_be_free(people, free):
    fee = {"base": "5", "per": "request", "minimum": "0", "drivers": []}
    make_schedule(is_used=True, tariff={**TARIFF, "uses": {"community_web": fee}})
    asked = ask(make_live_article(people=people))
    assert (asked.status, Grant.objects.count()) == ("received", 0)
    assert "normally costs" in why(asked)


def test_one_article_that_is_not_ours_keeps_all_of_them_waiting_and_is_named(people, free):
    write_version(free, grants=COMMUNITY._replace(use=Use.EDUCATION), by=None)
    gazette = make_publication("The Gazette")
    theirs = make_live_article(
        people=people, originating_publication=gazette, headline="Theirs alone"
    )
    school = {"use": Use.EDUCATION, "particulars": FACTORY_TOLD[Use.EDUCATION]}
    asked = ask(make_live_article(people=people), theirs, **school)
    assert (asked.status, Grant.objects.count()) == ("received", 0)
    assert "“Theirs alone”" in why(asked)


def test_a_rule_that_rests_answers_nothing_and_one_that_wakes_answers_again(people, free):
    deactivate(free)
    article = make_live_article(people=people)
    assert ask(article).status == "received"
    activate(free)
    assert ask(article, requester_email="other@group.example").status == "granted"


def test_only_the_newest_version_of_a_rule_counts(people, free):
    write_version(free, grants=COMMUNITY._replace(most_days=30), by=None)
    asked = ask(make_live_article(people=people))
    assert asked.status == "received"
    assert "at most 30 days" in why(asked)


def test_a_picture_is_granted_where_it_is_free_and_asked_for(people, free):
    ours = make_image(rights_category="own")
    article = make_live_article(people=people, featured_image=ours)
    asked = ask(article)
    assert asked.status == "granted"
    assert Grant.objects.get().granted.get().pictures == []


def test_what_we_hold_for_too_short_a_time_waits_for_a_person(people, free):
    soon = timezone.now() + timedelta(days=20)
    ours = make_image(rights_category="own", use_until=soon)
    article = make_live_article(people=people, featured_image=ours)
    key = f"image-{ours.pk}"
    asked = ask(article)
    asked.requested.update(pictures=[key])
    assert instant.answer(asked, at=timezone.now()).rule is None


def test_who_holds_it_already_waits_for_a_person(people, free):
    article = make_live_article(people=people)
    assert ask(article).status == "granted"
    again = ask(article)
    assert again.status == "received"
    assert "holds this already" in why(again)


def test_without_a_rule_for_the_use_nothing_is_worked_out(people, free, django_assert_num_queries):
    asked = make_request(make_live_article(people=people), use=Use.EXCERPT)
    with django_assert_num_queries(1):
        assert instant.answer(asked, at=timezone.now()).rule is None
    assert why(asked).startswith("It is a rule for another use")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_a_version_at_once_each_gets_a_number_of_its_own():
    rule = make_rule()
    grants = Rule("", 0, Use.COMMUNITY_WEB, frozenset({"academic"}))
    writers = [lambda: write_version(rule, grants=grants, by=None)] * 3
    assert sorted(version.number for version in race(writers)) == [2, 3, 4]
