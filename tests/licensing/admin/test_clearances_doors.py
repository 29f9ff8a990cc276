"""Who comes through which door of the clearance desk: a table written out by hand."""

from io import BytesIO

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from licensing.admin import ClearanceAdmin
from licensing.evidence import file_evidence
from licensing.models import Clearance, ClearanceEvidence
from licensing.workflow import CLEARANCE
from tests.factories.accounts import make_person
from tests.factories.articles import make_publication
from tests.factories.clearance_stages import make_clearance_at
from tests.factories.clearances import make_clearance

PEOPLE = ["contributor", "editor", "managing_editor", "rights_desk", "rights_manager", "admin"]
PDF = b"%PDF-1.7\n" + b"x" * 40
LETTER = "A “letter”.pdf"

# What each door answers in the order of PEOPLE, when it is used as it is meant to be.
DOORS = {
    "changelist": [403, 200, 200, 200, 200, 200],
    "file": [403, 200, 200, 200, 200, 200],
    "add": [403, 200, 200, 200, 200, 200],
    "change": [403, 200, 200, 200, 200, 200],
    "history": [403, 200, 200, 200, 200, 200],
    "delete": [403, 403, 403, 403, 302, 302],
    "evidence": [403, 403, 200, 200, 200, 200],
    "evidence_add": [403, 403, 403, 302, 302, 302],
    "answer": [403, 403, 403, 302, 302, 302],
    "withdraw_links": [403, 403, 403, 302, 302, 302],
    "move request": [403, 403, 403, 302, 302, 302],
    "move grant": [403, 403, 403, 302, 302, 302],
    "move refuse": [403, 403, 403, 302, 302, 302],
    "move revoke": [403, 403, 403, 403, 302, 302],
    "move expire": [403, 403, 403, 403, 409, 409],
    "move reopen": [403, 403, 403, 302, 302, 302],
}
FROM = {
    "answer": "requested",
    "withdraw_links": "requested",
    "move grant": "requested",
    "move refuse": "requested",
    "move revoke": "granted",
    "move expire": "granted",
    "move reopen": "revoked",
}
READ = {"changelist", "file", "add", "change", "history", "evidence"}
CELLS = [
    (door, role, answer)
    for door, answers in DOORS.items()
    for role, answer in zip(PEOPLE, answers, strict=True)
]


@pytest.fixture(autouse=True)
def evidence_of_its_own(tmp_path, monkeypatch):
    """Files of a test go nowhere else."""
    storage = ClearanceEvidence._meta.get_field("file").storage
    monkeypatch.setattr(storage, "base_location", str(tmp_path / "private"))
    monkeypatch.setattr(storage, "location", str(tmp_path / "private"))


def file_letter(clearance, by, name=LETTER, content=PDF):
    upload = SimpleUploadedFile(name, content)
    return file_evidence(clearance, upload, by=by, at=timezone.now())


def address(door, clearance, evidence=None):
    page, _space, move = door.partition(" ")
    args = [] if page in ("changelist", "add", "file") else [clearance.pk]
    args += ["csv"] if page == "file" else []
    args += [evidence.key] if page == "evidence" else []
    return reverse(f"admin:licensing_clearance_{page}", args=[*args, *([move] if move else [])])


def through(client, door, clearance, evidence=None):
    """The answer of a door that is used as it is meant to be."""
    url = address(door, clearance, evidence)
    if door in READ:
        return handed_over(client.get(url))
    typed = {"post": "yes", "reason": "So it is.", "text": "Thank you."}
    if door == "evidence_add":
        return client.post(url, {"file": SimpleUploadedFile("mail.txt", b"Yes, do.")})
    return client.post(url, typed)


def handed_over(answer):
    """Reads a file that is handed over, to its end."""
    if answer.streaming:
        answer.read = b"".join(answer.streaming_content)
    return answer


def facts():
    return (
        list(Clearance.objects.order_by("pk").values()),
        ClearanceEvidence.objects.count(),
        [
            (row.events.count(), row.messages.count(), row.links.filter(revoked_at=None).count())
            for row in Clearance.objects.order_by("pk")
        ],
    )


