"""Evidence is what it says, small enough, kept where no address leads, and otherwise refused."""

import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import timezone

from licensing.evidence import MOST_BYTES, file_evidence
from licensing.models import ClearanceEvidence
from tests.factories.clearances import make_clearance

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 32
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 32
EXE = b"MZ\x90\x00\x03" + b"\x00" * 64
MAIL = b"From: rights@gazette.example\nSubject: Yes\n\nYou may.\n"


def office(member: str, *more: str) -> bytes:
    """A ZIP with these members, as Word and others write them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in (member, *more):
            # Always of the same day: two processes that collect these tests must call them alike.
            archive.writestr(zipfile.ZipInfo(name), "x")
    return file.getvalue()


@pytest.fixture
def drawer(tmp_path, monkeypatch):
    """The private folder of this test."""
    storage = ClearanceEvidence._meta.get_field("file").storage
    folder = tmp_path / "private"
    monkeypatch.setattr(storage, "location", str(folder))
    monkeypatch.setattr(storage, "base_location", str(folder))
    return folder


@pytest.fixture
def clearance(people):
    return make_clearance(by=people["rights_desk"], grant=False)


def filed(clearance, name: str, content: bytes):
    upload = SimpleUploadedFile(name, content)
    return file_evidence(clearance, upload, by=clearance.created_by, at=timezone.now())


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("LETTER.PDF", PDF, "application/pdf"),
        ("scan.png", PNG, "image/png"),
        ("scan.jpg", JPEG, "image/jpeg"),
        ("scan.jpeg", JPEG, "image/jpeg"),
        ("scan.webp", WEBP, "image/webp"),
        ("note.txt", "Oui, c’est accordé.\n".encode(), "text/plain"),
        ("mail.eml", MAIL, "message/rfc822"),
        (
            "contract.docx",
            office("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_letters_pictures_and_mails_are_kept(drawer, clearance, name, content, media_type):
    evidence = filed(clearance, name, content)
    evidence.refresh_from_db()
    assert (evidence.name, evidence.media_type, evidence.size) == (name, media_type, len(content))
    assert evidence.sha256 == hashlib.sha256(content).hexdigest()
    assert evidence.uploaded_by == clearance.created_by
    (path,) = files_in(drawer)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", EXE),
        ("letter.pdf", EXE),
        ("letter.pdf.exe", PDF),
        ("letter.txt", EXE),
        ("mail.eml", b"\x00\x01\x02"),
        ("scan.png", JPEG),
        ("scan.webp", b"RIFF\x24\x00\x00\x00WAVEfmt "),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("page.html", b"<script>alert(1)</script>"),
        ("archive.zip", office("letter.pdf")),
        ("contract.docx", office("letter.pdf")),
        ("contract.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("contract.docx", b"PK\x03\x04 and then nothing"),
        ("letter", PDF),
        ("letter.pdf", b""),
        ("", PDF),
    ],
)
def test_anything_else_is_refused_and_nothing_is_kept(drawer, clearance, name, content):
    upload = SimpleUploadedFile("x", content)
    # Django cleans what a browser sends; a name may come from elsewhere.
    upload._name = name
    with pytest.raises(ValidationError) as refusal:
        file_evidence(clearance, upload, by=None, at=timezone.now())
    assert " ".join(refusal.value.messages)
    assert not ClearanceEvidence.objects.exists()
    assert files_in(drawer) == []


def test_a_file_of_500_megabytes_is_refused_before_it_is_read(drawer, clearance):
    upload = TemporaryUploadedFile("film.pdf", "application/pdf", 0, None)
    upload.write(PDF)
    upload.truncate(500 * 1024 * 1024)
    upload.size = 500 * 1024 * 1024
    with pytest.raises(ValidationError, match="at most 20"):
        file_evidence(clearance, upload, by=None, at=timezone.now())
    assert upload.tell() <= len(PDF)
    upload.close()
    assert files_in(drawer) == []


def test_the_limit_itself_is_allowed(drawer, clearance):
    filed(clearance, "large.pdf", PDF.ljust(MOST_BYTES, b" "))
    with pytest.raises(ValidationError):
        filed(clearance, "larger.pdf", PDF.ljust(MOST_BYTES + 1, b" "))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/letter.pdf", "letter.pdf"),
        ("letter\u202efdp.pdf", "letterfdp.pdf"),
        ("two\nlines.pdf", "twolines.pdf"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
        ("Zürich, 3. März.pdf", "Zürich, 3. März.pdf"),
    ],
)
def test_a_name_is_cleaned_and_never_becomes_a_path(drawer, clearance, name, kept):
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = name
    evidence = file_evidence(clearance, upload, by=None, at=timezone.now())
    assert evidence.name.replace(" ", "") == kept.replace(" ", "")
    (path,) = files_in(drawer)
    assert path.name == evidence.key.hex
    assert path.is_relative_to(drawer / "evidence")


def test_only_the_owner_of_the_process_reads_the_file(drawer, clearance):
    filed(clearance, "letter.pdf", PDF)
    (path,) = files_in(drawer)
    assert path.stat().st_mode & 0o077 == 0


def test_no_public_address_leads_to_it(drawer, clearance, client):
    evidence = filed(clearance, "letter.pdf", PDF)
    places = [evidence.file.name, evidence.name, str(evidence.key), evidence.key.hex]
    for place in places:
        for prefix in ("", "media/", "static/", "private/", "evidence/", "clearances/"):
            assert client.get(f"/{prefix}{place}", follow=True).status_code == 404


def test_a_row_that_cannot_be_written_leaves_no_file(drawer, clearance):
    with pytest.raises(ValueError):
        upload = SimpleUploadedFile("letter.pdf", PDF)
        file_evidence(clearance, upload, by=object(), at=timezone.now())
    assert files_in(drawer) == []
