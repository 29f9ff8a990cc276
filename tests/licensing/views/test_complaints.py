"""The form of rights holders, and the secret page on which a complaint is followed and answered."""

import re

import pytest
from django.urls import reverse

from licensing.actions import complaints
from licensing.models import Complaint, CounterNotice
from tests.factories.articles import make_image, make_live_article
from tests.factories.complaints import (
    COMPLAINANT,
    COUNTER,
    TOLD,
    acknowledged,
    make_complaint,
    upheld,
)
from tests.factories.holders import letters_to

NEW = "/complaints/new/"
SENT = {**TOLD, "is_in_good_faith": "on", "is_accurate": "on", "key": "one"}


def link_in(address: str) -> str:
    """The path of the link in the last letter to ``address``."""
    return re.findall(r"/complaints/[-\w]{20,}/", letters_to(address)[-1].message)[-1]


@pytest.fixture
def article(people):
    return make_live_article(people=people, slug="a-text")


# --- The form ---------------------------------------------------------------------------------


def test_the_article_leads_to_the_form_and_the_form_names_it(client, article):
    page = client.get(article.get_absolute_url()).content.decode()
    assert f"{NEW}?article=a-text" in page
    rights = client.get(f"{article.get_absolute_url()}rights/").content.decode()
    assert f"{NEW}?article=a-text" in rights
    form = client.get(f"{NEW}?article=a-text").content.decode()
    assert "http://testserver/articles/a-text/" in form
    assert client.get(f"/fr{NEW}").status_code == 200


def test_what_is_sent_is_heard_at_once_and_sent_twice_it_is_one(client, article):
    for _again in range(2):
        answer = client.post(NEW, SENT)
        assert answer.status_code == 303
    complaint = Complaint.objects.get()
    assert [subject.article for subject in complaint.subjects.all()] == [article]
    page = client.get(answer["Location"]).content.decode()
    assert complaint.number in page
    assert len(letters_to(COMPLAINANT)) == 1
    assert client.get(f"{NEW}?sent=made-up").status_code == 302


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("is_in_good_faith", ""),
        ("is_accurate", ""),
        ("signature", " "),
        ("work", ""),
        ("claim", "x\x00y"),
        ("addresses", "a" * 2001),
        ("email", "two@a.example, b@c.example"),
        ("standing", "king"),
        ("language", "xx"),
        ("name", "\u202e"),
        ("nickname", "machine"),
    ],
)
def test_what_is_missing_or_odd_is_said_beside_its_field_and_nothing_is_lost(
    client, article, name, typed
):
    answer = client.post(NEW, {**SENT, name: typed})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {name}
    other = "claim" if name == "work" else "work"
    assert TOLD[other] in answer.content.decode().replace("&#x27;", "'")
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    "limit",
    ["COMPLAINTS_PER_ADDRESS_AN_HOUR", "COMPLAINTS_PER_EMAIL_A_DAY", "COMPLAINTS_AN_HOUR"],
)
def test_nobody_sends_it_more_often_than_the_house_allows(client, article, settings, limit):
    setattr(settings, limit, 1)
    assert client.post(NEW, SENT).status_code == 303
    answer = client.post(NEW, {**SENT, "key": "two"})
    assert answer.status_code == 429 and "Retry-After" in answer
    assert TOLD["claim"] in answer.content.decode()
    assert Complaint.objects.count() == 1


def test_an_address_that_leads_nowhere_is_heard_all_the_same(client, people):
    typed = "the page about tides\nhttps://elsewhere.example/articles/a-text/"
    assert client.post(NEW, {**SENT, "addresses": typed}).status_code == 303
    assert not Complaint.objects.get().subjects.exists()


# --- The secret page --------------------------------------------------------------------------


def test_the_link_shows_how_far_it_is_and_takes_messages(client, article, people):
    complaint = make_complaint(article)
    path = link_in(COMPLAINANT)
    answer = client.get(path)
    assert answer["Referrer-Policy"] == "no-referrer" and "no-store" in answer["Cache-Control"]
    assert TOLD["claim"] in answer.content.decode()
    assert client.post(path, {"act": "write", "text": "See page 3."}).status_code == 302
    assert client.post(path, {"act": "write", "text": " "}).status_code == 422
    assert client.post(path, {"act": "erase"}).status_code == 409
    assert complaint.messages.get().text == "See page 3."
    complaint.refresh_from_db()
    complaints.write(complaint, text="Which paragraph?", by=people["rights_desk"])
    assert "Which paragraph?" in letters_to(COMPLAINANT)[-1].message
    complaints.acknowledge(complaint, by=people["rights_desk"])
    complaints.uphold(complaint, reason="It is yours.", by=people["rights_manager"])
    page = client.get(path).content.decode()
    assert "It is withheld" in page and "It is yours." in page and "Which paragraph?" in page
    assert client.get("/complaints/made-up-token-of-nobody/").status_code == 404


def test_a_link_that_the_desk_ends_leads_nowhere(client, article, people):
    complaint = make_complaint(article)
    path = link_in(COMPLAINANT)
    client.force_login(people["rights_desk"])
    assert "End all links" in client.get(complaint.get_admin_url()).content.decode()
    end = reverse("admin:licensing_complaint_links", args=[complaint.pk])
    assert client.get(end).status_code == 405 and client.get(path).status_code == 200
    assert client.post(end).status_code == client.post(end).status_code == 302
    assert "End all links" not in client.get(complaint.get_admin_url()).content.decode()
    assert client.get(path).status_code == 410
    assert client.post(path, {"act": "write", "text": "Hello?"}).status_code == 410


