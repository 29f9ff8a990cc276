"""Copies are told of: each is one row, however often, by whomever and in whatever spelling."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.workflows.actions import NotYours
from licensing.actions import crossposts
from licensing.compliance import checks
from licensing.models import Crosspost, CrosspostStatus, FoundBy
from tests.factories.articles import make_live_article
from tests.factories.crossposts import make_crosspost, make_grant_of
from tests.racing import race

URL = "https://www.ridge.example/village/pump/?utm_source=feed&page=1#top"


@pytest.fixture
def article(people):
    return make_live_article(people=people)


def test_a_copy_that_is_told_is_declared_and_due_at_once(article):
    at = timezone.now()
    copy, is_new = crossposts.declare(
        article, url=URL, outlet=" Ridge Courier ", found_by=FoundBy.TAKER, at=at
    )
    assert is_new
    assert (copy.status, copy.outlet, copy.host) == (
        CrosspostStatus.DECLARED,
        "Ridge Courier",
        "ridge.example",
    )
    assert copy.url == URL.partition("#")[0]
    assert (copy.declared_at, copy.next_check_at, copy.declared_by) == (at, at, None)


def test_the_same_copy_is_one_row_however_often_it_is_declared(article, people):
    spellings = [
        "http://ridge.example/village/pump?page=1",
        "https://RIDGE.example:443/village/./pump/index.html?page=1&fbclid=x",
        "https://www.ridge.example/village/x/../%70ump/?page=1",
        URL,
    ]
    found = [
        crossposts.declare(article, url=spellings[number % 4], found_by=FoundBy.PIXEL)
        for number in range(200)
    ]
    assert len({copy.pk for copy, _is_new in found}) == 1
    assert [is_new for _copy, is_new in found].count(True) == 1
    other = make_live_article(people=people)
    assert crossposts.declare(other, url=URL, found_by=FoundBy.PIXEL)[1]
    assert Crosspost.objects.count() == 2


def test_what_is_told_later_is_added_and_what_is_known_stays(article, people):
    copy, _is_new = crossposts.declare(article, url=URL, found_by=FoundBy.WEBMENTION)
    grant = make_grant_of(article, people=people)
    told = {"url": URL, "found_by": FoundBy.TAKER}
    again, is_new = crossposts.declare(article, outlet="Ridge Courier", grant=grant, **told)
    assert (again.pk, is_new) == (copy.pk, False)
    assert (again.outlet, again.grant, again.found_by) == ("Ridge Courier", grant, "webmention")
    other = make_grant_of(article, people=people, requester_email="b@other.example")
    last, _is_new = crossposts.declare(article, outlet="Others", grant=other, **told)
    assert (last.outlet, last.grant) == ("Ridge Courier", grant)


def test_the_record_says_under_which_licence_a_copy_stood_at_each_move(article, people):
    copy, _is_new = crossposts.declare(article, url=URL, found_by=FoundBy.WEBMENTION)
    assert crossposts.object_to(copy, amiss=["link"]).facts == {"findings": ["link"]}
    grant = make_grant_of(article, people=people)
    copy, _is_new = crossposts.declare(article, url=URL, found_by=FoundBy.TAKER, grant=grant)
    event = crossposts.resolve(copy, reason="A licence was shown.", by=people["rights_desk"])
    assert event.facts == {"grant": grant.number}


@pytest.mark.parametrize(
    "url",
    [
        *["", "ridge.example/pump", "ftp://ridge.example/", "javascript:alert(1)"],
        *["http://localhost/", "http://127.1/", "http://10.0.0.1/", "http://[::1]/"],
        *[
            "https://ridge.example:8080/",
            "https://me:secret@ridge.example/",
            "https://a b.example/",
        ],
        *["https://ridge.example/\nx", "https://ridge.example/\0", "https://ridge.example/\ud800"],
        *["https://ridge.example/" + "x" * 500, "https://ridge.example/" + "x" * 5000, "https://"],
        *["https://house.example/articles/x/", "http://www.house.example/"],
    ],
    ids=lambda url: repr(url[:40]),
)
def test_what_is_no_place_for_a_copy_is_refused_in_a_sentence(article, settings, url):
    settings.SITE_URL = "https://house.example"
    with pytest.raises(ValidationError) as refusal:
        crossposts.declare(article, url=url, found_by=FoundBy.TAKER)
    assert list(refusal.value.message_dict) == ["url"]


def test_a_grant_of_another_article_and_an_outlet_of_signs_are_refused(article, people):
    grant = make_grant_of(make_live_article(people=people), people=people)
    for told in ({"grant": grant}, {"outlet": "x" * 201}, {"outlet": "a\0b"}, {"outlet": "a\nb"}):
        with pytest.raises(ValidationError) as refusal:
            crossposts.declare(article, url=URL, found_by=FoundBy.TAKER, **told)
        assert list(refusal.value.message_dict) == list(told)
    assert not Crosspost.objects.exists()


def test_the_desk_enters_what_it_came_across(article, people):
    with pytest.raises(NotYours):
        crossposts.enter(article, url=URL, by=people["editor"])
    copy, is_new = crossposts.enter(article, url=URL, by=people["rights_desk"])
    assert (is_new, copy.found_by, copy.declared_by) == (True, "staff", people["rights_desk"])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_tell_at_once_one_is_the_first(people):
    article = make_live_article(people=people)
    grant = make_grant_of(article, people=people)

    def tell(number):
        told = {"grant": grant, "outlet": "Ridge Courier"} if number % 2 else {}
        return crossposts.declare(article, url=URL, found_by=FoundBy.TAKER, **told)

    outcomes = race([lambda number=number: tell(number) for number in range(40)])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert sum(is_new for _copy, is_new in outcomes) == 1
    copy = Crosspost.objects.get()
    assert (copy.grant, copy.outlet) == (grant, "Ridge Courier")


@pytest.mark.django_db(transaction=True)
def test_of_two_looks_that_end_at_once_each_leaves_its_evidence(people, settings):
    settings.SITE_URL = "https://house.example"
    copy = make_crosspost(make_live_article(people=people))
    race([lambda: record_a_miss(copy) for _look in range(4)])
    copy.refresh_from_db()
    assert (copy.checks.count(), copy.status) == (4, CrosspostStatus.GONE)
    assert list(copy.events.values_list("move", flat=True)) == ["mark_gone"]


def record_a_miss(copy):
    gone = checks.Seen(checks.fetch.Fetched("gone"))
    return checks.record(copy, gone, at=timezone.now())
