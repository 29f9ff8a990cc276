"""What a requester corrected, in words: label, before, after, one change a line."""

from collections.abc import Mapping

from django.utils.formats import localize
from django.utils.translation import gettext as _

from licensing.described import differences
from licensing.models import PermissionRequest
from licensing.models.casework import LONGEST_MESSAGE
from licensing.places import country_name
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use

LONGEST_VALUE = 200
NAMES = {"outlet_country": country_name}


def in_words(permission_request: PermissionRequest, before: Mapping[str, object]) -> str:
    """“Print run: 3,000 → 500”. ``before``: what the changed fields said; the row says the new."""
    if not before:
        return ""
    lines = [_("Corrected:")]
    for name, value in before.items():
        now = getattr(permission_request, name)
        if name == "particulars":
            use = Use(permission_request.use)
            changed = differences(Particulars(use, value), Particulars(use, now))
            lines += [_line(*change) for change in changed]
        else:
            label = permission_request._meta.get_field(name).verbose_name
            lines.append(_line(str(label).capitalize(), _value(name, value), _value(name, now)))
    return "\n".join(lines)[:LONGEST_MESSAGE]


def _line(label: str, before: str, now: str) -> str:
    nothing = _("nothing")
    return _("{label}: {before} → {now}").format(
        label=label,
        before=before[:LONGEST_VALUE] or nothing,
        now=now[:LONGEST_VALUE] or nothing,
    )


def _value(name: str, value: object) -> str:
    if value in (None, ""):
        return ""
    return NAMES[name](value) if name in NAMES else str(localize(value))
