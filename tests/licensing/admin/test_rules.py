"""The desk of instant rules: every saving a version, and a page that says why and why not."""

import pytest
from django.urls import reverse

from licensing.models import Grant, GrantRule
from tests.browsing import complaints, filled, typed_in
from tests.factories.articles import make_live_article
from tests.factories.requests import make_request
from tests.factories.rules import make_rule
from tests.factories.terms import granted, make_rules, make_terms, make_terms_for_the_site

pytestmark = pytest.mark.django_db
LIST = "/admin/licensing/grantrule/"
ADD, TEST = f"{LIST}add/", f"{LIST}test/"
SAMPLE = {
    "use": "community_web",
    "of": "community_web",
    "requester_kind": "non_commercial",
    "asked_url": "https://harbour-post.example/",
    "asked_posted_for": "365",
    "asked_ads": "no",
}


@pytest.fixture
def desk(people, client):
    client.force_login(people["rights_manager"])
    return client


def page_of(rule):
    return f"{LIST}{rule.pk}/change/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_rule_starts_from_a_ready_made_one(desk, people):
    form = desk.get(f"{ADD}?start=community-cross-post")
    answer = desk.post(ADD, filled(form))
    rule = GrantRule.objects.get()
    assert answer["Location"] == page_of(rule)
    version = rule.versions.get()
    assert (version.number, version.most_articles, version.created_by) == (
        1,
        5,
        people["rights_manager"],
    )
    assert version.requester_kinds == ["academic", "non_commercial"]


def test_every_saving_that_says_something_new_is_a_version_and_the_older_ones_are_read(desk):
    rule = make_rule(most_days=90)
    address = page_of(rule)
    desk.post(address, filled(desk.get(address)))
    assert rule.versions.count() == 1
    desk.post(address, filled(desk.get(address), most_days="30", note="Shorter."))
    assert [version.most_days for version in rule.versions.all()] == [30, 90]
    first = desk.get(reverse("admin:licensing_grantrule_version", args=[rule.pk, 1]))
    assert "Replaced by a later version" in text_of(first)
    assert "<td>90</td>" in text_of(first)
    missing = reverse("admin:licensing_grantrule_version", args=[rule.pk, 7])
    assert desk.get(missing).status_code == 404


def test_who_saves_over_a_version_that_was_written_meanwhile_is_told_first(desk, people):
    rule = make_rule()
    address = page_of(rule)
    old = filled(desk.get(address), most_days="30")
    desk.post(address, filled(desk.get(address), most_days="60"))
    answer = desk.post(address, old)
    assert "while you were at work" in complaints(answer)[0]
    assert typed_in(answer, "most_days") == "30"
    desk.post(address, filled(answer))
    assert [version.most_days for version in rule.versions.all()] == [30, 60, None]


def test_a_rule_that_could_never_grant_is_refused_beside_its_field(desk):
    rule = make_rule()
    address = page_of(rule)
    typed = filled(desk.get(address), most_copies="10", most_articles="0")
    assert "greater than or equal to 1" in complaints(desk.post(address, typed))[0]
    answer = desk.post(address, {**typed, "most_articles": "2"})
    assert complaints(answer) == ["Nobody is asked for copies in this use: leave it empty."]
    assert rule.versions.count() == 1


def test_the_test_page_says_of_each_rule_whether_and_why_not(desk, people):
    rules = make_rules(community_web=granted("name_author"))
    make_terms_for_the_site(make_terms(rules=rules))
    make_rule(name="Yes"), make_rule(name="No", most_days=30)
    article = make_live_article(people=people)
    said = text_of(desk.get(TEST, {**SAMPLE, "article": article.pk}))
    assert "Granted at once" in said
    assert "It grants at most 30 days." in said
    assert not Grant.objects.exists()
    said = text_of(desk.get(TEST, {**SAMPLE, "article": article.pk, "is_exclusive": "on"}))
    assert "Goes to a person" in said
    assert "only a person grants that" in said


def test_the_test_page_tries_a_request_that_was_made(desk, people):
    make_rule()
    asked = make_request(make_live_article(people=people))
    said = text_of(desk.get(TEST, {"number": asked.number.lower()}))
    assert "It is a rule for another use: Cross-post on a community site." in said
    assert "There is no request of this number." in text_of(desk.get(TEST, {"number": "PR-1"}))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"use": "print"},
        {"use": "print", "of": "print", "asked_runs-paperback-copies": "many"},
        {"use": "angel", "article": "x"},
        {**SAMPLE, "article": "9" * 30},
        {**SAMPLE, "article": "-1", "requester_kind": "angel"},
        {"number": "\u202ePR"},
    ],
)
def test_whatever_is_asked_of_the_test_page_it_answers(desk, told):
    assert desk.get(TEST, told).status_code == 200


def test_the_desk_reads_rules_and_the_newsroom_does_not(people, client):
    rule = make_rule()
    client.force_login(people["rights_desk"])
    assert "No limit of its own" in text_of(client.get(page_of(rule)))
    assert client.get(TEST).status_code == 200
    assert client.post(page_of(rule), {"name": "Mine"}).status_code == 403
    client.force_login(people["editor"])
    assert client.get(TEST).status_code == 403
    address = reverse("admin:licensing_grantrule_version", args=[rule.pk, 1])
    assert client.get(address).status_code == 403
