"""The queue: what waits for us first, by what it is narrowed down, taken and given away."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms import panels
from licensing.actions import desk, requests
from licensing.admin import request_filters
from licensing.admin.requests import PermissionRequestAdmin
from licensing.models import PermissionRequest, RequestStatus
from licensing.models.request import OPEN, OURS_TO_DO
from tests.factories.articles import make_live_article, make_publication
from tests.factories.requests import (
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)

QUEUE = reverse("admin:licensing_permissionrequest_changelist")
DAY = timedelta(days=1)


@pytest.fixture
def article(people):
    return make_live_article(people=people)


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return client


def shown(client, **query):
    answer = client.get(QUEUE, query)
    assert answer.status_code == 200
    return [row.number for row in answer.context["cl"].result_list]


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_what_waits_for_us_stands_first_the_oldest_promise_above(people, manager, article):
    now = timezone.now()
    newer = make_request(article, at=now)
    late = make_request(article, at=now - 30 * DAY)
    quoted = make_taken_request(people=people, articles=[article])
    send_quote(quoted, by=people["rights_desk"])
    held = make_request(article, confirmed=False)
    assert shown(manager) == [late.number, newer.number]
    assert shown(manager, turn="theirs") == [quoted.number]
    assert shown(manager, turn="unconfirmed") == [held.number]
    assert shown(manager, late="1") == [late.number]
    page = words(manager.get(QUEUE))
    assert "days late" in page and "⚠" in page
    assert "Take it, or give it to a colleague." in page
    assert '<span class="count">1</span>' in page


def test_the_queue_is_narrowed_down(people, manager, article):
    other = make_live_article(people=people, publication=make_publication("The Gazette"))
    mine = make_taken_request(people=people, articles=[article], outlet_country="NP")
    desk.assign(mine, by=people["rights_manager"], to=people["rights_manager"])
    theirs = make_request(other, requester_kind="academic", outlet_country="GB")
    assert shown(manager, owner="me") == [mine.number]
    assert shown(manager, owner="nobody") == [theirs.number]
    assert shown(manager, owner=str(people["rights_manager"].pk)) == [mine.number]
    assert shown(manager, publication=str(other.publication_id)) == [theirs.number]
    assert shown(manager, country="NP") == [mine.number]
    assert shown(manager, requester_kind__exact="academic") == [theirs.number]
    assert shown(manager, use__exact="translation") == []
    assert shown(manager, owner="x", publication="9" * 30) != []


def test_a_publication_much_asked_for_is_found_like_one_that_is_not(
    people, manager, article, monkeypatch
):
    monkeypatch.setattr(request_filters, "MOST_NAMED", 0)
    row = make_request(article)
    make_request(make_live_article(people=people, publication=make_publication("The Gazette")))
    assert shown(manager, publication=str(article.publication_id)) == [row.number]


def test_the_pages_follow_the_promise_there_and_back(manager, article, monkeypatch):
    monkeypatch.setattr(PermissionRequestAdmin, "list_per_page", 2)
    now = timezone.now()
    rows = [make_request(article, at=now - days * DAY) for days in (3, 9, 6, 12, 1)]
    PermissionRequest.objects.filter(pk=rows[1].pk).update(promised_by=None)
    wanted = [rows[place].number for place in (3, 2, 0, 4, 1)]
    there, back, address = [], [], ""
    while True:
        found = manager.get(f"{QUEUE}{address}").context["cl"]
        there += [row.number for row in found.result_list]
        if not found.older:
            break
        address = found.older
    while True:
        back = [row.number for row in found.result_list] + back
        if not found.newer:
            break
        found = manager.get(f"{QUEUE}{found.newer}").context["cl"]
    assert there == back == wanted


def test_each_state_is_whose_turn_it_is(manager, article):
    row = PermissionRequest.objects.filter(pk=make_request(article).pk)
    for status in RequestStatus:
        row.update(status=status, decline_code="use")
        turn = "ours" if status in OURS_TO_DO else "theirs" if status in OPEN else "settled"
        assert row.get().turn == ("unconfirmed" if status == RequestStatus.HELD else turn)


def test_what_the_list_shows_is_taken_away_as_a_file_and_kept_as_a_filter(
    people, manager, article, client
):
    row = make_taken_request(people=people, articles=[article], outlet_country="NP")
    make_request(article, at=timezone.now() - 800 * DAY)
    this_year = f"{timezone.localdate().year}"
    assert shown(manager, turn="all", asked=this_year) == [row.number]
    answer = manager.get(f"{QUEUE}export/csv/", {"turn": "all", "asked": this_year})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and row.number in lines[1] and article.headline in lines[1]
    manager.post(f"{QUEUE}keep-filter/", {"name": "Nepal", "query": "turn=all&country=NP"})
    tabs = manager.get(QUEUE, {"turn": "all", "country": "NP"}).context["tabs"]
    assert [(tab.kept.name, tab.is_current) for tab in tabs] == [("Nepal", True)]
    client.force_login(people["contributor"])
    assert client.get(f"{QUEUE}export/csv/").status_code == 403


def test_made_up_rows_and_places_break_nothing(manager, article):
    make_request(article)
    typed = {"action": "take_selected", "_selected_action": ["x", "9" * 40], "index": "0"}
    assert manager.post(QUEUE, typed, follow=True).status_code == 200
    assert len(shown(manager, after="made-up")) == 1


def test_counting_stops_where_nobody_needs_to_know(manager, article, monkeypatch):
    monkeypatch.setattr(panels, "MOST_COUNTED", 1)
    for _number in range(2):
        make_request(article)
    assert '<span class="count">1+</span>' in words(manager.get(QUEUE))


@pytest.mark.parametrize("what", ["number", "name", "mail", "outlet", "headline", "grant", "bill"])
def test_a_case_is_found_by_whatever_is_known_of_it(people, manager, what):
    billed = make_billed_request(people=people)
    make_granted_request(
        people=people,
        requester_name="Bo Lund",
        requester_email="bo@lund.example",
        outlet="Lund Daily",
        articles=[make_live_article(people=people, headline="Another headline of our own")],
    )
    asked = {
        "number": billed.number,
        "name": billed.requester_name,
        "mail": billed.requester_email,
        "outlet": "harbour press",
        "headline": billed.requested.get().article.headline,
        "grant": billed.grants.get().number,
        "bill": billed.invoices.get().number,
    }
    assert shown(manager, q=asked[what]) == [billed.number]


def test_three_rows_ask_no_more_questions_than_one(people, manager, article):
    def questions():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            manager.get(QUEUE, {"turn": "all"})
        return len(asked)

    make_billed_request(people=people, articles=[article])
    manager.get(QUEUE, {"turn": "all"})
    one = questions()
    for _number in range(2):
        row = make_taken_request(people=people, articles=[article])
        send_quote(row, by=people["rights_desk"])
        requests.counter(row, text="Less, please.")
    assert questions() == one


def test_taking_and_giving_say_of_each_row_what_became_of_it(people, manager, article):
    fresh, taken = make_request(article), make_taken_request(people=people, articles=[article])
    keys = [fresh.pk, taken.pk]
    answer = manager.post(
        QUEUE, {"action": "take_selected", "_selected_action": keys, "index": "0"}, follow=True
    )
    said = [str(one) for one in answer.context["messages"]]
    assert f"{fresh} is yours." in said
    assert any(one.startswith(f"{taken}: ") and "not possible" in one for one in said)
    fresh.refresh_from_db()
    assert (fresh.status, fresh.owner) == ("in_review", people["rights_manager"])
    typed = {"action": "assign_selected", "_selected_action": keys, "index": "0"}
    answer = manager.post(QUEUE, typed | {"to": people["rights_desk"].pk}, follow=True)
    assert f"{fresh} is given to rights_desk." in words(answer)
    fresh.refresh_from_db()
    assert fresh.owner == people["rights_desk"]
    assert LogEntry.objects.filter(object_id=str(fresh.pk)).count() == 2


@pytest.mark.parametrize("to", ["contributor", "nonsense"])
def test_nothing_is_given_to_whoever_does_not_work_on_requests(people, manager, article, to):
    row = make_request(article)
    key = people[to].pk if to in people else "9" * 40
    typed = {"action": "assign_selected", "_selected_action": row.pk, "index": "0", "to": key}
    answer = manager.post(QUEUE, typed, follow=True)
    assert "Choose a colleague who works on requests." in words(answer)
    assert PermissionRequest.objects.get().owner is None


def test_hostile_names_stand_on_the_list_as_they_were_typed(people, manager):
    headline = "<img src=x onerror=alert(1)>"
    make_request(
        make_live_article(people=people, headline=headline),
        requester_name="<script>alert(1)</script>",
        outlet='"><svg onload=alert(1)>',
    )
    page = manager.get(QUEUE).content.decode()
    assert "<script>alert" not in page and "<svg onload" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_first_page_counts_what_waits_for_those_who_may_see_it(people, client, article):
    make_request(article)
    client.force_login(people["rights_desk"])
    page = words(client.get("/admin/"))
    assert f'href="{QUEUE}?turn=ours&amp;late=1"' in page and "Ours to do" in page
    client.force_login(people["editor"])
    assert "Ours to do" not in words(client.get("/admin/"))
