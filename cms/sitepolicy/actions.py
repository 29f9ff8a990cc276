"""What is done with house texts: a new version is written, never an old one changed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from cms.sitepolicy.models import SitePolicy


def write_version(
    *, kind: str, language: str, text: str, by=None, valid_from: datetime | None = None
) -> SitePolicy:
    """Adds the next version of a house text and returns it.

    Who writes at the same moment as others waits for them and takes the number after theirs.
    """
    wording = {"kind": kind, "language": language, "text": text, "created_by": by}
    wording["valid_from"] = valid_from or timezone.now()
    try:
        return _write_next(**wording)
    except IntegrityError:
        # Somebody wrote the very first one just now; from then on there is a row to wait for.
        return _write_next(**wording)


@transaction.atomic
def _write_next(*, kind: str, language: str, **wording) -> SitePolicy:
    versions = SitePolicy.objects.filter(kind=kind, language=language)
    # Whoever holds the first version's row writes; who finds none may write nothing but the first.
    has_first = versions.select_for_update().filter(version=1).first() is not None
    latest = versions.aggregate(latest=Max("version"))["latest"] if has_first else 0
    return SitePolicy.objects.create(kind=kind, language=language, version=latest + 1, **wording)
