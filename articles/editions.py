"""What is typeset of an article: made once for each thing it says, then kept.

What is printed decides the fingerprint: a new revision, house text, picture or design of the page
makes a new edition, and nothing else does. Of two readers who ask at once, one claims the work, the
other waits for it.
"""

import dataclasses
import hashlib
import json
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone

from articles.darkroom import print_copy
from articles.manuscript import document
from articles.models import Image, PdfEdition
from articles.models.edition import Edition
from articles.pages import ArticlePage
from articles.printing.typeset import DESIGN, typeset

# Longer than any typesetting takes; after that the one who claimed it is taken for dead.
CLAIM_LASTS = timedelta(seconds=60)
PATIENCE = 20.0
LOOK_AGAIN = 0.1


class NobodyFinishesIt(Exception):
    """Another process has been typesetting this edition for too long."""


def pdf(page: ArticlePage, *, url: str):
    """An open file with the PDF of ``page``; ``url`` is the article's canonical address.

    Raises NobodyFinishesIt after twenty seconds of waiting for another process.
    """

    def printed(edition: PdfEdition) -> bytes:
        result = typeset(document(page, url=url, read=print_copy), more_fonts=settings.FONT_FOLDERS)
        edition.warnings = list(result.warnings)
        return result.pdf

    fingerprint = fingerprint_of(_design(), document(page, url=url, read=version_of))
    return kept(PdfEdition, fingerprint, printed, article=page.article)


def kept(kind: type[Edition], fingerprint: str, make: Callable[[Edition], bytes], **place):
    """The open file of the edition with this fingerprint; ``make`` gives its content if there is
    none yet. ``place`` says in which place it is an edition: older ones there are dropped.

    Raises NobodyFinishesIt, and whatever ``make`` raises.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        edition, is_mine = _claim(kind, fingerprint, place)
        if is_mine:
            return _made(edition, make, place)
        if edition.file:
            return edition.file.open("rb")
        if time.monotonic() > deadline:
            raise NobodyFinishesIt(str(edition))
        time.sleep(LOOK_AGAIN)


def _claim(kind: type[Edition], fingerprint: str, place: dict) -> tuple[Edition, bool]:
    """The row of this edition, and whether the caller is now the one to make it."""
    now = timezone.now()
    edition, created = kind.objects.get_or_create(
        **place, fingerprint=fingerprint, defaults={"claimed_at": now}
    )
    if created:
        return edition, True
    is_lost = edition.file and not edition.file.storage.exists(edition.file.name)
    is_abandoned = not edition.file and edition.claimed_at < now - CLAIM_LASTS
    if is_lost or is_abandoned:
        seen = kind.objects.filter(pk=edition.pk, claimed_at=edition.claimed_at)
        if seen.update(claimed_at=now, file=""):
            edition.refresh_from_db()
            return edition, True
    return edition, False


def _made(edition: Edition, make: Callable[[Edition], bytes], place: dict):
    rows = type(edition).objects
    try:
        edition.file.save("", ContentFile(make(edition)), save=False)
        edition.save(update_fields=edition.made_fields)
    except Exception:
        # The claim is given back, so that the next reader's request tries again at once.
        rows.filter(pk=edition.pk, claimed_at=edition.claimed_at).delete()
        raise
    older = rows.filter(**place, claimed_at__lt=edition.claimed_at)
    abandoned = Q(claimed_at__lt=edition.claimed_at - CLAIM_LASTS)
    for row in older.filter(~Q(file="") | abandoned):
        row.file.delete(save=False)
        row.delete()
    return edition.file.open("rb")


def _design() -> str:
    return f"{DESIGN}{settings.FONT_FOLDERS}" if settings.FONT_FOLDERS else DESIGN


def fingerprint_of(design: str, facts) -> str:
    """Stands for all that ``facts`` (a dataclass) say in this design."""
    said = design + json.dumps(dataclasses.asdict(facts), default=str, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def version_of(image: Image) -> bytes:
    """Stands for the picture's bytes in a fingerprint, so that no file is read for it."""
    return json.dumps(image.renditions).encode()