def test_the_other_side_answers_on_a_link_of_its_own_and_learns_no_name(client, article, people):
    complaint = upheld(article, people=people)
    complaints.invite(complaint, to="ada@authors.example", by=people["rights_desk"])
    path = link_in("ada@authors.example")
    page = client.get(path).content.decode()
    assert TOLD["claim"] in page
    for private in (TOLD["name"], TOLD["email"], TOLD["contact"], "It is hers."):
        assert private not in page
    typed = {**COUNTER, "act": "counter"}
    assert client.post(path, {**typed, "consents": ""}).status_code == 422
    assert client.post(link_in(COMPLAINANT), typed).status_code == 409
    assert client.post(path, typed).status_code == 302
    assert client.post(path, typed).status_code == 409
    assert CounterNotice.objects.get().by is None
    assert COUNTER["text"] in client.get(link_in(COMPLAINANT)).content.decode()


def test_who_is_invited_next_reads_no_counter_notice_of_before(client, article, people):
    desk, manager = people["rights_desk"], people["rights_manager"]
    complaint = upheld(article, people=people)
    complaints.invite(complaint, to="ada@authors.example", by=desk)
    first = link_in("ada@authors.example")
    complaints.counter(complaint, **COUNTER)
    assert COUNTER["contact"] in client.get(first).content.decode()
    complaints.restore(complaint, reason="She agrees.", by=manager)
    complaints.reopen(complaint, reason="New facts.", by=manager)
    assert COUNTER["contact"] not in client.get(first).content.decode()
    complaints.uphold(complaint, reason="Hers.", by=manager)
    complaints.invite(complaint, to="ben@authors.example", by=desk)
    second = link_in("ben@authors.example")
    assert COUNTER["contact"] not in client.get(second).content.decode()
    complaints.counter(complaint, **{**COUNTER, "contact": "3 Quay Street"})
    answers = [client.get(path).content.decode() for path in (second, link_in(COMPLAINANT))]
    assert ["3 Quay Street" in answer for answer in answers] == [True, True]
    assert [COUNTER["contact"] in answer for answer in answers] == [False, True]


def test_a_complaint_speaks_the_language_it_was_sent_in(client, article):
    make_complaint(article, language="de")
    answer = client.get(link_in(COMPLAINANT))
    assert answer["Content-Language"] == "de"


# --- The desk ---------------------------------------------------------------------------------


def test_the_desk_sees_the_queue_by_promise_and_decides_from_the_table(client, article, people):
    complaint = acknowledged(people=people)
    done = acknowledged(article, people=people)
    complaints.reject(done, reason="Not hers.", by=people["rights_manager"])
    client.force_login(people["rights_manager"])
    listed = client.get(reverse("admin:licensing_complaint_changelist"))
    assert list(listed.context["cl"].result_list) == [complaint, done]
    case = complaint.get_admin_url()
    page = client.get(case).content.decode()
    assert TOLD["email"] in page and f"{case[:-7]}move/uphold/" in page
    subjects = reverse("admin:licensing_complaint_subjects", args=[complaint.pk])
    assert client.post(subjects, {"addresses": "/admin/articles/article/1/"}).status_code == 302
    typed = {"addresses": f"http://testserver{article.get_absolute_url()}"}
    assert client.post(subjects, typed).status_code == 302
    uphold = reverse("admin:licensing_complaint_move", args=[complaint.pk, "uphold"])
    assert article.headline in client.get(uphold).content.decode()
    assert client.post(uphold, {"reason": "Hers."}).status_code == 302
    assert client.get(article.get_absolute_url()).status_code == 451
    counter = reverse("admin:licensing_complaint_move", args=[complaint.pk, "counter"])
    assert client.post(counter, COUNTER).status_code == 302
    assert CounterNotice.objects.get().by == people["rights_manager"]
    assert COUNTER["text"] in client.get(case).content.decode()
    assert complaint.number in client.get("/admin/").content.decode()


def test_a_case_can_be_read_when_what_it_was_about_is_deleted(client, article, people):
    image = make_image()
    complaint = acknowledged(people=people, pictures=[image])
    complaints.point_to(complaint, articles=[article], pictures=[], by=people["rights_desk"])
    complaints.reject(complaint, reason="Not hers.", by=people["rights_manager"])
    key, _deleted = image.pk, image.delete()
    client.force_login(people["rights_desk"])
    page = client.get(complaint.get_admin_url()).content.decode()
    assert f"<small>picture {key}: No longer kept</small>" in page
    assert f"<small>{article.headline}</small>" in page


@pytest.mark.parametrize("role", ["contributor", "editor", "managing_editor", "rights_desk"])
def test_no_address_of_the_desk_does_more_than_its_role(client, article, people, role):
    complaint = acknowledged(article, people=people)
    client.force_login(people[role])
    for name in ("uphold", "reject"):
        address = reverse("admin:licensing_complaint_move", args=[complaint.pk, name])
        assert client.post(address, {"reason": "Mine."}).status_code == 403
    allowed = role == "rights_desk"
    for name in ("write", "subjects", "invite"):
        address = reverse(f"admin:licensing_complaint_{name}", args=[complaint.pk])
        assert (client.get(address).status_code == 200) == allowed, name
        typed = {"text": "Hello", "to": "a@b.example", "addresses": ""}
        assert (client.post(address, typed).status_code != 403) == allowed, name
    links = reverse("admin:licensing_complaint_links", args=[complaint.pk])
    assert (client.post(links).status_code == 302) == allowed
    complaint.refresh_from_db()
    assert complaint.status == "acknowledged"
