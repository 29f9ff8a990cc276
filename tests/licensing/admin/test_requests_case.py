"""The page of a case: what it shows, what hangs on it, and for whom its doors open."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licensing import request_links
from licensing.actions import desk, requests
from licensing.models import PermissionRequest, RequestedArticle
from tests.browsing import filled
from tests.factories.articles import make_image, make_live_article
from tests.factories.requests import (
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
    send_quote,
)

HOSTILE = "<script>alert(1)</script>"
# Every page and every deed of a case: (name, further arguments, whether it only takes POST).
DOORS = [
    ("change", [], False),
    ("correct", [], False),
    ("move", ["issue"], False),
    ("quote", [], False),
    ("write", [], False),
    ("note", [], False),
    ("assign", [], False),
    ("file_add", [], True),
    ("kept_file", [uuid.uuid4()], False),
    ("links", [], True),
    ("history", [], False),
    ("invoice", ["INV-2026-000001"], False),
    ("casefile", [], False),
    ("casezip", [], False),
]


def address(row, page, *args):
    return reverse(f"admin:licensing_permissionrequest_{page}", args=[row.pk, *args])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return client


def test_the_case_says_what_was_asked_what_we_may_and_what_happened(people, manager):
    image = make_image(developed=True, caption="A harbour")
    article = make_live_article(people=people, featured_image=image)
    before = make_granted_request(people=people, articles=[article])
    row = make_taken_request(people=people, articles=[article], purpose="For a reader.")
    RequestedArticle.objects.filter(permission_request=row).update(pictures=[f"image-{image.pk}"])
    send_quote(row, by=people["rights_desk"])
    fewer = {**row.particulars, "runs": [{"format": "paperback", "copies": 9, "price": ""}]}
    requests.counter(row, text="Fewer, please.", changes={"particulars": fewer})
    page = words(manager.get(address(row, "change")))
    for said in (
        "The requester wants other rights than quote 1 offers: quote anew.",
        "Paperback: 9 copies",
        "For a reader.",
        "Fewer, please.",
        "Chain of title",
        "A harbour",
        "Licences in the way",
        before.number,
        before.grants.get().number,
        "Record a counter-offer",
        row.events.first().seal[:10],
        "The requester never sees this.",
        row.requester_email,
    ):
        assert said in page, said


def test_messages_and_notes_never_stand_in_the_same_place(people, manager):
    row = make_taken_request(people=people)
    # A click too many writes nothing twice.
    for _click in range(2):
        manager.post(address(row, "note"), {"note": "They pay late."})
        manager.post(address(row, "write"), {"text": "We are on it."})
    assert [one.text for one in row.notes.all()] == ["They pay late."]
    assert [one.text for one in row.messages.all()] == ["We are on it."]
    page = manager.get(address(row, "change")).content.decode()
    notes = page[page.index('id="notes"') : page.index("</section>", page.index('id="notes"'))]
    thread = page[page.index('id="thread"') : page.index("</section>", page.index('id="thread"'))]
    assert "They pay late." in notes and "They pay late." not in thread
    assert "We are on it." in thread and "We are on it." not in notes


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "turned \u202e", "x" * 5001])
def test_words_that_cannot_be_kept_come_back(people, manager, text):
    row = make_taken_request(people=people)
    assert manager.post(address(row, "write"), {"text": text}).status_code == 200
    assert manager.post(address(row, "note"), {"note": text}).status_code == 200
    assert not row.messages.exists() and not row.notes.exists()


def test_nobody_writes_on_a_closed_case(people, manager):
    row = make_granted_request(people=people)
    manager.post(address(row, "move", "close"), {})
    answer = manager.post(address(row, "write"), {"text": "One more thing."})
    assert answer.status_code == 409 and "takes no messages now" in words(answer)
    assert "One more thing." in words(answer)


def test_it_is_given_to_a_colleague_and_back(people, manager):
    row = make_taken_request(people=people)
    manager.post(address(row, "assign"), {"to": people["rights_manager"].pk})
    assert PermissionRequest.objects.get(pk=row.pk).owner == people["rights_manager"]
    manager.post(address(row, "assign"), {"to": ""})
    assert PermissionRequest.objects.get(pk=row.pk).owner is None
    stale = {"to": people["rights_desk"].pk, "seen": str(people["rights_manager"].pk)}
    assert "It went to somebody else" in words(manager.post(address(row, "assign"), stale))
    refused = manager.post(address(row, "assign"), {"to": people["editor"].pk})
    assert refused.status_code == 200 and refused.context["form"].errors


def test_a_file_is_kept_and_handed_out_never_to_be_shown(people, manager):
    row = make_taken_request(people=people)
    proof = SimpleUploadedFile("<b>proof</b>.txt", b"A page proof.")
    page = manager.post(address(row, "file_add"), {"file": proof}, follow=True)
    assert "&lt;b&gt;" in page.content.decode() or "b&gt;.txt" in page.content.decode()
    fake = SimpleUploadedFile("page.pdf", b"<html>")
    answer = manager.post(address(row, "file_add"), {"file": fake}, follow=True)
    assert "is not kept" in words(answer)
    kept = row.files.get()
    assert kept.uploaded_by == people["rights_manager"]
    answer = manager.get(address(row, "kept_file", kept.key))
    assert b"".join(answer.streaming_content) == b"A page proof."
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    other = make_taken_request(people=people)
    assert manager.get(address(other, "kept_file", kept.key)).status_code == 404


def test_all_links_are_ended_at_once(people, manager):
    row = make_taken_request(people=people)
    assert row.links.filter(revoked_at=None).exists()
    manager.post(address(row, "links"))
    assert not row.links.filter(revoked_at=None).exists()


def test_what_they_told_us_is_corrected_on_record_and_old_links_end(people, manager):
    row = make_taken_request(people=people)
    _link, token = request_links.make(row, at=row.created_at)
    sent = filled_page(manager, row, requester_email="new@harbour.example", why="By telephone.")
    answer = manager.post(address(row, "correct"), sent)
    assert answer.status_code == 302, words(answer)
    row.refresh_from_db()
    assert row.requester_email == "new@harbour.example"
    note = row.notes.get().text
    assert "e-mail" in note and "By telephone." in note and "harbour.example" not in note
    assert not request_links.find(token).is_open()


def filled_page(client, row, **typed):
    page = client.get(address(row, "correct"))
    return filled(page, **typed)


def test_of_two_who_correct_at_once_the_second_is_told(people, manager):
    row = make_taken_request(people=people)
    first = filled_page(manager, row, outlet="One", why="x")
    second = filled_page(manager, row, outlet="Two", why="x")
    manager.post(address(row, "correct"), first)
    answer = manager.post(address(row, "correct"), second)
    assert "Somebody changed this while you were at work." in words(answer)
    row.refresh_from_db()
    assert row.outlet == "One"


@pytest.mark.parametrize(
    "typed",
    [
        {"requester_email": "nobody"},
        {"requester_name": ""},
        {"requester_name": "\u200b"},
        {"outlet": "a\nb"},
        {"promised_by": "never"},
        {"outlet_country": "XX"},
        {"why": ""},
        {"billing_address": "x" * 601},
    ],
)
def test_a_correction_that_makes_no_sense_is_not_made(people, manager, typed):
    row = make_taken_request(people=people)
    answer = manager.post(address(row, "correct"), filled_page(manager, row, why="x") | typed)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not row.notes.exists()


def test_hostile_words_are_shown_and_never_run(people, manager):
    row = make_taken_request(
        people=people,
        articles=[make_live_article(people=people, headline=HOSTILE)],
        requester_name=HOSTILE,
        outlet=HOSTILE,
        purpose=HOSTILE,
        billing_address=HOSTILE,
        po_number=HOSTILE,
    )
    requests.write(row, text=HOSTILE)
    desk.add_note(row, by=people["rights_desk"], text=HOSTILE)
    send_quote(
        row,
        by=people["rights_desk"],
        lines=[{"label": HOSTILE, "why": HOSTILE, "amount": "150"}],
        text=HOSTILE,
    )
    pages = [("change", []), ("history", []), ("quote", []), ("correct", []), ("write", [])]
    pages += [("move", [name]) for name in ("accept", "counter", "decline", "merge", "withdraw")]
    for page, arguments in pages:
        answer = manager.get(address(row, page, *arguments))
        assert answer.status_code == 200, page
        assert "<script>alert" not in answer.content.decode(), page


@pytest.mark.parametrize("role", ["contributor", "editor", "managing_editor"])
def test_the_newsroom_finds_no_door_and_is_not_told_what_there_is(people, client, role):
    row = make_billed_request(people=people)
    client.force_login(people[role])
    for page, arguments, _is_post in DOORS:
        there = address(row, page, *arguments)
        missing = there.replace(f"/{row.pk}/", "/987654/")
        for url in (there, missing, there.replace(f"/{row.pk}/", "/x/")):
            assert client.get(url).status_code == 403, url
            assert client.post(url, {}).status_code == 403, url
    for url in ("reports", "add", "changelist"):
        assert client.get(reverse(f"admin:licensing_permissionrequest_{url}")).status_code == 403
    assert client.get("/admin/licensing/permissionrequest/reports/uses.csv").status_code == 403


def test_a_case_that_is_not_there_is_not_found(manager):
    for page, arguments, is_post in DOORS:
        for key in ("987654", "x", "9" * 40):
            pattern = reverse(f"admin:licensing_permissionrequest_{page}", args=["KEY", *arguments])
            ask = manager.post if is_post else manager.get
            assert ask(pattern.replace("KEY", key)).status_code == 404, (page, key)


def test_whoever_may_only_look_is_offered_nothing(people, client):
    row = make_taken_request(people=people)
    client.force_login(people["rights_desk"])
    group = people["rights_desk"].groups.get()
    group.permissions.remove(
        *group.permissions.filter(
            codename__in=[
                "answer_permissionrequest",
                "decide_permissionrequest",
                "change_permissionrequest",
            ]
        )
    )
    page = client.get(address(row, "change"))
    assert page.status_code == 200
    assert page.context["groups"] == []
    for name in ("write", "note", "assign", "quote", "correct"):
        assert client.post(address(row, name), {"text": "x"}).status_code == 403


def test_a_request_is_entered_for_somebody_who_called(people, manager):
    article = make_live_article(people=people)
    add = reverse("admin:licensing_permissionrequest_add")
    page = manager.post(add, {"use": "print", "articles": [article.pk], "_next": "1"})
    typed = filled(
        page,
        articles=[article.pk],
        _enter="1",
        asked_title="Harbour Reader",
        asked_publisher="Harbour Press",
        asked_portion="whole",
        requester_name="Ines Roca",
        requester_email="ines@harbour.example",
        requester_kind="publisher",
        **{"asked_runs-paperback-copies": "300"},
    )
    wrong = manager.post(add, typed | {"asked_isbn": "1", "requester_email": "x"})
    assert wrong.status_code == 200 and "Harbour Reader" in words(wrong)
    answer = manager.post(add, typed, follow=True)
    row = PermissionRequest.objects.get()
    assert answer.redirect_chain[0][0] == address(row, "change"), words(answer)
    assert (row.status, row.created_by) == ("received", people["rights_manager"])
    assert row.requested.get().article == article
    twice = manager.post(add, typed)
    assert twice["Location"] == address(row, "change")
    for bad in ({"articles": ["x"]}, {"articles": ["9" * 40]}, {"use": "search_index"}):
        assert manager.post(add, typed | bad).status_code == 200
    assert PermissionRequest.objects.count() == 1


def test_no_page_of_a_case_is_kept_by_a_cache(people, manager):
    row = make_request(make_live_article(people=people))
    for page in ("change", "quote", "write", "correct"):
        assert "no-store" in manager.get(address(row, page))["Cache-Control"]
