"""A whole case for a dispute: nothing is missing, nothing lets anybody in, all is weighed."""

import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email
from pypdf import PdfReader

from licensing import case_export, casefiles, request_links
from licensing.actions import desk, erasure, grants, requests
from licensing.models import PermissionRequest, RequestFile
from tests.factories.articles import make_live_article
from tests.factories.requests import make_billed_request, make_granted_request

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def make_file(permission_request, name: str, content: bytes = b"A proof.") -> RequestFile:
    kept = RequestFile(
        permission_request=permission_request,
        name=name,
        media_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=timezone.now(),
    )
    kept.file.save("x", ContentFile(content))
    return kept


@pytest.fixture
def case(people) -> PermissionRequest:
    """A case with everything in it."""
    article = make_live_article(people=people, headline="The last lamplighter")
    asked = make_billed_request(people=people, articles=[article])
    _link, token = request_links.make(asked, at=timezone.now())
    requests.write(asked, text=f"My link is {request_links.address(token)}")
    desk.add_note(asked, by=people["rights_desk"], text="Careful with them.")
    make_file(asked, "../../etc/Prüf·fahne №1.pdf")
    return asked


def unpacked(permission_request) -> dict[str, bytes]:
    with (
        case_export.archive(permission_request, at=timezone.now()) as packed,
        zipfile.ZipFile(packed) as found,
    ):
        return {name: found.read(name) for name in found.namelist()}


def test_the_case_file_says_everything(case):
    said = text_of(casefiles.pdf(case, at=timezone.now()))
    for words in (
        case.number,
        case.requester_name,
        "The last lamplighter",
        "Careful with them.",
        "Contains internal notes",
        case.grants.get().number,
        case.invoices.get().number,
        case.events.first().seal[:16],
        case.files.get().sha256[:16],
        "Waiting for payment",
    ):
        assert words in said, words


def test_the_archive_holds_all_of_it_and_its_sums_are_right(case):
    found = unpacked(case)
    bill, grant = case.invoices.get().number, case.grants.get().number
    assert {
        f"{case.number}.pdf",
        f"{case.number}.json",
        "events.json",
        f"invoices/{bill}.pdf",
        f"certificates/{grant}.pdf.txt",
        "messages/001.txt",
        "internal-notes/001.txt",
        "files/001-etc_Pruf_fahne_No1.pdf",
        case_export.MANIFEST,
    } <= set(found)
    assert any(name.startswith("mails/") for name in found)
    sums = found.pop(case_export.MANIFEST).decode().splitlines()
    assert dict(reversed(line.split("  ", 1)) for line in sums) == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }


def test_the_data_carry_the_record_with_its_seals(case):
    data = json.loads(unpacked(case)[f"{case.number}.json"])
    seals = [event["seal"] for event in data["events"] if event["of"] == case.number]
    assert seals == list(case.events.order_by("number").values_list("seal", flat=True))
    assert data["request"]["requester_email"] == case.requester_email
    assert data["invoices"][0]["total"] == "150.000"
    assert data["grants"][0]["articles"][0]["fingerprint"]
    assert data["people"]


def test_nobody_gets_in_by_what_the_archive_says(case):
    whole = b"".join(unpacked(case).values())
    assert b"/permissions/" in whole
    assert not re.search(rb"/permissions/(?!new/)[A-Za-z0-9_-]{20,}", whole)
    assert case.links.first().token_hash.encode() not in whole


def test_a_file_that_is_gone_is_said_to_be_and_the_rest_goes_out(case):
    kept = case.files.get()
    kept.file.storage.delete(kept.file.name)
    found = unpacked(case)
    assert b"not in its place" in found["files/001-etc_Pruf_fahne_No1.pdf.txt"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\x\\con.pdf", "C_x_con.pdf"),
        ("…", "file"),
        ("a" * 300 + ".docx", "a" * 80 + ".docx"),
        ("\u202egnp.exe", "gnp.exe"),
    ],
)
def test_names_are_such_as_every_system_can_unpack(name, safe):
    assert case_export.safe_name(name) == safe


def test_whole_cases_are_taken_by_managers_only_and_it_is_kept_who_did(client, people):
    asked = make_granted_request(people=people)
    addresses = [
        reverse(f"admin:licensing_permissionrequest_{name}", args=[asked.pk])
        for name in ("casefile", "casezip")
    ]
    client.force_login(people["rights_desk"])
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    grant = reverse("admin:licensing_grant_certificate", args=[asked.grants.get().pk])
    assert client.get(grant).content.startswith(b"%PDF-")
    client.force_login(people["rights_manager"])
    pdf, packed = (client.get(address) for address in addresses)
    assert pdf.content.startswith(b"%PDF-")
    assert zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))).testzip() is None
    assert "no-store" in packed["Cache-Control"]
    history = reverse("admin:licensing_permissionrequest_history", args=[asked.pk])
    assert "Exported the whole case." in client.get(history).content.decode()
    assert client.get(addresses[0].replace(str(asked.pk), "9" * 30)).status_code == 404


def test_of_somebody_who_was_forgotten_the_case_says_what_is_left(
    people, django_capture_on_commit_callbacks
):
    asked = make_granted_request(people=people)
    make_file(asked, "proof.pdf")
    name, email = asked.requester_name, asked.requester_email
    much_later = timezone.now() + timedelta(days=365 * 12)
    grants.revoke(asked.grants.get(), by=people["rights_manager"], reason="It is over.")
    # By then the mails are gone, as all are after a while.
    Email.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert erasure.erase(asked, at=much_later)
    found = unpacked(asked)
    whole = b"".join(found.values()).decode("latin-1") + text_of(found[f"{asked.number}.pdf"])
    assert name not in whole
    assert email not in whole
    assert f"certificates/{asked.grants.get().number}.pdf" in found
