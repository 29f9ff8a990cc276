"""The PDF of an article: typeset once for each thing it says, then kept.

What is printed decides the fingerprint: a new revision, house text, picture or design of the page
makes a new edition, and nothing else does. Of two readers who ask at once, one claims the work, the
other waits for it.
"""

import dataclasses
import hashlib
import json
import time
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone

from articles.darkroom import print_copy
from articles.manuscript import document
from articles.models import Image, PdfEdition
from articles.pages import ArticlePage
from articles.printing.document import Document
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
    fingerprint = _fingerprint(document(page, url=url, read=_version))
    deadline = time.monotonic() + PATIENCE
    while True:
        edition, is_mine = _claim(page, fingerprint)
        if is_mine:
            return _make(edition, page, url=url)
        if edition.file:
            return edition.file.open("rb")
        if time.monotonic() > deadline:
            raise NobodyFinishesIt(str(edition))
        time.sleep(LOOK_AGAIN)


def _claim(page: ArticlePage, fingerprint: str) -> tuple[PdfEdition, bool]:
    """The row of this edition, and whether the caller is now the one to make it."""
    now = timezone.now()
    edition, created = PdfEdition.objects.get_or_create(
        article=page.article, fingerprint=fingerprint, defaults={"claimed_at": now}
    )
    if created:
        return edition, True
    is_lost = edition.file and not edition.file.storage.exists(edition.file.name)
    is_abandoned = not edition.file and edition.claimed_at < now - CLAIM_LASTS
    if is_lost or is_abandoned:
        seen = PdfEdition.objects.filter(pk=edition.pk, claimed_at=edition.claimed_at)
        if seen.update(claimed_at=now, file=""):
            edition.refresh_from_db()
            return edition, True
    return edition, False


def _make(edition: PdfEdition, page: ArticlePage, *, url: str):
    try:
        result = typeset(document(page, url=url, read=print_copy))
        edition.warnings = list(result.warnings)
        edition.file.save("", ContentFile(result.pdf), save=False)
        edition.save(update_fields=["file", "warnings"])
    except Exception:
        # The claim is given back, so that the next reader's request tries again at once.
        PdfEdition.objects.filter(pk=edition.pk, claimed_at=edition.claimed_at).delete()
        raise
    _drop_older(edition)
    return edition.file.open("rb")


def _drop_older(edition: PdfEdition) -> None:
    older = PdfEdition.objects.filter(article=edition.article_id, claimed_at__lt=edition.claimed_at)
    abandoned = Q(claimed_at__lt=edition.claimed_at - CLAIM_LASTS)
    for row in older.filter(~Q(file="") | abandoned):
        row.file.delete(save=False)
        row.delete()


def _fingerprint(manuscript: Document) -> str:
    facts = DESIGN + json.dumps(dataclasses.asdict(manuscript), default=str, sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()


def _version(image: Image) -> bytes:
    """Stands for the picture's bytes in the fingerprint, so that no file is read for it."""
    return json.dumps(image.renditions).encode()
