"""Files that a clearance rests on: looked at, counted, and put where no address leads."""

import hashlib
import zipfile
from datetime import datetime
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.text import CONTROL
from licensing.models import Clearance, ClearanceEvidence
from licensing.models.correspondence import KeptFile

NO_PAGE = "default-src 'none'; sandbox"
MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
# How a file of each kind begins. Text has no beginning of its own: it is read as what it is.
BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
    ".docx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
}
TEXT = (".txt", ".eml")
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain",
    ".eml": "message/rfc822",
}
# The member that says which kind of document a ZIP is.
MEMBERS = {".docx": "word/document.xml", ".odt": "content.xml"}
MACROS = ("vbaproject.bin", "basic/")


def file_evidence(
    clearance: Clearance, upload: UploadedFile, *, by, at: datetime
) -> ClearanceEvidence:
    """Files ``upload`` with ``clearance``.

    PDF, pictures, Word and OpenDocument letters, plain text and mails, up to 20 MB, told by what is
    in them and by their ending. Raises ValidationError with a sentence; then nothing is kept.
    """
    return keep(ClearanceEvidence(clearance=clearance), upload, by=by, at=at)


def keep(row: KeptFile, upload: UploadedFile, *, by, at: datetime) -> KeptFile:
    """Fills in ``row``, a kept file that belongs to something by now, and writes file and row."""
    ending = ending_of(upload)
    row.name = short_name(upload.name)
    row.media_type = MEDIA_TYPES[ending]
    row.size = upload.size
    row.sha256 = sha256_of(upload)
    row.uploaded_at, row.uploaded_by = at, by
    row.file.save(row.name, upload, save=False)
    try:
        with transaction.atomic():
            row.save()
    except BaseException:
        # A file without its row would never be found again.
        row.file.delete(save=False)
        raise
    return row


def download(kept: KeptFile) -> FileResponse:
    """The file, to be kept and never to be shown as a page. Raises FileNotFoundError."""
    if not kept.file:
        # Erased with whoever sent it; size and fingerprint are left.
        raise FileNotFoundError(kept.key)
    response = FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type=kept.media_type,
    )
    response["Content-Security-Policy"] = NO_PAGE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def sha256_of(upload: UploadedFile) -> str:
    """The checksum of all that is in it."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def ending_of(upload: UploadedFile) -> str:
    """The ending, if the file is what it says. Raises ValidationError."""
    if not upload.size:
        raise ValidationError(_("The file is empty."))
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("The file has %(size)s; at most %(most)s are kept.")
            % {"size": filesizeformat(upload.size), "most": filesizeformat(MOST_BYTES)}
        )
    ending = PurePath(upload.name or "").suffix.lower()
    if ending not in MEDIA_TYPES:
        kinds = ", ".join(sorted(kind.removeprefix(".").upper() for kind in MEDIA_TYPES))
        raise ValidationError(_("This kind of file is not kept. Possible are: %s.") % kinds)
    if not _is_what_it_says(upload, ending):
        raise ValidationError(
            _("The file is no %(kind)s, whatever its name says.")
            % {"kind": ending.removeprefix(".").upper()}
        )
    return ending


def _is_what_it_says(upload: UploadedFile, ending: str) -> bool:
    upload.seek(0)
    try:
        if ending in TEXT:
            return _is_text(upload.read())
        beginning = upload.read(16)
        if not beginning.startswith(BEGINNINGS[ending]):
            return False
        if ending == ".webp" and beginning[8:12] != b"WEBP":
            return False
        return ending not in MEMBERS or _is_document(upload, MEMBERS[ending])
    finally:
        upload.seek(0)


def _is_text(content: bytes) -> bool:
    try:
        return CONTROL.search(content.decode("utf-8-sig")) is None
    except UnicodeDecodeError:
        return False


def _is_document(upload: UploadedFile, member: str) -> bool:
    """Whether a ZIP is the document it claims, without macros; nothing is unpacked."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload.file) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return False
    return member in names and not any(mark in name for name in names for mark in MACROS)


def short_name(name: str) -> str:
    """The file's own name as one short line, its ending kept."""
    path = PurePath(" ".join(CONTROL.sub("", name).split()))
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix
