"""Who asked is forgotten when the policy says so: the person goes, the record and the sums stay."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from post_office.models import STATUS, Email

from cms.outbox.models import PromisedMail
from cms.workflows.actions import MoveNotAllowed
from licensing import erasure, fingerprints, request_duties, request_links
from licensing.actions import desk, endings, grants, requests, settling
from licensing.actions.erasure import erase, forget
from licensing.models import (
    Grant,
    Invoice,
    PermissionRequest,
    RequestFile,
    RequestLink,
    RequestNote,
)
from tests.factories.articles import house, make_live_article
from tests.factories.holders import letters_to
from tests.factories.requests import (
    REQUESTER,
    make_billed_request,
    make_granted_request,
    make_request,
    make_taken_request,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = 365 * DAY


@pytest.fixture
def storage(monkeypatch, tmp_path):
    found = RequestFile._meta.get_field("file").storage
    monkeypatch.setattr(found, "base_location", str(tmp_path / "private"))
    monkeypatch.setattr(found, "location", str(tmp_path / "private"))
    return found


@pytest.fixture
def staff(people, storage):
    ours = house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    return people["rights_desk"]


def declined(people, **fields) -> PermissionRequest:
    """A request with a thread, a note, a file and letters, that came to nothing."""
    asked = make_taken_request(
        people=people,
        purpose="A book about my father, Juan Roca.",
        billing_address="Mole 1, Harbour",
        vat_id="GB1",
        **fields,
    )
    by = people["rights_desk"]
    desk.ask_back(asked, by=by, text="Dear Ines, which edition?")
    requests.answer(asked, text="The second. Ines.")
    desk.add_note(asked, by=by, text="Ines called.")
    RequestFile.objects.create(
        permission_request=asked,
        file=ContentFile(b"proof", name="proof.pdf"),
        name="ines-roca.pdf",
        media_type="application/pdf",
        size=5,
        sha256="ab" * 32,
        uploaded_at=timezone.now(),
    )
    settling.decline(asked, by=by, reason="The author does not agree.", code="author")
    return asked


def said_of(permission_request) -> str:
    """All that the database still holds in words about a case."""
    rows = [
        PermissionRequest.objects.filter(pk=permission_request.pk),
        permission_request.messages.all(),
        permission_request.notes.all(),
        permission_request.files.all(),
        permission_request.links.all(),
        permission_request.quotes.all(),
        permission_request.invoices.all(),
        permission_request.grants.all(),
        permission_request.events.all(),
        Email.objects.all(),
    ]
    return " ".join(str(list(found.values())) for found in rows)


def test_the_person_is_gone_and_the_record_stays(
    people, staff, storage, django_capture_on_commit_callbacks
):
    asked = declined(people)
    (kept,) = asked.files.all()
    path, events = kept.file.name, asked.events.count()
    token = letters_to(REQUESTER)[0].message.partition("/permissions/")[2].partition("/")[0]
    assert storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(asked)
    assert (asked.requester, asked.requester_email, asked.status) == ("Erased", "", "declined")
    left = said_of(asked)
    for word in ("Ines", "ines", "Roca", "Mole 1", "GB1", "Dear", "called"):
        assert word not in left, word
    assert "Harbour Press" in left and "The author does not agree." in left
    assert asked.events.count() == events
    kept.refresh_from_db()
    assert (kept.name, kept.file.name, kept.size, kept.sha256[:2]) == ("erased", "", 5, "ab")
    assert not storage.exists(path)
    assert not request_links.find(token).is_open()
    # What was promised is not promised again, though the letters are gone.
    assert PromisedMail.objects.filter(email=None).exists() and not Email.objects.exists()
    assert not erase(asked)


def test_an_outlet_that_is_the_person_goes_too(people, staff):
    asked = declined(people, requester_name="Ines Roca", outlet="ines roca ")
    erase(asked)
    assert asked.outlet == ""


def test_a_file_that_outlived_its_erasure_is_deleted_by_the_clock(people, staff, storage):
    asked = declined(people)
    path = asked.files.get().file.name
    erase(asked)
    # The process died before the file went: nothing ran after the commit.
    assert storage.exists(path)
    request_duties.forget_requesters(at=timezone.now() + DAY)
    assert not storage.exists(path)


def test_an_open_request_is_not_erased(people, staff):
    held = make_request(make_live_article(people=people), confirmed=False)
    taken = make_taken_request(people=people)
    for asked in (held, taken):
        with pytest.raises(MoveNotAllowed, match="not settled"):
            erase(asked)
    assert "Ines" in said_of(taken)


def test_letters_of_other_requests_of_the_same_person_stay(people, staff):
    done, other = declined(people), make_taken_request(people=people)
    before = [mail.pk for mail in letters_to(REQUESTER) if other.number in mail.subject]
    Email.objects.update(status=STATUS.sent)
    erase(done)
    assert [mail.pk for mail in letters_to(REQUESTER)] == before


# --- When ---------------------------------------------------------------------------------------


def forgotten(at) -> set[str]:
    request_duties.forget_requesters(at=at)
    return set(
        PermissionRequest.objects.filter(erased_at__isnull=False).values_list("number", flat=True)
    )


def test_each_is_kept_as_long_as_the_policy_says(people, staff):
    now = timezone.now()
    unconfirmed = make_request(make_live_article(people=people), confirmed=False)
    endings.lapse(unconfirmed)
    refused = declined(people)
    unpaid, granted = make_billed_request(people=people), make_granted_request(people=people)
    requests.withdraw(unpaid)
    still_running = make_granted_request(people=people)
    grants.revoke(granted.grants.get(), by=people["rights_manager"], reason="Sold.")
    open_one = make_taken_request(people=people)
    told = [
        (29 * DAY, set()),
        (31 * DAY, {unconfirmed}),
        (2 * YEAR - DAY, {unconfirmed}),
        (2 * YEAR + DAY, {unconfirmed, refused}),
        (10 * YEAR - DAY, {unconfirmed, refused}),
        (10 * YEAR + DAY, {unconfirmed, refused, unpaid, granted}),
    ]
    for wait, expected in told:
        assert forgotten(now + wait) == {asked.number for asked in expected}, wait
    assert "Ines" in said_of(still_running) and "Ines" in said_of(open_one)


def test_a_licence_whose_time_is_over_says_what_it_gave_but_not_to_whom(people, staff):
    asked = make_billed_request(people=people, vat_id="GB1")
    requests.withdraw(asked)
    grant, total = asked.grants.get(), asked.accepted_quote.total
    print_before = fingerprints.of_grant(grant)
    erase(asked, at=timezone.now() + 10 * YEAR + DAY)
    grant = Grant.objects.get()
    assert (grant.licensee_name, grant.erased_at is None) == ("", False)
    assert grant.licensee_key == f"erased-{grant.pk}"
    assert fingerprints.of_grant(grant) == print_before
    assert {bill.total for bill in Invoice.objects.all()} == {total, -total}
    assert all(bill.buyer == [] and bill.vat_id == "" for bill in Invoice.objects.all())


def test_what_was_reopened_is_kept_until_it_is_settled_again(people, staff):
    asked = declined(people)
    endings.reopen(asked, by=people["rights_manager"], reason="A new edition.")
    assert forgotten(timezone.now() + 3 * YEAR) == set()


def test_who_was_forgotten_is_not_worked_on_again(people, staff):
    asked = declined(people)
    erase(asked)
    with pytest.raises(MoveNotAllowed, match="erased"):
        endings.reopen(asked, by=people["rights_manager"], reason="A new edition.")


# --- At somebody's own wish -------------------------------------------------------------------


def test_whoever_wishes_is_forgotten_where_we_may(people, staff, capsys):
    refused = declined(people)
    granted = make_granted_request(people=people)
    revoked = make_granted_request(people=people)
    grants.revoke(revoked.grants.get(), by=people["rights_manager"], reason="Sold.")
    taken = make_taken_request(people=people)
    other = declined(people, requester_email="somebody@else.example")
    call_command("erase_requester", f" {REQUESTER.upper()} ")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{refused.number}: erased."
    assert said[1] == f"{granted.number}: kept. Its licence still counts."
    assert f"{revoked.number}: kept. Licences and bills have to be kept: until" in said[2]
    assert f"{taken.number}: kept. It is not settled yet" in said[3]
    assert REQUESTER not in "".join(said)
    other.refresh_from_db()
    assert other.erased_at is None
    call_command("erase_requester", "nobody@press.example")
    assert capsys.readouterr().out == "No request or complaint names this address.\n"
    assert forget("").erased == []


def test_a_note_that_was_erased_still_says_who_wrote_it(people, staff):
    asked = declined(people)
    erase(asked)
    note = RequestNote.objects.get()
    assert (note.text, note.by) == ("erased", staff)
    assert not RequestLink.objects.exclude(sent_to="").exists()


def test_what_we_say_about_it_follows_the_settings(settings):
    settings.REQUESTS_KEPT_DAYS, settings.GRANTS_KEPT_DAYS = 90, 365
    said = " ".join(erasure.kept_for())
    for words in ("30 days", "90 days after your request", "1 year after the licence"):
        assert words in said