@pytest.fixture
def row(people, request):
    """A clearance where the door leads on, with a letter filed where one is read."""
    params = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    door = params.get("door", "change")
    if door in FROM:
        return make_clearance_at(FROM[door], by=people["admin"])
    return make_clearance(
        by=people["admin"],
        grant=False,
        publication=make_publication(rights_contact="rights@gazette.example"),
    )


def test_every_address_of_the_desk_is_in_the_table():
    named = {url.name for url in ClearanceAdmin(Clearance, admin.site).get_urls() if url.name}
    tried = {f"licensing_clearance_{door.partition(' ')[0]}" for door in DOORS}
    # The tabs of any list are tried with that of the articles.
    of_the_list = {"simple_history", "keep_filter", "rename_filter", "discard_filter", "bulk"}
    assert named - tried == {f"licensing_clearance_{page}" for page in of_the_list}
    assert {door.partition(" ")[2] for door in DOORS} - {""} == set(CLEARANCE.moves)


@pytest.mark.parametrize(("door", "role", "answer"), CELLS)
def test_a_door_opens_for_whom_it_is_meant_and_does_nothing_for_others(
    people, client, row, door, role, answer
):
    evidence = file_letter(row, people["admin"]) if door == "evidence" else None
    client.force_login(people[role])
    before = facts()
    said = through(client, door, row, evidence)
    assert said.status_code == answer
    if answer in (403, 409) or door in READ:
        assert facts() == before
    else:
        assert facts() != before


@pytest.mark.parametrize("door", [door for door in DOORS if door not in READ])
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_nothing_changes_but_by_a_post(people, client, row, door, method):
    client.force_login(people["admin"])
    before = facts()
    said = getattr(client, method)(address(door, row))
    assert said.status_code < 500
    assert facts() == before


@pytest.mark.parametrize("door", [door for door in DOORS if door not in READ])
def test_a_post_without_a_token_does_nothing(people, row, door):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["admin"])
    before = facts()
    assert through(client, door, row).status_code == 403
    assert facts() == before


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["nobody", "a reader", "a newcomer"])
def test_who_is_not_of_the_desk_comes_nowhere(people, client, row, door, who):
    if who == "a newcomer":
        client.force_login(make_person("newcomer"))
    elif who == "a reader":
        person = make_person("reader")
        person.is_staff = False
        person.save()
        client.force_login(person)
    evidence = file_letter(row, people["admin"]) if door == "evidence" else None
    before = facts()
    said = through(client, door, row, evidence)
    assert said.status_code == (403 if who == "a newcomer" else 302)
    if said.status_code == 302:
        assert said["Location"].startswith("/admin/login/")
    assert facts() == before


@pytest.mark.parametrize("door", sorted(set(DOORS) - {"changelist", "file", "add", "evidence"}))
@pytest.mark.parametrize("key", ["999999", "9" * 30, "abc", "1%00", "😀", "-1"])
def test_a_clearance_that_never_was_is_not_found(people, client, row, door, key):
    client.force_login(people["admin"])
    url = address(door, row).replace(f"/clearance/{row.pk}/", f"/clearance/{key}/")
    said = client.post(url) if door not in READ else client.get(url)
    # Django's own pages send whoever asks for what is not there to the front page, with a word.
    assert said.status_code in ((403,) if door == "delete" else (302, 404))
    assert said.get("Location", "/admin/") == "/admin/"


# --- evidence ---------------------------------------------------------------------------------


@pytest.fixture
def manager(people, client):
    client.force_login(people["rights_manager"])
    return client


