"""Unsaved work: keeping what a form holds, handing it back, throwing it away."""

import json
import re
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, UnsavedWork
from cms.clock import duty
from cms.text import legible
from cms.workflows.actions import MoveNotAllowed

KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")
LARGEST = 2 * 1024 * 1024
MOST = 50
KEPT = timedelta(days=14)
CLEARED_AT_ONCE = 500


def keep(
    form: dict[str, list[str]], *, by, key: str, article: Article | None, at: datetime | None = None
) -> UnsavedWork:
    """Keeps the fields of a form under its key, instead of what was kept under it before.

    Raises MoveNotAllowed where it is too large, or where too much is kept already.
    """
    held = {name: [legible(value) for value in values] for name, values in form.items()}
    if len(json.dumps(held, ensure_ascii=False).encode()) > LARGEST:
        raise MoveNotAllowed([_("Not kept: the text is too large. Save it, or shorten it.")])
    values = {
        "article": article,
        "form": held,
        "headline": " ".join(held.get("headline", [""])[0].split())[:200],
        "kept_at": at or timezone.now(),
    }
    mine = UnsavedWork.objects.filter(owner=by)
    # One statement for the common case: the next few words of what is kept already.
    if mine.filter(key=key).update(**values):
        return mine.get(key=key)
    if mine.count() >= MOST:
        raise MoveNotAllowed(
            [
                ngettext(
                    "Not kept: you have %d piece of unsaved work. Throw some of it away.",
                    "Not kept: you have %d pieces of unsaved work. Throw some of it away.",
                    MOST,
                )
                % MOST
            ]
        )
    with transaction.atomic():
        return UnsavedWork.objects.update_or_create(owner=by, key=key, defaults=values)[0]


def carry_on(*, by, key: str, kept_at: datetime) -> int:
    """Throws away what another tab took up, unless the tab that wrote it has written on since."""
    return UnsavedWork.objects.filter(owner=by, key=key, kept_at__lte=kept_at).delete()[0]


def throw_away(*, by, key: str) -> int:
    """Deletes what ``by`` kept under ``key``: it is saved, or no longer wanted."""
    return UnsavedWork.objects.filter(owner=by, key=key).delete()[0]


@duty("old unsaved work is thrown away")
def forget(*, at: datetime) -> str:
    """A bounded batch of what nobody came back to."""
    old = UnsavedWork.objects.filter(kept_at__lt=at - KEPT).order_by("kept_at")
    keys = list(old.values_list("pk", flat=True)[:CLEARED_AT_ONCE])
    number = UnsavedWork.objects.filter(pk__in=keys).delete()[0] if keys else 0
    said = ngettext(
        "%d piece of unsaved work was thrown away.",
        "%d pieces of unsaved work were thrown away.",
        number,
    )
    return said % number if number else ""
