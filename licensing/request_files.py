"""Files of a permission request: looked at and kept like evidence, so many and no more."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from licensing import evidence
from licensing.models import PermissionRequest, RequestFile

MOST_FILES = 50


def keep(
    permission_request: PermissionRequest, upload: UploadedFile, *, by, at: datetime
) -> RequestFile:
    """Keeps ``upload`` with the request; ``by`` is a colleague, or ``None`` for the requester.

    PDF, pictures, Word and OpenDocument letters, plain text and mails, up to 20 MB, told by what is
    in them and by their ending. Raises ValidationError with a sentence; then nothing is kept.
    """
    if permission_request.files.count() >= MOST_FILES:
        raise ValidationError(_("At most %d files are kept with a request.") % MOST_FILES)
    row = RequestFile(permission_request=permission_request)
    return evidence.keep(row, upload, by=by, at=at)


def known(permission_request: PermissionRequest, upload: UploadedFile) -> RequestFile | None:
    """The file, if the requester has sent it before."""
    theirs = permission_request.files.exclude(file="").filter(uploaded_by=None)
    return theirs.filter(sha256=evidence.sha256_of(upload)).first()