def test_evidence_is_handed_over_to_keep_and_never_shown_as_a_page(people, manager, row):
    said = through(manager, "evidence", row, file_letter(row, people["admin"]))
    assert said.read == PDF
    assert said["Content-Type"] == "application/pdf"
    assert said["Content-Disposition"].startswith("attachment; filename*=utf-8''A%20")
    assert said["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert said["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in said["Cache-Control"]


def test_the_evidence_of_another_clearance_is_not_found_here(people, manager, row):
    other = make_clearance(by=people["admin"])
    assert (
        manager.get(address("evidence", row, file_letter(other, people["admin"]))).status_code
        == 404
    )


def test_evidence_whose_file_is_lost_is_not_found(people, manager, row):
    evidence = file_letter(row, people["admin"])
    evidence.file.storage.delete(evidence.file.name)
    assert manager.get(address("evidence", row, evidence)).status_code == 404


def test_several_files_are_filed_at_once_and_what_is_no_letter_is_refused_in_words(manager, row):
    files = [
        SimpleUploadedFile("letter.pdf", PDF),
        SimpleUploadedFile("mail.txt", b"Yes, you may."),
        SimpleUploadedFile("<script>alert(1)</script>.exe", b"MZ"),
        SimpleUploadedFile("empty.pdf", b""),
    ]
    said = manager.post(address("evidence_add", row), {"file": files}, follow=True)
    assert [one.name for one in row.evidence.all()] == ["letter.pdf", "mail.txt"]
    told = [str(one) for one in said.context["messages"]]
    assert len(told) == 4
    page = said.content.decode()
    assert "letter.pdf" in page and "text/plain" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("files", [{}, {"file": "text"}, {"other": BytesIO(b"x")}])
def test_without_a_file_nothing_is_filed(manager, row, files):
    said = manager.post(address("evidence_add", row), files, follow=True)
    assert said.status_code == 200
    assert [str(one) for one in said.context["messages"]] == ["Choose a file first."]
    assert not row.evidence.exists()


def test_too_many_files_are_refused_together(manager, row):
    files = [SimpleUploadedFile(f"{n}.txt", b"Yes.") for n in range(21)]
    manager.post(address("evidence_add", row), {"file": files})
    assert not row.evidence.exists()


def test_evidence_is_filed_with_a_clearance_that_is_settled_too(people, manager):
    settled = make_clearance_at("revoked", by=people["admin"])
    manager.post(address("evidence_add", settled), {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert settled.evidence.get().uploaded_by == people["rights_manager"]


# --- deleting ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["requested", "granted", "refused", "expired", "revoked"])
def test_what_somebody_was_asked_about_is_never_deleted(people, manager, stage):
    row = make_clearance_at(stage, by=people["admin"])
    assert manager.post(address("delete", row), {"post": "yes"}).status_code == 403
    assert Clearance.objects.filter(pk=row.pk).exists()


def test_what_was_reopened_is_not_deleted(people, manager):
    row = make_clearance_at("refused", by=people["admin"])
    manager.post(address("move reopen", row), {"reason": "Again."})
    assert manager.post(address("delete", row), {"post": "yes"}).status_code == 403


def test_a_need_goes_with_what_is_filed_with_it(
    people, manager, row, django_capture_on_commit_callbacks
):
    evidence = file_letter(row, people["admin"])
    page = manager.get(address("delete", row)).content.decode()
    assert "“letter”" in page
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(address("delete", row), {"post": "yes"})
    assert not Clearance.objects.filter(pk=row.pk).exists()
    assert not evidence.file.storage.exists(evidence.file.name)


# --- many at once ------------------------------------------------------------------------------


def many(name, *rows):
    address = reverse("admin:licensing_clearance_bulk", args=[name])
    return f"{address}?rows={','.join(str(row.pk) for row in rows)}"


@pytest.mark.parametrize("role", PEOPLE)
def test_many_are_asked_for_by_whom_one_is_and_each_has_its_letter(people, client, role):
    by = people["rights_manager"]
    rows = [make_clearance_at(stage, by=by) for stage in ("needed", "needed", "granted")]
    before = [row.status for row in rows]
    may = DOORS["move request"][PEOPLE.index(role)] == 302
    client.force_login(people[role])
    answer = client.post(many("request", *rows), {"message": "Dear all"})
    for row in rows:
        row.refresh_from_db()
    if may:
        assert [line.is_done for line in answer.context["lines"]] == [True, True, False]
        assert [row.status for row in rows] == ["requested", "requested", "granted"]
    else:
        assert answer.status_code == 403
        assert [row.status for row in rows] == before
    for name in ("grant", "revoke", "expire", "nonsense"):
        assert client.post(many(name, *rows), {"reason": "x"}).status_code in (403, 404)
