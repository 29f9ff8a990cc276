"""What a rights holder is asked: what they choose themselves, and what is fixed as we ask it."""

import hashlib
import json

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from licensing.models import Clearance
from licensing.rights.conditions import Kind, parse
from licensing.rights.vocabulary import Use
from licensing.wording import listed, said, use_name

# The conditions that a rights holder chooses on the link; any others are fixed as we ask.
OFFERED = (Kind.SOURCE, Kind.AUTHOR, Kind.LINK, Kind.COPYRIGHT, Kind.NOINDEX, Kind.NO_EDITS)


def is_offered(entry: str | dict) -> bool:
    """Whether the holder chooses this condition."""
    kind = entry if isinstance(entry, str) else entry.get("kind")
    return kind in {offered.value for offered in OFFERED}


def fixed_conditions(clearance: Clearance) -> list[str | dict]:
    """The conditions that we ask under, whatever the holder chooses."""
    return [entry for entry in clearance.conditions if not is_offered(entry)]


def bounds(clearance: Clearance) -> list[str]:
    """What a yes would mean beside what is chosen on the page, in sentences."""
    sentences = []
    if clearance.is_exclusive:
        sentences.append(_("We ask to be the only ones: nobody else may be given the same."))
    if clearance.valid_from:
        day = date_format(clearance.valid_from)
        sentences.append(_("It counts from %(day)s on.") % {"day": day})
    if forbidden := [use_name(use) for use in Use if use in clearance.forbids]:
        named = listed(forbidden)
        sentences.append(_("Through us nobody gets leave for: %(uses)s.") % {"uses": named})
    return sentences + [said(entry) for entry in parse(fixed_conditions(clearance))]


def fingerprint(clearance: Clearance) -> str:
    """Stands for what is fixed; another one means that the desk changed what it asks."""
    fixed = [
        clearance.scope,
        clearance.subject.pk,
        clearance.publication_id,
        clearance.basis,
        clearance.is_exclusive,
        str(clearance.valid_from),
        sorted(clearance.forbids),
        fixed_conditions(clearance),
    ]
    return hashlib.sha256(json.dumps(fixed).encode()).hexdigest()[:32]
