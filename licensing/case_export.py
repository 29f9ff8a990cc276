"""A whole case as a ZIP: papers, files, messages, the record with its seals, and what each weighs.

Everything is written piece by piece into a file of its own, so that a large case fits into little
memory. Secret addresses are left out: whoever reads the case may not act as the requester.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import Model
from django.utils import timezone

from articles.printing.typeset import TypesettingError
from cms.logs import SECRET
from licensing import casefiles, certificates, invoices
from licensing.models import PermissionRequest

MANIFEST = "MANIFEST.sha256"
# Up to here a case is put together in memory, beyond on disk.
IN_MEMORY = 8 * 1024 * 1024
CHUNK = 64 * 1024
LONGEST_NAME = 80
# What would let somebody in, and what is only said inside.
_LEFT_OUT = {"token_hash", "form_key"}


def archive(permission_request: PermissionRequest, *, at: datetime) -> IO[bytes]:
    """An open ZIP, at its beginning. Raises TypesettingError where the case file cannot be made."""
    with ExitStack() as closing:
        out = closing.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        with ZipFile(out, "w", ZIP_DEFLATED) as packed:
            sums = [
                (_pack(packed, name, pieces, at=at), name)
                for name, pieces in _members(permission_request, at=at)
            ]
            listed = "".join(f"{digest}  {name}\n" for digest, name in sums)
            _pack(packed, MANIFEST, [listed.encode()], at=at)
        out.seek(0)
        # Whoever sends it closes it.
        closing.pop_all()
    return out


def _pack(packed: ZipFile, name: str, pieces: Iterable[bytes], *, at: datetime) -> str:
    """Writes one member, and returns its SHA-256."""
    info = ZipInfo(name, date_time=timezone.localtime(at).timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    digest = hashlib.sha256()
    with packed.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            digest.update(piece)
            member.write(piece)
    return digest.hexdigest()


def _members(asked: PermissionRequest, *, at: datetime) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield f"{asked.number}.pdf", [casefiles.pdf(asked, at=at)]
    yield f"{asked.number}.json", [_json(as_data(asked, at=at))]
    yield "events.json", [_json({"events": _events(asked)})]
    for grant in asked.grants.order_by("pk"):
        yield from _paper(
            f"certificates/{grant.number}.pdf", lambda row=grant: certificates.pdf(row)
        )
    for bill in asked.invoices.order_by("pk"):
        yield from _paper(f"invoices/{bill.number}.pdf", lambda row=bill: invoices.pdf(row))
    for place, message in enumerate(asked.messages.select_related("by"), 1):
        who = message.by.get_username() if message.by else str(casefiles.REQUESTER)
        yield f"messages/{place:03d}.txt", [_letter(message.sent_at, who, message.text)]
    for place, note in enumerate(asked.notes.select_related("by"), 1):
        written = _letter(note.written_at, note.by.get_username(), note.text)
        yield f"internal-notes/{place:03d}.txt", [written]
    for place, mail in enumerate(casefiles.promised_mail(asked), 1):
        if mail.email is not None:
            yield f"mails/{place:03d}.txt", [_mail(mail)]
    for place, kept in enumerate(asked.files.all(), 1):
        yield from _file(f"files/{place:03d}-{safe_name(kept.name)}", kept)


def _paper(name: str, make: Callable[[], bytes]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """A paper, or why there is none; the rest of the case goes out without it."""
    try:
        yield name, [make()]
    except certificates.NotCertified:
        yield f"{name}.txt", [b"Never paid for: there is no certificate.\n"]
    except TypesettingError as failure:
        yield f"{name}.txt", [f"Could not be printed: {failure}\n".encode()]


def _file(name: str, kept) -> Iterator[tuple[str, Iterable[bytes]]]:
    """A file as it was sent; one that is gone is said to be."""
    try:
        opened = kept.file.open("rb")
    except (OSError, ValueError):
        # Gone by accident, or because its sender was forgotten.
        yield f"{name}.txt", [b"This file is on record and not in its place.\n"]
        return
    with opened as source:
        yield name, iter(lambda: source.read(CHUNK), b"")


def safe_name(name: str) -> str:
    """``name`` as every system can unpack it: Latin letters, digits, dots, no path."""
    bare = [sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", "".join(bare)).strip("._")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem[:LONGEST_NAME]}.{ending}"


def _letter(when: datetime, who: str, text: str) -> bytes:
    return f"{when.isoformat()}\n{who}\n\n{_masked(text)}\n".encode()


def _mail(promise) -> bytes:
    email = promise.email
    lines = [
        f"Promised: {promise.created_at.isoformat()}",
        f"To: {', '.join(email.to)}",
        f"Subject: {email.subject}",
        f"Message-ID: {email.message_id}",
        "",
        _masked(email.message),
        "",
    ]
    return "\n".join(lines).encode()


def _masked(text: str) -> str:
    return SECRET.sub(r"\1…", text)


# --- For machines -----------------------------------------------------------------------------


def as_data(asked: PermissionRequest, *, at: datetime) -> dict:
    """Everything on record about a case, as plain data."""
    grants = asked.grants.order_by("pk")
    bills = asked.invoices.order_by("pk")
    return {
        "exported_at": at,
        "request": _row(asked),
        "articles": [_row(one) | {"headline": str(one)} for one in asked.requested.all()],
        "messages": _rows(asked.messages.all()),
        "internal_notes": _rows(asked.notes.all()),
        "files": _rows(asked.files.all()),
        "quotes": _rows(asked.quotes.order_by("number")),
        "invoices": [_row(bill) | {"payments": _rows(bill.payments.all())} for bill in bills],
        "grants": [_row(grant) | {"articles": _rows(grant.granted.all())} for grant in grants],
        "links": _rows(asked.links.all()),
        "mails": [
            {"key": mail.key, "promised_at": mail.created_at, "is_kept": mail.email is not None}
            for mail in casefiles.promised_mail(asked)
        ],
        "events": _events(asked),
        "people": _people(asked),
    }


def _events(asked: PermissionRequest) -> list[dict]:
    """The record, each line with its seal, in the order of its chain."""
    found = [{"of": asked.number} | _row(one) for one in asked.events.order_by("number")]
    for grant in asked.grants.order_by("pk"):
        found += [{"of": grant.number} | _row(one) for one in grant.events.order_by("number")]
    return found


def _people(asked: PermissionRequest) -> dict[str, str]:
    """Colleagues who appear by key, by name."""
    rows = [asked.owner, asked.created_by]
    rows += [one.by for one in (*asked.messages.all(), *asked.notes.all(), *asked.events.all())]
    rows += [quote.created_by for quote in asked.quotes.all()]
    for grant in asked.grants.all():
        rows += [grant.issued_by, *(event.by for event in grant.events.all())]
    return {str(user.pk): user.get_username() for user in rows if user is not None}


def _rows(rows: Iterable[Model]) -> list[dict]:
    return [_row(row) for row in rows]


def _row(row: Model) -> dict:
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in _LEFT_OUT
    }


def _plain(value: object) -> object:
    if isinstance(value, str):
        return _masked(value)
    if isinstance(value, bool | int | float | dict | list | datetime | date) or value is None:
        return value
    return str(value)


def _json(data: dict) -> bytes:
    written = json.dumps(data, indent=2, ensure_ascii=False, default=_said)
    return f"{written}\n".encode()


def _said(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(type(value).__name__)
