"""Asking, granting, revoking and writing on the desk's pages, and what the pages say of it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from licensing.actions import clearances
from licensing.workflow import CLEARANCE
from tests.browsing import filled
from tests.factories.articles import make_article, make_live_article, make_publication
from tests.factories.clearance_stages import make_clearance_at
from tests.factories.clearances import make_clearance

DAY = timedelta(days=1)
STARTS = {
    "request": "needed",
    "grant": "requested",
    "refuse": "requested",
    "revoke": "granted",
    "reopen": "expired",
}


def address(row, page, *args):
    return reverse(f"admin:licensing_clearance_{page}", args=[row.pk, *args])


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return client


@pytest.fixture
def gazette(db):
    return make_publication("The Gazette", rights_contact="rights@gazette.example")


def told(answer):
    return [str(one) for one in answer.context["messages"]]


def test_every_move_but_the_clocks_is_tried_below():
    assert set(STARTS) | {"expire"} == set(CLEARANCE.moves)


@pytest.mark.parametrize("name", STARTS)
def test_a_move_is_made_on_its_page_and_stands_on_record(people, manager, name):
    row = make_clearance_at(STARTS[name], by=people["admin"])
    page = manager.get(address(row, "change"))
    offered = {button.move.name for button in page.context["desk"]["buttons"]}
    assert name in offered and "expire" not in offered
    assert manager.get(address(row, "move", name)).status_code == 200
    typed = {"reason": "As agreed by phone.", "message": "Dear Jane."}
    answer = manager.post(address(row, "move", name), typed, follow=True)
    assert answer.redirect_chain == [(address(row, "change"), 302)]
    row.refresh_from_db()
    assert row.status == CLEARANCE[name].target
    event = row.events.first()
    assert (event.move, event.by) == (name, people["rights_manager"])
    assert str(CLEARANCE[name].label) in answer.content.decode()
    assert LogEntry.objects.filter(user=people["rights_manager"]).exists()


@pytest.mark.parametrize("name", ["refuse", "revoke"])
@pytest.mark.parametrize("reason", ["", "   ", "NUL \0", "x" * 2001])
def test_without_a_reason_nothing_is_refused_or_revoked(people, manager, name, reason):
    row = make_clearance_at(STARTS[name], by=people["admin"])
    answer = manager.post(address(row, "move", name), {"reason": reason})
    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    row.refresh_from_db()
    assert row.status == STARTS[name]


@pytest.mark.parametrize("message", ["NUL \0", "turned \u202e", "x" * 5001])
def test_words_that_no_letter_may_hold_come_back(people, manager, message):
    row = make_clearance_at("needed", by=people["admin"])
    answer = manager.post(address(row, "move", "request"), {"message": message})
    assert answer.status_code == 200
    assert answer.context["form"].errors["message"]
    assert not row.links.exists()


def test_the_words_to_the_holder_stand_in_the_thread(people, manager, gazette):
    row = make_clearance(by=people["admin"], grant=False, publication=gazette)
    assert b"The letter goes to rights@gazette.example." in (
        manager.get(address(row, "move", "request")).content
    )
    answer = manager.post(address(row, "move", "request"), {"message": "Dear Jane."}, follow=True)
    page = answer.content.decode()
    assert "Dear Jane." in page and "rights@gazette.example" in page
    assert "Waiting for an answer since" in page
    assert "Withdraw the link" in page


def test_fair_use_without_its_factors_is_not_granted_and_the_page_says_why(people, manager):
    row = make_clearance(by=people["admin"], grant=False, basis="fair_use")
    answer = manager.post(address(row, "move", "grant"), {"reason": ""})
    assert answer.status_code == 409
    assert b"Not answered yet: purpose and character of the use" in answer.content
    assert b"Fair use needs an editor who answers for it." in answer.content


def test_the_terms_that_were_read_are_granted_and_not_others(people, manager):
    row = make_clearance_at("requested", by=people["admin"])
    seen = manager.get(address(row, "move", "grant")).context["form"]["seen"].value()
    row.covers = ["print"]
    row.save()
    answer = manager.post(address(row, "move", "grant"), {"seen": seen})
    assert b"This was changed after you opened the page." in answer.content
    row.refresh_from_db()
    assert row.status == "requested"


# --- what it does to readers ------------------------------------------------------------------


def test_revoking_says_before_and_after_what_readers_miss(people, manager, gazette):
    row = make_clearance(by=people["admin"], publication=gazette)
    for _number in range(2):
        make_live_article(people=people, originating_publication=gazette, cleared=False)
    page = manager.get(address(row, "change")).content.decode()
    assert "2 articles rest on it alone" in " ".join(page.split())
    asked = manager.get(address(row, "move", "revoke")).content.decode()
    assert "2 public articles rest on nothing else" in asked
    answer = manager.post(address(row, "move", "revoke"), {"reason": "Withdrawn."}, follow=True)
    assert "2 articles left the public pages." in told(answer)
    assert not Article.objects.live().exists()
    lacking = " ".join(answer.content.decode().split())
    assert "2 articles cannot be carried now" in lacking


def test_granting_says_what_comes_back(people, manager, gazette):
    first = make_clearance(by=people["admin"], publication=gazette)
    make_live_article(people=people, originating_publication=gazette, cleared=False)
    clearances.revoke(first, by=people["admin"], reason="Withdrawn.")
    second = make_clearance(by=people["admin"], grant=False, publication=gazette)
    asked = manager.get(address(second, "move", "grant")).content.decode()
    assert "1 article cannot be carried as things stand" in asked
    answer = manager.post(address(second, "move", "grant"), {}, follow=True)
    assert "1 article is public again." in told(answer)


def test_what_rests_on_nothing_of_it_is_said_too(people, manager, gazette):
    row = make_clearance(by=people["admin"], publication=gazette)
    page = manager.get(address(row, "move", "revoke")).content.decode()
    assert "readers will miss nothing" in page
    assert b"No article is concerned yet." in manager.get(address(row, "change")).content


def test_only_so_many_articles_are_named(people, manager, gazette):
    row = make_clearance(by=people["admin"], publication=gazette)
    for _number in range(12):
        make_article(by=people["editor"], originating_publication=gazette, cleared=False)
    answer = manager.get(address(row, "change"))
    assert answer.context["desk"]["rests"]["resting"] == 12
    assert len(answer.context["desk"]["rests"]["shown"]) == 10
    assert "The newest 10." in answer.content.decode()


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (None, None, "In force, without an end."),
        (None, 27, "Ends in 27 days"),
        (None, 1, "Ends in 1 day"),
        (None, 0, "Today is its last day"),
        (5, 27, "Begins in 5 days"),
    ],
)
def test_the_page_and_the_list_say_when_it_ends(people, manager, begins, ends, words):
    today = timezone.localdate()
    row = make_clearance(
        by=people["admin"],
        valid_from=today + begins * DAY if begins is not None else None,
        valid_until=today + ends * DAY if ends is not None else None,
    )
    assert words in manager.get(address(row, "change")).content.decode()
    listed = manager.get("/admin/licensing/clearance/").content.decode()
    assert (words in listed) == (words != "In force, without an end.")


# --- letters ------------------------------------------------------------------------------------


def test_a_letter_goes_out_with_a_fresh_link(people, manager, gazette):
    row = make_clearance_at("requested", by=people["admin"], publication=gazette)
    answer = manager.post(address(row, "answer"), {"text": "Gladly, for a year."}, follow=True)
    assert row.messages.get().by == people["rights_manager"]
    assert row.links.filter(revoked_at=None).count() == 1 and row.links.count() == 2
    assert "Gladly, for a year." in answer.content.decode()
    assert "rights@gazette.example" in told(answer)[0]


@pytest.mark.parametrize("text", ["", "  ", "NUL \0", "turned \u202e", "x" * 5001])
def test_a_letter_that_cannot_be_sent_comes_back_as_it_was_typed(people, manager, text):
    row = make_clearance_at("requested", by=people["admin"])
    answer = manager.post(address(row, "answer"), {"text": text})
    assert answer.status_code == 200
    assert answer.context["form"].errors["text"]
    if text.startswith("x"):
        assert text in answer.content.decode()
    assert not row.messages.exists()


@pytest.mark.parametrize("stage", ["needed", "granted", "refused", "expired", "revoked"])
def test_nobody_is_written_to_who_was_not_asked(people, manager, stage):
    row = make_clearance_at(stage, by=people["admin"])
    answer = manager.post(address(row, "answer"), {"text": "Hello there."})
    assert answer.status_code == 409
    assert "Hello there." in answer.content.decode()
    assert not row.messages.exists()


def test_a_link_is_withdrawn_once(people, manager):
    row = make_clearance_at("requested", by=people["admin"])
    first = manager.post(address(row, "withdraw_links"), follow=True)
    assert told(first) == ["The link is withdrawn: nobody can answer on it any more."]
    assert b"No link takes an answer now" in first.content
    assert not row.links.filter(revoked_at=None).exists()
    second = manager.post(address(row, "withdraw_links"), follow=True)
    assert told(second) == ["There was no link that still took an answer."]


def test_an_editor_reads_neither_letters_nor_evidence(people, client):
    row = make_clearance_at("requested", by=people["admin"])
    clearances.answer(row, by=people["rights_desk"], text="Between us two.")
    client.force_login(people["editor"])
    page = client.get(address(row, "change")).content.decode()
    assert "Between us two." not in page
    assert row.contact not in page
    assert "Withdraw the link" not in page and "evidence/add/" not in page


# --- the list -----------------------------------------------------------------------------------


def test_the_list_says_first_what_is_to_be_done(people, manager):
    stages = ["revoked", "granted", "requested", "needed"]
    for stage in stages:
        make_clearance_at(stage, by=people["admin"])
    soon = make_clearance(by=people["admin"], valid_until=timezone.localdate() + DAY)
    page = manager.get("/admin/licensing/clearance/")
    rows = list(page.context["cl"].result_list)
    assert [row.status for row in rows] == ["needed", "requested", "granted", "granted", "revoked"]
    assert rows[2] == soon
    assert rows[1].asked_at is not None


def test_the_list_is_sifted_and_searched(people, manager, gazette):
    soon = make_clearance(
        by=people["admin"],
        publication=gazette,
        valid_until=timezone.localdate() + 30 * DAY,
        reference="GZ/7",
        holder_name="Jane of the desk",
    )
    make_clearance(by=people["admin"], valid_until=timezone.localdate() + 31 * DAY)
    make_clearance(by=people["admin"], grant=False, valid_until=timezone.localdate() + DAY)
    for question in (
        {"ends": "soon"},
        {"q": "gazette"},
        {"q": "GZ/7"},
        {"q": "Jane"},
        {"ends": "soon", "status__exact": "granted", "basis__exact": "agreement"},
    ):
        page = manager.get("/admin/licensing/clearance/", question)
        assert list(page.context["cl"].result_list) == [soon], question
    for hostile in ({"q": "x" * 5000}, {"ends": "x"}, {"scope__exact": "x"}, {"p": "x"}):
        assert manager.get("/admin/licensing/clearance/", hostile).status_code in (200, 302)
    secret = {"created_by__password__startswith": "m"}
    assert manager.get("/admin/licensing/clearance/", secret).status_code == 400


def test_the_list_and_a_page_cost_the_same_for_1_and_for_30(
    people, manager, gazette, django_assert_max_num_queries
):
    def rows(number):
        for place in range(number):
            article = make_article(
                by=people["editor"], originating_publication=gazette, cleared=False
            )
            row = make_clearance(
                by=people["admin"],
                grant=place % 2 == 0,
                scope="article",
                article=article,
                publication=gazette,
            )
            if place % 2:
                clearances.request(row, by=people["admin"])
        return row

    agreement = make_clearance(by=people["admin"], publication=gazette)
    clearances.revoke(agreement, by=people["admin"], reason="For the test.")
    rows(2)
    costs = []
    for _round in range(2):
        manager.get("/admin/licensing/clearance/")
        with django_assert_max_num_queries(60) as counted:
            manager.get("/admin/licensing/clearance/")
        listed = len(counted)
        with django_assert_max_num_queries(60) as counted:
            manager.get(address(agreement, "change"))
        costs.append((listed, len(counted)))
        rows(28)
    assert costs[0] == costs[1]


def test_the_page_of_a_thread_costs_the_same_however_long(
    people, manager, django_assert_max_num_queries
):
    row = make_clearance_at("requested", by=people["admin"])
    costs = []
    for number in (1, 9):
        for place in range(number):
            clearances.answer(row, by=people["rights_desk"], text=f"Letter {place}.")
        manager.get(address(row, "change"))
        with django_assert_max_num_queries(60) as counted:
            manager.get(address(row, "change"))
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_a_form_that_is_posted_as_it_stands_changes_nothing(people, manager):
    row = make_clearance_at("granted", by=people["admin"])
    typed = filled(manager.get(address(row, "change")))
    before = row.history.count()
    assert manager.post(address(row, "change"), typed).status_code == 302
    assert row.history.count() <= before + 1
